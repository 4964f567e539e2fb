"""Import the rows of a listing, or sync those of a request."""

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
from catalog_graphql.catalog.imports.listing_notes import ListingNotes
from catalog_graphql.catalog.imports.rows import Row
from catalog_graphql.catalog.imports.taking import take_rows

BATCH_SIZE = 500  # Rows. SQLite takes at most 1,000 alternatives in one condition.


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The number of rows created, updated, unchanged and rejected, and of the objects created for them.

    `written` is false if nothing was written: in a dry run, and if a strict import rejected a row.
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
    """Take the rows of a listing into the catalog, and report each row's outcome, in order.

    Iterates over the rows twice: nothing is written before all have been read, so errors in reading them come first.
    Rows are written in batches, each in its own transaction. A strict import is one transaction, and takes no row if
    one is rejected. A missing catalog course gets the title and language of its newest run and the creation date of its
    oldest.

    A row that the database objects to is rejected, which a dry run cannot find out. Raises DatabaseError and BusyError
    if the database fails; batches that were reported before that stay written, unless `strict`.
    """
    now = timezone.now()
    counts: Counter[OutcomeKind] = Counter()
    catalog_courses_created = organizations_created = 0
    writing = not dry_run
    with ListingNotes(now=now) as notes:
        for row in rows:
            if not row.problems:
                notes.add(row)
            elif strict:
                writing = False
        whole = strict and writing

        def take(part: Sequence[Row]) -> list[Outcome]:
            if settings.DEBUG:
                reset_queries()  # Otherwise Django keeps the last 9,000, and those of a batch are long.
            batch = Batch(part, listing_notes=notes, now=now, lock=writing)
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
    """Sync the catalog with at most `BATCH_SIZE` rows, and return each row's outcome, in order.

    The result is as if the rows were synced one after another. Missing objects are created; a missing catalog course
    gets the title and language of the first row that needs it. A run gets its row's title and the schedule fields that
    are given. An existing catalog course keeps its title, and follows the language of its only run. This takes at most
    18 queries, however many rows there are, except on SQLite, where Django splits long ones.

    Nothing is written in a dry run, or if `all_or_nothing` is set and a row is rejected; the outcomes then say what
    would have happened to the others. A row that the database objects to is rejected, which a dry run cannot find out.
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
