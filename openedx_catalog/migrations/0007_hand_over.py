"""Hand over the tables of schedules and search texts, which are not in the contract, to `catalog_graphql`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("openedx_catalog", "0006_drop_history")]
    run_before = [("catalog_graphql", "0001_schedules_and_search_texts")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("CatalogCourseSearchText"),
                migrations.DeleteModel("CourseRunSearchText"),
                migrations.DeleteModel("OrganizationSearchText"),
                migrations.DeleteModel("CourseSchedule"),
            ]
        )
    ]
