"""Write codes and keys into the search texts, in batches.

If it is interrupted, run it again: it begins anew, and ends with the same rows. Afterwards, `manage.py rebuild_search`
updates the search texts of rows that older code has saved in the meantime.
"""

from django.db import migrations, models

from catalog_graphql.catalog.search_text import fold_lines, fold_run

_BATCH = 5_000
_OWNERS = {
    ("organizations", "Organization"): (fold_lines, "short_name", "name"),
    ("openedx_catalog", "CatalogCourse"): (fold_lines, "org__short_name", "course_code", "title"),
    ("openedx_catalog", "CourseRun"): (fold_run, "title", "run_code", "course_key"),
}
_TITLES = {
    ("organizations", "Organization"): (fold_lines, "name"),
    ("openedx_catalog", "CatalogCourse"): (fold_lines, "title"),
    ("openedx_catalog", "CourseRun"): (fold_lines, "title"),
}


def write(apps, schema_editor, sources=_OWNERS):
    using = schema_editor.connection.alias
    for owner, (fold, *paths) in sources.items():
        search_text = apps.get_model("catalog_graphql", f"{owner[1]}SearchText")
        as_text = [models.ExpressionWrapper(models.F(path), models.CharField()) for path in paths]
        owners = apps.get_model(*owner)._default_manager.using(using).order_by("pk").values_list("pk", *as_text)
        names_target = schema_editor.connection.features.supports_update_conflicts_with_target
        last = 0
        while batch := list(owners.filter(pk__gt=last)[:_BATCH]):
            last = batch[-1][0]
            folded = [(pk, fold(*values)) for pk, *values in batch]
            search_text._default_manager.using(using).bulk_create(
                [search_text(owner_id=pk, **columns) for pk, columns in folded],
                update_conflicts=True,
                update_fields=list(folded[0][1]),
                unique_fields=["owner"] if names_target else None,
            )


def write_titles(apps, schema_editor):
    write(apps, schema_editor, _TITLES)


class Migration(migrations.Migration):
    atomic = False  # A million rows in one transaction are too much for some databases' defaults.

    dependencies = [("catalog_graphql", "0003_codes_in_search_texts")]

    operations = [migrations.RunPython(write, write_titles, elidable=True)]
