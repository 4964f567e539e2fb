"""Pages: which of a list's rows were asked for, and which were found."""

from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

from catalog_graphql.errors import BadUserInputError
from catalog_graphql.reading import cursors
from catalog_graphql.reading.orders import Order

DEFAULT_SIZE = 20
MAX_SIZE = 100

RowT = TypeVar("RowT", bound=Model)


@dataclass(frozen=True)
class PageRequest:
    """The page that was asked for, in the arguments of the Relay specification, and `offset` for numbered pages.

    Raises BadUserInputError where they do not fit together.
    """

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

    @property
    def size(self) -> int:
        """How many rows were asked for."""
        asked = self.first if self.last is None else self.last
        return DEFAULT_SIZE if asked is None else asked


class Page(Generic[RowT]):
    """A page of a list, read when it is first looked at.

    `scope` names the list, so that its cursors are good for no other. Raises BadUserInputError for a cursor that is
    not one of the list in this order.
    """

    def __init__(self, rows: QuerySet[RowT], *, order: Order, request: PageRequest, scope: str) -> None:
        self._order = order
        self._request = request
        self._scope = f"{scope}:{order.name}"
        for name, cursor, towards in (("after", request.after, order), ("before", request.before, order.reversed())):
            if cursor is not None:
                rows = towards.beyond(rows, self._sort_values(name, cursor))
        order = order if request.last is None else order.reversed()
        start = request.offset or 0
        self._rows = order.apply(rows.annotate(**order.columns()))[start : start + request.size + 1]

    def _sort_values(self, name: str, cursor: str) -> list[object]:
        try:
            return self._order.parse(cursors.decode(cursor, scope=self._scope))
        except ValueError as error:
            raise BadUserInputError("The cursor is not one of this list in this order.", input_path=[name]) from error

    @cached_property
    def _read(self) -> list[RowT]:
        """The rows in the order in which they were read, and one more where there is one."""
        return list(self._rows)

    @cached_property
    def nodes(self) -> list[RowT]:
        """The rows of the page, in the list's order."""
        rows = self._read[: self._request.size]
        return rows if self._request.last is None else rows[::-1]

    @property
    def has_next_page(self) -> bool:
        """Whether rows follow; those after the page and before the cursor `before` are not looked for."""
        if self._request.last is None:
            return len(self._read) > self._request.size
        return self._request.before is not None

    @property
    def has_previous_page(self) -> bool:
        """Whether rows precede; those up to the cursor `after` are not looked for."""
        if self._request.last is not None:
            return len(self._read) > self._request.size
        return self._request.after is not None or bool(self._request.offset)

    def cursor(self, row: RowT) -> str:
        """Return the cursor of one of the page's rows."""
        return cursors.encode(self._order.values(row), scope=self._scope)
