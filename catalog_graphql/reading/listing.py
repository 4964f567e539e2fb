"""Lists: what can be asked of the rows of a model, and the fields that ask it."""

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
    """What can be asked of the lists of a model: filters and orders."""

    model: type[Model]
    filter_type: type
    filter: Callable[[QuerySet[Any], Any, Context], QuerySet[Any]]
    order_type: type
    orders: dict[tuple[str, str], Order]
    default_order: tuple[str, str]

    def is_indexed(self, asked: Mapping[str, Any] | None) -> bool:
        """Say whether an index has the rows in the order that was asked for, as GraphQL's values, or in the default."""
        name = self.default_order if asked is None else (asked["field"].value, asked["direction"].value)
        return self.orders[name].is_indexed

    def order(self, asked: Any) -> Order:
        """Return the order that was asked for, or the default."""
        return self.orders[self.default_order if asked is None else (asked.field.value, asked.direction.value)]


@dataclass(frozen=True)
class ListField:
    """A field that lists: all rows, or those that point at the field's object through the lookup `parent`.

    Only rows that meet the condition are listed.
    """

    listing: Listing
    parent: str | None
    condition: Callable[[Context], Q]

    def rows(self, context: Context, arguments: Mapping[str, Any]) -> QuerySet[Any]:
        """Return the rows that the field's arguments ask for, of any parent, as far as the viewer may see them."""
        rows = self.listing.model._default_manager.filter(self.condition(context))
        return self.listing.filter(context.visible(rows), arguments.get("filter") or None, context)

    def page_request(self, arguments: Mapping[str, Any]) -> PageRequest:
        """Return the page that the field's arguments ask for. Raises BadUserInputError where they do not fit."""
        page = {name: arguments.get(name, UNSET) for name in ("first", "after", "last", "before", "offset")}
        return PageRequest(
            self.listing.order(arguments.get("order_by") or None),
            **{name: None if value is UNSET else value for name, value in page.items()},
        )
