"""The text of keys.

A course key comes in three spellings: `course-v1:org+course+run`, `ccx-v1:org+course+run+ccx@N` for a custom course,
and, in old databases, `org/course/run`. Reading its pieces off the text costs a hundredth of parsing it.

Keys are ASCII here, as Open edX has them unless `ALLOW_UNICODE_COURSE_ID` is set: SQLite folds the capitals of no
other script, so a rule about capitals could not be held alike on every database.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext_noop

from openedx_catalog.text import fold_code

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
_ORG_CODE = re.compile(r"[A-Za-z0-9_.-]+")
_COURSE_CODE = re.compile(CODE_REGEX)

CCX_PREFIX = "ccx-v1:"
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


def is_course_key(text: str) -> bool:
    """Say whether the text is a course key that the catalog can hold."""
    return _COURSE_KEY.match(text) is not None


def is_org_code(text: str) -> bool:
    """Say whether an organization can have this code."""
    return _ORG_CODE.fullmatch(text) is not None


def split(course_key: str) -> KeyParts:
    """Return the codes spelled in a course key, which must be one that the catalog holds."""
    if "/" in course_key:
        return KeyParts(*course_key.split("/"))
    return KeyParts(*course_key.partition(":")[2].split("+")[:3])


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
