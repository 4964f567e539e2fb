"""Filters and orders of organizations."""

from enum import Enum

import strawberry
from django.db.models import QuerySet
from organizations.models import Organization

from catalog_graphql.catalog import api
from catalog_graphql.context import Context
from catalog_graphql.graphql_internals import described
from catalog_graphql.lists import conditions
from catalog_graphql.lists.conditions import OrderDirection
from catalog_graphql.reading.listing import Listing
from catalog_graphql.reading.orders import PK, SortKey, directions


@described
@strawberry.input
class OrganizationFilter(conditions.Filter):
    """Which organizations to list. Fields are combined with AND."""

    search: str | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"{conditions.SEARCH_WORDS} Every word must occur somewhere in the code or the name.",
    )
    org_codes: list[str] | None = strawberry.field(default=strawberry.UNSET, description=conditions.ORG_CODES)
    is_active: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Only active organizations, or only inactive ones."
    )


@described
@strawberry.enum
class OrganizationOrderField(Enum):
    """What organizations can be ordered by."""

    ORG_CODE = strawberry.enum_value("ORG_CODE", description="The organization's code.")
    NAME = strawberry.enum_value("NAME", description="The organization's name.")


@described
@strawberry.input
class OrganizationOrder:
    """The order of organizations. Default: ORG_CODE ASC."""

    field: OrganizationOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description=conditions.DIRECTION)


def _filter(rows: QuerySet[Organization], asked: OrganizationFilter | None, context: Context) -> QuerySet[Organization]:
    """Return the organizations that match the filter."""
    if asked is None:
        return rows
    rows = rows.filter(api.every(conditions.words_of(asked.search, context), api.organization_has))
    if asked.is_active is not None:
        rows = rows.filter(active=asked.is_active)
    return conditions.among_codes(rows, "short_name", asked.org_codes, context)


ORGANIZATIONS = Listing(
    model=Organization,
    filter_type=OrganizationFilter,
    filter=_filter,
    order_type=OrganizationOrder,
    orders={
        **directions("ORG_CODE", SortKey("short_name")),
        **directions("NAME", SortKey("name"), PK),
    },
    default_order=("ORG_CODE", "ASC"),
)
