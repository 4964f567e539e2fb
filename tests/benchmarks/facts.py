"""The facts about the catalog in the database that the requests use."""

from django.db.models import CharField, ExpressionWrapper, F

from catalog_graphql.catalog import api
from catalog_graphql.catalog.records import CourseRun
from tests.benchmarks.operations import DEEP_ROW, NUMBERED_RUNS, PAGE_NUMBER, Facts


def find_facts() -> Facts:
    """Return the facts about the catalog in the database. In a small catalog, the deep row is in the middle."""
    runs = CourseRun.objects.exclude(course_key__startswith=api.CCX_PREFIX)
    size = runs.count()
    deep_row, page = min(DEEP_ROW, size // 2), min(PAGE_NUMBER, size // NUMBERED_RUNS)
    pk, created = runs.order_by("-created", "-pk").values_list("pk", "created")[deep_row - 1]
    course_key = (
        runs.filter(pk__gte=size // 2, schedule__start__isnull=False, schedule__end__isnull=False)
        .order_by("pk")
        .values_list(ExpressionWrapper(F("course_key"), output_field=CharField()), flat=True)[0]
    )
    return Facts(course_key, created, pk, deep_row, page)
