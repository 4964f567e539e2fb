"""Drop the tables of the history, which is now in the log. Reversing this creates them again, but empty."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("openedx_catalog", "0005_log_history")]

    operations = [
        migrations.DeleteModel("HistoricalCatalogCourse"),
        migrations.DeleteModel("HistoricalCourseRun"),
        migrations.DeleteModel("HistoricalCourseSchedule"),
    ]
