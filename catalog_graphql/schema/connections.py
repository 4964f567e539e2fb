"""Connections, as the Relay specification has them, with `nodes` beside `edges`, and `totalCount`."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

import strawberry
from django.db.models import Q
from strawberry import UNSET

from catalog_graphql import conf
from catalog_graphql.context import Context, Info
from catalog_graphql.execution.executor import list_answer
from catalog_graphql.graphql_internals import described
from catalog_graphql.reading import reference
from catalog_graphql.reading.listing import ListField, Listing
from catalog_graphql.reading.pages import DEFAULT_SIZE, MAX_SIZE, Page

NodeT = TypeVar("NodeT")


@described
@strawberry.type
class PageInfo:
    """The position of a page in its list."""

    has_next_page: bool = strawberry.field(description="Whether there are rows after the page.")
    has_previous_page: bool = strawberry.field(description="Whether there are rows before the page.")
    start_cursor: str | None = strawberry.field(
        description="The cursor of the first row on the page; null if the page is empty."
    )
    end_cursor: str | None = strawberry.field(
        description="The cursor of the last row on the page; null if the page is empty."
    )


@described
@strawberry.type
class Edge(Generic[NodeT]):
    """A row of a list and its cursor."""

    page: strawberry.Private[Page[Any]]
    node: NodeT = strawberry.field(description="The row.")

    @strawberry.field(description="The row's position, for `after` and `before` in the same list and order.")
    def cursor(self) -> str:
        """Return the row's place."""
        return self.page.cursor(self.node)


@described
@strawberry.type
class Connection(Generic[NodeT]):
    """A page of a list."""

    listed: strawberry.Private[reference.List]

    @strawberry.field(description="The rows of the page, each with its cursor.")
    def edges(self) -> list[Edge[NodeT]]:
        """Return the rows with their cursors."""
        page = self.listed.page
        return [Edge(page=page, node=row) for row in page.nodes]

    @strawberry.field(description="The rows of the page.")
    def nodes(self) -> list[NodeT]:
        """Return the rows."""
        return list(self.listed.page.nodes)

    @strawberry.field(description="The position of the page in the list.")
    def page_info(self) -> PageInfo:
        """Return where the page lies."""
        page = self.listed.page
        return PageInfo(
            has_next_page=page.has_next_page,
            has_previous_page=page.has_previous_page,
            start_cursor=page.start_cursor,
            end_cursor=page.end_cursor,
        )

    @strawberry.field(
        description="The number of rows in the whole list: those that match the filter and that the viewer may see. "
        "Selecting it costs one more SQL query."
    )
    def total_count(self) -> int:
        """Return how many rows the list has in all."""
        return self.listed.count()


_First = Annotated[
    int | None,
    strawberry.argument(
        description=f"Return up to this many rows from the start. Default: {DEFAULT_SIZE}, maximum: {MAX_SIZE}."
    ),
]
_After = Annotated[str | None, strawberry.argument(description="Return only rows after this cursor.")]
_Last = Annotated[
    int | None, strawberry.argument(description=f"Return up to this many rows from the end. Maximum: {MAX_SIZE}.")
]
_Before = Annotated[str | None, strawberry.argument(description="Return only rows before this cursor.")]
_Offset = Annotated[
    int | None,
    strawberry.argument(description="Skip this many rows, for numbered pages. Can be combined with `first` only."),
]


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
    list_field = ListField(listing, parent, condition)

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
            listing.order_type | None, strawberry.argument(description="The order of the rows.")  # type: ignore[name-defined]
        ] = UNSET,
    ) -> Any:
        asked = {
            "first": first,
            "after": after,
            "last": last,
            "before": before,
            "offset": offset,
            "filter": filter,
            "order_by": order_by,
        }
        if conf.plans_reads():
            return list_answer(info, list_field, asked)
        return Connection(listed=reference.List(list_field, info, asked, root))

    return strawberry.field(resolver=resolve, description=description, metadata={ListField: list_field})
