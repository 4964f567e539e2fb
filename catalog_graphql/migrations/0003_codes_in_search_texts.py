"""Make room in the search texts for codes and keys."""

from django.db import migrations

from catalog_graphql.catalog.fields import CodeField


def widen(model):
    return migrations.AlterField(model_name=model, name="text", field=CodeField(max_length=2298))


class Migration(migrations.Migration):
    dependencies = [("catalog_graphql", "0002_fill_search_texts")]

    operations = [
        migrations.AddField("courserunsearchtext", "key", CodeField(default="", max_length=765)),
        widen("catalogcoursesearchtext"),
        widen("courserunsearchtext"),
        widen("organizationsearchtext"),
    ]
