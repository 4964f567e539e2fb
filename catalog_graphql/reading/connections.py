"""Connections, as the Relay specification has them, with `nodes` beside `edges`, and `totalCount`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import strawberry
from django.db.models import Model, Q, QuerySet
from strawberry import UNSET

from catalog_graphql.context import Context, Info
from catalog_graphql.reading.orders import Order
from catalog_graphql.reading.pages import DEFAULT_SIZE, MAX_SIZE, Page, PageRequest
from catalog_graphql.reading.selections import optimized_for

NodeT = TypeVar("NodeT")
ValueT = TypeVar("ValueT")


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """Where a page lies in its list."""

    has_next_page: bool = strawberry.field(description="Whether rows follow the page.")
    has_previous_page: bool = strawberry.field(description="Whether rows precede the page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the page's first row; null without rows.")
    end_cursor: str | None = strawberry.field(description="The cursor of the page's last row; null without rows.")


@strawberry.type(description="A row of a list, and its place.")
class Edge(Generic[NodeT]):
    """A row of a list, and its place."""

    page: strawberry.Private[Page[Any]]
    node: NodeT = strawberry.field(description="The row.")

    @strawberry.field(description="The row's place, for `after` and `before` of the same list in the same order.")
    def cursor(self) -> str:
        """Return the row's place."""
        return self.page.cursor(self.node)


@strawberry.type(description="A page of a list.")
class Connection(Generic[NodeT]):
    """A page of a list."""

    page: strawberry.Private[Page[Any]]
    rows: strawberry.Private[QuerySet[Any]]

    @strawberry.field(description="The rows of the page, each with its cursor.")
    def edges(self) -> list[Edge[NodeT]]:
        """Return the rows with their cursors."""
        return [Edge(page=self.page, node=row) for row in self.page.nodes]

    @strawberry.field(description="The rows of the page.")
    def nodes(self) -> list[NodeT]:
        """Return the rows."""
        return self.page.nodes

    @strawberry.field(description="Where the page lies in the list.")
    def page_info(self) -> PageInfo:
        """Return where the page lies."""
        rows = self.page.nodes
        return PageInfo(
            has_next_page=self.page.has_next_page,
            has_previous_page=self.page.has_previous_page,
            start_cursor=self.page.cursor(rows[0]) if rows else None,
            end_cursor=self.page.cursor(rows[-1]) if rows else None,
        )

    @strawberry.field(
        description="How many rows the list has in all: those that the filter matches and the viewer may see. "
        "It costs a query of its own, and only when it is asked for."
    )
    def total_count(self) -> int:
        """Return how many rows the list has in all."""
        return self.rows.count()


@dataclass(frozen=True)
class Listing:
    """What can be asked of the lists of a model: filters and orders."""

    model: type[Model]
    filter_type: type
    filter: Callable[[QuerySet[Any], Any, Context], QuerySet[Any]]
    order_type: type
    orders: dict[tuple[str, str], Order]
    default_order: tuple[str, str]

    def rows(self, context: Context, asked: Any, *conditions: Q, **parent: Model) -> QuerySet[Any]:
        """Return the rows that the viewer may see, of the parent where there is one, that were asked for."""
        return self.filter(context.visible(self.model._default_manager.filter(*conditions, **parent)), asked, context)

    def order(self, asked: Any) -> Order:
        """Return the order that was asked for, or the default."""
        return self.orders[self.default_order if asked is None else (asked.field.value, asked.direction.value)]


_First = Annotated[
    int | None,
    strawberry.argument(
        description=f"At most this many rows, from the start; {DEFAULT_SIZE} unless told, {MAX_SIZE} at most."
    ),
]
_After = Annotated[str | None, strawberry.argument(description="Only rows after the one of this cursor.")]
_Last = Annotated[
    int | None, strawberry.argument(description=f"At most this many rows, from the end; {MAX_SIZE} at most.")
]
_Before = Annotated[str | None, strawberry.argument(description="Only rows before the one of this cursor.")]
_Offset = Annotated[
    int | None, strawberry.argument(description="Pass over this many rows, for numbered pages. Goes with `first` only.")
]


def _given(value: ValueT) -> ValueT | None:
    return None if value is UNSET else value


def connection(
    listing: Listing,
    *,
    description: str,
    parent: str | None = None,
    condition: Callable[[Context], Q] = lambda context: Q(),
) -> Any:
    """Return a field that lists: all rows, or those that point at the field's object through the lookup `parent`.

    Only rows that meet the condition are listed.
    """

    def resolve(
        root: Any,
        info: Info,
        first: _First = UNSET,
        after: _After = UNSET,
        last: _Last = UNSET,
        before: _Before = UNSET,
        offset: _Offset = UNSET,
        filter: Annotated[
            listing.filter_type | None, strawberry.argument(description="Which rows to list.")  # type: ignore[name-defined]
        ] = UNSET,
        order_by: Annotated[
            listing.order_type | None, strawberry.argument(description="The order to list them in.")  # type: ignore[name-defined]
        ] = UNSET,
    ) -> Any:
        request = PageRequest(_given(first), _given(after), _given(last), _given(before), _given(offset))
        parents = {parent: root} if parent else {}
        rows = listing.rows(info.context, filter or None, condition(info.context), **parents)
        scope = f"{info.path.typename}.{info.field_name}" + (f":{root.pk}" if parent else "")
        page = Page(
            optimized_for(rows, info._raw_info, ["nodes"], ["edges", "node"]),
            order=listing.order(order_by or None),
            request=request,
            scope=scope,
        )
        return Connection(page=page, rows=rows)

    return strawberry.field(resolver=resolve, description=description)
