"""Filters and orders of course runs."""

import datetime
from enum import Enum

import strawberry
from django.db.models import Q, QuerySet

from catalog_graphql.catalog import api
from catalog_graphql.catalog import records as models
from catalog_graphql.context import Context
from catalog_graphql.graphql_internals import described
from catalog_graphql.lists import conditions
from catalog_graphql.lists.conditions import OrderDirection
from catalog_graphql.reading.listing import Listing
from catalog_graphql.reading.orders import PK, SortKey, directions


@described
@strawberry.enum
class CourseRunStatus(Enum):
    """Whether a run is over."""

    ACTIVE = strawberry.enum_value(
        "ACTIVE", description="The run has not ended: it may be running, not have started, or have no schedule."
    )
    ARCHIVED = strawberry.enum_value("ARCHIVED", description="The run's end has passed.")


@described
@strawberry.input
class CourseRunFilter(conditions.Filter):
    """Which course runs to list. Fields are combined with AND."""

    search: str | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"{conditions.SEARCH_WORDS} Every word must occur in the title or in the key, "
        "and a key finds its run in any spelling.",
    )
    org_codes: list[str] | None = strawberry.field(default=strawberry.UNSET, description=conditions.ORG_CODES)
    languages: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description=f"{conditions.LANGUAGES} A run has the language of its catalog course."
    )
    status: CourseRunStatus | None = strawberry.field(
        default=strawberry.UNSET, description="Only runs with this status."
    )
    start_on_or_after: datetime.datetime | None = strawberry.field(
        default=strawberry.UNSET,
        description="Only runs that start at or after this time. Runs without a start date do not match.",
    )
    start_on_or_before: datetime.datetime | None = strawberry.field(
        default=strawberry.UNSET,
        description="Only runs that start at or before this time. Runs without a start date do not match.",
    )
    created_on_or_after: datetime.datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Only those created at or after this time."
    )
    created_on_or_before: datetime.datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Only those created at or before this time."
    )
    include_ccx: bool | None = strawberry.field(
        default=False, description="Whether to include the runs of custom courses (CCX)."
    )


@described
@strawberry.enum
class CourseRunOrderField(Enum):
    """What course runs can be ordered by."""

    TITLE = strawberry.enum_value("TITLE", description=conditions.TITLE)
    COURSE_KEY = strawberry.enum_value("COURSE_KEY", description="The course key.")
    RUN_CODE = strawberry.enum_value("RUN_CODE", description="The run code.")
    CREATED = strawberry.enum_value("CREATED", description="When the run was created.")
    START = strawberry.enum_value("START", description="When the run starts; those without a start come last.")


@described
@strawberry.input
class CourseRunOrder:
    """The order of course runs. Default: CREATED DESC."""

    field: CourseRunOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description=conditions.DIRECTION)


def _filter(
    rows: QuerySet[models.CourseRun], asked: CourseRunFilter | None, context: Context
) -> QuerySet[models.CourseRun]:
    """Return the runs that match the filter; runs of custom courses only if it includes them."""
    rows = without_ccx(rows, asked is not None and asked.include_ccx)
    if asked is None:
        return rows
    rows = rows.filter(api.every(conditions.words_of(asked.search, context), api.course_run_has))
    if asked.status is not None:
        rows = rows.filter(has_status(asked.status, context.now))
    rows = conditions.among_codes(rows, "catalog_course__org__short_name", asked.org_codes, context)
    rows = conditions.among_languages(rows, "catalog_course__language", asked.languages, context)
    rows = conditions.between(rows, "schedule__start", asked.start_on_or_after, asked.start_on_or_before)
    return conditions.between(rows, "created", asked.created_on_or_after, asked.created_on_or_before)


def without_ccx(runs: QuerySet[models.CourseRun], include_ccx: bool | None) -> QuerySet[models.CourseRun]:
    """Return the runs, without those of custom courses unless `include_ccx`."""
    return runs if include_ccx else runs.exclude(course_key__startswith=api.CCX_PREFIX)


def has_status(status: CourseRunStatus, now: datetime.datetime) -> Q:
    """Return the condition that a run has this status at this time."""
    archived = api.archived(now)
    return archived if status is CourseRunStatus.ARCHIVED else ~archived


COURSE_RUNS = Listing(
    model=models.CourseRun,
    filter_type=CourseRunFilter,
    filter=_filter,
    order_type=CourseRunOrder,
    orders={
        **directions("TITLE", SortKey("title"), PK),
        **directions("COURSE_KEY", SortKey("course_key")),
        **directions("RUN_CODE", SortKey("run_code"), PK),
        **directions("CREATED", SortKey("created", is_instant=True), PK),
        **directions("START", SortKey("schedule__start", is_instant=True, nullable=True), PK, is_indexed=False),
    },
    default_order=("CREATED", "DESC"),
)
