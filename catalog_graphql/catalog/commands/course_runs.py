"""Commands that create, update and delete course runs."""

import logging
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey

from catalog_graphql.catalog import history, keys, validation
from catalog_graphql.catalog.commands.command import check_expected_title, command, refuse, save_changes
from catalog_graphql.catalog.problems import Problem, ProblemCode
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule, folded, lock_catalog_course
from catalog_graphql.catalog.text import fold_code

logger = logging.getLogger(__name__)

Schedule = Mapping[str, datetime | None]


@command
def create_course_run(
    *, catalog_course: CatalogCourse, run_code: str, title: str = "", schedule: Schedule | None = None
) -> CourseRun:
    """Create a run of a catalog course. A blank title becomes the catalog course's title.

    `schedule` has any of start, end, enrollment_start and enrollment_end. Courses of inactive organizations cannot get
    new runs. Raises RefusedError, with the existing run, if any, and CatalogCourse.DoesNotExist if the catalog course
    has been deleted.
    """
    catalog_course = lock_catalog_course(catalog_course.pk)
    run_code, title, schedule = run_code.strip(), title.strip(), schedule or {}
    course_key = keys.course_key((catalog_course.org_code, catalog_course.course_code, run_code))
    problems = [
        *validation.check_active(catalog_course.org_code, active=catalog_course.org.active, field="catalog_course_key"),
        *_check_organization(catalog_course),
        *validation.check_code(run_code, "run_code"),
        *validation.check_line(title, "title", required=False),
        *validation.check_schedule(schedule),
    ]
    existing = None
    if keys.is_org_code(catalog_course.org_code) and not any(problem.field == ("run_code",) for problem in problems):
        problems += _check_key(course_key)
        existing = CourseRun.objects.filter(
            Q(Exact(folded("course_key"), fold_code(course_key)))
            | Q(Exact(folded("run_code"), fold_code(run_code)), catalog_course=catalog_course)
        ).first()
    if existing is not None:
        message = _("There is already a run %(key)s: keys must differ by more than case.")
        problems.append(Problem(ProblemCode.ALREADY_EXISTS, message % {"key": existing.course_key}, ("run_code",)))
    refuse(problems, existing=existing)
    course_run = CourseRun.objects.create(
        catalog_course=catalog_course, run_code=run_code, course_key=CourseKey.from_string(course_key), title=title
    )
    if any(schedule.values()):
        _save(CourseSchedule(course_run=course_run, **schedule), None)
    return course_run


@command
def update_course_run(
    course_run: CourseRun,
    *,
    title: str | None = None,
    schedule: Schedule | None = None,
    expected_title: str | None = None,
) -> bool:
    """Update a run's title or schedule, and return whether anything changed.

    None leaves a title or schedule alone, and a schedule leaves alone the fields that it omits.

    Refuses the update if the stored title is not `expected_title`, case-sensitively. Raises RefusedError, and
    CourseRun.DoesNotExist if the run has been deleted.
    """
    stored = CourseRun.objects.select_for_update().get(pk=course_run.pk)
    problems = list(check_expected_title(stored.title, expected_title))
    changes = {}
    if title is not None:
        changes["title"] = title = title.strip()
        problems += validation.check_line(title, "title")
    before = getattr(stored, "schedule", None)
    times = {field: getattr(before, field, None) for field in validation.SCHEDULE_FIELDS}
    after = times | dict(schedule or {})
    problems += validation.check_schedule(after)
    refuse(problems)
    retitled = save_changes(course_run, stored, changes)
    if after == times:
        return retitled
    if any(after.values()):
        _save(CourseSchedule(course_run=stored, **after), before)
    elif before is not None:
        before.delete()
    return True


@command
def delete_course_run(course_key: CourseKey) -> None:
    """Delete the run with this key, and its schedule. Raises CourseRun.DoesNotExist."""
    CourseRun.objects.select_for_update().get(course_key=course_key).delete()


def _save(schedule: CourseSchedule, before: CourseSchedule | None) -> None:
    history.expect(schedule, None if before is None else history.state_of(before))
    schedule.save(force_insert=before is None, force_update=before is not None)


def _check_organization(catalog_course: CatalogCourse) -> list[Problem]:
    if keys.is_org_code(catalog_course.org_code):
        return []
    message = _("No key can hold the organization code %(org_code)r: rename the organization first.")
    return [Problem(ProblemCode.INVALID, message % {"org_code": catalog_course.org_code}, ("catalog_course_key",))]


def _check_key(course_key: str) -> list[Problem]:
    if len(course_key) > validation.MAX_LENGTH:
        message = _("The key %(beginning)s... has %(count)d characters, and may have %(limit)d.")
        values = {"beginning": course_key[:20], "count": len(course_key), "limit": validation.MAX_LENGTH}
        return [Problem(ProblemCode.TOO_LONG, message % values, ("run_code",))]
    if not keys.is_course_key(course_key):
        message = _("The codes of the organization and the course must fit into a key: %(course_key)s is none.")
        return [Problem(ProblemCode.INVALID, message % {"course_key": course_key})]
    return []
