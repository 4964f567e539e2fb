"""Take a batch of rows into the catalog, in a constant number of queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from organizations.models import Organization

from catalog_graphql.catalog import languages, validation
from catalog_graphql.catalog.imports.bulk_writes import BulkWrites, Changed
from catalog_graphql.catalog.imports.listing_notes import ListingNotes, Note
from catalog_graphql.catalog.imports.rows import Row, Schedule
from catalog_graphql.catalog.imports.stored import Stored, StoredRun
from catalog_graphql.catalog.problems import Problem, ProblemCode
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, default_language

_NO_SCHEDULE: Schedule = dict.fromkeys(validation.SCHEDULE_FIELDS)


class OutcomeKind(StrEnum):
    """The outcome of a row."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    UNCHANGED = "UNCHANGED"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The outcome of a row, and whether its catalog course and organization were created for it."""

    line: int
    course_key: str
    kind: OutcomeKind
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    catalog_course_created: bool = False
    organization_created: bool = False


class Batch:
    """Some rows, decided on in order, then written together.

    With a listing, the rows are part of it: the listing supplies the values of a missing catalog course, and each run
    is taken only once. Without one, each row is a sync, which sees the results of the rows before it.
    """

    def __init__(
        self, rows: Sequence[Row], *, listing_notes: ListingNotes | None = None, now: datetime, lock: bool
    ) -> None:
        """Decide the outcome of each row. To write the batch, pass `lock`, and be in a transaction."""
        self._listing_notes = listing_notes
        self._now = now
        self._stored = Stored(rows, lock=lock, count_runs=listing_notes is None)
        self._writes = BulkWrites()
        self.outcomes = [self._take(row) for row in rows]

    def write(self) -> None:
        """Write the result. Call this once."""
        self._writes.write()

    def _take(self, row: Row) -> Outcome:
        note = Note.of(row, now=self._now)
        if self._listing_notes is not None and not row.problems:
            note = self._listing_notes.find(row)
        organization = self._stored.organization(row.codes.org_code)
        catalog_course = self._stored.catalog_course(row.codes)
        stored = self._stored.run(row)
        schedule = {**(stored.schedule if stored else _NO_SCHEDULE), **row.schedule}
        problems = dict.fromkeys(
            (
                *row.problems,
                *self._check_organization(row),
                *_compare(row, note, catalog_course, stored),
                *validation.check_schedule(schedule),
            )
        )
        if problems:
            return Outcome(
                line=row.line, course_key=row.course_key, kind=OutcomeKind.REJECTED, problems=tuple(problems)
            )
        kind = OutcomeKind.CREATED if stored is None else OutcomeKind.UNCHANGED
        if stored is None:
            stored = self._create(row, note)
        changed = [self._retitle(stored, row), self._reschedule(stored, schedule), self._follow_language(stored, row)]
        if kind is OutcomeKind.UNCHANGED and any(changed):
            kind = OutcomeKind.UPDATED
        return Outcome(
            line=row.line,
            course_key=row.course_key,
            kind=kind,
            warnings=row.warnings,
            catalog_course_created=catalog_course is None and note.catalog_course_line == row.line,
            organization_created=organization is None and note.organization_line == row.line,
        )

    def _check_organization(self, row: Row) -> Iterator[Problem]:
        lookalike = self._stored.lookalike(row.codes.org_code)
        if lookalike is not None:
            message = _("The database takes %(org_code)s for the code of the organization %(other)s.")
            message %= {"org_code": row.codes.org_code, "other": lookalike.short_name}
            yield Problem(ProblemCode.ALREADY_EXISTS, message, ("course_key",))

    def _create(self, row: Row, note: Note) -> StoredRun:
        """Create the row's run, and its organization and catalog course if they are missing."""
        organization = self._stored.organization(row.codes.org_code)
        if organization is None:
            organization = Organization(short_name=row.codes.org_code, name=row.codes.org_code)
            self._stored.add_organization(organization)
            self._writes.organizations.append(organization)
        catalog_course = self._stored.catalog_course(row.codes)
        if catalog_course is None:
            catalog_course = CatalogCourse(
                org=organization,
                course_code=row.codes.course_code,
                created=note.created,
                title=note.title,
                language=note.language or default_language(),
            )
            self._stored.add_catalog_course(catalog_course)
            self._writes.catalog_courses.append(catalog_course)
        run = CourseRun(
            catalog_course=catalog_course,
            run_code=row.codes.run_code,
            created=row.created or self._now,
            title=row.title or catalog_course.title,
        )
        stored = StoredRun(run, row.course_key, _NO_SCHEDULE)
        self._stored.add_run(stored)
        self._writes.runs.append(stored)
        return stored

    def _retitle(self, stored: StoredRun, row: Row) -> bool:
        run = stored.run
        if row.title in ("", run.title):
            return False
        if run.pk is not None:
            self._writes.titles.setdefault(run.pk, Changed(stored, before=run.title))
        run.title = row.title
        return True

    def _reschedule(self, stored: StoredRun, schedule: Schedule) -> bool:
        if schedule == stored.schedule:
            return False
        stored.schedule = schedule
        self._writes.schedules[stored.course_key] = stored
        return True

    def _follow_language(self, stored: StoredRun, row: Row) -> bool:
        """In a sync, give a catalog course the language of its only run.

        The older, short spelling of its language changes nothing: `fr` does not replace `fr-ca`.
        """
        catalog_course = self._stored.catalog_course(row.codes)
        if self._listing_notes is not None or catalog_course is None:
            return False
        if stored.run.catalog_course_id != catalog_course.pk or self._stored.count_runs(catalog_course) != 1:
            return False
        older = languages.normalize(languages.short(catalog_course.language))
        if row.language in (None, catalog_course.language, older):
            return False
        if catalog_course.pk is not None:
            before = catalog_course.language
            self._writes.languages.setdefault(catalog_course.pk, Changed(catalog_course, before=before))
        catalog_course.language = row.language
        return True


def _compare(row: Row, note: Note, catalog_course: CatalogCourse | None, stored: StoredRun | None) -> Iterator[Problem]:
    """Yield a problem if the catalog or an earlier row spells the row's key differently, or lists its run already."""
    field = ("course_key",)
    course_code = note.course_code if catalog_course is None else catalog_course.course_code
    if row.codes.course_code != course_code:
        message = _("The catalog spells the course code %(course_code)s, and capitals count.")
        message %= {"course_code": course_code}
        if note.course_code == course_code:  # Only files have lines, and what is said of those is in English.
            message = f"Line {note.catalog_course_line} spells the course code {course_code}, and capitals count."
        yield Problem(ProblemCode.KEY_MISMATCH, message, field)
    elif note.run_line != row.line:
        yield Problem(ProblemCode.ALREADY_EXISTS, f"Line {note.run_line} lists this run already.", field)
    elif stored is not None and stored.course_key != row.course_key:
        message = _("The catalog has this run already, spelled %(course_key)s.")
        yield Problem(ProblemCode.ALREADY_EXISTS, message % {"course_key": stored.course_key}, field)
