"""Do nothing: `catalog_graphql` now has the tables of search texts, and fills them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("openedx_catalog", "0003_search_text")]

    operations = []
