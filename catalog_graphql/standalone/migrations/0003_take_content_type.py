"""Take over the content type of role rows from `catalog_graphql`, together with its permissions."""

from django.db import migrations

from catalog_graphql.catalog.adoption import move_content_types


class Migration(migrations.Migration):
    dependencies = [
        ("catalog_graphql_standalone", "0002_keep_role_rows_true"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [move_content_types("catalog_graphql", "catalog_graphql_standalone", "courseaccessrole")]
