"""Plain strawberry-django with its optimizer: types over the models, its own pagination, filters and orders.

Lists are `OffsetPaginated`, the leanest of its lists that count; the deep page is its keyset `DjangoCursorConnection`.
"""

import json
from base64 import b64encode
from collections.abc import Callable
from enum import Enum
from typing import Any

import strawberry
import strawberry_django
from django.db.models import Q, QuerySet
from django.urls import path
from organizations.models import Organization as OrganizationModel
from strawberry import auto, relay
from strawberry.django.views import GraphQLView
from strawberry.types import Info
from strawberry_django.optimizer import DjangoOptimizerExtension
from strawberry_django.pagination import OffsetPaginated
from strawberry_django.relay import DjangoCursorConnection

from catalog_graphql.catalog import records as models
from tests.benchmarks.contestants import Ask
from tests.benchmarks.contestants.rows import KEY_TEXT, NOT_CCX, has_word, is_active, status, visible, with_z
from tests.benchmarks.invention import SEARCH_WORD
from tests.benchmarks.operations import FLAT_RUNS, HOME_COURSES, HOME_RUNS, LIST_RUNS, NUMBERED_RUNS, Facts


@strawberry.enum
class Status(Enum):
    """Whether a run is over."""

    ACTIVE = "ACTIVE"
    ARCHIVED = "ARCHIVED"


@strawberry_django.filter_type(models.CourseRun)
class CourseRunFilter:
    """Which runs to list."""

    @strawberry_django.filter_field
    def search(self, value: str, prefix: str) -> Q:
        """Find runs by a word."""
        return has_word(value)

    @strawberry_django.filter_field
    def status(self, value: Status, prefix: str) -> Q:
        """Find active or archived runs."""
        return is_active() if value is Status.ACTIVE else ~is_active()


@strawberry_django.order_type(models.CourseRun)
class CourseRunOrder:
    """The order of runs."""

    created: auto
    id: auto


@strawberry_django.order_type(models.CatalogCourse)
class CatalogCourseOrder:
    """The order of catalog courses."""

    title: auto
    id: auto


@strawberry_django.type(OrganizationModel)
class Organization:
    """An organization."""

    org_code: str = strawberry_django.field(field_name="short_name")
    name: auto


@strawberry_django.type(models.CatalogCourse, ordering=CatalogCourseOrder)
class CatalogCourse:
    """A catalog course."""

    title: str
    org: Organization
    runs: OffsetPaginated["CourseRun"] = strawberry_django.offset_paginated()

    @strawberry_django.field(only=["course_code", "org__short_name"], select_related=["org"])
    def key(self, root: strawberry.Parent[models.CatalogCourse]) -> str:
        """Return the key."""
        return root.key_str


@strawberry_django.type(models.CourseSchedule)
class CourseSchedule:
    """When a run takes place."""

    start: auto
    end: auto


@strawberry_django.type(models.CourseRun, filters=CourseRunFilter, ordering=CourseRunOrder)
class CourseRun(relay.Node):
    """A run."""

    id: relay.NodeID[int]
    key_text: str = strawberry_django.field(name="courseKey", annotate=KEY_TEXT)
    title: str
    run_code: str
    created: auto
    catalog_course: CatalogCourse
    schedule: CourseSchedule | None

    @strawberry_django.field(only=["schedule__end"], select_related=["schedule"])
    def status(self, root: strawberry.Parent[models.CourseRun]) -> Status:
        """Return whether the run is over."""
        return Status(status(root))

    @classmethod
    def get_queryset(cls, queryset: QuerySet[Any], info: Info) -> QuerySet[Any]:
        """Return the runs that the viewer may see, except for those of custom courses."""
        return visible(queryset.filter(NOT_CCX), info.context.request.user)


@strawberry.type
class Query:
    """The root of all queries."""

    course_runs: OffsetPaginated[CourseRun] = strawberry_django.offset_paginated()
    course_runs_connection: DjangoCursorConnection[CourseRun] = strawberry_django.connection()

    # The list has the scope, not the type: otherwise, the optimizer would read a run's course in a separate query.
    @strawberry_django.offset_paginated(OffsetPaginated[CatalogCourse])
    def catalog_courses(self, info: Info) -> QuerySet[models.CatalogCourse]:
        """Return the courses that the viewer may see."""
        return visible(models.CatalogCourse.objects.all(), info.context.request.user)

    @strawberry_django.field
    def course_run(self, course_key: str) -> CourseRun | None:
        """Return the run with this key."""
        return models.CourseRun.objects.annotate(text=KEY_TEXT).filter(text=course_key)  # type: ignore[return-value]


urlpatterns = [
    path(
        "strawberry/",
        GraphQLView.as_view(schema=strawberry.Schema(Query, extensions=[DjangoOptimizerExtension])),
    )
]

_CARD = "courseKey title runCode status created"
_COURSE = "key title org { orgCode name }"
_ROW = f"{_CARD} catalogCourse {{ {_COURSE} }}"
_NEWEST = "ordering: [{ created: DESC }, { id: DESC }]"
_HOME = f"""
query Home {{
  catalogCourses(pagination: {{ limit: {HOME_COURSES} }}, ordering: [{{ title: ASC }}, {{ id: ASC }}]) {{
    results {{ {_COURSE} runs(pagination: {{ limit: {HOME_RUNS} }}, {_NEWEST}) {{ totalCount results {{ {_CARD} }} }} }}
  }}
}}
"""


def _runs(name: str, arguments: str, selected: str, variables: str = "") -> str:
    return f"query {name}{variables} {{ courseRuns({arguments}, {_NEWEST}) {{ {selected} results {{ {_ROW} }} }} }}"


_DOCUMENTS = {
    "home": _HOME,
    "author": _HOME,
    "flat": _runs("Flat", f"pagination: {{ limit: {FLAT_RUNS} }}", ""),
    "key": f"query Key($key: String!) {{ courseRun(courseKey: $key) {{ {_ROW} schedule {{ start end }} }} }}",
    "search": _runs(
        "Search",
        f"pagination: {{ limit: {LIST_RUNS} }}, filters: {{ search: $search }}",
        "totalCount",
        "($search: String!)",
    ),
    "active": _runs("Active", f"pagination: {{ limit: {LIST_RUNS} }}, filters: {{ status: ACTIVE }}", ""),
    "page": _runs(
        "Page", f"pagination: {{ limit: {NUMBERED_RUNS}, offset: $offset }}", "totalCount", "($offset: Int!)"
    ),
    "deep": f"""
query Deep($after: String!) {{
  courseRunsConnection(first: {LIST_RUNS}, after: $after, {_NEWEST}) {{
    pageInfo {{ hasNextPage }} edges {{ node {{ {_ROW} }} }}
  }}
}}
""",
}


def ask(operation: str, facts: Facts, fetch: Callable[[Ask], Any]) -> Ask:
    """Return the request for the operation's data."""
    place = json.dumps([facts.after_created.isoformat(), str(facts.after_pk)], separators=(",", ":"))
    variables: dict[str, dict[str, Any]] = {
        "key": {"key": facts.course_key},
        "search": {"search": SEARCH_WORD},
        "page": {"offset": facts.offset},
        "deep": {"after": b64encode(f"orderedcursor:{place}".encode()).decode()},
    }
    return Ask("/strawberry/", _DOCUMENTS[operation], variables.get(operation, {}))


def shaped(operation: str, answer: Any) -> Any:
    """Return the response's data, with this server's names of lists and their rows."""
    data = with_z(answer["data"])
    if operation == "key":
        return data
    if operation == "deep":
        connection = data["courseRunsConnection"]
        nodes = [edge["node"] for edge in connection["edges"]]
        return {"courseRuns": {"pageInfo": connection["pageInfo"], "nodes": nodes}}
    return {name: _connection(listed) for name, listed in data.items()}


def _connection(listed: dict[str, Any]) -> dict[str, Any]:
    nodes = [row | {"runs": _connection(row["runs"])} if "runs" in row else row for row in listed.pop("results")]
    return listed | {"nodes": nodes}
