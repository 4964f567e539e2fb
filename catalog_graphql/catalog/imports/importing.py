"""Import the rows of a listing, or those of a request."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db import reset_queries, transaction
from django.utils import timezone

from catalog_graphql.catalog import history
from catalog_graphql.catalog.imports.batches import Batch, Outcome, OutcomeKind
from catalog_graphql.catalog.imports.listing import Listing
from catalog_graphql.catalog.imports.rows import Row
from catalog_graphql.catalog.imports.taking import take_rows

BATCH_SIZE = 500  # Rows. SQLite takes at most 1,000 alternatives in one condition.


@dataclass(frozen=True, kw_only=True)
class Summary:
    """How many rows were created, updated, unchanged and rejected, and what was created for them.

    `written` is false where nothing was: in a dry run, and where a strict import rejected a row.
    """

    created: int
    updated: int
    unchanged: int
    rejected: int
    catalog_courses_created: int
    organizations_created: int
    written: bool


def import_course_runs(
    rows: Iterable[Row],
    *,
    strict: bool = False,
    dry_run: bool = False,
    report: Callable[[Outcome], None] = lambda outcome: None,
) -> Summary:
    """Take the rows of a listing into the catalog, and report what becomes of each, in their order.

    The rows are gone through twice: nothing is written before all have been read, so whatever reading them raises is
    raised then. They are written in batches, a transaction each; a strict import is one transaction, and takes no row
    if one is rejected. A catalog course that is missing is created with its newest run's title and language, and dated
    as its oldest run.

    A row that the database objects to is rejected; a dry run does not ask it. Raises DatabaseError and BusyError where
    the database fails; the batches reported by then are written, unless strict.
    """
    now = timezone.now()
    counts: Counter[OutcomeKind] = Counter()
    catalog_courses_created = organizations_created = 0
    writing = not dry_run
    with Listing(now=now) as listing:
        for row in rows:
            if not row.problems:
                listing.add(row)
            elif strict:
                writing = False
        whole = strict and writing

        def take(part: Sequence[Row]) -> list[Outcome]:
            if settings.DEBUG:
                reset_queries()  # Else Django keeps the last 9,000, and those of a batch are long.
            batch = Batch(part, listing=listing, now=now, lock=writing)
            if writing:
                batch.write()
            return batch.outcomes

        with history.made(history.By.IMPORT), transaction.atomic() if whole else nullcontext():
            for batch in _batches(rows):
                for outcome in take_rows(batch, take) if writing else take(batch):
                    counts[outcome.kind] += 1
                    catalog_courses_created += outcome.catalog_course_created
                    organizations_created += outcome.organization_created
                    report(outcome)
                if strict and counts[OutcomeKind.REJECTED]:
                    writing = False
            if whole and not writing:
                transaction.set_rollback(True)
    return Summary(
        created=counts[OutcomeKind.CREATED],
        updated=counts[OutcomeKind.UPDATED],
        unchanged=counts[OutcomeKind.UNCHANGED],
        rejected=counts[OutcomeKind.REJECTED],
        catalog_courses_created=catalog_courses_created,
        organizations_created=organizations_created,
        written=writing,
    )


def sync_course_runs(rows: Sequence[Row], *, all_or_nothing: bool, dry_run: bool) -> list[Outcome]:
    """Bring the catalog in step with the rows, at most `BATCH_SIZE`, and return what became of each, in their order.

    It is as if they were synced one after the other. What is missing is created, a catalog course with the title and
    language of the first row that needs it. A run takes its row's title, and of its schedule what is given. A catalog
    course that is there keeps its title; its language follows that of its only run. It takes at most 18 queries,
    whatever the rows, but for SQLite, for which Django splits long ones.

    Nothing is written in a dry run, nor where `all_or_nothing` and a row is rejected: the outcomes then say what would
    have become of the others. A row that the database objects to is rejected; a dry run does not ask it.
    """
    now = timezone.now()
    if dry_run:
        return Batch(rows, now=now, lock=False).outcomes

    def take(part: Sequence[Row]) -> list[Outcome]:
        batch = Batch(part, now=now, lock=True)
        if not (all_or_nothing and _any_rejected(batch.outcomes)):
            batch.write()
        return batch.outcomes

    with history.made(history.By.SYNC):
        return take_rows(rows, take, all_or_nothing=all_or_nothing)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH_SIZE)):
        yield batch


def _any_rejected(outcomes: Iterable[Outcome]) -> bool:
    return any(outcome.kind is OutcomeKind.REJECTED for outcome in outcomes)
