"""Commands: each is one transaction, retried whole where another writer got in the way, and refuses in words."""

import random
import re
import time
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, IntegrityError, OperationalError, connection, models, transaction
from django.db.models import ProtectedError

from openedx_catalog.models import CatalogCourse, CourseRun, CourseSchedule
from openedx_catalog.problems import Problem, ProblemCode, RefusedError

P = ParamSpec("P")
R = TypeVar("R")

_ATTEMPTS = 8
_PAUSE = 0.02  # Seconds before the second attempt, on average; twice that before the third, and so on.

# By the codes of PostgreSQL (serialization failure, deadlock), of MySQL and MariaDB (the row has changed, lock wait
# timeout, deadlock), and of SQLite (busy, locked).
_LOST_RACES = {"40001", "40P01", 1020, 1205, 1213, 5, 6}

# The rule behind each constraint: its sentence is the constraint's own.
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
    "oex_catalog_courseschedule_end_not_before_start": (ProblemCode.INVALID, ("schedule", "end")),
    "oex_catalog_courseschedule_enrollment_end_not_before_start": (
        ProblemCode.INVALID,
        ("schedule", "enrollment_end"),
    ),
}


class BusyError(Exception):
    """Other writers got in the way of a command every time it was tried."""


class InUseError(RefusedError, ProtectedError):
    """A deletion that was refused because others point at the object."""

    def __init__(self, problem: Problem, protected_objects: Iterable[models.Model]) -> None:
        ProtectedError.__init__(self, problem.message, set(protected_objects))
        self.problems = (problem,)
        self.existing = None


def refuse(problems: Iterable[Problem], *, existing: models.Model | None = None) -> None:
    """Raise RefusedError if there is a problem."""
    if found := tuple(problems):
        raise RefusedError(found, existing=existing)


def check_expected_title(title: str, expected_title: str | None) -> list[Problem]:
    """Return what is wrong where a title is expected to be another than it is."""
    if expected_title in (None, title):
        return []
    return [Problem(ProblemCode.STALE, f'The title is "{title}" by now.', ("expected_title",))]


def save_changes(row: models.Model, stored: models.Model, changes: Mapping[str, object]) -> bool:
    """Make the changes to the row, save those that are some, and say whether any is; no other column is written.

    It is the row as stored, locked, that is saved: its history must not record what the caller's was before.
    """
    changed = [field for field, value in changes.items() if getattr(stored, field) != value]
    for field, value in changes.items():
        setattr(row, field, value)
        setattr(stored, field, value)
    if changed:
        stored.save(update_fields=changed)
    return bool(changed)


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in a transaction, and again from its beginning where another writer got in the way.

    Within a transaction of the caller's it is run once, because only the caller could begin again. What the database
    refuses becomes RefusedError where a rule of ours stands behind it, and BusyError where others were always faster.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        attempts = 1 if connection.in_atomic_block else _ATTEMPTS
        for attempt in range(1, attempts + 1):
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except RefusedError:
                raise
            except IntegrityError as error:
                # It may be the loser's: the next attempt sees what the winner wrote.
                if attempt == attempts:
                    refuse(broken_rules(error))
                    raise
            except OperationalError as error:
                if error_code(error) not in _LOST_RACES or connection.in_atomic_block:
                    raise
                if attempt == attempts:
                    raise BusyError("Others are changing the same: try again.") from error
            time.sleep(random.uniform(0, 2 * _PAUSE * 2 ** (attempt - 1)))  # noqa: S311 (no secret)
        raise AssertionError("unreachable")

    return run


def broken_rules(error: IntegrityError) -> list[Problem]:
    """Return the rule that stands behind the constraint which the database found broken, if one of ours does."""
    cause = error.__cause__
    # psycopg names the constraint; the drivers of the others leave it, or its columns, in the message.
    name = getattr(getattr(cause, "diag", None), "constraint_name", None) or str(error)
    for model in (CatalogCourse, CourseRun, CourseSchedule):
        for constraint in model._meta.constraints:
            fields = [model._meta.get_field(field) for field in getattr(constraint, "fields", ())]
            columns = ", ".join(f"{model._meta.db_table}.{getattr(field, 'column', '')}" for field in fields)
            if re.search(rf"\b{constraint.name}\b", name) or (columns and name.endswith(columns)):
                code, field = _RULES[constraint.name]
                return [Problem(code, str(constraint.get_violation_error_message()), field)]
    if "short_name" in name:
        return [Problem(ProblemCode.ALREADY_EXISTS, "There is already an organization of this code.", ("org_code",))]
    if "course_key" in name:
        return [Problem(ProblemCode.ALREADY_EXISTS, "There is already a run of this key.", ("course_key",))]
    return []


def error_code(error: DatabaseError) -> str | int | None:
    """Return the code that the server, or the library behind the driver, gave an error: SQLSTATE on PostgreSQL."""
    cause = error.__cause__
    if cause is not None and cause.args and isinstance(cause.args[0], int):
        return cause.args[0]  # Of MySQL and MariaDB, whose SQLSTATE says less.
    for name in ("sqlstate", "sqlite_errorcode"):
        if (code := getattr(cause, name, None)) is not None:
            return code if isinstance(code, str) else int(code) & 0xFF  # SQLite's low byte is the primary code.
    return None
