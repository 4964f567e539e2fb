"""The text of keys.

A course key comes in three spellings: `course-v1:org+course+run`, `ccx-v1:org+course+run+ccx@N` for a custom course,
and, in old databases, `org/course/run`. Reading its pieces off the text costs a hundredth of parsing it.

Keys are ASCII here, as Open edX has them unless `ALLOW_UNICODE_COURSE_ID` is set: SQLite folds the capitals of no
other script, so a rule about capitals could not be held alike on every database.
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
# `$` alone also matches before a final line break, and engines differ in what is one: no character may follow.
_END = r"$(?![^a])"

# Understood alike by Python (so SQLite), PostgreSQL, MySQL and MariaDB.
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
"""What each form of a course key begins with, and what separates its codes."""
CATALOG_COURSE_PREFIX = "catalog-course:"


class KeyParts(NamedTuple):
    """The three codes that a course key spells."""

    org_code: str
    course_code: str
    run_code: str


class CatalogCourseKeyParts(NamedTuple):
    """The two codes that the key of a catalog course spells."""

    org_code: str
    course_code: str


class KeyWarning(StrEnum):
    """What about a run's key an administrator should look at."""

    ORG_CODE_CASE_DIFFERS = "ORG_CODE_CASE_DIFFERS"
    ORG_CODE_DIFFERS = "ORG_CODE_DIFFERS"
    COURSE_CODE_DIFFERS = "COURSE_CODE_DIFFERS"


def is_course_key(text: str) -> bool:
    """Say whether the text is a course key that the catalog can hold."""
    return _COURSE_KEY.match(text) is not None


def is_org_code(text: str) -> bool:
    """Say whether an organization can have this code."""
    return _ORG_CODE.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """Say whether the keys of new runs can spell this code of a course or a run."""
    return _CODE.fullmatch(text) is not None


def is_ccx(course_key: str) -> bool:
    """Say whether the key is that of a custom course."""
    return course_key.startswith(CCX_PREFIX)


def split(course_key: str) -> KeyParts:
    """Return the codes spelled in a course key, which must be one that the catalog holds."""
    if "/" in course_key:
        return KeyParts(*course_key.split("/"))
    return KeyParts(*course_key.partition(":")[2].split("+")[:3])


def spellings(text: str) -> tuple[str, ...]:
    """Return the keys by which the catalog may know a run, where the text is the key of one; otherwise the text.

    The key of a custom course leads to the run that it is made of, too.
    """
    if not is_course_key(text):
        return (text,)
    codes = split(text)
    return tuple(dict.fromkeys((text, *spelled(codes))))


def course_key(codes: Iterable[str]) -> str:
    """Return the course key that spells the codes of an organization, a course and a run."""
    return COURSE_PREFIX + "+".join(codes)


def spelled(codes: Sequence[str]) -> tuple[str, str]:
    """Return the two keys that spell these codes, new and old: the catalog holds one of them at most."""
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
    """Return the first key that names another organization, case aside, or another course where one is given."""
    for course_key in course_keys:
        parts = split(course_key)
        if fold_code(parts.org_code) != fold_code(org_code) or course_code not in (None, parts.course_code):
            return course_key
    return None


def catalog_course_key(*, org_code: str, course_code: str) -> str:
    """Return the key of a catalog course, such as `catalog-course:MITx:6.002x`."""
    return f"{CATALOG_COURSE_PREFIX}{org_code}:{course_code}"


def split_catalog_course_key(key_str: str) -> CatalogCourseKeyParts:
    """Return the codes spelled in the key of a catalog course.

    Raises ValueError where the text is no such key. An organization's code holds no colon; a course's may.
    """
    org_code, _, course_code = key_str.removeprefix(CATALOG_COURSE_PREFIX).partition(":")
    if (
        not key_str.startswith(CATALOG_COURSE_PREFIX)
        or not is_org_code(org_code)
        or not _COURSE_CODE.match(course_code)
    ):
        raise ValueError("The key of a catalog course looks like catalog-course:MITx:6.002x.")
    return CatalogCourseKeyParts(org_code, course_code)
