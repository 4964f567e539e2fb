"""Fold keys alike under every locale, and make the tables of what a search looks through.

On PostgreSQL, `course_key_folded` was folded by the database's locale: one of Turkish kept `I` and `i` apart. Where
two runs have keys that differ in nothing else, the migration fails and names them; one of them has to go first.
"""

import django.db.models.deletion
from django.db import migrations, models

import openedx_catalog.models.fields
import openedx_catalog.text

_TABLE = "openedx_catalog_courserun"
_CONSTRAINT = "oex_catalog_courserun_course_key_unique"


class OwnerField(models.OneToOneField):
    """A primary key by which SQLite finds a row at once: as `bigint`, it would take two steps."""

    def db_type(self, connection):
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


def fold_alike(apps, schema_editor):
    _make_column(schema_editor, 'LOWER("course_key" COLLATE "C")')


def fold_by_locale(apps, schema_editor):
    _make_column(schema_editor, 'LOWER("course_key")')


def _make_column(schema_editor, expression):
    if schema_editor.connection.vendor == "postgresql":
        # One statement writes the table once. The constraint goes with its column.
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
