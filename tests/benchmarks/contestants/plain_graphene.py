"""graphene-django with `graphene-django-query-optimizer`, which slices nested connections in SQL.

Filters and orders use django-filter, as is usual. Its connections page by offset: a cursor is a row number.
"""

from base64 import b64encode
from collections.abc import Callable
from typing import Any

import graphene
from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Now
from django.urls import path
from django_filters import CharFilter, FilterSet, OrderingFilter
from graphene_django.views import GraphQLView
from organizations.models import Organization
from query_optimizer import (
    AnnotatedField,
    DjangoConnectionField,
    DjangoObjectType,
    ManuallyOptimizedField,
    MultiField,
    RelatedField,
    optimize,
)
from query_optimizer.optimizer import QueryOptimizer

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from tests.benchmarks.contestants import Ask
from tests.benchmarks.contestants.rows import KEY_TEXT, NOT_CCX, has_word, is_active, visible, with_z
from tests.benchmarks.invention import SEARCH_WORD
from tests.benchmarks.operations import FLAT_RUNS, HOME_COURSES, HOME_RUNS, LIST_RUNS, NUMBERED_RUNS, Facts


class CountingConnection(graphene.relay.Connection):
    """A connection with a count, added in the way that is common for `totalCount`."""

    total_count = graphene.Int()

    class Meta:
        abstract = True

    def resolve_total_count(self, info: Any) -> int:
        """Return the number of rows."""
        count: int = self.length
        return count


class CatalogCourseFilterSet(FilterSet):
    """The order of catalog courses."""

    order_by = OrderingFilter(fields=["title", "id"])

    class Meta:
        model = CatalogCourse
        fields: list[str] = []


class CourseRunFilterSet(FilterSet):
    """Which runs to list, and their order."""

    search = CharFilter(method="filter_search")
    active_only = CharFilter(method="filter_active")
    order_by = OrderingFilter(fields=["created", "id"])

    class Meta:
        model = CourseRun
        fields: list[str] = []

    def filter_search(self, rows: QuerySet[CourseRun], name: str, value: str) -> QuerySet[CourseRun]:
        """Find runs by a word."""
        return rows.filter(has_word(value))

    def filter_active(self, rows: QuerySet[CourseRun], name: str, value: str) -> QuerySet[CourseRun]:
        """Find active runs."""
        return rows.filter(is_active())


class OrganizationNode(DjangoObjectType):
    """An organization."""

    org_code = MultiField(graphene.String, fields=["short_name"])

    class Meta:
        model = Organization
        fields = ["name"]

    def resolve_org_code(root: Organization, info: Any) -> str:  # noqa: N805 (as graphene calls it)
        """Return the code."""
        return root.short_name


class CourseScheduleNode(DjangoObjectType):
    """When a run takes place."""

    class Meta:
        model = CourseSchedule
        fields = ["start", "end"]


class CatalogCourseNode(DjangoObjectType):
    """A catalog course."""

    org = RelatedField(OrganizationNode)
    runs = DjangoConnectionField(lambda: CourseRunNode)

    @staticmethod
    def optimize_key(queryset: QuerySet[Any], optimizer: QueryOptimizer, **_filters: Any) -> QuerySet[Any]:
        """Split the key into its two codes."""
        org = QueryOptimizer(model=Organization, info=optimizer.info, name="org", parent=optimizer)
        optimizer.get_or_set_child_optimizer("org", org).only_fields.append("short_name")
        optimizer.only_fields.append("course_code")
        optimizer.related_fields.append("org_id")
        return queryset

    key = ManuallyOptimizedField(graphene.String)

    class Meta:
        model = CatalogCourse
        fields = ["title"]
        interfaces = (graphene.relay.Node,)
        connection_class = CountingConnection
        filterset_class = CatalogCourseFilterSet

    def resolve_key(root: CatalogCourse, info: Any) -> str:  # noqa: N805
        """Return the key."""
        return root.key_str

    @classmethod
    def filter_queryset(cls, queryset: QuerySet[Any], info: Any) -> QuerySet[Any]:
        """Return the courses that the viewer may see."""
        return visible(queryset, info.context.user)


class CourseRunNode(DjangoObjectType):
    """A run."""

    key_text = AnnotatedField(graphene.String, expression=KEY_TEXT)
    status = AnnotatedField(
        graphene.String,
        expression=Case(When(schedule__end__lt=Now(), then=Value("ARCHIVED")), default=Value("ACTIVE")),
    )
    catalog_course = RelatedField(CatalogCourseNode)
    schedule = RelatedField(CourseScheduleNode)

    class Meta:
        model = CourseRun
        fields = ["title", "run_code", "created"]
        interfaces = (graphene.relay.Node,)
        connection_class = CountingConnection
        filterset_class = CourseRunFilterSet

    @classmethod
    def filter_queryset(cls, queryset: QuerySet[Any], info: Any) -> QuerySet[Any]:
        """Return the runs that the viewer may see, except for those of custom courses."""
        return visible(queryset.filter(NOT_CCX), info.context.user)


class Query(graphene.ObjectType):
    """The root of all queries."""

    catalog_courses = DjangoConnectionField(CatalogCourseNode)
    course_runs = DjangoConnectionField(CourseRunNode)
    course_run = graphene.Field(CourseRunNode, course_key=graphene.String(required=True))

    def resolve_course_run(root: None, info: Any, course_key: str) -> CourseRun | None:  # noqa: N805
        """Return the run with this key."""
        found = CourseRun.objects.annotate(text=KEY_TEXT).filter(text=course_key)
        return next(iter(optimize(found, info)), None)


urlpatterns = [path("graphene/", GraphQLView.as_view(schema=graphene.Schema(query=Query)))]

_CARD = "courseKey: keyText title runCode status created"
_COURSE = "key title org { orgCode name }"
_ROW = f"{_CARD} catalogCourse {{ {_COURSE} }}"
_NEWEST = 'orderBy: "-created,-id"'
_HOME = f"""
query Home {{
  catalogCourses(first: {HOME_COURSES}, orderBy: "title,id") {{
    edges {{ node {{ {_COURSE} runs(first: {HOME_RUNS}, {_NEWEST}) {{ totalCount edges {{ node {{ {_CARD} }} }} }} }} }}
  }}
}}
"""


def _runs(name: str, arguments: str, selected: str, variables: str = "") -> str:
    listed = f"{selected} edges {{ node {{ {_ROW} }} }}"
    return f"query {name}{variables} {{ courseRuns({arguments}, {_NEWEST}) {{ {listed} }} }}"


_DOCUMENTS = {
    "home": _HOME,
    "author": _HOME,
    "flat": _runs("Flat", f"first: {FLAT_RUNS}", ""),
    "key": f"query Key($key: String!) {{ courseRun(courseKey: $key) {{ {_ROW} schedule {{ start end }} }} }}",
    "search": _runs("Search", f"first: {LIST_RUNS}, search: $search", "totalCount", "($search: String!)"),
    "active": _runs("Active", f'first: {LIST_RUNS}, activeOnly: "true"', ""),
    "page": _runs("Page", f"first: {NUMBERED_RUNS}, offset: $offset", "totalCount", "($offset: Int!)"),
    "deep": _runs("Deep", f"first: {LIST_RUNS}, after: $after", "pageInfo { hasNextPage }", "($after: String!)"),
}


def ask(operation: str, facts: Facts, fetch: Callable[[Ask], Any]) -> Ask:
    """Return the request for the operation's data."""
    variables: dict[str, dict[str, Any]] = {
        "key": {"key": facts.course_key},
        "search": {"search": SEARCH_WORD},
        "page": {"offset": facts.offset},
        "deep": {"after": b64encode(f"arrayconnection:{facts.deep_row - 1}".encode()).decode()},
    }
    return Ask("/graphene/", _DOCUMENTS[operation], variables.get(operation, {}))


def shaped(operation: str, answer: Any) -> Any:
    """Return the response's data, without the edges around rows."""
    return _without_edges(with_z(answer["data"]))


def _without_edges(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_edges(item) for item in value]
    if not isinstance(value, dict):
        return value
    shaped = {name: _without_edges(item) for name, item in value.items()}
    if "edges" in shaped:
        shaped["nodes"] = [edge["node"] for edge in shaped.pop("edges")]
    return shaped
