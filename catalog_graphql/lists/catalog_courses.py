"""Filters and orders of catalog courses."""

import datetime
from enum import Enum

import strawberry
from django.db.models import Exists, OuterRef, QuerySet

from catalog_graphql.catalog import api
from catalog_graphql.catalog import records as models
from catalog_graphql.context import Context
from catalog_graphql.graphql_internals import described
from catalog_graphql.lists import conditions
from catalog_graphql.lists.conditions import OrderDirection
from catalog_graphql.lists.course_runs import CourseRunStatus, has_status, without_ccx
from catalog_graphql.reading.listing import Listing
from catalog_graphql.reading.orders import PK, SortKey, directions


@described
@strawberry.input
class CatalogCourseFilter(conditions.Filter):
    """Which catalog courses to list.

    Fields are combined with AND. Those about runs consider only runs that `runs` would list with the same `includeCcx`,
    and never one that the viewer may not see.
    """

    search: str | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"{conditions.SEARCH_WORDS} Every word must occur in the title, organization code or course code, "
        "or in the title or run code of one of the runs; the key of a run finds its course, in any spelling.",
    )
    org_codes: list[str] | None = strawberry.field(default=strawberry.UNSET, description=conditions.ORG_CODES)
    languages: list[str] | None = strawberry.field(default=strawberry.UNSET, description=conditions.LANGUAGES)
    status: CourseRunStatus | None = strawberry.field(
        default=strawberry.UNSET, description="Only courses that have a run with this status."
    )
    has_runs: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Only courses that have runs, or only courses that have none."
    )
    created_on_or_after: datetime.datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Only those created at or after this time."
    )
    created_on_or_before: datetime.datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Only those created at or before this time."
    )
    include_ccx: bool | None = strawberry.field(
        default=False,
        description="Whether `search`, `status` and `hasRuns` also consider the runs of custom courses (CCX).",
    )


@described
@strawberry.enum
class CatalogCourseOrderField(Enum):
    """What catalog courses can be ordered by."""

    TITLE = strawberry.enum_value("TITLE", description=conditions.TITLE)
    ORG_CODE = strawberry.enum_value("ORG_CODE", description="The organization's code, then the course code.")
    COURSE_CODE = strawberry.enum_value("COURSE_CODE", description="The course code.")
    CREATED = strawberry.enum_value("CREATED", description="When the catalog course was created.")


@described
@strawberry.input
class CatalogCourseOrder:
    """The order of catalog courses. Default: TITLE ASC."""

    field: CatalogCourseOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description=conditions.DIRECTION)


def _filter(
    rows: QuerySet[models.CatalogCourse], asked: CatalogCourseFilter | None, context: Context
) -> QuerySet[models.CatalogCourse]:
    """Return the catalog courses that match the filter."""
    if asked is None:
        return rows
    visible = without_ccx(context.visible(models.CourseRun.objects.all()), asked.include_ccx)
    words = conditions.words_of(asked.search, context)
    rows = rows.filter(api.every(words, lambda word: api.catalog_course_has(word, visible)))
    runs = visible.filter(catalog_course=OuterRef("pk"))
    if asked.status is not None:
        rows = rows.filter(Exists(runs.filter(has_status(asked.status, context.now))))
    if asked.has_runs is not None:
        rows = rows.filter(Exists(runs) if asked.has_runs else ~Exists(runs))
    rows = conditions.among_codes(rows, "org__short_name", asked.org_codes, context)
    rows = conditions.among_languages(rows, "language", asked.languages, context)
    return conditions.between(rows, "created", asked.created_on_or_after, asked.created_on_or_before)


CATALOG_COURSES = Listing(
    model=models.CatalogCourse,
    filter_type=CatalogCourseFilter,
    filter=_filter,
    order_type=CatalogCourseOrder,
    orders={
        **directions("TITLE", SortKey("title"), PK),
        **directions("ORG_CODE", SortKey("org__short_name"), SortKey("course_code"), PK, is_indexed=False),
        **directions("COURSE_CODE", SortKey("course_code"), PK),
        **directions("CREATED", SortKey("created", is_instant=True), PK),
    },
    default_order=("TITLE", "ASC"),
)
