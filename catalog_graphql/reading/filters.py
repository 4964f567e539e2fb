"""Filters: what a client asks of a list, as conditions on its rows."""

import datetime
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.lookups import In
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
    words = api.words_of(search or "")
    if len(words) > limits.search_words:
        raise BadUserInputError(f"A search has {limits.search_words} different words at most.", input_path=input_path)
    return words


def organizations(
    rows: QuerySet[Organization], asked: lists.OrganizationFilter | None, context: Context
) -> QuerySet[Organization]:
    """Return the organizations that were asked for."""
    if asked is None:
        return rows
    rows = rows.filter(api.every(_words(asked.search, context), api.organization_has))
    if asked.is_active is not None:
        rows = rows.filter(active=asked.is_active)
    return _among_codes(rows, "short_name", asked.org_codes, context)


def catalog_courses(
    rows: QuerySet[models.CatalogCourse], asked: lists.CatalogCourseFilter | None, context: Context
) -> QuerySet[models.CatalogCourse]:
    """Return the catalog courses that were asked for."""
    if asked is None:
        return rows
    visible = _without_ccx(context.visible(models.CourseRun.objects.all()), asked.include_ccx)
    words = _words(asked.search, context)
    rows = rows.filter(api.every(words, lambda word: api.catalog_course_has(word, visible)))
    runs = visible.filter(catalog_course=OuterRef("pk"))
    if asked.status is not None:
        rows = rows.filter(Exists(runs.filter(_has_status(asked.status, context.now))))
    if asked.has_runs is not None:
        rows = rows.filter(Exists(runs) if asked.has_runs else ~Exists(runs))
    rows = _among_codes(rows, "org__short_name", asked.org_codes, context)
    rows = _among_languages(rows, "language", asked.languages, context)
    return _between(rows, "created", asked.created_on_or_after, asked.created_on_or_before)


def course_runs(
    rows: QuerySet[models.CourseRun], asked: lists.CourseRunFilter | None, context: Context
) -> QuerySet[models.CourseRun]:
    """Return the runs that were asked for; those of custom courses only where they were."""
    rows = _without_ccx(rows, asked is not None and asked.include_ccx)
    if asked is None:
        return rows
    rows = rows.filter(api.every(_words(asked.search, context), api.course_run_has))
    if asked.status is not None:
        rows = rows.filter(_has_status(asked.status, context.now))
    rows = _among_codes(rows, "catalog_course__org__short_name", asked.org_codes, context)
    rows = _among_languages(rows, "catalog_course__language", asked.languages, context)
    rows = _between(rows, "schedule__start", asked.start_on_or_after, asked.start_on_or_before)
    return _between(rows, "created", asked.created_on_or_after, asked.created_on_or_before)


def _without_ccx(runs: QuerySet[models.CourseRun], include_ccx: bool | None) -> QuerySet[models.CourseRun]:
    """Return the runs without those of custom courses, unless they are included."""
    return runs if include_ccx else runs.exclude(course_key__startswith=api.CCX_PREFIX)


def _has_status(status: lists.CourseRunStatus, now: datetime.datetime) -> Q:
    archived = Q(schedule__end__lt=now)
    return archived if status is lists.CourseRunStatus.ARCHIVED else ~archived


def _among_codes(rows: QuerySet[RowT], path: str, codes: list[str] | None, context: Context) -> QuerySet[RowT]:
    """Return the rows whose code at the path is one of these, case aside."""
    if codes is None:
        return rows
    _check_values(codes, "orgCodes", context)
    return rows.filter(In(api.FoldedCode(path), sorted(set(map(api.fold_code, codes)))))


def _among_languages(rows: QuerySet[RowT], path: str, spelled: list[str] | None, context: Context) -> QuerySet[RowT]:
    """Return the rows whose language at the path is one of these, in whichever spelling."""
    if spelled is None:
        return rows
    _check_values(spelled, "languages", context)
    return rows.filter(**{f"{path}__in": sorted(set(map(api.normalize_language, spelled)))})


def _check_values(values: list[str], name: str, context: Context) -> None:
    most = context.limits.filter_values
    if len(values) > most:
        raise BadUserInputError(f"Ask for {most} values at most.", input_path=["filter", name])
    check_text(values, ["filter", name])


def _between(
    rows: QuerySet[RowT], path: str, earliest: datetime.datetime | None, latest: datetime.datetime | None
) -> QuerySet[RowT]:
    """Return the rows whose instant at the path lies within the bounds, which belong to it."""
    if earliest is not None:
        rows = rows.filter(**{f"{path}__gte": earliest})
    if latest is not None:
        rows = rows.filter(**{f"{path}__lte": latest})
    return rows
