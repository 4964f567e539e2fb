"""Pages of a list: the requested page, and the rows that were found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from catalog_graphql.errors import BadUserInputError
from catalog_graphql.reading import cursors
from catalog_graphql.reading.orders import Order

DEFAULT_SIZE = 20
MAX_SIZE = 100

RowT = TypeVar("RowT")
ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True)
class PageRequest:
    """The requested page: the arguments of the Relay specification, and `offset` for numbered pages.

    Raises BadUserInputError if they contradict each other.
    """

    order: Order
    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None
    offset: int | None = None

    def __post_init__(self) -> None:
        for name, size in (("first", self.first), ("last", self.last)):
            if size is not None and not 0 <= size <= MAX_SIZE:
                raise BadUserInputError(f"A page has 0 to {MAX_SIZE} rows.", input_path=[name])
        if self.first is not None and self.last is not None:
            raise BadUserInputError("Ask for the first rows or for the last, not for both.", input_path=["last"])
        if self.offset is not None and self.offset < 0:
            raise BadUserInputError("The offset must not be negative.", input_path=["offset"])
        if self.offset is not None and (self.last, self.after, self.before) != (None, None, None):
            raise BadUserInputError("An offset goes with `first` only.", input_path=["offset"])

    @cached_property
    def size(self) -> int:
        """The number of rows requested."""
        asked = self.first if self.last is None else self.last
        return DEFAULT_SIZE if asked is None else asked

    @property
    def start(self) -> int:
        """The number of rows to skip."""
        return self.offset or 0

    @property
    def stop(self) -> int:
        """Where to stop reading: after the page and one extra row, which shows whether more follow."""
        return self.start + self.size + 1

    @cached_property
    def reading_order(self) -> Order:
        """The order to read in: from the end if the last rows were requested."""
        return self.order if self.last is None else self.order.reversed()

    @property
    def is_bounded(self) -> bool:
        """Whether the page lies beyond a cursor."""
        return self.after is not None or self.before is not None

    def check_cursors(self, scope: str) -> None:
        """Raise BadUserInputError unless the cursors belong to the list that the scope names, in this order."""
        self._cursors(scope)

    def beyond(self, rows: QuerySet[ModelT], scope: str) -> QuerySet[ModelT]:
        """Return the rows between the cursors.

        `scope` names the list. Raises BadUserInputError for a cursor of another list or order.
        """
        for order, sort_values in self._cursors(scope):
            rows = order.beyond(rows, sort_values)
        return rows

    def parts(self, rows: QuerySet[ModelT], scope: str) -> list[tuple[QuerySet[ModelT], Order]]:
        """Return the rows between the cursors for each part of the reading order, with the part's own order.

        `scope` names the list. Raises BadUserInputError for a cursor of another list or order.
        """
        found, parts, bounds = [], self.reading_order.parts(), self._cursors(scope)
        for is_null, order in parts:
            within = rows.filter(self.order.is_null(rows, is_null)) if len(parts) > 1 else rows
            for towards, sort_values in bounds:
                within = towards.beyond_within(within, is_null, sort_values)
            found.append((within, order))
        return found

    def cursor(self, sort_values: Sequence[Any], scope: str) -> str:
        """Return the cursor of the row with these sort values in the list that the scope names."""
        return cursors.encode(sort_values, scope=self._scope(scope))

    def _cursors(self, scope: str) -> list[tuple[Order, list[Any]]]:
        """Return the sort values in each cursor, with the order in which the page comes after them."""
        if not self.is_bounded:
            return []
        cursors_ = (("after", self.after, self.order), ("before", self.before, self.order.reversed()))
        return [
            (order, self._sort_values(name, cursor, scope)) for name, cursor, order in cursors_ if cursor is not None
        ]

    def _sort_values(self, name: str, cursor: str, scope: str) -> list[object]:
        try:
            return self.order.parse(cursors.decode(cursor, scope=self._scope(scope)))
        except ValueError as error:
            raise BadUserInputError("The cursor is not one of this list in this order.", input_path=[name]) from error

    def _scope(self, scope: str) -> str:
        return f"{scope}:{self.order.name}"


class Page(Generic[RowT]):
    """A page of the list that `scope` names.

    `rows` are the rows that were read, in reading order, with an extra one if more follow. `sort_values` returns a
    row's sort values.
    """

    def __init__(
        self, request: PageRequest, scope: str, rows: Sequence[RowT], sort_values: Callable[[RowT], Sequence[Any]]
    ) -> None:
        self._request = request
        self._scope = scope
        self._sort_values = sort_values
        size = request.size
        self._has_more = len(rows) > size
        nodes = rows[:size] if self._has_more else rows
        self.nodes: Sequence[RowT] = nodes if request.last is None else nodes[::-1]

    @property
    def has_next_page(self) -> bool:
        """Whether more rows follow. For a page before a cursor, assume so without looking."""
        if self._request.last is None:
            return self._has_more
        return self._request.before is not None

    @property
    def has_previous_page(self) -> bool:
        """Whether rows precede. For a page after a cursor or an offset, assume so without looking."""
        if self._request.last is not None:
            return self._has_more
        return self._request.after is not None or bool(self._request.offset)

    @property
    def start_cursor(self) -> str | None:
        """The cursor of the first row, if there is one."""
        return self.cursor(self.nodes[0]) if self.nodes else None

    @property
    def end_cursor(self) -> str | None:
        """The cursor of the last row, if there is one."""
        return self.cursor(self.nodes[-1]) if self.nodes else None

    def cursor(self, row: RowT) -> str:
        """Return the cursor of one of the page's rows."""
        return self._request.cursor(self._sort_values(row), self._scope)
