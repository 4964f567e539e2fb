"""Indexes for the lists' orders that openedx-core's tables lack. Our own models declare theirs."""

from collections.abc import Iterator

from django.db import connection, models

from catalog_graphql.catalog.records import IS_STANDALONE, CatalogCourse, CourseRun

WANTED: dict[type[models.Model], list[models.Index]] = {
    CatalogCourse: [
        models.Index(fields=["title", "id"], name="catalog_graphql_course_title"),
        models.Index(fields=["course_code", "id"], name="catalog_graphql_course_code"),
        models.Index(fields=["created", "id"], name="catalog_graphql_course_created"),
        models.Index(fields=["org", "title", "id"], name="catalog_graphql_course_org"),
    ],
    CourseRun: [
        models.Index(fields=["title", "id"], name="catalog_graphql_run_title"),
        models.Index(fields=["run_code", "id"], name="catalog_graphql_run_code"),
        models.Index(fields=["created", "id"], name="catalog_graphql_run_created"),
        models.Index(fields=["catalog_course", "created", "id"], name="catalog_graphql_run_course"),
    ],
}


def create() -> Iterator[str]:
    """Create the missing indexes, and yield their names. PostgreSQL allows writes in the meantime."""
    options = {"concurrently": True} if connection.vendor == "postgresql" else {}
    for model, index, is_there in _indexes():
        if not is_there:
            with connection.schema_editor(atomic=False) as editor:
                editor.add_index(model, index, **options)
            yield index.name


def drop() -> Iterator[str]:
    """Drop the existing indexes, and yield their names."""
    for model, index, is_there in _indexes():
        if is_there:
            with connection.schema_editor(atomic=False) as editor:
                editor.remove_index(model, index)
            yield index.name


def _indexes() -> Iterator[tuple[type[models.Model], models.Index, bool]]:
    if IS_STANDALONE:
        return
    for model, wanted in WANTED.items():
        with connection.cursor() as cursor:
            there = connection.introspection.get_constraints(cursor, model._meta.db_table)
        for index in wanted:
            yield model, index, index.name in there
