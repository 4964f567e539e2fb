"""A demo catalog to explore: invented organizations, a few hundred courses in several languages, runs of every kind.

It is the same each time, except for the dates: those are relative to the time of loading, so that there are always
archived, running and announced runs.
"""

import tomllib
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from organizations.models import Organization

from catalog_graphql.catalog import history, search_text
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule, as_text
from catalog_graphql.standalone.demo.courses import offered_courses
from catalog_graphql.standalone.demo.timetable import RunPlan, plan_runs

_DATA = Path(__file__).with_name("catalog.toml")
_BATCH = 500


class Loaded(NamedTuple):
    """The numbers of objects that were loaded."""

    organizations: int
    catalog_courses: int
    course_runs: int


def is_empty() -> bool:
    """Return whether the database has no catalog yet, with which the demo catalog would get mixed up."""
    return not Organization.objects.exists() and not CatalogCourse.objects.exists()


@transaction.atomic
@history.made(history.By.COMMAND)
def load() -> Loaded:
    """Create the demo catalog in a database that has no catalog."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    random = Random(2012)  # noqa: S311 (the same catalog each time is the point)
    now = timezone.now()
    organizations = {described["code"]: _create_organization(described) for described in data["organizations"]}
    catalog_courses = 0
    runs: list[tuple[CourseRun, RunPlan]] = []
    for course in offered_courses(data, random):
        plans = plan_runs(course.runs, run_code=course.run_code, now=now, random=random)
        catalog_course = CatalogCourse.objects.create(
            org=organizations[course.org_code],
            course_code=course.course_code,
            title=course.title,
            language=course.language,
            created=min((plan.created for plan in plans), default=now),
        )
        catalog_courses += 1
        runs += [(_clean_run(catalog_course, plan), plan) for plan in plans]
    _create_runs(runs)
    return Loaded(len(organizations), catalog_courses, len(runs))


def _create_organization(described: dict[str, Any]) -> Organization:
    return Organization.objects.create(
        short_name=described["code"],
        name=described["name"],
        description=described["description"],
        active=described.get("active", True),
    )


def _clean_run(catalog_course: CatalogCourse, plan: RunPlan) -> CourseRun:
    course_run = CourseRun(
        catalog_course=catalog_course, run_code=plan.run_code, course_key=plan.course_key, created=plan.created
    )
    course_run.clean()  # Sets the key and the title, which a bulk insert does not.
    return course_run


def _create_runs(runs: list[tuple[CourseRun, RunPlan]]) -> None:
    course_runs = [course_run for course_run, _plan in runs]
    CourseRun.objects.bulk_create(course_runs, batch_size=_BATCH)
    # MySQL does not return the primary keys of inserted rows.
    pks = dict(CourseRun.objects.values_list(as_text("course_key"), "pk"))
    for course_run in course_runs:
        course_run.pk = pks[str(course_run.course_key)]
    schedules = [CourseSchedule(course_run=course_run, **plan.schedule) for course_run, plan in runs if plan.schedule]
    CourseSchedule.objects.bulk_create(schedules, batch_size=_BATCH)
    # A bulk insert writes neither search texts nor the log.
    search_text.write(CourseRun, course_runs)
    history.write(map(history.creation, (*course_runs, *schedules)))
