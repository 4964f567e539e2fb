"""Binds: how rows become the response.

A plan knows a bind for each field. For a request, it is bound to what that brings, and gives a read: what makes the
field's value from a row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalog_graphql.context import Info

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
