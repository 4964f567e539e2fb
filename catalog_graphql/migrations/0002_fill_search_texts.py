"""Fill the tables of search texts in batches.

If it is interrupted, run it again to continue. Afterwards, `manage.py rebuild_search` updates the search texts of
rows that older code has saved in the meantime.
"""

from django.db import migrations

from catalog_graphql.catalog.text import fold_text

_BATCH = 5_000
_SOURCES = {
    ("organizations", "Organization"): "name",
    ("openedx_catalog", "CatalogCourse"): "title",
    ("openedx_catalog", "CourseRun"): "title",
}


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    for owner, source in _SOURCES.items():
        search_text = apps.get_model("catalog_graphql", f"{owner[1]}SearchText")._default_manager.using(using)
        owners = apps.get_model(*owner)._default_manager.using(using).filter(search_text=None)
        last = 0
        while batch := list(owners.filter(pk__gt=last).order_by("pk").values_list("pk", source)[:_BATCH]):
            last = batch[-1][0]
            rows = [search_text.model(owner_id=pk, text=fold_text(text)) for pk, text in batch]
            search_text.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    atomic = False  # A million rows in one transaction are too much for some databases' defaults.

    dependencies = [("catalog_graphql", "0001_schedules_and_search_texts")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
