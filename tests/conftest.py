"""What every test may lean on: organizations, catalog courses and runs, made in a line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule, keep_created

MakeRun = Callable[..., CourseRun]

# What these look at is the same on every database: pages, packages, HTTP, files.
_ONCE = {
    *("benchmarks", "browser", "conformance", "frontend"),
    *("test_docs.py", "test_production.py", "test_readme.py", "test_released_schema.py", "test_walks.py"),
    *("test_burdens.py", "test_cors.py", "test_parameters.py", "test_logs.py"),
    *("test_operations.py", "test_pages.py", "test_protocol.py", "test_schema.py", "test_trusted_documents.py"),
    "test_wheels.py",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _ONCE & set(item.path.relative_to(Path(__file__).parent).parts):
            item.add_marker(pytest.mark.once)


def _create(model: Any, **fields: Any) -> Any:
    row = model.objects.create(**fields)
    if "created" in fields:
        keep_created(model, {row.pk: fields["created"]})
        row.created = fields["created"]
    return row


@pytest.fixture
def make_organization(db: None) -> Callable[..., Organization]:
    """Return a function that makes an organization, named as its code unless told."""

    def make(org_code: str = "MITx", **fields: Any) -> Organization:
        return Organization.objects.create(short_name=org_code, **{"name": org_code, **fields})

    return make


@pytest.fixture
def make_catalog_course(db: None) -> Callable[..., CatalogCourse]:
    """Return a function that makes a catalog course, and its organization where that is missing."""

    def make(org_code: str = "MITx", course_code: str = "6.002x", **fields: Any) -> CatalogCourse:
        org, _ = Organization.objects.get_or_create(short_name=org_code, defaults={"name": org_code})
        return _create(CatalogCourse, org=org, course_code=course_code, **fields)

    return make


@pytest.fixture
def make_run(db: None) -> MakeRun:
    """Return a function that makes a run, and whatever it stands on that is missing.

    `schedule` is a dictionary of the fields of its schedule.
    """

    def make(
        org_code: str = "MITx",
        course_code: str = "6.002x",
        run_code: str = "3T2012",
        *,
        schedule: dict[str, Any] | None = None,
        **fields: Any,
    ) -> CourseRun:
        org, _ = Organization.objects.get_or_create(short_name=org_code, defaults={"name": org_code})
        catalog_course, _ = CatalogCourse.objects.get_or_create(org=org, course_code=course_code)
        course_run = _create(CourseRun, catalog_course=catalog_course, run_code=run_code, **fields)
        if schedule is not None:
            CourseSchedule.objects.create(course_run=course_run, **schedule)
        return course_run

    return make


@pytest.fixture
def needs_row_locks(request: pytest.FixtureRequest) -> None:
    """Skip where the database has no row locks: SQLite has one writer at a time."""
    if not connection.features.has_select_for_update:
        pytest.skip("needs PostgreSQL, MySQL or MariaDB: set DATABASE_URL")


@pytest.fixture
def needs_org_codes_that_differ_by_case() -> None:
    """Skip where the database lets no two organizations differ by case alone."""
    if connection.vendor == "mysql":
        pytest.skip("needs SQLite or PostgreSQL: an organization's code is unique case aside on MySQL and MariaDB")
