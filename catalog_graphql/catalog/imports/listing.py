"""The rows of one listing, compared with one another."""

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

# A rank is a text that sorts as its run's age does: the catalog course takes the newest run's title and language.
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
    """A row that was not there when the listing was read first."""


class Note(NamedTuple):
    """What a listing says of a row's run, organization and catalog course: the lines that list them first.

    The rest is what the catalog course, where it is missing, is created with: its newest run's title and language
    (None where no run has one), and the moment its oldest run was created.
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
        """Return what a listing of this row alone would say."""
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


class Listing:
    """What a listing says of each run and each catalog course, however far apart their rows are.

    It is kept in a temporary file, which SQLite makes and deletes: a listing may have any number of rows.
    """

    def __init__(self, *, now: datetime) -> None:
        """Begin an empty listing; `now` is when runs that do not say so are created."""
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
        """Note a row. Of the rows of one run only the first counts, and of a course code only its first spelling."""
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
        """Return what is noted of a row. Raises ListingChangedError where it was never added."""
        found = self._notes.execute(_FIND, _note_keys(row)).fetchone()
        if found is None:
            raise ListingChangedError(f"Line {row.line} was changed while the listing was being read.")
        return Note(*found)


def _note_keys(row: Row) -> tuple[str, str, str]:
    """Return what is the same for two rows of one run, of one organization, and of one catalog course.

    One run may be spelled with slashes and without. Two spellings of a course code are never both taken, so their
    runs are not compared.
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
