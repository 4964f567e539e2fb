"""Searches: every word must occur in a title or name, or in a code or key.

Titles and names are folded by `fold_text`, codes and keys by `fold_code`. The conditions use LIKE, and escape wildcards
in words.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Model, Q, QuerySet
from django.db.models.lookups import Contains, Exact, IsNull, StartsWith
from django.db.models.sql.compiler import SQLCompiler

from catalog_graphql.catalog import keys, search_text
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, folded
from catalog_graphql.catalog.text import FoldedCode, fold_code, fold_text

_KEY_PUNCTUATION = frozenset("+/:@")


def words_of(search: str) -> list[str]:
    """Return the distinct words to look for, longest first. A word that is part of another one is left out."""
    found: dict[tuple[str, str], str] = {}
    for word in sorted(search.split(), key=len, reverse=True):
        text, code = fold_text(word), fold_code(word)
        if not any(text in longer_text and code in longer_code for longer_text, longer_code in found):
            found[text, code] = word
    return list(found.values())


def every(words: Iterable[str], condition: Callable[[str], Q]) -> Q:
    """Return the conjunction of a condition for each word."""
    return reduce(and_, map(condition, words), Q())


def organization_has(word: str) -> Q:
    """Return the condition that an organization's code or name contains the word."""
    return code_has("short_name", word) | _text_has(word)


def course_run_has(word: str) -> Q:
    """Return the condition that a course run's key or title contains the word."""
    # A join, since it can stop once the page is full: when users type a word, its first letter matches most rows.
    return _key_has(word) | _text_has(word)


def catalog_course_has(word: str, runs: "QuerySet[CourseRun]") -> Q:
    """Return the condition that a catalog course matches the word.

    The word must be in its title or codes, or in the title or run code of one of the runs. A word with key punctuation
    may also be part of a run's key, or be the course's own key.
    """
    code = fold_code(word)
    found = Q(_Has(folded("course_code"), code)) | code_has("org__short_name", word)
    found |= _text_is_among(CatalogCourse, word)
    with suppress(ValueError):
        org_code, course_code = keys.split_catalog_course_key(code)
        begins = StartsWith(folded("course_code"), course_code)
        found |= Q(Exact(FoldedCode("org__short_name"), org_code), begins)
    if _KEY_PUNCTUATION.intersection(word):
        in_key = _key_has(word)
    else:
        # Custom courses have no folded run code: look in their keys, whose other parts are the course's codes.
        run_code = folded("run_code")
        in_key = Q(_Has(run_code, code)) | Q(IsNull(run_code, True), _Has(folded("course_key"), code))
    # An uncorrelated subquery runs once. Correlated with each course, it takes MariaDB ten times as long.
    return found | Q(pk__in=runs.filter(in_key | _text_is_among(CourseRun, word)).values("catalog_course"))


def code_has(path: str, word: str) -> Q:
    """Return the condition that the code at this path contains the word."""
    return Q(_Has(FoldedCode(path), fold_code(word)))


def _text_has(word: str) -> Q:
    return Q(_Has(F("search_text__text"), fold_text(word)))


def _text_is_among(model: type[Model], word: str) -> Q:
    texts = search_text.SEARCH_TEXTS[model]._default_manager.filter(_Has(F("text"), fold_text(word)))
    return Q(pk__in=texts.values("pk"))


def _key_has(word: str) -> Q:
    return reduce(or_, (Q(_Has(folded("course_key"), spelling)) for spelling in keys.spellings(fold_code(word))))


class _Has(Contains):
    """`contains`, for operands that are already folded."""

    def as_mysql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Use the column's collation, which is binary. Django's `LIKE BINARY` would first convert each value."""
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        return f"{lhs} LIKE {rhs}", (*lhs_params, *rhs_params)
