"""Validate single values (text, codes, languages and schedules), without the database.

Each function yields the problems of a value; `field` is the argument that it came from.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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

# Whole sentences, one for each field: many languages inflect what stands around a name.
BLANK = {
    "org_code": gettext_lazy("The organization code must not be blank."),
    "course_code": gettext_lazy("The course code must not be blank."),
    "run_code": gettext_lazy("The run code must not be blank."),
    "name": gettext_lazy("The name must not be blank."),
    "title": gettext_lazy("The title must not be blank."),
}
_TOO_LONG = {
    "org_code": gettext_lazy("The organization code has %(count)d characters, and may have %(limit)d."),
    "course_code": gettext_lazy("The course code has %(count)d characters, and may have %(limit)d."),
    "run_code": gettext_lazy("The run code has %(count)d characters, and may have %(limit)d."),
    "name": gettext_lazy("The name has %(count)d characters, and may have %(limit)d."),
    "title": gettext_lazy("The title has %(count)d characters, and may have %(limit)d."),
    "description": gettext_lazy("The description has %(count)d characters, and may have %(limit)d."),
}
_NO_LINE = {
    "name": gettext_lazy("The name must be one line of text, without control characters."),
    "title": gettext_lazy("The title must be one line of text, without control characters."),
}
_NO_TEXT = {"description": gettext_lazy("The description must be text, without control characters.")}
NO_LANGUAGE = gettext_lazy("A language is lowercase and hyphenated, such as en, fr-ca or zh-cn.")
_NO_CODE = {
    "org_code": gettext_lazy("The organization code may hold %(characters)s."),
    "course_code": gettext_lazy("The course code may hold %(characters)s."),
    "run_code": gettext_lazy("The run code may hold %(characters)s."),
}
_ENDS_BEFORE = {
    "end": gettext_lazy("The end, %(end)s, is before the start, %(start)s."),
    "enrollment_end": gettext_lazy("The enrollment end, %(end)s, is before the start, %(start)s."),
}


def check_line(value: str, field: str, *, required: bool = True) -> Iterator[Problem]:
    """Check a name or title, which the caller has trimmed."""
    if required and not value:
        yield Problem(ProblemCode.REQUIRED, str(BLANK[field]), (field,))
    yield from _check_length(value, field, MAX_LENGTH)
    if _NOT_IN_A_LINE.search(value):
        yield Problem(ProblemCode.INVALID, str(_NO_LINE[field]), (field,))


def check_text(value: str, field: str) -> Iterator[Problem]:
    """Check a text that may have several lines."""
    yield from _check_length(value, field, MAX_TEXT_LENGTH)
    if _NOT_IN_TEXT.search(value):
        yield Problem(ProblemCode.INVALID, str(_NO_TEXT[field]), (field,))


def check_code(value: str, field: str) -> Iterator[Problem]:
    """Check the code of an organization, a course or a run, which the caller has trimmed."""
    name = field.removeprefix("new_")
    is_org_code = name == "org_code"
    characters = keys.ORG_CODE_CHARACTERS if is_org_code else keys.CODE_CHARACTERS
    if not value:
        yield Problem(ProblemCode.REQUIRED, str(BLANK[name]), (field,))
    elif not (keys.is_org_code(value) if is_org_code else keys.is_code(value)):
        yield Problem(ProblemCode.INVALID, _NO_CODE[name] % {"characters": _(characters)}, (field,))
    yield from _check_length(value, field, MAX_LENGTH)


def check_active(org_code: str, *, active: bool, field: str) -> Iterator[Problem]:
    """Check that the organization is active, so that something new can be created in it."""
    if not active:
        message = _("The organization %(org_code)s is inactive: nothing new is created in it.")
        yield Problem(ProblemCode.INVALID, message % {"org_code": org_code}, (field,))


def check_new_in(org_code: str, *, active: bool, field: str) -> Iterator[Problem]:
    """Check that something new can be created in the organization: it is active, and its code fits into keys."""
    yield from check_active(org_code, active=active, field=field)
    yield from check_code(org_code, field)  # The code may be older than these rules.


def check_course_key(value: str, field: str) -> Iterator[Problem]:
    """Check the key of a course run, which the caller has trimmed."""
    if len(value) > MAX_LENGTH:
        message = _("The key has %(count)d characters, and may have %(limit)d.")
        yield Problem(ProblemCode.TOO_LONG, message % {"count": len(value), "limit": MAX_LENGTH}, (field,))
    if not value:
        yield Problem(ProblemCode.REQUIRED, _("The key must not be blank."), (field,))
    elif not keys.is_course_key(value):
        message = _("A key looks like course-v1:MITx+6.002x+3T2012; its codes hold %(characters)s, and no spaces.")
        yield Problem(ProblemCode.INVALID, message % {"characters": _(keys.CODE_CHARACTERS)}, (field,))
    elif not keys.is_org_code(keys.split(value).org_code):
        message = _("The organization code in the key may hold %(characters)s.")
        yield Problem(ProblemCode.INVALID, message % {"characters": _(keys.ORG_CODE_CHARACTERS)}, (field,))


def check_language(value: str, field: str) -> Iterator[Problem]:
    """Check a language in the catalog's spelling."""
    if not value:
        yield Problem(ProblemCode.REQUIRED, _("The language must not be blank."), (field,))
    elif not languages.is_language(value):
        yield Problem(ProblemCode.INVALID, str(NO_LANGUAGE), (field,))
    if len(value) > MAX_LANGUAGE_LENGTH:
        message = _("A language has %(count)d characters, and may have %(limit)d.")
        yield Problem(ProblemCode.TOO_LONG, message % {"count": len(value), "limit": MAX_LANGUAGE_LENGTH}, (field,))


def check_schedule(schedule: Mapping[str, datetime | None]) -> Iterator[Problem]:
    """Check that no end is before its start."""
    for opening, closing in _PERIODS:
        start, end = schedule.get(opening), schedule.get(closing)
        if start is not None and end is not None and end < start:
            message = _ENDS_BEFORE[closing] % {"end": end.isoformat(), "start": start.isoformat()}
            yield Problem(ProblemCode.INVALID, message, ("schedule", closing))


def _check_length(value: str, field: str, most: int) -> Iterator[Problem]:
    if len(value) > most:
        message = _TOO_LONG[field.removeprefix("new_")] % {"count": len(value), "limit": most}
        yield Problem(ProblemCode.TOO_LONG, message, (field,))
