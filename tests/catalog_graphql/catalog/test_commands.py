"""Commands turn the database's objections into refusals with a message, on every database."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.models import F
from organizations.models import Organization

from catalog_graphql.catalog import api
from catalog_graphql.catalog.commands.command import command
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from tests.conftest import MakeRun

CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


class TestCommand:
    @pytest.fixture(autouse=True)
    def catalog(self, make_run: MakeRun) -> None:
        make_run("MITx", "6.002x", "3T2012", schedule={"start": CREATED, "enrollment_start": CREATED})
        make_run("MITx", "8.02x", "1T2013")

    @pytest.mark.parametrize(
        ("breach", "code", "field"),
        [
            (
                lambda: Organization.objects.create(short_name="MITx", name="MIT"),
                "ALREADY_EXISTS",
                ("org_code",),
            ),
            (
                lambda: CatalogCourse.objects.update(course_code="6.002X"),
                "ALREADY_EXISTS",
                ("course_code",),
            ),
            (lambda: CatalogCourse.objects.update(course_code="a b", org=F("org")), "INVALID", ("course_code",)),
            (lambda: CatalogCourse.objects.update(title="  "), "REQUIRED", ("title",)),
            (lambda: CatalogCourse.objects.update(language="EN"), "INVALID", ("language",)),
            (lambda: CourseRun.objects.update(title=""), "REQUIRED", ("title",)),
            (lambda: CourseRun.objects.update(run_code="3t2012"), "KEY_MISMATCH", ("run_code",)),
            (lambda: _create_run("course-v1:MITX+6.002X+3t2012"), "ALREADY_EXISTS", ("course_key",)),
            (lambda: _create_run("MITx/6.002x/3T2012"), "ALREADY_EXISTS", ("run_code",)),
            (
                lambda: CourseSchedule.objects.update(end=CREATED - datetime.timedelta(days=1)),
                "INVALID",
                ("schedule", "end"),
            ),
            (
                lambda: CourseSchedule.objects.update(enrollment_end=CREATED - datetime.timedelta(days=1)),
                "INVALID",
                ("schedule", "enrollment_end"),
            ),
        ],
    )
    def test_refuses_in_words_what_a_rule_of_ours_forbids(
        self, breach: Callable[[], Any], code: str, field: tuple[str, ...]
    ) -> None:
        @command
        def change(
            *, org_code=None, course_code=None, run_code=None, course_key=None, title=None, language=None, schedule=None
        ):
            breach()

        with pytest.raises(api.RefusedError) as refused:
            change()

        assert [(problem.code, problem.field) for problem in refused.value.problems] == [(code, field)]
        assert all(problem.message for problem in refused.value.problems)

    def test_passes_on_what_no_rule_of_ours_stands_behind(self) -> None:
        @command
        def breach() -> None:
            CourseRun.objects.create(catalog_course_id=0, run_code="R", title="T")

        with pytest.raises((IntegrityError, CatalogCourse.DoesNotExist)):
            breach()

    def test_leaves_nothing_half_done(self) -> None:
        @command
        def breach() -> None:
            CatalogCourse.objects.filter(course_code="8.02x").update(title="Half")
            CourseRun.objects.update(title="")

        with pytest.raises(api.RefusedError):
            breach()

        assert not CatalogCourse.objects.filter(title="Half").exists()
        assert not connection.needs_rollback


def _create_run(course_key: str) -> None:
    """Create a run without any checks, in a catalog course where only its key or only its run code is taken."""
    catalog_course = CatalogCourse.objects.get(course_code="6.002x" if "/" in course_key else "8.02x")
    run_code = course_key.replace("/", "+").split("+")[-1]
    CourseRun.objects.bulk_create(
        [CourseRun(catalog_course=catalog_course, run_code=run_code, course_key=course_key, title="T")]
    )
