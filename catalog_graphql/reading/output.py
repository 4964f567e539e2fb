"""Output: how rows become the response, and how many bytes that takes.

A plan knows a bind for each field. For a request, it is bound to what that brings, and gives a read: what makes the
field's value from a row.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db.models import CharField, FileField, TextField

from catalog_graphql.context import Info

_PUNCTUATION = len('"":,')
_VALUE = 8  # About what a number, an enum's member or the like takes.
_CHARACTER = 4  # Bytes at most, in UTF-8.

Row = Sequence[Any]
Read = Callable[[Any], Any]


class UnplannableError(Exception):
    """A plan cannot answer this, or not without an error: the reference path will, and knows where to report it."""


@dataclass
class Answering:
    """What one request brings to a plan, and what the lists of the plan have found for it."""

    info: Info
    found: dict[Any, Mapping[Any, Any]] = field(default_factory=dict)


Bind = Callable[[Answering], Read]


def always(read: Read) -> Bind:
    """Return what reads the same whatever the request."""
    return lambda answering: read


def converted(place: int, convert: Callable[[Any], Any]) -> Bind:
    """Return what reads what becomes of the column at this place of the row."""
    return always(lambda row: convert(row[place]))


def bind_object(fields: Mapping[str, Bind]) -> Bind:
    """Return what reads an object of these fields."""

    def bind(answering: Answering) -> Read:
        reads = [(name, bind_field(answering)) for name, bind_field in fields.items()]
        return lambda row: {name: read(row) for name, read in reads}

    return bind


def each(rows_of: Callable[[Any], Iterable[Any]], bind_row: Bind) -> Bind:
    """Return what reads the list of some rows: those of a page."""

    def bind(answering: Answering) -> Read:
        read = bind_row(answering)
        return lambda page: [read(row) for row in rows_of(page)]

    return bind


def edges_of(page: Any) -> Iterable[tuple[Any, Row]]:
    """Return the edges of a page: each row with the page, which knows its cursor."""
    return ((page, row) for row in page.nodes)


def of_edge(bind_row: Bind) -> Bind:
    """Return what reads the row of an edge."""

    def bind(answering: Answering) -> Read:
        read = bind_row(answering)
        return lambda edge: read(edge[1])

    return bind


def if_there(read: Read, presence: int | None) -> Read:
    """Return what reads an object, or None where the column that tells its presence is null."""
    return read if presence is None else lambda row: None if row[presence] is None else read(row)


class Shown:
    """What the response shows of each row: so many names, and the text of columns."""

    def __init__(self) -> None:
        self.names = 0
        self._around = 0
        self._times: Counter[int] = Counter()
        self._most: dict[int, float] = {}

    def add_name(self, name: str, value: int = _VALUE) -> None:
        """Add a field of this response name, whose value takes about so many bytes beside the text of columns."""
        self.names += 1
        self._around += len(name) + _PUNCTUATION + value

    def add_text(self, place: int, column: Any) -> None:
        """Add the text of the column at this place of the rows; what is no text is no more than a value."""
        if isinstance(column, (CharField, TextField, FileField)):
            self._times[place] += 1
            self._most[place] = math.inf if column.max_length is None else _CHARACTER * column.max_length

    @property
    def most(self) -> float:
        """How many bytes a row takes at most; infinitely many where its text has no greatest length."""
        return self._around + sum(times * self._most[place] for place, times in self._times.items())

    def count(self, rows: Sequence[Row]) -> int:
        """Return how many bytes these rows take."""
        size = self._around * len(rows)
        for place, times in self._times.items():
            size += times * sum(len(orjson.dumps(row[place])) for row in rows)
        return size
