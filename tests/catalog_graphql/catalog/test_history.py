from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from auditlog.context import disable_auditlog, set_actor
from auditlog.models import LogEntry
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog_graphql.catalog import api, history
from catalog_graphql.catalog.history import By, deleted_pks, entries, made
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from tests.catalog_graphql.catalog.logged import told
from tests.conftest import MakeRun

START, LATER = datetime(2012, 9, 5, tzinfo=UTC), datetime(2012, 9, 12, tzinfo=UTC)
KEY = "course-v1:MITx+6.002x+3T2012"

MakeCatalogCourse = Callable[..., CatalogCourse]


def count_queries(function: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        function()
    return len(queries)


class TestHistory:
    def test_tells_what_changed_from_what(self, make_run: MakeRun) -> None:
        course_run = make_run(title="Circuits", schedule={"start": START})

        course_run.title = "Circuits and Electronics"
        course_run.save(update_fields=["title"])
        course_run.schedule.start = LATER
        course_run.schedule.save()

        [changed, created] = told(course_run)
        assert changed == ("update", None, "unknown", {"title": ["Circuits", "Circuits and Electronics"]})
        assert created == (
            "create",
            None,
            "unknown",
            {
                "catalog_course": [None, course_run.catalog_course_id],
                "run_code": [None, "3T2012"],
                "course_key": [None, KEY],
                "created": [None, course_run.created.isoformat()],
                "title": [None, "Circuits"],
            },
        )
        assert told(course_run.schedule) == [
            ("update", None, "unknown", {"start": ["2012-09-05T00:00:00+00:00", "2012-09-12T00:00:00+00:00"]}),
            ("create", None, "unknown", {"start": [None, "2012-09-05T00:00:00+00:00"]}),
        ]

    def test_tells_of_a_catalog_course_that_moves(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course, other = make_catalog_course("MITx"), make_catalog_course("HarvardX")
        before = catalog_course.org_id
        other.delete()

        catalog_course.org = other.org
        catalog_course.language = "fr"
        catalog_course.save()

        assert told(catalog_course)[0][3] == {"org": [before, other.org_id], "language": ["en", "fr"]}

    def test_names_the_object_by_its_key(self, make_run: MakeRun) -> None:
        make_run(schedule={"start": START})

        logged = LogEntry.objects.order_by("pk").values_list("content_type__model", "object_repr")

        assert list(logged) == [
            ("catalogcourse", "catalog-course:MITx:6.002x"),
            ("courserun", KEY),
            ("courseschedule", KEY),
        ]

    def test_says_nothing_where_nothing_changed(self, make_run: MakeRun) -> None:
        course_run = make_run(schedule={"start": START})
        logged = LogEntry.objects.count()

        for model in (CatalogCourse, CourseRun, CourseSchedule):
            model.objects.get().save()
        course_run.course_key = KEY
        course_run.save()

        assert LogEntry.objects.count() == logged

    def test_says_nothing_of_what_is_not_saved(self, make_run: MakeRun) -> None:
        course_run = make_run(title="Circuits")

        course_run.title = "Electronics"
        course_run.catalog_course.title = "Electronics"
        course_run.catalog_course.save(update_fields=["language"])
        course_run.save(update_fields=["run_code"])

        assert [len(told(row)) for row in (course_run, course_run.catalog_course)] == [1, 1]

    def test_tells_of_a_schedule_that_is_overwritten_unread(self, make_run: MakeRun) -> None:
        course_run = make_run(schedule={"start": START})

        CourseSchedule(course_run=course_run, start=LATER).save()

        assert [entry[3] for entry in told(course_run.schedule)] == [
            {"start": ["2012-09-05T00:00:00+00:00", "2012-09-12T00:00:00+00:00"]},
            {"start": [None, "2012-09-05T00:00:00+00:00"]},
        ]

    def test_says_nothing_of_what_is_rolled_back(self, make_run: MakeRun) -> None:
        course_run = make_run(title="Circuits")

        with transaction.atomic():
            course_run.title = "Electronics"
            course_run.save()
            make_run(run_code="1T2013")
            transaction.set_rollback(True)

        assert LogEntry.objects.count() == 2

    @pytest.mark.django_db(transaction=True)
    def test_says_nothing_of_what_the_database_refuses(self, make_run: MakeRun) -> None:
        course_run = make_run(schedule={"start": START})

        course_run.schedule.end = datetime(2011, 1, 1, tzinfo=UTC)
        with pytest.raises(IntegrityError):
            course_run.schedule.save()
        course_run.schedule.end = LATER
        course_run.schedule.save()

        assert [entry[3] for entry in told(course_run.schedule)] == [
            {"end": [None, "2012-09-12T00:00:00+00:00"]},
            {"start": [None, "2012-09-05T00:00:00+00:00"]},
        ]

    def test_is_not_kept_where_it_is_switched_off(self, make_run: MakeRun) -> None:
        with disable_auditlog():
            course_run = make_run(schedule={"start": START})
            course_run.save()
            course_run.delete()

        assert not LogEntry.objects.exists()


class TestWho:
    def test_is_nobody_where_nobody_is_named(self, make_run: MakeRun) -> None:
        make_run(schedule={"start": START})

        assert set(LogEntry.objects.values_list("actor", "additional_data__by")) == {(None, "unknown")}

    def test_is_named_further_out(self, make_run: MakeRun) -> None:
        ada = get_user_model().objects.create_user("ada")

        with made(By.API, ada):
            with made(By.SYNC):
                course_run = make_run()
            course_run.delete()

        assert [entry[:3] for entry in told(course_run, pk=LogEntry.objects.latest("pk").object_id)] == [
            ("delete", "ada", "api"),
            ("create", "ada", "sync"),
        ]

    def test_is_no_more_than_an_id(self, make_run: MakeRun) -> None:
        ada = get_user_model().objects.create_user("ada", email="ada@example.com")

        with set_actor(ada, remote_addr="192.0.2.1", remote_port=4711), made(By.API, ada):
            make_run(schedule={"start": START})

        recorded = ("actor", "actor_email", "remote_addr", "remote_port", "cid", "serialized_data", "changes_text")
        assert set(LogEntry.objects.values_list(*recorded)) == {(ada.pk, None, None, None, None, None, "")}

    def test_is_outlived(self, make_catalog_course: MakeCatalogCourse) -> None:
        with made(By.ADMIN, get_user_model().objects.create_user("ada")):
            catalog_course = make_catalog_course()
        assert told(catalog_course)[0][:3] == ("create", "ada", "admin")

        get_user_model().objects.get().delete()

        assert told(catalog_course)[0][:3] == ("create", None, "admin")


class TestDeletions:
    def test_tell_what_there_was(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course(title="Circuits")
        pk, org_id = catalog_course.pk, catalog_course.org_id

        catalog_course.delete()

        [deleted, created] = told(catalog_course, pk=pk)
        assert deleted == (
            "delete",
            None,
            "unknown",
            {
                "org": [org_id, None],
                "course_code": ["6.002x", None],
                "created": [catalog_course.created.isoformat(), None],
                "title": ["Circuits", None],
                "language": ["en", None],
            },
        )
        assert created[3] == {name: [new, old] for name, (old, new) in deleted[3].items()}

    def test_of_runs_are_those_of_their_schedules(self, make_run: MakeRun) -> None:
        runs = [make_run(run_code=code, schedule={"start": START}) for code in ("3T2012", "1T2013")]
        pks = [run.pk for run in runs]

        runs[0].delete()
        CourseRun.objects.all().delete()

        for model in (CourseRun, CourseSchedule):
            assert [[entry[0] for entry in told(model(), pk=pk)] for pk in pks] == [["delete", "create"]] * 2

    def test_are_found_by_the_key(self, make_run: MakeRun) -> None:
        pks = []
        for _ in range(2):
            course_run = make_run()
            pks.append(course_run.pk)
            course_run.delete()
        make_run()

        assert deleted_pks(CourseRun, KEY) == pks[::-1]
        assert deleted_pks(CourseRun, KEY.upper()) == []
        assert deleted_pks(CourseSchedule, KEY) == []


class TestEntries:
    def test_begin_anew_for_a_key_created_again(self, make_run: MakeRun) -> None:
        first = make_run()
        pk = first.pk
        first.delete()

        again = make_run()

        assert [entry.action for entry in entries(CourseRun, again.pk)] == [LogEntry.Action.CREATE]
        assert [entry.action for entry in entries(CourseRun, pk)] == [LogEntry.Action.DELETE, LogEntry.Action.CREATE]

    def test_are_found_by_an_index(self, db: None) -> None:
        with connection.cursor() as cursor:
            constraints = connection.introspection.get_constraints(cursor, LogEntry._meta.db_table)

        indexed = [found["columns"] for found in constraints.values() if found["index"]]

        assert ["object_id"] in indexed
        assert ["action"] in indexed
        if connection.vendor == "sqlite":  # The others have statistics, and scan a table as small as this.
            assert "(object_id=?)" in entries(CourseRun, 1).explain()


class TestCosts:
    def test_are_two_queries_for_a_save_that_changes_something(self, make_run: MakeRun) -> None:
        course_run = make_run(schedule={"start": START})
        changes = {course_run.catalog_course: "title", course_run: "title", course_run.schedule: "end"}

        for row, field in changes.items():
            with disable_auditlog():
                without = count_queries(row.save)
            unchanged = count_queries(row.save)
            setattr(row, field, LATER if field == "end" else "Electronics")
            changed = count_queries(row.save)

            assert (unchanged - without, changed - without) == (1, 2)

    def test_are_one_query_where_what_was_there_is_known(self, make_run: MakeRun) -> None:
        def create_change_delete(name: str) -> list[int]:
            catalog_course = make_run("MITx", name, "1T").catalog_course
            created: list[CourseRun] = []
            return [
                count_queries(lambda: api.update_catalog_course(catalog_course, title="Electronics")),
                count_queries(
                    lambda: created.append(
                        api.create_course_run(catalog_course=catalog_course, run_code="2T", schedule={"start": START})
                    )
                ),
                count_queries(lambda: api.update_course_run(created[0], title="T", schedule={"end": LATER})),
                count_queries(lambda: api.update_course_run(created[0], schedule={"start": None, "end": None})),
                count_queries(lambda: api.delete_course_run(created[0].course_key)),
            ]

        with disable_auditlog():
            without = create_change_delete("6.001x")
        logged = create_change_delete("6.002x")

        assert [log - plain for log, plain in zip(logged, without, strict=True)] == [1, 2, 2, 1, 1]

    def test_of_many_entries_are_one_query(self, make_run: MakeRun) -> None:
        course_run = make_run()

        assert count_queries(lambda: history.write([history.creation(course_run) for _ in range(50)])) == 1
