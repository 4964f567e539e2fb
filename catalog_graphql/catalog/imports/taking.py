"""Take rows together; if the database objects, find and reject the rows to which it does."""

import logging
from collections.abc import Callable, Sequence
from functools import partial

from django.db import Error, transaction
from django.utils.translation import gettext as _

from catalog_graphql.catalog.imports.batches import Outcome, OutcomeKind
from catalog_graphql.catalog.imports.rows import Row
from catalog_graphql.catalog.problems import Problem, ProblemCode
from catalog_graphql.catalog.rules import broken_rules
from catalog_graphql.catalog.transactions import OBJECTIONS, begins_again, in_transaction

logger = logging.getLogger(__name__)

_FIELDS = ("course_key", "title", "language", "schedule")

Take = Callable[[Sequence[Row]], list[Outcome]]


def take_rows(rows: Sequence[Row], take: Take, *, all_or_nothing: bool = False) -> list[Outcome]:
    """Take rows in a transaction, and return each row's outcome, in order.

    If the database objects, split the rows in halves until the culprits are found. Reject those and take the others,
    or none if `all_or_nothing`.
    """
    try:
        return in_transaction(partial(take, rows), savepoint=True)
    except OBJECTIONS as error:
        if begins_again():  # It may be a lost race: only a retry can tell.
            raise
        return in_transaction(partial(_take_without_culprits, rows, take, error, all_or_nothing=all_or_nothing))


def _take_without_culprits(rows: Sequence[Row], take: Take, error: Error, *, all_or_nothing: bool) -> list[Outcome]:
    with transaction.atomic():
        outcomes = _take_halves(rows, take, error)
        if all_or_nothing and any(outcome.kind is OutcomeKind.REJECTED for outcome in outcomes):
            transaction.set_rollback(True)
    return outcomes


def _take_halves(rows: Sequence[Row], take: Take, error: Error) -> list[Outcome]:
    """Take the rows in halves, after the database objected to all of them together."""
    if len(rows) == 1:
        return [_rejected(rows[0], error)]
    middle = len(rows) // 2
    outcomes: list[Outcome] = []
    for half in (rows[:middle], rows[middle:]):
        try:
            with transaction.atomic():
                outcomes += take(half)
        except OBJECTIONS as error_of_half:
            outcomes += _take_halves(half, take, error_of_half)
    return outcomes


def _rejected(row: Row, error: Error) -> Outcome:
    problems = broken_rules(error, _FIELDS)
    if not problems:
        logger.error("The database objects to the row of %s.", row.course_key, exc_info=error)
        problems = [Problem(ProblemCode.INVALID, _("The database does not take this row."), ("course_key",))]
    return Outcome(line=row.line, course_key=row.course_key, kind=OutcomeKind.REJECTED, problems=tuple(problems))
