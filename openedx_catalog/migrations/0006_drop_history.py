"""Drop the tables of the history, which is in the log. Going back creates them again, and leaves them empty."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("openedx_catalog", "0005_log_history")]

    operations = [
        migrations.DeleteModel("HistoricalCatalogCourse"),
        migrations.DeleteModel("HistoricalCourseRun"),
        migrations.DeleteModel("HistoricalCourseSchedule"),
    ]
