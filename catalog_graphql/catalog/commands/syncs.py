"""The command that syncs runs with the platform, one or many at a time."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from catalog_graphql.catalog.commands.command import command, refuse
from catalog_graphql.catalog.imports import BATCH_SIZE, Outcome, Row
from catalog_graphql.catalog.imports import sync_course_runs as sync
from catalog_graphql.catalog.problems import Problem, ProblemCode

MAX_ROWS = BATCH_SIZE


@command
def sync_course_runs(*, rows: Sequence[Row], all_or_nothing: bool, dry_run: bool = False) -> list[Outcome]:
    """Create what is missing (organization, catalog course, run) and bring titles up to date, row by row.

    Make the rows with `make_row`. Returns the outcome of each row, in order. Writes nothing in a dry run, or if
    `all_or_nothing` is set and a row is rejected. Raises RefusedError for more than `MAX_ROWS` rows.
    """
    if len(rows) > MAX_ROWS:
        message = _("An import takes %(limit)d rows at most, and these are %(count)d.")
        refuse([Problem(ProblemCode.TOO_LONG, message % {"limit": MAX_ROWS, "count": len(rows)}, ("rows",))])
    return sync(rows, all_or_nothing=all_or_nothing, dry_run=dry_run)
