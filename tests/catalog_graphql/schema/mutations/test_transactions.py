"""A mutation is a single transaction, including the permission, the command, and the creator's roles."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.standalone.models import CourseAccessRole, Role
from catalog_graphql.standalone.policy import StudioPolicy
from tests.catalog_graphql.answers import answer_of
from tests.catalog_graphql.catalog.logged import told
from tests.catalog_graphql.catalog.test_transactions import lose_a_race
from tests.databases import environment, many_connections

KEY = "course-v1:MITx+6.002x+3T2012"
CREATE_RUN = """mutation { createCourseRun(input: {catalogCourseKey: "catalog-course:MITx:6.002x", runCode: "3T2012"}) {
    courseRun { courseKey viewerCanDelete } errors { code }
} }"""
CREATED = {"courseRun": {"courseKey": KEY, "viewerCanDelete": True}, "errors": []}

# Executes the mutation in a separate process, which ends in the middle of it.
DIE = f"""
import django; django.setup()
from django.contrib.auth import get_user_model
from django.test import RequestFactory, override_settings
from catalog_graphql.context import Context
from catalog_graphql.schema.schema import schema

with override_settings(CATALOG_ACCESS_POLICY="{__name__}.OfTheDying"):
    user = get_user_model().objects.get(username="creator")
    schema.execute_sync({CREATE_RUN!r}, context_value=Context(RequestFactory().post("/graphql/"), user))
"""
KILLED = 9


class OfTheDying(StudioPolicy):
    """A policy in the middle of which the process dies."""

    def created(self, course_run: CourseRun) -> None:
        os._exit(KILLED)


class OfTheClumsy(StudioPolicy):
    """A policy that fails in given ways to give the creator a role."""

    failures: ClassVar[list[Any]] = []
    attempts: ClassVar[list[str]] = []

    def created(self, course_run: CourseRun) -> None:
        super().created(course_run)
        self.attempts.append(str(course_run.course_key))
        if self.failures:
            self.failures.pop()()


class OfTheBlind(StudioPolicy):
    """A policy that fails to show anything once there is a course."""

    def scope(self, queryset: Any, subject: Any) -> Any:
        if CatalogCourse.objects.exists():
            raise RuntimeError("blind")
        return super().scope(queryset, subject)


def break_a_rule() -> None:
    Organization.objects.create(short_name="MITx", name="Another")


def fail() -> None:
    raise RuntimeError("clumsy")


@pytest.mark.django_db(transaction=True)
class TestCreateCourseRun:
    @pytest.fixture(autouse=True)
    def creator(self, sign_in: Any, make_catalog_course: Any, settings: Any) -> Iterator[None]:
        make_catalog_course("MITx", "6.002x")
        user = sign_in("creator")
        CourseAccessRole.objects.create(user=user, role=Role.CREATOR, org="MITx", course_key=CourseAccessRole.NO_COURSE)
        settings.CATALOG_ACCESS_POLICY = f"{__name__}.OfTheClumsy"
        OfTheClumsy.attempts.clear()
        yield
        OfTheClumsy.failures.clear()

    def test_leaves_nothing_where_the_process_is_killed_in_between(self, post: Any, tmp_path: Path) -> None:
        with many_connections(tmp_path / "catalog.sqlite3"):
            process = subprocess.run([sys.executable, "-c", DIE], env=environment(), timeout=60, check=False)

        assert process.returncode == KILLED
        assert not CourseRun.objects.exists()
        assert answer_of(post(CREATE_RUN)) == {"data": {"createCourseRun": CREATED}}

    def test_leaves_nothing_where_its_creator_gets_no_role(self, post: Any) -> None:
        OfTheClumsy.failures.append(fail)

        failed = post(CREATE_RUN).json()
        left = CourseRun.objects.count(), LogEntry.objects.filter(content_type__model="courserun").count()
        again = answer_of(post(CREATE_RUN))

        assert [error["extensions"] for error in failed["errors"]] == [{"code": "INTERNAL_SERVER_ERROR"}]
        assert "done" not in failed["extensions"]
        assert left == (0, 0)
        assert again == {"data": {"createCourseRun": CREATED}}

    def test_is_tried_again_once_where_the_database_objects(self, post: Any) -> None:
        OfTheClumsy.failures.extend([break_a_rule] * 9)

        answer = answer_of(post(CREATE_RUN))

        assert [error["extensions"]["code"] for error in answer["errors"]] == ["INTERNAL_SERVER_ERROR"]
        assert OfTheClumsy.attempts == [KEY] * 2
        assert not CourseRun.objects.exists()

    def test_is_tried_again_whole_where_it_lost_a_race(self, post: Any, needs_row_locks: None) -> None:
        OfTheClumsy.failures.extend([lose_a_race] * 2)

        answer = answer_of(post(CREATE_RUN))

        assert answer == {"data": {"createCourseRun": CREATED}}
        assert OfTheClumsy.attempts == [KEY] * 3
        assert [entry[:3] for entry in told(CourseRun.objects.get())] == [("create", "creator", "api")]
        assert CourseAccessRole.objects.filter(course_key=KEY).count() == 2

    def test_says_that_others_are_always_faster(self, post: Any, needs_row_locks: None) -> None:
        OfTheClumsy.failures.extend([lose_a_race] * 8)

        response = post(CREATE_RUN)

        [error] = response.json()["errors"]
        assert response.status_code == 503
        assert error["message"] == "Others are changing the same. Ask again later."
        assert error["extensions"] == {"code": "SERVICE_UNAVAILABLE", "retryAfter": 5}
        assert not CourseRun.objects.exists()

    def test_logs_what_is_committed(self, post: Any, caplog: pytest.LogCaptureFixture) -> None:
        OfTheClumsy.failures.append(fail)
        post(CREATE_RUN)
        logged = [
            record.getMessage()
            for record in caplog.records
            if record.name == "catalog_graphql.schema.mutations.mutation"
        ]

        post(CREATE_RUN)

        assert logged == []
        assert caplog.records[-1].getMessage().startswith(f"createCourseRun {KEY} by user ")


class TestAnswer:
    def test_that_cannot_be_read_leaves_what_was_done_and_says_so(self, sign_in: Any, post: Any, settings: Any) -> None:
        sign_in(is_staff=True)
        settings.CATALOG_ACCESS_POLICY = f"{__name__}.OfTheBlind"

        response = post(
            """mutation {
                first: createOrganization(input: {orgCode: "MITx", name: "MIT"}) { organization { orgCode } }
                second: createCatalogCourse(input: {orgCode: "MITx", courseCode: "6.002x"}) { catalogCourse { key } }
                third: createOrganization(input: {orgCode: "M I T", name: "MIT"}) { errors { code } }
            }"""
        )

        answer = response.json()
        assert answer["data"] is None
        assert [error["path"] for error in answer["errors"]] == [["second"]]
        assert answer["extensions"]["done"] == ["first", "second"]
        assert CatalogCourse.objects.get().key_str == "catalog-course:MITx:6.002x"

    def test_says_nothing_of_what_was_done_where_all_is_well(self, ask: Any) -> None:
        answer = ask('mutation { createOrganization(input: {orgCode: "MITx", name: "MIT"}) { errors { code } } }')

        assert answer == {"data": {"createOrganization": {"errors": []}}}


@pytest.mark.django_db
class TestStranger:
    def test_begins_no_transaction(self, client: Any) -> None:
        query = 'mutation { createOrganization(input: {orgCode: "MITx", name: "MIT"}) { errors { code } } }'

        with CaptureQueriesContext(connection) as captured:
            response = client.post("/graphql/", {"query": query}, content_type="application/json")

        assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["UNAUTHENTICATED"]
        assert len(captured) == 0


class TestUpdateOrganization:
    @pytest.mark.skipif(connection.vendor != "mysql", reason="needs MySQL or MariaDB: set DATABASE_URL")
    def test_is_refused_a_code_that_the_database_holds_equal_to_anothers(
        self, ask: Any, make_organization: Any
    ) -> None:
        make_organization("Éco")
        make_organization("MITx")

        answer = ask(
            'mutation { updateOrganization(input: {orgCode: "MITx", newOrgCode: "Eco"}) { errors { code field } } }'
        )

        errors = [{"code": "ALREADY_EXISTS", "field": ["newOrgCode"]}]
        assert answer == {"data": {"updateOrganization": {"errors": errors}}}
