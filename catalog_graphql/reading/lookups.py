"""Lookups of objects by their keys, from which node ids are made."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeVar, cast

from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat
from django.db.models.lookups import In
from organizations.models import Organization

from catalog_graphql.catalog import api
from catalog_graphql.catalog import records as models
from catalog_graphql.context import Context
from catalog_graphql.reading.columns import stored

RowT = TypeVar("RowT", bound=Model)


@dataclass(frozen=True)
class Lookup:
    """How to find a type's objects by key.

    `key` reads a row's key as text, without parsing it. `check` raises ValueError for text that is not a key of this
    type.
    """

    model: type[Model]
    key: Combinable
    check: Callable[[str], object]
    matching: Callable[[Collection[str]], Q]

    def find(self, keys: Collection[str], context: Context) -> QuerySet[Any]:
        """Return the rows with these keys that the viewer may see, each with its `node_key`.

        MySQL and MariaDB ignore the case of organization codes, so callers must compare the `node_key`.
        """
        return self.with_key(context.visible(self.model._default_manager.all())).filter(self.matching(keys))

    def with_key(self, rows: QuerySet[RowT]) -> QuerySet[RowT]:
        """Return the rows, each with its `node_key`."""
        return cast(QuerySet[RowT], rows.annotate(node_key=self.key))


def _is_course_key(text: str) -> None:
    if not api.is_course_key(text):
        raise ValueError("not a course key")


def _catalog_courses(keys: Collection[str]) -> Q:
    codes = [api.split_catalog_course_key(key) for key in keys]
    return reduce(or_, (Q(org__short_name=org_code, course_code=course_code) for org_code, course_code in codes))


_COURSE_KEY = stored(models.CourseRun, "course_key")

LOOKUPS = {
    "Organization": Lookup(
        model=Organization,
        key=F("short_name"),
        check=str,
        matching=lambda keys: Q(short_name__in=keys),
    ),
    "CatalogCourse": Lookup(
        model=models.CatalogCourse,
        key=Concat(
            Value(api.CATALOG_COURSE_PREFIX), "org__short_name", Value(":"), "course_code", output_field=CharField()
        ),
        check=api.split_catalog_course_key,
        matching=_catalog_courses,
    ),
    "CourseRun": Lookup(
        model=models.CourseRun,
        key=_COURSE_KEY,
        check=_is_course_key,
        matching=lambda keys: Q(In(_COURSE_KEY, list(keys))),
    ),
}
