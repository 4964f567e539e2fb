from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from organizations.models import Organization
from pytest_django import Settings

from openedx_catalog.models import CatalogCourse, CourseRun, CourseSchedule
from tests.conftest import MakeRun

START, LATER = datetime(2012, 9, 5, tzinfo=UTC), datetime(2012, 9, 12, tzinfo=UTC)

MakeCatalogCourse = Callable[..., CatalogCourse]


def changes(record: Any) -> list[tuple[str, Any, Any]]:
    """Return what a record changed, from what, to what."""
    return [(change.field, change.old, change.new) for change in record.diff_against(record.prev_record).changes]


class TestHistory:
    def test_keeps_every_state(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course(title="Circuits", language="en")

        catalog_course.title = "Circuits and Electronics"
        catalog_course.save()
        catalog_course.language = "fr"
        catalog_course.save(update_fields=["language"])

        assert list(catalog_course.history.values_list("history_type", "title", "language")) == [
            ("~", "Circuits and Electronics", "fr"),
            ("~", "Circuits and Electronics", "en"),
            ("+", "Circuits", "en"),
        ]

    def test_tells_what_changed_from_what(self, make_run: MakeRun) -> None:
        course_run = make_run(title="Circuits", schedule={"start": START})

        course_run.title = "Circuits and Electronics"
        course_run.save(update_fields=["title"])
        course_run.schedule.start = LATER
        course_run.schedule.save()

        assert changes(course_run.history.latest()) == [("title", "Circuits", "Circuits and Electronics")]
        assert changes(course_run.schedule.history.latest()) == [("start", START, LATER)]

    def test_names_nobody_where_nobody_asked(self, make_run: MakeRun) -> None:
        make_run(schedule={"start": START})

        for model in (Organization, CatalogCourse, CourseRun, CourseSchedule):
            assert model.history.get().history_user is None

    def test_outlives_whoever_made_it(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course(title="Circuits")
        catalog_course._history_user = get_user_model().objects.create_user("ada")
        catalog_course.save()
        assert catalog_course.history.latest().history_user.username == "ada"

        get_user_model().objects.get().delete()

        assert list(catalog_course.history.values_list("history_type", "title", "history_user")) == [
            ("~", "Circuits", None),
            ("+", "Circuits", None),
        ]

    def test_outlives_what_it_is_of(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course(title="Circuits")

        catalog_course.delete()

        assert list(CatalogCourse.history.values_list("history_type", "course_code", "title")) == [
            ("-", "6.002x", "Circuits"),
            ("+", "6.002x", "Circuits"),
        ]

    def test_of_a_schedule_ends_with_its_run(self, make_run: MakeRun) -> None:
        course_run = make_run(schedule={"start": START})

        course_run.delete()

        assert list(CourseSchedule.history.values_list("history_type", "start")) == [("-", START), ("+", START)]

    def test_ends_with_a_deletion_of_many(self, make_run: MakeRun) -> None:
        make_run(run_code="3T2012", schedule={"start": START})
        make_run(run_code="1T2013", schedule={"start": START})

        CourseRun.objects.all().delete()

        assert CourseRun.history.filter(history_type="-").count() == 2
        assert CourseSchedule.history.filter(history_type="-").count() == 2

    def test_begins_anew_for_a_key_created_again(self, make_run: MakeRun) -> None:
        course_run = make_run()
        course_key = course_run.course_key
        course_run.delete()

        again = make_run()

        assert [record.history_type for record in again.history.all()] == ["+"]
        of_the_key = CourseRun.history.filter(course_key=course_key)
        assert [record.history_type for record in of_the_key] == ["+", "-", "+"]

    def test_costs_a_save_one_query(self, make_run: MakeRun, settings: Settings) -> None:
        course_run = make_run(schedule={"start": START})

        for row in (course_run.catalog_course, course_run, course_run.schedule):
            with CaptureQueriesContext(connection) as queries:
                row.save()
            settings.SIMPLE_HISTORY_ENABLED = False
            with CaptureQueriesContext(connection) as queries_without:
                row.save()
            settings.SIMPLE_HISTORY_ENABLED = True

            assert len(queries) == len(queries_without) + 1

    @pytest.mark.parametrize(
        ("model", "column"), [(CatalogCourse, "id"), (CourseRun, "id"), (CourseSchedule, "course_run_id")]
    )
    def test_of_one_object_is_found_by_an_index(self, db: None, model: Any, column: str) -> None:
        with connection.cursor() as cursor:
            constraints = connection.introspection.get_constraints(cursor, model.history.model._meta.db_table)

        indexed = [found["columns"] for found in constraints.values() if found["index"]]

        assert [column] in indexed
