"""The scalars of the API."""

import datetime
from typing import Any, NewType

import strawberry
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from catalog_graphql.catalog import api

CourseKey = NewType("CourseKey", str)
CatalogCourseKey = NewType("CatalogCourseKey", str)


def _parse_course_key(value: Any) -> str:
    if not isinstance(value, str) or not api.is_course_key(value):
        raise GraphQLError("A course key looks like course-v1:MITx+6.002x+3T2012.")
    return value


def _parse_catalog_course_key(value: Any) -> str:
    try:
        api.split_catalog_course_key(value)
    except (AttributeError, ValueError) as error:
        raise GraphQLError("The key of a catalog course looks like catalog-course:MITx:6.002x.") from error
    return str(value)


def _parse_datetime(value: Any) -> datetime.datetime:
    try:
        instant = parse_datetime(value)
    except (TypeError, ValueError):
        instant = None
    if instant is None or timezone.is_naive(instant):
        raise GraphQLError("An instant looks like 2026-09-01T08:00:00Z, with an offset.")
    try:
        return instant.astimezone(datetime.UTC)
    except OverflowError as error:
        raise GraphQLError("An instant must lie between the years 1 and 9999, in UTC.") from error


def serialize_datetime(instant: datetime.datetime) -> str:
    """Return the instant in UTC, as `2026-09-01T08:00:00Z`, with microseconds where there are any."""
    return instant.astimezone(datetime.UTC).isoformat().removesuffix("+00:00") + "Z"


SCALARS: dict[object, ScalarDefinition] = {
    CourseKey: strawberry.scalar(
        name="CourseKey",
        description="The key of a course run: `course-v1:MITx+6.002x+3T2012`, or `ccx-v1:...` for a custom course. "
        "Treat it as opaque.",
        serialize=str,
        parse_value=_parse_course_key,
    ),
    CatalogCourseKey: strawberry.scalar(
        name="CatalogCourseKey",
        description="The key of a catalog course: `catalog-course:MITx:6.002x`. Treat it as opaque.",
        serialize=str,
        parse_value=_parse_catalog_course_key,
    ),
    datetime.datetime: strawberry.scalar(
        name="DateTime",
        description="An instant, ISO 8601 with an offset, such as `2026-09-01T08:00:00Z`. "
        "Without an offset it is refused.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time",
        serialize=serialize_datetime,
        parse_value=_parse_datetime,
    ),
}
