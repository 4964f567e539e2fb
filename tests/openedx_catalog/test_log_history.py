"""Migrations copy the history of simple-history to the log."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.auth import get_user_model
from django.db import connection
from organizations.models import Organization

from catalog_graphql.catalog import history
from catalog_graphql.catalog.records import CourseSchedule
from openedx_catalog.models import CatalogCourse, CourseRun
from tests.catalog_graphql.catalog.logged import told
from tests.openedx_catalog.migrating import migrate_back, migrate_forth

log_history = import_module("openedx_catalog.migrations.0005_log_history")

HISTORICAL = {f"openedx_catalog_historical{name}" for name in ("catalogcourse", "courserun", "courseschedule")}
KEY = "course-v1:MITx+6.002x+3T2012"
START, LATER = datetime(2012, 9, 5, 12, 30, 15, 123456, tzinfo=UTC), datetime(2012, 9, 12, tzinfo=UTC)

Record = Callable[..., None]

pytestmark = pytest.mark.django_db(transaction=True)


def tables() -> set[str]:
    return HISTORICAL & set(connection.introspection.table_names())


def make_organization() -> Organization:
    """Create an organization as older code did: its search text is now in another table."""
    Organization.objects.bulk_create([Organization(short_name="MITx", name="MIT")])
    organization = Organization.objects.get()
    Organization.history.bulk_history_create([organization])
    return organization


@pytest.fixture
def record(transactional_db: None) -> Iterator[Record]:
    """Migrate to the earlier schema, and return a function that saves a record like simple-history."""
    apps = migrate_back()
    moments = (START + timedelta(hours=number) for number in range(10_000))

    def keep(model: str, history_type: str, **fields: Any) -> None:
        historical = apps.get_model("openedx_catalog", f"Historical{model}")
        historical.objects.create(**{"history_type": history_type, "history_date": next(moments), **fields})

    yield keep
    migrate_forth()


@pytest.fixture
def kept(record: Record) -> dict[str, int]:
    """Save the records of a course that is deleted and created again, of a run, and of its schedule."""
    org = make_organization().pk
    ada = get_user_model().objects.create_user("ada").pk
    course = {"id": 5, "org_id": org, "course_code": "6.002x", "created": START, "language": "en"}
    run = {"id": 5, "catalog_course_id": 5, "run_code": "3T2012", "course_key": KEY, "created": START}
    record("CatalogCourse", "+", **course, title="Circuits", history_user_id=ada)
    record("CourseRun", "~", **run, title="Circuits")
    record("CatalogCourse", "+", **{**course, "id": 6, "org_id": 999}, title="Mechanics")
    record("CatalogCourse", "~", **{**course, "language": "fr"}, title="Électronique 🎓", history_user_id=ada)
    record("CourseSchedule", "+", course_run_id=5, start=START)
    record("CourseRun", "~", **run, title="Electronics", history_change_reason="asked for")
    record("CourseSchedule", "~", course_run_id=5, start=LATER, end=LATER)
    record("CatalogCourse", "~", **{**course, "language": "fr"}, title="Électronique 🎓")
    record("CourseRun", "-", **run, title="Electronics", history_user_id=ada)
    record("CourseSchedule", "-", course_run_id=5, start=LATER, end=LATER)
    record("CatalogCourse", "-", **{**course, "language": "fr"}, title="Électronique 🎓")
    record("CatalogCourse", "+", **course, title="Circuits")
    return {"org": org}


class TestLogHistory:
    @pytest.mark.parametrize("batch", [1, 2, 500])
    def test_makes_an_entry_of_each_record(
        self, kept: dict[str, int], batch: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(log_history, "BATCH", batch)

        migrate_forth()

        org, start, later = kept["org"], "2012-09-05T12:30:15.123456+00:00", "2012-09-12T00:00:00+00:00"
        course = {"org": org, "course_code": "6.002x", "created": start, "title": "Circuits", "language": "en"}
        last = course | {"title": "Électronique 🎓", "language": "fr"}
        run = {"catalog_course": 5, "run_code": "3T2012", "course_key": KEY, "created": start, "title": "Electronics"}
        assert told(CatalogCourse(), pk=5) == [
            ("create", None, "unknown", {name: [None, value] for name, value in course.items()}),
            ("delete", None, "unknown", {name: [value, None] for name, value in last.items()}),
            ("update", None, "unknown", {}),
            ("update", "ada", "unknown", {"title": ["Circuits", "Électronique 🎓"], "language": ["en", "fr"]}),
            ("create", "ada", "unknown", {name: [None, value] for name, value in course.items()}),
        ]
        assert [entry[0] for entry in told(CatalogCourse(), pk=6)] == ["create"]
        assert told(CourseRun(), pk=5) == [
            ("delete", "ada", "unknown", {name: [value, None] for name, value in run.items()}),
            ("update", None, "unknown", {"title": ["Circuits", "Electronics"]}),
            ("update", None, "unknown", {}),
        ]
        assert told(CourseSchedule(), pk=5) == [
            ("delete", None, "unknown", {"start": [later, None], "end": [later, None]}),
            ("update", None, "unknown", {"start": [start, later], "end": [None, later]}),
            ("create", None, "unknown", {"start": [None, start]}),
        ]
        assert LogEntry.objects.count() == 12
        assert tables() == set()

    def test_keeps_when_it_was_and_why_and_the_key(self, kept: dict[str, int]) -> None:
        migrate_forth()

        updated = history.entries(CourseRun, 5)[1]
        keys = LogEntry.objects.order_by("object_repr").values_list("content_type__model", "object_repr").distinct()
        assert updated.timestamp == START + timedelta(hours=5)
        assert updated.additional_data == {"by": "unknown", "reason": "asked for"}
        assert set(keys) == {
            ("catalogcourse", "catalog-course::6.002x"),  # Its organization is unknown.
            ("catalogcourse", "catalog-course:MITx:6.002x"),
            ("courserun", KEY),
            ("courseschedule", KEY),
        }

    def test_names_an_organization_that_is_gone(self, record: Record) -> None:
        organization = make_organization()
        fields = {"course_code": "6.002x", "created": START, "language": "en", "title": "Circuits"}
        record("CatalogCourse", "+", id=5, org_id=organization.pk, **fields)
        Organization.objects.filter(pk=organization.pk)._raw_delete("default")

        migrate_forth()

        assert LogEntry.objects.get().object_repr == "catalog-course:MITx:6.002x"

    def test_leaves_an_empty_history_empty(self, record: Record) -> None:
        migrate_forth()

        assert not LogEntry.objects.exists()
        assert tables() == set()

    def test_fails_and_keeps_the_records_where_one_has_no_entry(self, kept: dict[str, int]) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("needs SQLite, whose triggers can lose a row in silence")
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TRIGGER losing AFTER INSERT ON auditlog_logentry "
                "WHEN NEW.action = 2 BEGIN DELETE FROM auditlog_logentry WHERE id = NEW.id; END"
            )

        with pytest.raises(RuntimeError, match="6 historical records of CatalogCourse became 5 entries"):
            migrate_forth()

        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER losing")
        assert not LogEntry.objects.exists()
        assert tables() == HISTORICAL

    def test_going_back_keeps_the_log_and_forward_adds_what_came_since(
        self, kept: dict[str, int], record: Record
    ) -> None:
        migrate_forth()

        migrate_back()
        assert tables() == HISTORICAL
        assert LogEntry.objects.count() == 12
        record("CourseSchedule", "+", course_run_id=7, start=START)
        migrate_forth()

        assert LogEntry.objects.count() == 13
        assert [entry[0] for entry in told(CourseSchedule(), pk=7)] == ["create"]
