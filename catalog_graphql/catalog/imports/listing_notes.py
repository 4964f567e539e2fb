"""Notes on the rows of one listing, to compare them with one another."""

import sqlite3
from datetime import datetime
from types import TracebackType
from typing import NamedTuple, Self

from catalog_graphql.catalog import keys
from catalog_graphql.catalog.imports.rows import Row
from catalog_graphql.catalog.text import fold_code

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA cache_size = -16384;
CREATE TABLE organization (key TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID;
CREATE TABLE run (key TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID;
CREATE TABLE catalog_course (
    key TEXT PRIMARY KEY, line INTEGER, course_code TEXT, created TEXT,
    title TEXT, title_rank TEXT, language TEXT, language_rank TEXT
) WITHOUT ROWID;
BEGIN;
"""

# A rank is text that sorts by the run's age: the catalog course gets the title and language of the newest run.
_ADD_TO_CATALOG_COURSE = """
INSERT INTO catalog_course VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
    created = min(created, excluded.created),
    title = CASE WHEN excluded.title_rank > title_rank THEN excluded.title ELSE title END,
    title_rank = max(title_rank, excluded.title_rank),
    language = CASE WHEN excluded.language_rank > language_rank THEN excluded.language ELSE language END,
    language_rank = max(language_rank, excluded.language_rank)
WHERE course_code = excluded.course_code
"""

_FIND = """
SELECT run.line, organization.line, catalog_course.line, course_code, created, title, language
FROM run, organization, catalog_course
WHERE run.key = ? AND organization.key = ? AND catalog_course.key = ?
"""


class ListingChangedError(Exception):
    """The second reading of a listing found a row that the first did not."""


class Note(NamedTuple):
    """A listing's information about a row's run, organization and catalog course: the first line that lists each.

    The other fields are for creating the catalog course if it is missing: the title and language of its newest run
    (language is None if no run has one), and the time its oldest run was created.
    """

    run_line: int
    organization_line: int
    catalog_course_line: int
    course_code: str
    created_text: str
    title: str
    language: str | None

    @classmethod
    def of(cls, row: Row, *, now: datetime) -> Self:
        """Return the note of a listing that has only this row."""
        return cls(
            run_line=row.line,
            organization_line=row.line,
            catalog_course_line=row.line,
            course_code=row.codes.course_code,
            created_text=_sortable(row.created or now),
            title=row.title or row.codes.course_code,
            language=row.language,
        )

    @property
    def created(self) -> datetime:
        """When the oldest run was created."""
        return datetime.fromisoformat(self.created_text)


class ListingNotes:
    """Notes on each run and catalog course of a listing, however far apart their rows are.

    SQLite keeps them in a temporary file, which it creates and deletes, since a listing may have any number of rows.
    """

    def __init__(self, *, now: datetime) -> None:
        """Start with no rows. `now` is the creation time of runs that do not give one."""
        self._now = now
        self._notes = sqlite3.connect("", isolation_level=None)
        self._notes.executescript(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._notes.close()

    def add(self, row: Row) -> None:
        """Note a row. Only the first row of a run counts, and only the first spelling of a course code."""
        run_key, organization_key, catalog_course_key = _note_keys(row)
        if not self._notes.execute("INSERT OR IGNORE INTO run VALUES (?, ?)", (run_key, row.line)).rowcount:
            return
        self._notes.execute("INSERT OR IGNORE INTO organization VALUES (?, ?)", (organization_key, row.line))
        rank, alone = _rank(row), Note.of(row, now=self._now)
        self._notes.execute(
            _ADD_TO_CATALOG_COURSE,
            (
                catalog_course_key,
                row.line,
                alone.course_code,
                alone.created_text,
                alone.title,
                rank if row.title else "",
                alone.language,
                rank if row.language else "",
            ),
        )

    def find(self, row: Row) -> Note:
        """Return the note of a row. Raises ListingChangedError if the row was never added."""
        found = self._notes.execute(_FIND, _note_keys(row)).fetchone()
        if found is None:
            raise ListingChangedError(f"Line {row.line} was changed while the listing was being read.")
        return Note(*found)


def _note_keys(row: Row) -> tuple[str, str, str]:
    """Return three keys that identify the row's run, organization and catalog course within the listing.

    One run may be spelled with slashes or without. Of two spellings of a course code, only one is ever taken, so the
    runs of the two are not compared.
    """
    org_code, course_code, run_code = row.codes
    organization = fold_code(org_code)
    run = row.course_key.partition(":")[2].split("+", 2)[2] if keys.is_ccx(row.course_key) else run_code
    return (
        f"{organization}+{course_code}+{fold_code(run)}",
        organization,
        f"{organization}+{fold_code(course_code)}",
    )


def _rank(row: Row) -> str:
    start = row.schedule.get("start")
    return f"{_sortable(row.created or start)} {_sortable(start)} {row.line:012}"


def _sortable(instant: datetime | None) -> str:
    return "" if instant is None else instant.isoformat(timespec="microseconds")
