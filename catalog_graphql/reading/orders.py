"""Orders: the columns a list is sorted by, and the conditions for rows after a given one.

Every order ends with something unique, so a page never repeats or skips a row.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Exists, F, Func, Model, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import OrderBy
from django.db.models.sql.compiler import SQLCompiler

from catalog_graphql.reading.columns import find_field

RowT = TypeVar("RowT", bound=Model)


@dataclass(frozen=True)
class SortKey:
    """A column to sort by. If it is nullable, nulls come last in either direction."""

    path: str
    is_instant: bool = False
    descending: bool = False
    nullable: bool = False
    nulls_first: bool = False

    def ordering(self) -> OrderBy:
        """Return the column as an argument of `order_by`."""
        nulls = {"nulls_first" if self.nulls_first else "nulls_last": True} if self.nullable else {}
        return OrderBy(F(self.path), descending=self.descending, **nulls)

    def parse(self, value: Any) -> Any:
        """Convert a value of this column from JSON."""
        return datetime.datetime.fromisoformat(value) if self.is_instant and value is not None else value

    def reversed(self) -> "SortKey":
        """Return the key for reading the list from its end."""
        return replace(self, descending=not self.descending, nulls_first=not self.nulls_first)


@dataclass(frozen=True)
class Order:
    """The columns a list is sorted by; together they are unique.

    `is_indexed` says whether every database can read the rows in this order from an index, for every viewer.
    """

    name: str
    keys: tuple[SortKey, ...]
    is_indexed: bool = True

    def reversed(self) -> "Order":
        """Return the order for reading the list from its end."""
        return replace(self, keys=tuple(key.reversed() for key in self.keys))

    def parse(self, sort_values: Sequence[Any]) -> list[Any]:
        """Convert sort values from JSON."""
        return [key.parse(value) for key, value in zip(self.keys, sort_values, strict=True)]

    def apply(self, rows: QuerySet[RowT]) -> QuerySet[RowT]:
        """Return the rows in this order."""
        first = self.keys[0]
        if "__" in first.path and not first.is_instant:
            # SQLite uses an index of another table only if there is a condition on it, so add one that is always true.
            rows = rows.filter(**{f"{first.path}__gte": ""})
        return rows.order_by(*(key.ordering() for key in self.keys))

    def beyond(self, rows: QuerySet[RowT], sort_values: Sequence[Any]) -> QuerySet[RowT]:
        """Return the rows that come after the one with these sort values."""
        first = self.keys[0]
        uniform = not any(key.nullable or key.descending != first.descending for key in self.keys)
        # MySQL and MariaDB cannot use an index for a comparison of row values; the others can use it for nothing else.
        if not uniform or connections[rows.db].vendor == "mysql":
            return rows.filter(_beyond(self.keys, sort_values))
        # If the columns are in two tables, a condition on the first column alone lets the database use its index.
        bound = Q(**{f"{first.path}__{'lte' if first.descending else 'gte'}": sort_values[0]})
        return rows.filter(bound if "__" in first.path else Q(), _RowComparison(self.keys, sort_values))

    def is_null(self, rows: QuerySet[Any], is_null: bool) -> Q:
        """Return the condition that the first column is null, or that it is not."""
        relation, _, name = self.keys[0].path.rpartition("__")
        if not (is_null and relation and connections[rows.db].vendor == "postgresql"):
            return Q(**{f"{self.keys[0].path}__isnull": is_null})
        # To find rows without a related one, PostgreSQL would join the whole table; with NOT EXISTS, it does not.
        field = find_field(rows.model, relation)
        there = field.related_model._default_manager.filter(**{field.field.name: OuterRef("pk")})
        return Q(~Exists(there.filter(**{f"{name}__isnull": False})))

    def parts(self) -> "list[tuple[bool, Order]]":
        """Split the order in two, for rows whose first column is null and for the others, in the order they appear in.

        Each part can use an index, which the whole cannot. An order whose first column is not nullable has one part
        only. Each part comes with whether its rows have a null.
        """
        first, *rest = self.keys
        if not first.nullable:
            return [(False, self)]
        without = replace(self, keys=(replace(first, nullable=False), *rest))
        parts = [(False, without), (True, replace(self, keys=tuple(rest)))]
        return parts[::-1] if first.nulls_first else parts

    def beyond_within(self, rows: QuerySet[RowT], is_null: bool, sort_values: Sequence[Any]) -> QuerySet[RowT]:
        """Return the rows of one part that come after the one with these sort values, which may be in either part."""
        parts = dict(self.parts())
        here, there = (list(parts).index(null) for null in (is_null, sort_values[0] is None))
        if here != there:
            return rows if here > there else rows.none()
        return parts[is_null].beyond(rows, sort_values[1:] if is_null else sort_values)


class _RowComparison(Func):
    """`(a, b) > (x, y)`, or `<` where the keys are descending."""

    output_field = BooleanField()

    def __init__(self, keys: Sequence[SortKey], sort_values: Sequence[Any]) -> None:
        super().__init__(*(F(key.path) for key in keys), *(Value(value) for value in sort_values))
        self.operator = "<" if keys[0].descending else ">"

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, list[Any]]:
        compiled = [compiler.compile(expression) for expression in self.get_source_expressions()]
        half = len(compiled) // 2
        columns, values = (", ".join(sql for sql, _ in part) for part in (compiled[:half], compiled[half:]))
        return f"({columns}) {self.operator} ({values})", [param for _, params in compiled for param in params]


def _beyond(keys: Sequence[SortKey], sort_values: Sequence[Any]) -> Q:
    """Return `a > x or (a = x and (b > y or ...))`, with nulls sorted as the keys say."""
    key, value = keys[0], sort_values[0]
    nothing, something = Q(**{f"{key.path}__isnull": True}), Q(**{f"{key.path}__isnull": False})
    if value is None:
        equal, strictly = nothing, something if key.nulls_first else None
    else:
        equal = Q(**{key.path: value})
        strictly = Q(**{f"{key.path}__{'lt' if key.descending else 'gt'}": value})
        if key.nullable and not key.nulls_first:
            strictly |= nothing
    ties = equal & _beyond(keys[1:], sort_values[1:]) if len(keys) > 1 else None
    return (strictly | ties) if strictly and ties else strictly or ties or Q(pk__in=[])


def directions(name: str, *keys: SortKey, is_indexed: bool = True) -> dict[tuple[str, str], Order]:
    """Return the ascending and the descending order over these keys."""
    ascending = Order(f"{name} ASC", keys, is_indexed)
    descending = Order(f"{name} DESC", tuple(replace(key, descending=True) for key in keys), is_indexed)
    return {(name, "ASC"): ascending, (name, "DESC"): descending}


PK = SortKey("pk")
"""A last sort key that makes any order unique."""
