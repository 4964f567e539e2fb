"""Statements: SQL that is compiled once, and run with the values of each request."""

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
_CHUNK = 128  # Rows to fetch at a time: usually enough for a page.


class Now(Expression):
    """The current time, a parameter that stays open until the statement runs."""

    def __init__(self) -> None:
        super().__init__(output_field=DateTimeField())

    def as_sql(self, _compiler: SQLCompiler, _connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return a placeholder, with this object as its parameter."""
        return "%s", (self,)


class Parents(Expression):
    """The primary keys of the parents whose lists are read, parameters that stay open until the statement runs."""

    def as_sql(self, _compiler: SQLCompiler, _connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return a mark to replace with the placeholders, with this object as their parameter."""
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
        except EmptyResultSet:  # Django knows without a query that there are no rows.
            return
        connection = connections[self._using]
        expressions = [expression for expression, _sql, _alias in compiler.select]
        # Do not keep the converters themselves: they belong to this thread's connection.
        self._converted = [
            (place, expression) for place, expression in enumerate(expressions) if _converters(connection, expression)
        ]

    def run(self, now: datetime.datetime, parents: Collection[Any] = ()) -> Iterator[Sequence[Row]]:
        """Yield the rows in chunks, with these values for `Now` and `Parents`."""
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
    """Return the converters from database to Python values, as `SQLCompiler.get_converters` does."""
    converters = [*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection)]
    if converters and holds_utc_text(connection) and isinstance(expression.output_field, DateTimeField):
        return [_aware]
    return converters


def _aware(instant: datetime.datetime | None, *_: Any) -> datetime.datetime | None:
    """Make a datetime from SQLite aware. Django's converter would look up the time zone for every value."""
    return instant and instant.replace(tzinfo=datetime.UTC)
