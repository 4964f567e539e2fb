"""The text of keys: splitting, joining and validating it.

A course key comes in three spellings: `course-v1:org+course+run`, `ccx-v1:org+course+run+ccx@N` for a custom course,
and, in old databases, `org/course/run`. Splitting the text takes a hundredth of the time of parsing the key.

Keys are ASCII here, as in Open edX unless `ALLOW_UNICODE_COURSE_ID` is set: SQLite folds the case of ASCII letters
only, so rules about case could not be the same on every database.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext_noop

from catalog_graphql.catalog.text import fold_code

# Translated where they become part of a sentence.
CODE_CHARACTERS = gettext_noop("letters, digits, - . _ ~ and :")
ORG_CODE_CHARACTERS = gettext_noop("letters, digits, - . and _")

_PART = r"[A-Za-z0-9_.~:-]+"
_OLD_PART = r"[A-Za-z0-9_.%-]+"
# `$` alone also matches before a final line break, which engines define differently. So no character may follow it.
_END = r"$(?![^a])"

# Python (and thus SQLite), PostgreSQL, MySQL and MariaDB all interpret these the same way.
CODE_REGEX = rf"^[A-Za-z0-9_.~:%-]+{_END}"
COURSE_KEY_REGEX = (
    rf"^(course-v1:{_PART}[+]{_PART}[+]{_PART}"
    rf"|ccx-v1:{_PART}[+]{_PART}[+]{_PART}[+]ccx@[0-9]+"
    rf"|{_OLD_PART}/{_OLD_PART}/{_OLD_PART}){_END}"
)
_COURSE_KEY = re.compile(COURSE_KEY_REGEX)
_CODE = re.compile(_PART)
_ORG_CODE = re.compile(r"[A-Za-z0-9_.-]+")
_COURSE_CODE = re.compile(CODE_REGEX)

COURSE_PREFIX = "course-v1:"
CCX_PREFIX = "ccx-v1:"
COURSE_KEY_FORMS = ((COURSE_PREFIX, "+"), (CCX_PREFIX, "+"), ("", "/"))
"""The prefix and the separator of each form of a course key."""
CATALOG_COURSE_PREFIX = "catalog-course:"


class KeyParts(NamedTuple):
    """The three codes that a course key spells."""

    org_code: str
    course_code: str
    run_code: str


class CatalogCourseKeyParts(NamedTuple):
    """The two codes that a catalog course's key spells."""

    org_code: str
    course_code: str


class KeyWarning(StrEnum):
    """Something about a run's key that an administrator should look at."""

    ORG_CODE_CASE_DIFFERS = "ORG_CODE_CASE_DIFFERS"
    ORG_CODE_DIFFERS = "ORG_CODE_DIFFERS"
    COURSE_CODE_DIFFERS = "COURSE_CODE_DIFFERS"


def is_course_key(text: str) -> bool:
    """Return whether the text is a course key that the catalog can hold."""
    return _COURSE_KEY.match(text) is not None


def is_org_code(text: str) -> bool:
    """Return whether an organization can have this code."""
    return _ORG_CODE.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """Return whether new keys can contain this course or run code."""
    return _CODE.fullmatch(text) is not None


def is_ccx(course_key: str) -> bool:
    """Return whether the key is a custom course's."""
    return course_key.startswith(CCX_PREFIX)


def split(course_key: str) -> KeyParts:
    """Return the codes in a course key, which must be one that the catalog can hold."""
    if "/" in course_key:
        return KeyParts(*course_key.split("/"))
    return KeyParts(*course_key.partition(":")[2].split("+")[:3])


def spellings(text: str) -> tuple[str, ...]:
    """Return the keys under which the catalog may hold a run, if the text is a course key; otherwise, only the text.

    For a custom course's key, they include the keys of the run on which it is based.
    """
    if not is_course_key(text):
        return (text,)
    codes = split(text)
    return tuple(dict.fromkeys((text, *spelled(codes))))


def course_key(codes: Iterable[str]) -> str:
    """Return the course key made of the codes of an organization, a course and a run."""
    return COURSE_PREFIX + "+".join(codes)


def spelled(codes: Sequence[str]) -> tuple[str, str]:
    """Return the new and the old spelling of a key with these codes. The catalog holds at most one of the two."""
    return course_key(codes), "/".join(codes)


def key_warnings(course_key: str, *, org_code: str, course_code: str) -> list[KeyWarning]:
    """Compare a run's key with its catalog course's codes."""
    parts = split(course_key)
    warnings = []
    if fold_code(parts.org_code) != fold_code(org_code):
        warnings.append(KeyWarning.ORG_CODE_DIFFERS)
    elif parts.org_code != org_code:
        warnings.append(KeyWarning.ORG_CODE_CASE_DIFFERS)
    if parts.course_code != course_code:
        warnings.append(KeyWarning.COURSE_CODE_DIFFERS)
    return warnings


def find_contradiction(course_keys: Iterable[str], *, org_code: str, course_code: str | None = None) -> str | None:
    """Return the first key that names another organization, ignoring case, or another course, if a code is given."""
    for course_key in course_keys:
        parts = split(course_key)
        if fold_code(parts.org_code) != fold_code(org_code) or course_code not in (None, parts.course_code):
            return course_key
    return None


def catalog_course_key(*, org_code: str, course_code: str) -> str:
    """Return the key of a catalog course, such as `catalog-course:MITx:6.002x`."""
    return f"{CATALOG_COURSE_PREFIX}{org_code}:{course_code}"


def split_catalog_course_key(key_str: str) -> CatalogCourseKeyParts:
    """Return the codes in a catalog course's key.

    Raises ValueError if the text is not such a key. An organization code has no colons; a course code may.
    """
    org_code, _, course_code = key_str.removeprefix(CATALOG_COURSE_PREFIX).partition(":")
    if (
        not key_str.startswith(CATALOG_COURSE_PREFIX)
        or not is_org_code(org_code)
        or not _COURSE_CODE.match(course_code)
    ):
        raise ValueError("The key of a catalog course looks like catalog-course:MITx:6.002x.")
    return CatalogCourseKeyParts(org_code, course_code)
