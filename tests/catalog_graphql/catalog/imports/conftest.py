"""Rows to import, made in a line."""

from typing import Any

from catalog_graphql.catalog.imports import Outcome, Row, import_course_runs, read_row

KEY = "course-v1:MITx+6.002x+3T2012"
LATER_KEY = "course-v1:MITx+6.002x+3T2013"
LATEST_KEY = "course-v1:MITx+6.002x+3T2014"


def read_rows(*rows: dict[str, str]) -> list[Row]:
    """Return rows numbered from 1."""
    return [read_row(line, cells) for line, cells in enumerate(rows, 1)]


def run_import(*rows: dict[str, str], **options: Any) -> list[str]:
    """Import rows; return what became of each, or the reasons where it is rejected."""
    outcomes: list[Outcome] = []
    import_course_runs(read_rows(*rows), report=outcomes.append, **options)
    return [" ".join(problem.message for problem in outcome.problems) or outcome.kind for outcome in outcomes]
