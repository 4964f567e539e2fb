"""Django REST Framework, as an expert would use it.

Nested serializers over `select_related`, `only` and sliced prefetches. Lists are keyset pages (`CursorPagination`),
unless a count or a numbered page is requested (`PageNumberPagination`). The framework's own renderer writes JSON.
"""

from base64 import b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import path
from organizations.models import Organization
from rest_framework import generics, pagination, serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import IsAuthenticated

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from tests.benchmarks.contestants import Ask
from tests.benchmarks.contestants.rows import KEY_TEXT, NEWEST, NOT_CCX, has_word, is_active, status, visible
from tests.benchmarks.invention import SEARCH_WORD
from tests.benchmarks.operations import FLAT_RUNS, HOME_COURSES, HOME_RUNS, LIST_RUNS, NUMBERED_RUNS, Facts

_RUN_COLUMNS = ("title", "run_code", "created", "schedule__end", "catalog_course_id")
_COURSE_COLUMNS = ("course_code", "title", "org__short_name", "org__name")


class OrganizationSerializer(serializers.ModelSerializer):
    """An organization."""

    org_code = serializers.CharField(source="short_name")

    class Meta:
        model = Organization
        fields = ["org_code", "name"]


class CatalogCourseSerializer(serializers.ModelSerializer):
    """A catalog course with its organization."""

    key = serializers.CharField(source="key_str")
    org = OrganizationSerializer()

    class Meta:
        model = CatalogCourse
        fields = ["key", "title", "org"]


class CardSerializer(serializers.ModelSerializer):
    """A run without its course."""

    course_key = serializers.CharField(source="key_text")
    status = serializers.SerializerMethodField()

    class Meta:
        model = CourseRun
        fields = ["course_key", "title", "run_code", "status", "created"]

    def get_status(self, course_run: CourseRun) -> str:
        """Return the run's status."""
        return status(course_run)


class RunSerializer(CardSerializer):
    """A run with its course."""

    catalog_course = CatalogCourseSerializer()

    class Meta(CardSerializer.Meta):
        fields = [*CardSerializer.Meta.fields, "catalog_course"]


class ScheduleSerializer(serializers.ModelSerializer):
    """When a run takes place."""

    class Meta:
        model = CourseSchedule
        fields = ["start", "end"]


class RunDetailSerializer(RunSerializer):
    """A run with its course and schedule."""

    schedule = ScheduleSerializer()

    class Meta(RunSerializer.Meta):
        fields = [*RunSerializer.Meta.fields, "schedule"]


class HomeSerializer(CatalogCourseSerializer):
    """A catalog course with its first runs."""

    runs = CardSerializer(source="first_runs", many=True)
    runs_count = serializers.IntegerField()

    class Meta(CatalogCourseSerializer.Meta):
        fields = [*CatalogCourseSerializer.Meta.fields, "runs", "runs_count"]


class ByTitle(pagination.CursorPagination):
    """The pagination of the home page."""

    page_size = HOME_COURSES
    ordering = ("title", "id")


class Newest(pagination.CursorPagination):
    """The pagination of runs, newest first."""

    page_size = LIST_RUNS
    page_size_query_param = "page_size"
    ordering = NEWEST


class Numbered(pagination.PageNumberPagination):
    """Numbered pages with a count."""

    page_size = LIST_RUNS
    page_size_query_param = "page_size"


class _View(generics.GenericAPIView):
    authentication_classes = [SessionAuthentication]
    permission_classes = [IsAuthenticated]

    def runs(self) -> QuerySet[CourseRun]:
        """Return the runs that the viewer may see, except for those of custom courses."""
        return visible(CourseRun.objects.filter(NOT_CCX), self.request.user)


class Home(_View, generics.ListAPIView):
    """The catalog courses, with the first runs of each."""

    serializer_class = HomeSerializer
    pagination_class = ByTitle

    def get_queryset(self) -> QuerySet[CatalogCourse]:
        """Return the courses with everything that is shown."""
        count = self.runs().filter(catalog_course=OuterRef("pk")).order_by().values("catalog_course")
        count = count.annotate(count=Count("*")).values("count")
        cards = self.runs().select_related("schedule").annotate(key_text=KEY_TEXT).only(*_RUN_COLUMNS)
        return (
            visible(CatalogCourse.objects.all(), self.request.user)
            .select_related("org")
            .only(*_COURSE_COLUMNS)
            .annotate(runs_count=Coalesce(Subquery(count, output_field=IntegerField()), 0))
            .prefetch_related(Prefetch("runs", queryset=cards.order_by(*NEWEST)[:HOME_RUNS], to_attr="first_runs"))
        )


class Runs(_View, generics.ListAPIView):
    """The runs, in keyset pages."""

    serializer_class = RunSerializer
    pagination_class: Any = Newest

    def get_queryset(self) -> QuerySet[CourseRun]:
        """Return the requested runs with everything that is shown."""
        columns = [f"catalog_course__{column}" for column in _COURSE_COLUMNS]
        runs = self.runs().select_related("catalog_course__org", "schedule").annotate(key_text=KEY_TEXT)
        runs = runs.only(*_RUN_COLUMNS, *columns).order_by(*NEWEST)
        if search := self.request.query_params.get("search"):
            runs = runs.filter(has_word(search))
        return runs.filter(is_active()) if self.request.query_params.get("active_only") else runs


class NumberedRuns(Runs):
    """The runs, in numbered pages."""

    pagination_class = Numbered


class Run(_View, generics.RetrieveAPIView):
    """One run by its key."""

    serializer_class = RunDetailSerializer
    lookup_field = "key_text"

    def get_queryset(self) -> QuerySet[CourseRun]:
        """Return the runs with everything that is shown."""
        columns = [f"catalog_course__{column}" for column in _COURSE_COLUMNS]
        runs = visible(CourseRun.objects.all(), self.request.user).annotate(key_text=KEY_TEXT)
        runs = runs.select_related("catalog_course__org", "schedule")
        return runs.only(*_RUN_COLUMNS, "schedule__start", *columns)


urlpatterns = [
    path("drf/home/", Home.as_view()),
    path("drf/runs/", Runs.as_view()),
    path("drf/pages/", NumberedRuns.as_view()),
    path("drf/runs/<str:key_text>/", Run.as_view()),
]


def ask(operation: str, facts: Facts, fetch: Callable[[Ask], Any]) -> Ask:
    """Return the request for the operation's data."""
    cursor = b64encode(urlencode({"p": str(facts.after_created)}).encode()).decode()
    asks = {
        "home": Ask("/drf/home/"),
        "author": Ask("/drf/home/"),
        "flat": Ask("/drf/runs/", parameters={"page_size": FLAT_RUNS}),
        "key": Ask(f"/drf/runs/{facts.course_key}/"),
        "search": Ask("/drf/pages/", parameters={"search": SEARCH_WORD}),
        "active": Ask("/drf/runs/", parameters={"active_only": "true"}),
        "deep": Ask("/drf/runs/", parameters={"cursor": cursor}),
        "page": Ask("/drf/pages/", parameters={"page": facts.page, "page_size": NUMBERED_RUNS}),
    }
    return asks[operation]


def shaped(operation: str, answer: Any) -> Any:
    """Return the response's data, with names in camel case and lists as connections."""
    if operation == "key":
        return {"courseRun": _camel(answer)}
    nodes = [_camel(row) for row in answer["results"]]
    if operation in ("home", "author"):
        for node in nodes:
            node["runs"] = {"totalCount": node.pop("runsCount"), "nodes": node["runs"]}
        return {"catalogCourses": {"nodes": nodes}}
    connection: dict[str, Any] = {"nodes": nodes}
    if operation in ("search", "page"):
        connection["totalCount"] = answer["count"]
    if operation == "deep":
        connection["pageInfo"] = {"hasNextPage": answer["next"] is not None}
    return {"courseRuns": connection}


def _camel(value: Any) -> Any:
    if isinstance(value, dict):
        return {_camel_name(name): _camel(item) for name, item in value.items()}
    return [_camel(item) for item in value] if isinstance(value, list) else value


def _camel_name(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
