"""A single row of a listing or a request, validated without looking at the catalog."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from catalog_graphql.catalog import keys, languages, validation
from catalog_graphql.catalog.imports.columns import CODE_COLUMNS
from catalog_graphql.catalog.problems import Problem, ProblemCode
from catalog_graphql.catalog.records import default_language

Schedule = Mapping[str, datetime | None]

_NO_CODES = keys.KeyParts("", "", "")
_SHOWN_LENGTH = 2 * validation.MAX_LENGTH  # How many characters of an overlong key to show.


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row, with its line number in its source, and the problems that can be found by looking at this row alone.

    Omitted values are blank or None. `codes` are blank if the key is invalid. `schedule` holds the schedule fields that
    were given; None clears a field.
    """

    line: int
    course_key: str
    codes: keys.KeyParts = _NO_CODES
    title: str = ""
    language: str | None = None
    schedule: Schedule = field(default_factory=dict)
    created: datetime | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()


def make_row(
    line: int, *, course_key: str, title: str, language: str | None = None, schedule: Schedule | None = None
) -> Row:
    """Return a row with these values. `language` may be in any spelling the platform has used."""
    course_key, title, schedule = course_key.strip(), title.strip(), schedule or {}
    language = languages.normalize(language or "") or None
    return Row(
        line=line,
        course_key=course_key[:_SHOWN_LENGTH],
        codes=_split(course_key),
        title=title,
        language=language,
        schedule=schedule,
        problems=(
            *validation.check_course_key(course_key, "course_key"),
            *validation.check_line(title, "title"),
            *(() if language is None else validation.check_language(language, "language")),
            *validation.check_schedule(schedule),
        ),
    )


def read_row(line: int, cells: Mapping[str, str]) -> Row:
    """Return the row in these cells of a file, which are given by column name. A blank cell counts as omitted.

    An invalid language becomes the site's, with a warning.
    """
    course_key, title = _given_key(cells), cells.get("title", "").strip()
    problems = [*_check_key(cells), *validation.check_line(title, "title", required=False)]
    instants: dict[str, datetime] = {}
    for column in (*validation.SCHEDULE_FIELDS, "created"):
        if text := cells.get(column, "").strip():
            try:
                instants[column] = _read_instant(text)
            except (ValueError, OverflowError):
                message = (
                    f"The {column} {text[:50]!r} should be a date and time with its offset, "
                    "such as 2012-09-05T00:00:00Z."
                )
                problems.append(Problem(ProblemCode.INVALID, message, (column,)))
    created = instants.pop("created", None)
    language, warnings = _read_language(cells.get("language", "").strip())
    return Row(
        line=line,
        course_key=course_key[:_SHOWN_LENGTH],
        codes=_split(course_key),
        title=title,
        language=language,
        schedule=instants,
        created=created,
        problems=(*problems, *validation.check_schedule(instants)),
        warnings=warnings,
    )


def reject(line: int, cells: Mapping[str, str], *problems: Problem) -> Row:
    """Return a rejected row, of which only the key is read. The key is blank if there are no cells."""
    course_key = _given_key(cells) if cells else ""
    return Row(line=line, course_key=course_key[:_SHOWN_LENGTH], problems=problems)


def _split(course_key: str) -> keys.KeyParts:
    return _NO_CODES if any(validation.check_course_key(course_key, "course_key")) else keys.split(course_key)


def _given_key(cells: Mapping[str, str]) -> str:
    given = cells.get("course_key", "").strip()
    return given or keys.course_key(_given_codes(cells).values())


def _given_codes(cells: Mapping[str, str]) -> dict[str, str]:
    return {column: cells.get(column, "").strip() for column in CODE_COLUMNS}


def _check_key(cells: Mapping[str, str]) -> Iterator[Problem]:
    course_key, codes = _given_key(cells), _given_codes(cells)
    if not cells.get("course_key", "").strip() and not all(codes.values()):
        for column, code in codes.items():
            if not code:
                yield Problem(ProblemCode.REQUIRED, f"The {column.replace('_', ' ')} is missing.", (column,))
        return
    yield from validation.check_course_key(course_key, "course_key")
    if keys.is_course_key(course_key):
        for (column, code), spelled in zip(codes.items(), keys.split(course_key), strict=True):
            if code not in ("", spelled):
                message = f"The key spells the {column.replace('_', ' ')} otherwise."
                yield Problem(ProblemCode.KEY_MISMATCH, message, (column,))


def _read_instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("no offset")
    return instant.astimezone(UTC)


def _read_language(spelling: str) -> tuple[str | None, tuple[str, ...]]:
    if not spelling:
        return None, ()
    language = languages.normalize(spelling)
    if not any(validation.check_language(language, "language")):
        return language, ()
    language = default_language()
    shown = spelling[: validation.MAX_LANGUAGE_LENGTH]
    return language, (f"{shown!r} is no language code, so it is read as {language}.",)
