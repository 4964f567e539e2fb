"""Create the substring indexes of the search texts. `catalog/search_index.py` says which engine has which."""

from django.db import migrations

from catalog_graphql.catalog import search_index

_OWNERS = ("CatalogCourse", "CourseRun", "Organization")


def create(apps, schema_editor):
    search_index.create(schema_editor.connection, _search_texts(apps))


def drop(apps, schema_editor):
    search_index.drop(schema_editor.connection, _search_texts(apps))


def _search_texts(apps):
    return [apps.get_model("catalog_graphql", f"{owner}SearchText") for owner in _OWNERS]


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL creates no index concurrently in a transaction.

    dependencies = [("catalog_graphql", "0004_write_codes_into_search_texts")]

    operations = [migrations.RunPython(create, drop)]
