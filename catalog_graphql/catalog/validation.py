"""Validate single values (text, codes, languages and schedules), without the database.

Each function yields the problems of a value; `field` is the argument that it came from.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from catalog_graphql.catalog import keys, languages
from catalog_graphql.catalog.problems import Problem, ProblemCode

MAX_LENGTH = 255  # Characters of a code, a key, a name and a title.
MAX_TEXT_LENGTH = 10_000  # Characters of a description.
MAX_LANGUAGE_LENGTH = 64

SCHEDULE_FIELDS = ("start", "end", "enrollment_start", "enrollment_end")
_PERIODS = (("start", "end"), ("enrollment_start", "enrollment_end"))

# Control characters, line and paragraph separators, and lone surrogates. Joiners, as in emoji, are allowed.
_NOT_IN_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def check_line(value: str, field: str, *, required: bool = True) -> Iterator[Problem]:
    """Check a name or title, which the caller has trimmed."""
    name = _named(field)
    if required and not value:
        yield Problem(ProblemCode.REQUIRED, f"The {name} must not be blank.", (field,))
    if len(value) > MAX_LENGTH:
        message = f"The {name} has {len(value)} characters, and may have {MAX_LENGTH}."
        yield Problem(ProblemCode.TOO_LONG, message, (field,))
    if _NOT_IN_A_LINE.search(value):
        message = f"The {name} must be one line of text, without control characters."
        yield Problem(ProblemCode.INVALID, message, (field,))


def check_text(value: str, field: str) -> Iterator[Problem]:
    """Check a text that may have several lines."""
    if len(value) > MAX_TEXT_LENGTH:
        message = f"The {_named(field)} has {len(value)} characters, and may have {MAX_TEXT_LENGTH}."
        yield Problem(ProblemCode.TOO_LONG, message, (field,))
    if _NOT_IN_TEXT.search(value):
        message = f"The {_named(field)} must be text, without control characters."
        yield Problem(ProblemCode.INVALID, message, (field,))


def check_code(value: str, field: str) -> Iterator[Problem]:
    """Check the code of an organization, a course or a run, which the caller has trimmed."""
    name = _named(field)
    is_org_code = field.endswith("org_code")
    characters = keys.ORG_CODE_CHARACTERS if is_org_code else keys.CODE_CHARACTERS
    if not value:
        yield Problem(ProblemCode.REQUIRED, f"The {name} must not be blank.", (field,))
    elif not (keys.is_org_code(value) if is_org_code else keys.is_code(value)):
        yield Problem(ProblemCode.INVALID, f"The {name} may hold {characters}.", (field,))
    if len(value) > MAX_LENGTH:
        message = f"The {name} has {len(value)} characters, and may have {MAX_LENGTH}."
        yield Problem(ProblemCode.TOO_LONG, message, (field,))


def check_active(org_code: str, *, active: bool, field: str) -> Iterator[Problem]:
    """Check that the organization is active, so that something new can be created in it."""
    if not active:
        message = f"The organization {org_code} is inactive: nothing new is created in it."
        yield Problem(ProblemCode.INVALID, message, (field,))


def check_new_in(org_code: str, *, active: bool, field: str) -> Iterator[Problem]:
    """Check that something new can be created in the organization: it is active, and its code fits into keys."""
    yield from check_active(org_code, active=active, field=field)
    yield from check_code(org_code, field)  # The code may be older than these rules.


def check_course_key(value: str, field: str) -> Iterator[Problem]:
    """Check the key of a course run, which the caller has trimmed."""
    if len(value) > MAX_LENGTH:
        message = f"The key has {len(value)} characters, and may have {MAX_LENGTH}."
        yield Problem(ProblemCode.TOO_LONG, message, (field,))
    if not value:
        yield Problem(ProblemCode.REQUIRED, "The key must not be blank.", (field,))
    elif not keys.is_course_key(value):
        message = (
            f"A key looks like course-v1:MITx+6.002x+3T2012; its codes hold {keys.CODE_CHARACTERS}, and no spaces."
        )
        yield Problem(ProblemCode.INVALID, message, (field,))
    elif not keys.is_org_code(keys.split(value).org_code):
        message = f"The organization code in the key may hold {keys.ORG_CODE_CHARACTERS}."
        yield Problem(ProblemCode.INVALID, message, (field,))


def check_language(value: str, field: str) -> Iterator[Problem]:
    """Check a language in the catalog's spelling."""
    if not value:
        yield Problem(ProblemCode.REQUIRED, "The language must not be blank.", (field,))
    elif not languages.is_language(value):
        message = "A language is lowercase and hyphenated, such as en, fr-ca or zh-cn."
        yield Problem(ProblemCode.INVALID, message, (field,))
    if len(value) > MAX_LANGUAGE_LENGTH:
        message = f"A language has {len(value)} characters, and may have {MAX_LANGUAGE_LENGTH}."
        yield Problem(ProblemCode.TOO_LONG, message, (field,))


def check_schedule(schedule: Mapping[str, datetime | None]) -> Iterator[Problem]:
    """Check that no end is before its start."""
    for opening, closing in _PERIODS:
        start, end = schedule.get(opening), schedule.get(closing)
        if start is not None and end is not None and end < start:
            message = f"The {_named(closing)}, {end.isoformat()}, is before the start, {start.isoformat()}."
            yield Problem(ProblemCode.INVALID, message, ("schedule", closing))


def _named(field: str) -> str:
    return {"org_code": "organization code", "new_org_code": "organization code"}.get(field, field.replace("_", " "))
