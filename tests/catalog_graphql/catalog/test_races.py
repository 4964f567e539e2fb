"""Two concurrent writers on separate connections: the second waits, and then sees what the first has done."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models.signals import pre_save
from opaque_keys.edx.keys import CourseKey
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from openedx_catalog import api
from tests.conftest import MakeRun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("needs_row_locks")]

SECONDS = 20

MakeCatalogCourse = Callable[..., CatalogCourse]
Write = Callable[[], Any]
StartSecond = Callable[[Write], Future[Any]]


def connection_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute({"postgresql": "SELECT pg_backend_pid()", "mysql": "SELECT CONNECTION_ID()"}[connection.vendor])
        return int(cursor.fetchone()[0])


def waits_for_a_lock(waiting_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            {
                "postgresql": "SELECT cardinality(pg_blocking_pids(%s))",
                "mysql": "SELECT COUNT(*) FROM information_schema.innodb_trx"
                " WHERE trx_mysql_thread_id = %s AND trx_state = 'LOCK WAIT'",
            }[connection.vendor],
            [waiting_id],
        )
        return bool(cursor.fetchone()[0])


@pytest.fixture
def start_second() -> Iterator[StartSecond]:
    """Return a function that starts a second writer, and returns once that waits for a lock of this thread.

    It fails if the second writer ends, or does not wait, while the transaction here is open.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:

        def start(write: Write) -> Future[Any]:
            ids: SimpleQueue[int] = SimpleQueue()

            def second() -> Any:
                try:
                    ids.put(connection_id())
                    return write()
                finally:
                    connection.close()

            future = pool.submit(second)
            second_id = ids.get(timeout=SECONDS)
            deadline = time.monotonic() + SECONDS
            while not waits_for_a_lock(second_id):
                assert not future.done(), "The second writer did not wait."
                assert time.monotonic() < deadline, "The second writer neither waits nor ends."
                time.sleep(0.15)  # MariaDB caches its list of waits for 0.1 s.
            return future

        yield start


def rename(organization: Organization, org_code: str) -> None:
    organization.short_name = org_code
    organization.save()


def recode(catalog_course: CatalogCourse, course_code: str) -> None:
    catalog_course.course_code = course_code
    catalog_course.save()


def add_run(catalog_course: CatalogCourse, **fields: Any) -> None:
    CourseRun.objects.create(catalog_course=catalog_course, run_code="3T2012", **fields)


class TestRenamingAnOrganization:
    def test_makes_a_run_of_the_old_name_wait_and_refuses_it(
        self, make_catalog_course: MakeCatalogCourse, start_second: StartSecond
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")

        with transaction.atomic():
            rename(Organization.objects.get(), "HarvardX")
            adding = start_second(lambda: add_run(catalog_course, course_key="course-v1:MITx+6.002x+3T2012"))
            assert not adding.done()

        with pytest.raises(ValidationError, match="is not that of a run 3T2012 of catalog-course:HarvardX"):
            adding.result(timeout=SECONDS)
        assert not CourseRun.objects.exists()

    def test_makes_a_run_without_a_key_wait_and_names_it_anew(
        self, make_catalog_course: MakeCatalogCourse, start_second: StartSecond
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")

        with transaction.atomic():
            rename(Organization.objects.get(), "HarvardX")
            adding = start_second(lambda: add_run(catalog_course))
            assert not adding.done()

        adding.result(timeout=SECONDS)
        assert str(CourseRun.objects.get().course_key) == "course-v1:HarvardX+6.002x+3T2012"

    def test_rolled_back_lets_the_run_in(
        self, make_catalog_course: MakeCatalogCourse, start_second: StartSecond
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")

        with transaction.atomic():
            rename(Organization.objects.get(), "HarvardX")
            adding = start_second(lambda: add_run(catalog_course))
            transaction.set_rollback(True)

        adding.result(timeout=SECONDS)
        assert str(CourseRun.objects.get().course_key) == "course-v1:MITx+6.002x+3T2012"

    def test_waits_for_a_run_that_is_being_added_and_is_refused(
        self, make_catalog_course: MakeCatalogCourse, start_second: StartSecond
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")

        with transaction.atomic():
            add_run(catalog_course)
            renaming = start_second(lambda: rename(Organization.objects.get(), "HarvardX"))
            assert not renaming.done()

        with pytest.raises(ValidationError, match="would contradict the run course-v1:MITx"):
            renaming.result(timeout=SECONDS)
        assert Organization.objects.get().short_name == "MITx"

    def test_leaves_no_gap_between_check_and_save_outside_a_transaction(
        self, make_catalog_course: MakeCatalogCourse
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")
        checked, go_on = Event(), Event()

        def pause(**kwargs: Any) -> None:
            checked.set()
            assert go_on.wait(SECONDS)

        def renaming() -> None:
            try:
                rename(Organization.objects.get(), "HarvardX")
            finally:
                connection.close()

        pre_save.connect(pause, sender=Organization)  # after the guard's own
        try:
            with ThreadPoolExecutor(max_workers=1) as pool:
                future = pool.submit(renaming)
                assert checked.wait(SECONDS)
                with pytest.raises(ValidationError, match="catalog-course:HarvardX"):
                    add_run(catalog_course, course_key="course-v1:MITx+6.002x+3T2012")
                go_on.set()
                future.result(timeout=SECONDS)
        finally:
            go_on.set()
            pre_save.disconnect(pause, sender=Organization)

        assert Organization.objects.get().short_name == "HarvardX"


class TestChangingACourseCode:
    def test_makes_a_run_of_the_old_code_wait_and_refuses_it(
        self, make_catalog_course: MakeCatalogCourse, start_second: StartSecond
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")

        with transaction.atomic():
            recode(CatalogCourse.objects.get(), "8.01")
            adding = start_second(lambda: add_run(catalog_course, course_key="course-v1:MITx+6.002x+3T2012"))
            assert not adding.done()

        with pytest.raises(ValidationError, match=r"is not that of a run 3T2012 of catalog-course:MITx:8\.01"):
            adding.result(timeout=SECONDS)
        assert not CourseRun.objects.exists()

    def test_makes_a_run_without_a_key_wait_and_names_it_anew(
        self, make_catalog_course: MakeCatalogCourse, start_second: StartSecond
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")

        with transaction.atomic():
            recode(CatalogCourse.objects.get(), "8.01")
            adding = start_second(lambda: add_run(catalog_course))
            assert not adding.done()

        adding.result(timeout=SECONDS)
        assert str(CourseRun.objects.get().course_key) == "course-v1:MITx+8.01+3T2012"

    def test_waits_for_a_run_that_is_being_added_and_is_refused(
        self, make_catalog_course: MakeCatalogCourse, start_second: StartSecond
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")

        with transaction.atomic():
            add_run(catalog_course)
            recoding = start_second(lambda: recode(CatalogCourse.objects.get(), "8.01"))
            assert not recoding.done()

        with pytest.raises(ValidationError, match="would contradict the run course-v1:MITx"):
            recoding.result(timeout=SECONDS)
        assert CatalogCourse.objects.get().course_code == "6.002x"


class TestMovingACatalogCourse:
    def test_waits_for_its_new_organizations_renaming_and_goes_by_the_new_name(
        self, make_run: MakeRun, start_second: StartSecond
    ) -> None:
        catalog_course = make_run("MITx", "6.002x", "3T2012").catalog_course
        wrong = Organization.objects.create(short_name="Wrong", name="Wrong")
        CatalogCourse.objects.update(org=wrong)

        with transaction.atomic():
            rename(Organization.objects.get(short_name="MITx"), "HarvardX")
            moving = start_second(catalog_course.save)
            assert not moving.done()

        with pytest.raises(ValidationError, match="would contradict the run course-v1:MITx"):
            moving.result(timeout=SECONDS)
        assert CatalogCourse.objects.get().org == wrong


class TestCreateCourseRunForModulestoreCourseWith:
    @pytest.mark.parametrize("spelling", ["course-v1:MITx+8.01+3T2012", "course-v1:MITx+6.002x+1T2013"])
    def test_waits_for_another_of_the_same_organization_without_a_deadlock(
        self,
        make_organization: Callable[..., Organization],
        start_second: StartSecond,
        spelling: str,
    ) -> None:
        make_organization("MITx")
        first_key, second_key = CourseKey.from_string("course-v1:MITx+6.002x+3T2012"), CourseKey.from_string(spelling)

        with transaction.atomic():
            api.create_course_run_for_modulestore_course_with(first_key, title="Circuits")
            creating = start_second(
                lambda: api.create_course_run_for_modulestore_course_with(second_key, title="Circuits")
            )

        creating.result(timeout=SECONDS)
        assert set(CourseRun.objects.values_list("course_key", flat=True)) == {first_key, second_key}

    @pytest.mark.parametrize("spelling", ["course-v1:MITx+6.002x+3T2012", "course-v1:mitx+6.002x+1T2013"])
    def test_waits_for_another_that_creates_the_organization(self, start_second: StartSecond, spelling: str) -> None:
        first_key, second_key = CourseKey.from_string("course-v1:MITx+6.002x+3T2012"), CourseKey.from_string(spelling)

        with transaction.atomic():
            api.create_course_run_for_modulestore_course_with(first_key, title="Circuits")
            creating = start_second(
                lambda: api.create_course_run_for_modulestore_course_with(second_key, title="Circuits")
            )

        assert creating.result(timeout=SECONDS).catalog_course == CatalogCourse.objects.get()
        assert Organization.objects.get().short_name == "MITx"
        assert set(CourseRun.objects.values_list("course_key", flat=True)) == {first_key, second_key}

    def test_finds_the_run_that_another_has_just_created(
        self, make_organization: Callable[..., Organization], start_second: StartSecond
    ) -> None:
        make_organization("MITx")
        course_key = CourseKey.from_string("course-v1:MITx+6.002x+3T2012")

        with transaction.atomic():
            course_run = api.create_course_run_for_modulestore_course_with(course_key, title="Circuits")
            creating = start_second(
                lambda: api.create_course_run_for_modulestore_course_with(course_key, title="Electronics")
            )

        assert creating.result(timeout=SECONDS) == course_run
        assert CourseRun.objects.get().title == "Circuits"
