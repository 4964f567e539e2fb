"""The rules behind the database's constraints: what it objects to, said so that the caller can put it right."""

import re
from collections.abc import Container

from django.db import Error
from django.db.models import BaseConstraint, F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog_graphql.catalog import validation
from catalog_graphql.catalog.problems import Problem, ProblemCode
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule

# The rule behind each constraint, ours and openedx-core's, and the value that breaks it.
_RULES: dict[str, tuple[ProblemCode, tuple[str, ...]]] = {
    "oex_catalog_catalogcourse_org_course_code_unique": (ProblemCode.ALREADY_EXISTS, ("course_code",)),
    "oex_catalog_catalogcourse_course_code_not_blank": (ProblemCode.REQUIRED, ("course_code",)),
    "oex_catalog_catalogcourse_course_code_regex": (ProblemCode.INVALID, ("course_code",)),
    "oex_catalog_catalogcourse_title_not_blank": (ProblemCode.REQUIRED, ("title",)),
    "oex_catalog_catalogcourse_language_regex": (ProblemCode.INVALID, ("language",)),
    "oex_catalog_courserun_course_key_unique": (ProblemCode.ALREADY_EXISTS, ("course_key",)),
    "oex_catalog_courserun_catalog_course_run_code_unique": (ProblemCode.ALREADY_EXISTS, ("run_code",)),
    "oex_catalog_courserun_run_code_not_blank": (ProblemCode.REQUIRED, ("run_code",)),
    "oex_catalog_courserun_run_code_regex": (ProblemCode.INVALID, ("run_code",)),
    "oex_catalog_courserun_title_not_blank": (ProblemCode.REQUIRED, ("title",)),
    "oex_catalog_courserun_course_key_regex": (ProblemCode.INVALID, ("course_key",)),
    "oex_catalog_courserun_course_key_run_code_match_exactly": (ProblemCode.KEY_MISMATCH, ("run_code",)),
    "oex_catalog_catalogcourse_org_code_uniq_ci": (ProblemCode.ALREADY_EXISTS, ("course_code",)),
    "oex_catalog_courserun_course_key_ci": (ProblemCode.ALREADY_EXISTS, ("course_key",)),
    "oex_catalog_courserun_catalog_course_run_code_uniq": (ProblemCode.ALREADY_EXISTS, ("run_code",)),
    "oex_catalog_courseschedule_end_not_before_start": (ProblemCode.INVALID, ("schedule", "end")),
    "oex_catalog_courseschedule_enrollment_end_not_before_start": (
        ProblemCode.INVALID,
        ("schedule", "enrollment_end"),
    ),
}

# What openedx-core's constraints have no sentence for, or another. Ours say the same themselves.
SENTENCES = {
    "oex_catalog_catalogcourse_org_code_uniq_ci": _("The organization already has a course of this code, case aside."),
    "oex_catalog_catalogcourse_course_code_not_blank": validation.BLANK["course_code"],
    "oex_catalog_catalogcourse_title_not_blank": validation.BLANK["title"],
    "oex_catalog_catalogcourse_language_regex": validation.NO_LANGUAGE,
    "oex_catalog_courserun_course_key_ci": _("There is already a run of this key, case aside."),
    "oex_catalog_courserun_catalog_course_run_code_uniq": _(
        "The catalog course already has a run of this code, case aside."
    ),
    "oex_catalog_courserun_run_code_not_blank": validation.BLANK["run_code"],
    "oex_catalog_courserun_title_not_blank": validation.BLANK["title"],
    "oex_catalog_courserun_course_key_run_code_match_exactly": _(
        "The run code must be the run of the course key, capitals included."
    ),
}

# Where an input may hold a value that has no field of its own there, the likeliest first.
_ELSEWHERE = {
    "org_code": ("new_org_code", "org_code", "course_key"),
    "course_code": ("course_code", "course_key"),
    "run_code": ("run_code", "course_key"),
    "course_key": ("course_key", "run_code"),
    "language": ("language", "language_short"),
}


def broken_rules(error: Error, fields: Container[str]) -> list[Problem]:
    """Return the rule that the database found broken, if it is one of ours, at one of the fields that the input has."""
    found = _broken_rule(error)
    if found is None:
        return []
    code, message, broken = found
    first, *rest = broken or ("",)
    field = next((name for name in _ELSEWHERE.get(first, (first,)) if name in fields), None)
    return [Problem(code, message, () if field is None else (field, *rest))]


def _broken_rule(error: Error) -> tuple[ProblemCode, str, tuple[str, ...]] | None:
    cause = error.__cause__
    # psycopg names the constraint; the drivers of the others leave it, or its columns, in the message.
    name = getattr(getattr(cause, "diag", None), "constraint_name", None) or str(error)
    for model in (CatalogCourse, CourseRun, CourseSchedule):
        for constraint in model._meta.constraints:
            fields = [model._meta.get_field(name) for name in _fields_of(constraint)]
            columns = ", ".join(f"{model._meta.db_table}.{getattr(field, 'column', '')}" for field in fields)
            if re.search(rf"\b{constraint.name}\b", name) or (columns and name.endswith(columns)):
                code, field = _RULES.get(constraint.name, (ProblemCode.INVALID, ()))
                message = SENTENCES.get(constraint.name) or constraint.get_violation_error_message()
                return code, str(message), field
    if "short_name" in name:
        message = gettext("There is already an organization whose code the database takes for the same.")
        return ProblemCode.ALREADY_EXISTS, message, ("org_code",)
    if "course_key" in name:
        return ProblemCode.ALREADY_EXISTS, gettext("There is already a run of this key."), ("course_key",)
    return None


def _fields_of(constraint: BaseConstraint) -> list[str]:
    """Return the fields that a unique constraint names, unless it computes something of them."""
    expressions = getattr(constraint, "expressions", ())
    if not all(isinstance(expression, F) for expression in expressions):
        return []
    return [*getattr(constraint, "fields", ()), *(expression.name for expression in expressions)]
