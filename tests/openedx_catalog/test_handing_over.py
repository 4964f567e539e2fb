"""Tables that other apps now have are taken over with their rows."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection
from django.db.migrations.recorder import MigrationRecorder

from catalog_graphql.catalog.records import CourseSchedule
from tests.openedx_catalog.migrating import migrate_back, migrate_forth

TABLES = ("courseschedule", "catalogcoursesearchtext", "courserunsearchtext", "organizationsearchtext")
ROLES = "catalog_graphql_courseaccessrole"
START, END = datetime(2012, 9, 5, 12, 30, 15, 123456, tzinfo=UTC), datetime(2012, 12, 25, tzinfo=UTC)
CREATED = datetime(2011, 1, 1, 1, 1, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


def rows(table: str) -> set[Any]:
    """Return the rows of a table, regardless of its model."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return set(cursor.fetchall())


def tables() -> set[str]:
    return set(connection.introspection.table_names())


def names(app_label: str) -> set[str]:
    return {f"{app_label}_{table}" for table in TABLES}


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    """Migrate to the earlier schema, and yield the models of that time."""
    yield migrate_back()
    migrate_forth()


@pytest.fixture
def kept(before: Any) -> dict[str, set[Any]]:
    """Create a run with its schedule, search texts and history; return the rows of each table."""
    organization = before.get_model("organizations", "Organization").objects.create(short_name="MITx", name="MIT")
    course = before.get_model("openedx_catalog", "CatalogCourse").objects.create(
        org=organization, course_code="6.002x", title="Circuits", language="en", created=CREATED
    )
    run = before.get_model("openedx_catalog", "CourseRun").objects.create(
        catalog_course=course,
        run_code="3T2012",
        course_key="course-v1:MITx+6.002x+3T2012",
        title="Circuits",
        created=CREATED,
    )
    times = {"start": START, "end": END, "enrollment_start": None, "enrollment_end": END}
    before.get_model("openedx_catalog", "CourseSchedule").objects.create(course_run=run, **times)
    before.get_model("openedx_catalog", "HistoricalCourseSchedule").objects.create(
        course_run_id=run.pk, history_type="+", history_date=START, **times
    )
    for owner, text in ((course, "circuits"), (run, "circuits"), (organization, "mit")):
        search_text = before.get_model("openedx_catalog", f"{type(owner).__name__}SearchText")
        search_text.objects.create(owner_id=owner.pk, text=text)
    catalog = ("openedx_catalog_catalogcourse", "openedx_catalog_courserun")
    return {table: rows(table) for table in (*catalog, *names("openedx_catalog"))}


class TestHandingOver:
    def test_keeps_every_row_forwards_and_backwards(self, kept: dict[str, set[Any]]) -> None:
        assert all(len(found) == 1 for found in kept.values())

        migrate_forth()

        assert not names("openedx_catalog") & tables()
        for table, found in kept.items():
            renamed = (
                table if table not in names("openedx_catalog") else table.replace("openedx_catalog", "catalog_graphql")
            )
            assert rows(renamed) == found or "searchtext" in table  # A later migration writes these anew.
            assert len(rows(renamed)) == 1

        migrate_back()

        assert not names("catalog_graphql") & tables()
        assert {table: rows(table) for table in kept} == kept

    def test_keeps_the_content_type_and_what_points_at_it(self, kept: dict[str, set[Any]]) -> None:
        old, _ = ContentType.objects.get_or_create(app_label="openedx_catalog", model="courseschedule")
        permission = Permission.objects.create(content_type=old, codename="look_at", name="Look at")
        user = get_user_model().objects.create_user("ada")
        user.user_permissions.add(permission)

        migrate_forth()

        ContentType.objects.clear_cache()
        assert get_user_model().objects.get(pk=user.pk).has_perm("catalog_graphql.look_at")
        assert LogEntry.objects.get().content_type.app_label == "catalog_graphql"

    def test_keeps_the_constraints(self, kept: dict[str, set[Any]]) -> None:
        migrate_forth()

        with pytest.raises(IntegrityError):
            CourseSchedule.objects.update(start=END, end=START)


class TestRoleRows:
    def test_stay_where_they_are_under_the_migrations_of_before(self, transactional_db: None) -> None:
        """A database whose role rows were created by `catalog_graphql`, whose migrations have since been renamed."""
        user = get_user_model().objects.create_user("ada")
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {ROLES} (user_id, org, course_id, role) VALUES ({user.pk}, 'MITx', '', 'staff')"
            )
        kept = rows(ROLES)
        recorder = MigrationRecorder(connection)
        recorder.migration_qs.filter(app="catalog_graphql_standalone").delete()
        for name in ("0001_course_access_roles", "0002_keep_role_rows_true"):
            recorder.record_applied("catalog_graphql", name)
        ContentType.objects.filter(model="courseaccessrole").update(app_label="catalog_graphql")

        migrate_forth()

        assert rows(ROLES) == kept
        assert ContentType.objects.get(model="courseaccessrole").app_label == "catalog_graphql_standalone"
        applied = {name for app, name in recorder.applied_migrations() if app == "catalog_graphql_standalone"}
        assert {"0001_course_access_roles", "0002_keep_role_rows_true"} < applied
