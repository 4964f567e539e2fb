"""Audit the catalog's rules that the database cannot enforce, or does not because constraints are missing."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import connection, models
from django.db.models import Count
from django.db.models.functions import Trim
from organizations.models import Organization

from catalog_graphql.catalog import keys, search_text
from catalog_graphql.catalog.findings import Finding, more_audits
from catalog_graphql.catalog.keys import KeyWarning
from catalog_graphql.catalog.records import (
    IS_STANDALONE,
    CatalogCourse,
    CourseRun,
    CourseSchedule,
    as_text,
    folded,
)
from catalog_graphql.catalog.text import fold_code

_BATCH = 10_000


def findings() -> Iterator[Finding]:
    """Yield every violation, in memory that does not grow with the number of runs."""
    yield from _missing_from_tables()
    yield from _organizations_that_no_key_can_name()
    yield from _organizations_that_differ_by_case()
    yield from _contradicting_runs()
    if not IS_STANDALONE:
        yield from _unconstrained()
    yield from _stale_search_texts()
    for audit in more_audits:
        yield from audit()


def _missing_from_tables() -> Iterator[Finding]:
    if connection.vendor == "sqlite":
        return  # Django cannot introspect check constraints such as ours on SQLite, which always creates them.
    for model in (CatalogCourse, CourseRun, CourseSchedule):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            present = connection.introspection.get_constraints(cursor, table)
        for declared in (*model._meta.constraints, *model._meta.indexes):
            if declared.name not in present and _is_possible(declared):
                yield Finding(table, f"The table should have {_described(declared)}, as the migrations make it.")
        for field in model._meta.local_concrete_fields:
            if field.unique and not any(
                constraint["unique"] and constraint["columns"] == [field.column] for constraint in present.values()
            ):
                yield Finding(table, f"The column {field.column} should be unique, as the migrations make it.")


def _is_possible(declared: models.BaseConstraint | models.Index) -> bool:
    """Say whether Django creates this on the database: openedx-core declares some that not every one can have."""
    features = connection.features
    if isinstance(declared, models.CheckConstraint):
        return True
    is_partial, is_computed = getattr(declared, "condition", None), getattr(declared, "expressions", ())
    return bool(
        (features.supports_partial_indexes or not is_partial)
        and (features.supports_expression_indexes or not is_computed)
    )


def _described(declared: models.BaseConstraint | models.Index) -> str:
    kinds = {models.Index: "index", models.UniqueConstraint: "unique constraint", models.CheckConstraint: "constraint"}
    return f"the {kinds[type(declared)]} {declared.name}"


def _organizations_that_no_key_can_name() -> Iterator[Finding]:
    for org_code in Organization.objects.order_by("pk").values_list("short_name", flat=True).iterator():
        if not keys.is_org_code(org_code):
            # Shown as a Python literal, since it may be blank or hold unprintable characters.
            message = f"The organization's code should hold {keys.ORG_CODE_CHARACTERS}, and at least one of them."
            yield Finding(repr(org_code), message)


def _organizations_that_differ_by_case() -> Iterator[Finding]:
    spellings = defaultdict(list)
    for org_code in Organization.objects.order_by("pk").values_list("short_name", flat=True).iterator():
        spellings[fold_code(org_code)].append(org_code)
    for first, *others in spellings.values():
        for other in others:
            yield Finding(other, f"The code should differ from that of the organization {first} by more than case.")


def _contradicting_runs() -> Iterator[Finding]:
    for course_key, org_code, course_code in _runs():
        if not keys.is_course_key(course_key):
            yield Finding(course_key, "The key should be one of a course run, in ASCII.")
            continue
        of = f"as its catalog course is {keys.catalog_course_key(org_code=org_code, course_code=course_code)}"
        warnings = keys.key_warnings(course_key, org_code=org_code, course_code=course_code)
        if KeyWarning.ORG_CODE_DIFFERS in warnings:
            yield Finding(course_key, f"The key should name the organization {org_code}, {of}.")
        if KeyWarning.COURSE_CODE_DIFFERS in warnings:
            yield Finding(course_key, f"The key should name the course {course_code}, {of}.")


def _unconstrained() -> Iterator[Finding]:
    """Yield rows that our own constraints would refuse, but openedx-core's do not, at least on some databases."""
    runs = CourseRun.objects.order_by().values_list(folded("course_key"))
    for course_key, count in _repeated(runs):
        yield Finding(course_key, f"The key should be that of one run, case aside, and is that of {count}.")
    spelled = CourseRun.objects.order_by().exclude(course_key__startswith=keys.CCX_PREFIX)
    by_course = spelled.values_list("catalog_course__org__short_name", "catalog_course__course_code", "run_code")
    for org_code, course_code, run_code, count in _repeated(by_course):
        key = keys.catalog_course_key(org_code=org_code, course_code=course_code)
        yield Finding(key, f"The run code {run_code} should be that of one run of the course, and is that of {count}.")
    courses = CatalogCourse.objects.order_by().values_list("org__short_name", folded("course_code"))
    for org_code, course_code, count in _repeated(courses):
        key = keys.catalog_course_key(org_code=org_code, course_code=course_code)
        yield Finding(key, f"The key should be that of one course, case aside, and is that of {count}.")
    for model in (CatalogCourse, CourseRun):
        blank = model._default_manager.annotate(trimmed=Trim("title")).filter(trimmed="").count()
        if blank:
            yield Finding(model._meta.db_table, f"The title of {_rows(blank)} should hold more than spaces.")


def _repeated(rows: "models.QuerySet[Any, Any]") -> Iterator[tuple[Any, ...]]:
    """Yield the values that more than one row has, with the number of such rows."""
    yield from rows.annotate(Count("pk")).filter(pk__count__gt=1).iterator()


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def _runs() -> Iterator[tuple[str, str, str]]:
    """Yield each run's key, organization code and course code, in batches: some drivers fetch all rows at once."""
    runs = CourseRun.objects.order_by("pk").values_list(
        "pk", as_text("course_key"), "catalog_course__org__short_name", "catalog_course__course_code"
    )
    last = 0
    while batch := list(runs.filter(pk__gt=last)[:_BATCH]):
        for last, *codes in batch:  # noqa: B007 (the next batch starts after it)
            yield tuple(codes)


def _stale_search_texts() -> Iterator[Finding]:
    for model in search_text.SEARCH_TEXTS:
        count = sum(map(len, search_text.stale(model)))
        if count:
            message = f"The search text of {_rows(count)} is outdated: run rebuild_search."
            yield Finding(model._meta.db_table, message)
