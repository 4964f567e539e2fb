"""The parameters of a request: their size, and whether their text is valid Unicode.

The sender controls all of this, so measure it before anything else looks into it. Counting stops at the limit.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple, Optional

from catalog_graphql.errors import QueryTooComplexError
from catalog_graphql.limits.limits import Limits


class _Place(NamedTuple):
    """The location of a value: its key or index, and the location of its container."""

    step: str | int
    within: Optional["_Place"]


def measure(asked: dict[str, Any], limits: Limits) -> None:
    """Raise QueryTooComplexError if the parameters of a request, such as its variables, are too large.

    A parameter's own value is at depth 0.
    """
    level: list[Any] = [asked]
    depth, count = -2, 0
    while level:
        depth += 1
        if depth > limits.variable_depth:
            raise _too_much("variable_depth", depth, limits.variable_depth)
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                if len(value) > limits.variable_fields:
                    raise _too_much("variable_fields", len(value), limits.variable_fields)
                below += value.values()
            elif isinstance(value, list):
                if len(value) > limits.list_items:
                    raise _too_much("list_items", len(value), limits.list_items)
                below += value
            if count + len(below) > limits.variable_values:
                raise _too_much("variable_values", count + len(below), limits.variable_values)
        count += len(below)
        level = below


def _too_much(measure: str, found: int, limit: int) -> QueryTooComplexError:
    return QueryTooComplexError(measure, found, limit, "The request")


def halves_of_pairs(asked: dict[str, Any]) -> Iterator[list[str | int]]:
    """Return the path of each string that holds half of a surrogate pair. For a key, it is the path of its object."""
    places: list[tuple[Any, _Place | None]] = [(asked, None)]
    while places:
        value, place = places.pop()
        if isinstance(value, str):
            if not _is_text(value):
                yield _path(place)
        elif isinstance(value, dict):
            if not all(map(_is_text, value)):
                yield _path(place)
            places += [(inner, _Place(name, place)) for name, inner in value.items() if _is_text(name)]
        elif isinstance(value, list):
            places += [(inner, _Place(index, place)) for index, inner in enumerate(value)]


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _path(place: _Place | None) -> list[str | int]:
    path: list[str | int] = []
    while place is not None:
        path.insert(0, place.step)
        place = place.within
    return path
