"""Searches: every word must occur, in a title or name as `fold_text` folds it, or in a code or key as `fold_code` does.

The conditions are of LIKE, whose wildcards in a word are escaped.
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
    """Return the words that have to be looked for, the longest first: what a word is part of, it is found with."""
    found: dict[tuple[str, str], str] = {}
    for word in sorted(search.split(), key=len, reverse=True):
        text, code = fold_text(word), fold_code(word)
        if not any(text in longer_text and code in longer_code for longer_text, longer_code in found):
            found[text, code] = word
    return list(found.values())


def every(words: Iterable[str], condition: Callable[[str], Q]) -> Q:
    """Return the condition that each of the words meets the one given."""
    return reduce(and_, map(condition, words), Q())


def organization_has(word: str) -> Q:
    """Return the condition on organizations that the word is in the code or the name."""
    return code_has("short_name", word) | _text_has(word)


def course_run_has(word: str) -> Q:
    """Return the condition on course runs that the word is in the key or the title."""
    # A join stops where the page is full: every word that is typed begins with one letter, which is everywhere.
    return _key_has(word) | _text_has(word)


def catalog_course_has(word: str, runs: "QuerySet[CourseRun]") -> Q:
    """Return the condition on catalog courses that the word is in the title or a code.

    Or it is in the title or the run code of one of the runs. One with the punctuation of a key may be part of the key
    of one of the runs, or be the key of the course.
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
        # The run codes of custom courses are not folded. Elsewhere in the key are the codes of the course.
        run_code = folded("run_code")
        in_key = Q(_Has(run_code, code)) | Q(IsNull(run_code, True), _Has(folded("course_key"), code))
    # Subqueries are read once. Looked into for every course, they take MariaDB ten times as long.
    return found | Q(pk__in=runs.filter(in_key | _text_is_among(CourseRun, word)).values("catalog_course"))


def code_has(path: str, word: str) -> Q:
    """Return the condition that the word is in the code at this path."""
    return Q(_Has(FoldedCode(path), fold_code(word)))


def _text_has(word: str) -> Q:
    return Q(_Has(F("search_text__text"), fold_text(word)))


def _text_is_among(model: type[Model], word: str) -> Q:
    texts = search_text.SEARCH_TEXTS[model]._default_manager.filter(_Has(F("text"), fold_text(word)))
    return Q(pk__in=texts.values("pk"))


def _key_has(word: str) -> Q:
    return reduce(or_, (Q(_Has(folded("course_key"), spelling)) for spelling in keys.spellings(fold_code(word))))


class _Has(Contains):
    """`contains`, between what is folded already."""

    def as_mysql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Compare by the column's collation, which is bytewise: `LIKE BINARY` would convert each value first."""
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        return f"{lhs} LIKE {rhs}", (*lhs_params, *rhs_params)
