"""Searches: every word must occur in a title or name, or in a code or key.

Words are folded as the search texts are, by `fold_text`. The conditions use LIKE, and escape wildcards in words.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import reduce
from operator import and_, or_
from typing import Any

from django.core.exceptions import FullResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q, QuerySet
from django.db.models.lookups import Contains, Exact, In, StartsWith
from django.db.models.sql.compiler import SQLCompiler

from catalog_graphql.catalog import keys, search_index, search_text
from catalog_graphql.catalog.records import CourseRun, folded
from catalog_graphql.catalog.text import FoldedCode, fold_code, fold_text

_KEY_PUNCTUATION = frozenset("+/:@")
_JOINED = Q(search_text__isnull=False)  # Otherwise Django would make an outer join, which no index can begin.


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
    return _JOINED & _has("search_text__text", word)


def course_run_has(word: str) -> Q:
    """Return the condition that a course run's key or title contains the word."""
    return _JOINED & (_key_has(word) | _has("search_text__text", word))


def catalog_course_has(word: str, runs: "QuerySet[CourseRun]") -> Q:
    """Return the condition that a catalog course matches the word.

    The word must be in its title or codes, or in the title or run code of one of the runs. A word with key punctuation
    may also be part of a run's key, or be the course's own key.
    """
    in_run = course_run_has(word) if _KEY_PUNCTUATION.intersection(word) else _JOINED & _has("search_text__text", word)
    by_text = search_text.CatalogCourseSearchText.objects.filter(_has("text", word)).values("pk")
    by_runs = runs.order_by().filter(in_run).values("catalog_course")
    found = Q(_Among(F("pk"), by_text.union(by_runs, all=True)))
    with suppress(ValueError):
        org_code, course_code = keys.split_catalog_course_key(fold_code(word))
        begins = StartsWith(folded("course_code"), course_code)
        found |= Q(Exact(FoldedCode("org__short_name"), org_code), begins)
    return found


def code_has(path: str, word: str) -> Q:
    """Return the condition that the code at this path contains the word."""
    return Q(_Has(FoldedCode(path), fold_code(word)))


def _has(path: str, word: str) -> Q:
    """Return the condition that the column of a search text contains the word; an index proposes the rows."""
    return Q(_Proposed(F(path), fold_text(word)), _Has(F(path), fold_text(word)))


def _key_has(word: str) -> Q:
    return reduce(or_, (_has("search_text__key", spelling) for spelling in keys.spellings(fold_code(word))))


class _Among(In):
    """`IN`, for a union of queries."""

    def process_rhs(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Name the union as a table where MySQL and MariaDB would otherwise run it again for each row."""
        sql, params = super().process_rhs(compiler, connection)
        if connection.vendor == "mysql":
            sql = f"(SELECT * FROM {sql} AS found)"  # noqa: S608 (the SQL is Django's)
        return sql, params


class _Has(Contains):
    """`contains`, for operands that are already folded."""

    def as_mysql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Use the column's collation, which is binary. Django's `LIKE BINARY` would first convert each value."""
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        return f"{lhs} LIKE {rhs}", (*lhs_params, *rhs_params)


class _Proposed(Contains):
    """The rows that SQLite's index of a search text proposes. Other engines use theirs without being asked."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Restrict nothing."""
        raise FullResultSet

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Ask the index, unless the word is too short for it."""
        match = search_index.match(self.rhs)
        if match is None:
            raise FullResultSet
        column = self.lhs
        key = connection.ops.quote_name(column.target.model._meta.pk.column)
        index = search_index.name_of(column.target.model)
        owner = f"{connection.ops.quote_name(column.alias)}.{key}"
        return f"{owner} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)", [match]  # noqa: S608
