"""Lists of a model's rows: their filters and orders, and the fields that show them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from strawberry import UNSET

from catalog_graphql.context import Context
from catalog_graphql.reading.orders import Order
from catalog_graphql.reading.pages import PageRequest


@dataclass(frozen=True)
class Listing:
    """The filters and orders of a model's lists."""

    model: type[Model]
    filter_type: type
    filter: Callable[[QuerySet[Any], Any, Context], QuerySet[Any]]
    order_type: type
    orders: dict[tuple[str, str], Order]
    default_order: tuple[str, str]

    def is_indexed(self, asked: Mapping[str, Any] | None) -> bool:
        """Return whether an index has the rows in the requested order, given as GraphQL enums, or in the default."""
        name = self.default_order if asked is None else (asked["field"].value, asked["direction"].value)
        return self.orders[name].is_indexed

    def order(self, asked: Any) -> Order:
        """Return the requested order, or the default."""
        return self.orders[self.default_order if asked is None else (asked.field.value, asked.direction.value)]


@dataclass(frozen=True)
class ListField:
    """A field that lists all rows, or those that refer to the field's object through the lookup `parent`.

    It lists only rows that satisfy the condition.
    """

    listing: Listing
    parent: str | None
    condition: Callable[[Context], Q]

    def rows(self, context: Context, arguments: Mapping[str, Any]) -> QuerySet[Any]:
        """Return the rows, of any parent, that match the field's arguments and that the viewer may see."""
        rows = self.listing.model._default_manager.filter(self.condition(context))
        return self.listing.filter(context.visible(rows), arguments.get("filter") or None, context)

    def page_request(self, arguments: Mapping[str, Any]) -> PageRequest:
        """Return the page that the field's arguments request. Raises BadUserInputError if they are contradictory."""
        page = {name: arguments.get(name, UNSET) for name in ("first", "after", "last", "before", "offset")}
        return PageRequest(
            self.listing.order(arguments.get("order_by") or None),
            **{name: None if value is UNSET else value for name, value in page.items()},
        )
