"""Filters: what a client asks of a list, as conditions on its rows."""

import datetime
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.db.models.lookups import Contains, IContains, In
from django.db.models.sql.compiler import SQLCompiler
from organizations.models import Organization

from catalog_graphql.context import Context
from catalog_graphql.errors import BadUserInputError
from catalog_graphql.inputs import lists
from openedx_catalog import api
from openedx_catalog import models_api as models

RowT = TypeVar("RowT", bound=Model)
FilterT = TypeVar("FilterT")

_UNASKABLE = re.compile("[\0\ud800-\udfff]")

Filter = Callable[[QuerySet[RowT], FilterT | None, Context], QuerySet[RowT]]


def check_text(value: Any, input_path: Sequence[str | int]) -> None:
    """Refuse, with BadUserInputError, text that no database can be asked about: NUL and lone surrogates."""
    if isinstance(value, str) and _UNASKABLE.search(value):
        raise BadUserInputError("The text must not hold NUL or half of a surrogate pair.", input_path=input_path)
    if isinstance(value, list):
        for index, item in enumerate(value):
            check_text(item, [*input_path, index])


def _words(search: str | None, context: Context) -> list[str]:
    """Return the words of a search. Raises BadUserInputError where there is too much of it."""
    input_path, limits = ["filter", "search"], context.limits
    check_text(search, input_path)
    if len(search or "") > limits.search_length:
        raise BadUserInputError(f"A search has {limits.search_length} characters at most.", input_path=input_path)
    words = (search or "").split()
    if len(words) > limits.search_words:
        raise BadUserInputError(f"A search has {limits.search_words} words at most.", input_path=input_path)
    return words


def organizations(
    rows: QuerySet[Organization], asked: lists.OrganizationFilter | None, context: Context
) -> QuerySet[Organization]:
    """Return the organizations that were asked for."""
    if asked is None:
        return rows
    for word in _words(asked.search, context):
        rows = rows.filter(_code_has("short_name", word) | Q(name__icontains=word))
    if asked.is_active is not None:
        rows = rows.filter(active=asked.is_active)
    return _among(rows, "short_name", asked.org_codes, "orgCodes", context)


def catalog_courses(
    rows: QuerySet[models.CatalogCourse], asked: lists.CatalogCourseFilter | None, context: Context
) -> QuerySet[models.CatalogCourse]:
    """Return the catalog courses that were asked for."""
    if asked is None:
        return rows
    runs = context.visible(models.CourseRun.objects.filter(catalog_course=OuterRef("pk")))
    runs = _without_ccx(runs, asked.include_ccx)
    for word in _words(asked.search, context):
        rows = rows.filter(
            Q(title__icontains=word)
            | _code_has("org__short_name", word)
            | _code_has("course_code", word)
            | Exists(runs.filter(Q(title__icontains=word) | _code_has("run_code", word)))
        )
    if asked.status is not None:
        rows = rows.filter(Exists(runs.filter(_has_status(asked.status, context.now))))
    if asked.has_runs is not None:
        rows = rows.filter(Exists(runs) if asked.has_runs else ~Exists(runs))
    rows = _among(rows, "org__short_name", asked.org_codes, "orgCodes", context)
    rows = _among(rows, "language", asked.languages, "languages", context)
    return _between(rows, "created", asked.created_on_or_after, asked.created_on_or_before)


def course_runs(
    rows: QuerySet[models.CourseRun], asked: lists.CourseRunFilter | None, context: Context
) -> QuerySet[models.CourseRun]:
    """Return the runs that were asked for; those of custom courses only where they were."""
    rows = _without_ccx(rows, asked is not None and asked.include_ccx)
    if asked is None:
        return rows
    for word in _words(asked.search, context):
        rows = rows.filter(Q(title__icontains=word) | _code_has("course_key", word))
    if asked.status is not None:
        rows = rows.filter(_has_status(asked.status, context.now))
    rows = _among(rows, "catalog_course__org__short_name", asked.org_codes, "orgCodes", context)
    rows = _among(rows, "catalog_course__language", asked.languages, "languages", context)
    rows = _between(rows, "schedule__start", asked.start_on_or_after, asked.start_on_or_before)
    return _between(rows, "created", asked.created_on_or_after, asked.created_on_or_before)


def _without_ccx(runs: QuerySet[models.CourseRun], include_ccx: bool | None) -> QuerySet[models.CourseRun]:
    """Return the runs without those of custom courses, unless they are included."""
    return runs if include_ccx else runs.exclude(course_key__startswith=api.CCX_PREFIX)


def _code_has(path: str, word: str) -> Q:
    """Match a code or key that has the word in it, case aside."""
    return Q(_HasCode(ExpressionWrapper(F(path), output_field=CharField()), word))


class _HasCode(IContains):
    """`icontains` for codes and keys, which are ASCII."""

    def as_mysql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """Fold the capitals: MySQL and MariaDB compare codes byte by byte."""
        return Contains(Lower(self.lhs), self.rhs.lower()).as_sql(compiler, connection)


def _has_status(status: lists.CourseRunStatus, now: datetime.datetime) -> Q:
    archived = Q(schedule__end__lt=now)
    return archived if status is lists.CourseRunStatus.ARCHIVED else ~archived


def _among(rows: QuerySet[RowT], path: str, values: list[str] | None, name: str, context: Context) -> QuerySet[RowT]:
    """Return the rows whose text at the path is one of the values, case aside."""
    if values is None:
        return rows
    most = context.limits.filter_values
    if len(values) > most:
        raise BadUserInputError(f"Ask for {most} values at most.", input_path=["filter", name])
    check_text(values, ["filter", name])
    return rows.filter(In(api.FoldedCode(path), [api.fold_code(value) for value in values]))


def _between(
    rows: QuerySet[RowT], path: str, earliest: datetime.datetime | None, latest: datetime.datetime | None
) -> QuerySet[RowT]:
    """Return the rows whose instant at the path lies within the bounds, which belong to it."""
    if earliest is not None:
        rows = rows.filter(**{f"{path}__gte": earliest})
    if latest is not None:
        rows = rows.filter(**{f"{path}__lte": latest})
    return rows
