"""Statements: SQL that is made once, and run with what each request brings."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, QuerySet
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from catalog_graphql.reading.columns import holds_utc_text
from catalog_graphql.reading.output import Row

_PARENTS = "/* parents */"
_CHUNK = 128  # Rows that are fetched at once: a page, mostly.


class Now(Expression):
    """The instant of the request, which stays open in a statement until it runs."""

    def __init__(self) -> None:
        super().__init__(output_field=DateTimeField())

    def as_sql(self, _compiler: SQLCompiler, _connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return a placeholder, with itself as what it stands for."""
        return "%s", (self,)


class Parents(Expression):
    """The primary keys of the parents whose lists are read, which stay open in a statement until it runs."""

    def as_sql(self, _compiler: SQLCompiler, _connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return a mark where the placeholders belong, with itself as what they stand for."""
        return _PARENTS, (self,)


class Statement:
    """The SQL of a queryset of tuples."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self._using = rows.db
        self._sql = ""
        self._params: Sequence[Any] = ()
        compiler = rows.query.get_compiler(self._using)
        try:
            self._sql, self._params = compiler.as_sql()
        except EmptyResultSet:  # It is known without asking that there are no such rows.
            return
        connection = connections[self._using]
        expressions = [expression for expression, _sql, _alias in compiler.select]
        # Not the converters themselves: they belong to this thread's connection.
        self._converted = [
            (place, expression) for place, expression in enumerate(expressions) if _converters(connection, expression)
        ]

    def run(self, now: datetime.datetime, parents: Collection[Any] = ()) -> Iterator[Sequence[Row]]:
        """Yield the rows at this instant, some at a time, of these parents where the queryset asks for `Parents`."""
        if not self._sql:
            return
        connection = connections[self._using]
        params: list[Any] = []
        for param in self._params:
            if isinstance(param, Parents):
                params += parents
            elif isinstance(param, Now):
                params.append(param.output_field.get_db_prep_value(now, connection))
            else:
                params.append(param)
        sql = self._sql.replace(_PARENTS, ", ".join(["%s"] * len(parents)))
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            while rows := cursor.fetchmany(_CHUNK):
                yield self._convert(rows, connection) if self._converted else rows
                if len(rows) < _CHUNK:
                    break

    def _convert(self, rows: Sequence[Row], connection: BaseDatabaseWrapper) -> Sequence[Row]:
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for place, expression in self._converted:
            for convert in _converters(connection, expression):
                columns[place] = [convert(value, expression, connection) for value in columns[place]]
        return list(zip(*columns, strict=True))


def _converters(connection: BaseDatabaseWrapper, expression: Any) -> list[Any]:
    """Return what makes Python values of the column's, as `SQLCompiler.get_converters` does."""
    converters = [*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection)]
    if converters and holds_utc_text(connection) and isinstance(expression.output_field, DateTimeField):
        return [_aware]
    return converters


def _aware(instant: datetime.datetime | None, *_: Any) -> datetime.datetime | None:
    """Return what SQLite has in UTC: Django's converter looks up the time zone for every value."""
    return instant and instant.replace(tzinfo=datetime.UTC)
