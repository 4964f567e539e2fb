"""Nothing: `catalog_graphql`, which has the tables of search text now, fills them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("openedx_catalog", "0003_search_text")]

    operations = []
