"""Output: how rows become the response, and how many bytes it takes.

A plan holds a `Bind` for each field. For each request, the bind returns a `Read`: the function that computes the
field's value from a row.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db.models import CharField, FileField, TextField
from graphql import GraphQLError

from catalog_graphql.context import Info

_PUNCTUATION = len('"":,')
_VALUE = 8  # The approximate bytes of a number, an enum value or the like.
_CHARACTER = 4  # The most bytes of a character in UTF-8.

Row = Sequence[Any]
Read = Callable[[Any], Any]


@dataclass
class Answering:
    """The state of one request while plans answer it: its info, and the pages of the lists read so far."""

    info: Info
    found: dict[Any, Mapping[Any, Any]] = field(default_factory=dict)


Bind = Callable[[Answering], Read]


def always(read: Read) -> Bind:
    """Return a bind whose read does not depend on the request."""
    return lambda answering: read


def failing(error: GraphQLError) -> Bind:
    """Return a bind for a field with invalid arguments, which raises the error for each object that has the field.

    A plan outlives its request, so each read raises a new error, without the original's nodes, which hold the document.
    """
    message, extensions = error.message, error.extensions

    def read(_row: Any) -> Any:
        raise GraphQLError(message, extensions=extensions)

    return always(read)


def converted(place: int, convert: Callable[[Any], Any]) -> Bind:
    """Return a bind that converts the column at this index."""
    return always(lambda row: convert(row[place]))


def bind_object(fields: Mapping[str, Bind]) -> Bind:
    """Return a bind for an object with these fields."""

    def bind(answering: Answering) -> Read:
        reads = [(name, bind_field(answering)) for name, bind_field in fields.items()]
        return lambda row: {name: read(row) for name, read in reads}

    return bind


def each(rows_of: Callable[[Any], Iterable[Any]], bind_row: Bind) -> Bind:
    """Return a bind for the list of a page's rows."""

    def bind(answering: Answering) -> Read:
        read = bind_row(answering)
        return lambda page: [read(row) for row in rows_of(page)]

    return bind


def edges_of(page: Any) -> Iterable[tuple[Any, Row]]:
    """Return the edges of a page, each as the page, which can make the cursor, and the row."""
    return ((page, row) for row in page.nodes)


def of_edge(bind_row: Bind) -> Bind:
    """Return a bind for the node of an edge."""

    def bind(answering: Answering) -> Read:
        read = bind_row(answering)
        return lambda edge: read(edge[1])

    return bind


def if_there(read: Read, presence: int | None) -> Read:
    """Return a read that yields None if the column at index `presence` is null: then there is no such object."""
    return read if presence is None else lambda row: None if row[presence] is None else read(row)


class Shown:
    """The size of a row in the response: its field names, and the text of its columns."""

    def __init__(self) -> None:
        self.names = 0
        self._around = 0
        self._times: Counter[int] = Counter()
        self._most: dict[int, float] = {}

    def add_name(self, name: str, value: int = _VALUE) -> None:
        """Add a field with this response name. `value` estimates its bytes, apart from the text of columns."""
        self.names += 1
        self._around += len(name) + _PUNCTUATION + value

    def add_text(self, place: int, column: Any) -> None:
        """Add the text of the column at this index. Columns of other types count as values only."""
        if isinstance(column, (CharField, TextField, FileField)):
            self._times[place] += 1
            self._most[place] = math.inf if column.max_length is None else _CHARACTER * column.max_length

    @property
    def most(self) -> float:
        """The most bytes that a row can take; infinite if one of its text columns has no maximum length."""
        return self._around + sum(times * self._most[place] for place, times in self._times.items())

    def count(self, rows: Sequence[Row]) -> int:
        """Return the number of bytes that these rows take."""
        size = self._around * len(rows)
        for place, times in self._times.items():
            size += times * sum(len(orjson.dumps(row[place])) for row in rows)
        return size
