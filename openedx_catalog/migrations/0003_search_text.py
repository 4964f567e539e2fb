"""Fold keys the same way in every locale, and create the tables of search texts.

On PostgreSQL, `course_key_folded` depended on the database's locale: a Turkish one did not fold `I` to `i`. If the keys
of two runs differ in nothing else, the migration fails and names them: delete one of them first.
"""

import django.db.models.deletion
from django.db import migrations, models

import openedx_catalog.models.fields
import openedx_catalog.text

_TABLE = "openedx_catalog_courserun"
_CONSTRAINT = "oex_catalog_courserun_course_key_unique"


class OwnerField(models.OneToOneField):
    """A primary key with the type `integer` on SQLite, which makes it the rowid: `bigint` needs a second lookup."""

    def db_type(self, connection):
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


def fold_alike(apps, schema_editor):
    _make_column(schema_editor, 'LOWER("course_key" COLLATE "C")')


def fold_by_locale(apps, schema_editor):
    _make_column(schema_editor, 'LOWER("course_key")')


def _make_column(schema_editor, expression):
    if schema_editor.connection.vendor == "postgresql":
        # A single statement rewrites the table only once. Dropping the column also drops its constraint.
        schema_editor.execute(
            f"ALTER TABLE {_TABLE} DROP COLUMN course_key_folded, "
            f'ADD COLUMN course_key_folded varchar(255) COLLATE "C" GENERATED ALWAYS AS ({expression}) STORED, '
            f"ADD CONSTRAINT {_CONSTRAINT} UNIQUE (course_key_folded)"
        )


def _owned(name, owner):
    return migrations.CreateModel(
        name=name,
        fields=[
            ("text", openedx_catalog.models.fields.CodeField(max_length=765)),
            (
                "owner",
                OwnerField(
                    on_delete=django.db.models.deletion.CASCADE,
                    primary_key=True,
                    related_name="search_text",
                    serialize=False,
                    to=owner,
                ),
            ),
        ],
        options={"abstract": False, "default_permissions": ()},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("openedx_catalog", "0002_keep_history"),
        ("organizations", "0004_auto_20230727_2054"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(fold_alike, fold_by_locale)],
            state_operations=[
                migrations.AlterField(
                    model_name="courserun",
                    name="course_key_folded",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=openedx_catalog.text.FoldedCode("course_key"),
                        output_field=openedx_catalog.models.fields.CodeField(max_length=255),
                    ),
                ),
            ],
        ),
        _owned("CatalogCourseSearchText", "openedx_catalog.catalogcourse"),
        _owned("CourseRunSearchText", "openedx_catalog.courserun"),
        _owned("OrganizationSearchText", "organizations.organization"),
    ]
