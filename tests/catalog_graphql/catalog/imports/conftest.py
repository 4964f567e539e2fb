"""Helpers to make rows and import them."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from catalog_graphql.catalog.imports import Outcome, Row, import_course_runs, read_row
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule

KEY = "course-v1:MITx+6.002x+3T2012"
LATER_KEY = "course-v1:MITx+6.002x+3T2013"
LATEST_KEY = "course-v1:MITx+6.002x+3T2014"


@pytest.fixture
def large_statements(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make statements countable: do not split SQLite's, and run the queries that a process makes only once."""
    if connection.vendor == "sqlite":  # For SQLite, Django splits statements with more than 999 parameters.
        monkeypatch.setattr(connection.features, "max_query_params", 30_000)
    ContentType.objects.get_for_models(CatalogCourse, CourseRun, CourseSchedule)


def read_rows(*rows: dict[str, str]) -> list[Row]:
    """Return rows numbered from 1."""
    return [read_row(line, cells) for line, cells in enumerate(rows, 1)]


def run_import(*rows: dict[str, str], **options: Any) -> list[str]:
    """Import rows; return each outcome, or the reasons for a rejection."""
    outcomes: list[Outcome] = []
    import_course_runs(read_rows(*rows), report=outcomes.append, **options)
    return [" ".join(problem.message for problem in outcome.problems) or outcome.kind for outcome in outcomes]
