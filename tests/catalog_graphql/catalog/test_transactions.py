"""What a transaction retries, and how often; test_command_races has the races with a second connection."""

import time

import pytest
from django.db import Error, IntegrityError, connection, transaction
from organizations.models import Organization

from catalog_graphql.catalog import api
from catalog_graphql.catalog.commands.command import command
from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.catalog.transactions import in_transaction
from tests.conftest import MakeRun

RAISE_DEADLOCK = {
    "postgresql": "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$",
    "mysql": "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'deadlock'",
}


def lose_a_race() -> None:
    """Raise what the database raises when it aborts a transaction in favor of another."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE_DEADLOCK[connection.vendor])


@pytest.mark.django_db(transaction=True)
class TestInTransaction:
    def test_tries_an_objection_once_more(self) -> None:
        attempts = []

        def create() -> None:
            attempts.append(Organization.objects.count())
            Organization.objects.create(short_name="MITx", name="MIT")
            CatalogCourse.objects.create(org=Organization.objects.get(), course_code="6.002x", language="EN")

        started = time.monotonic()
        with pytest.raises(IntegrityError):
            in_transaction(create)

        assert attempts == [0, 0]
        assert not Organization.objects.exists()
        assert time.monotonic() - started < 2  # Eight attempts, with pauses, would take 3.2 s.

    def test_takes_what_the_second_attempt_returns(self, needs_row_locks: None) -> None:
        attempts = []

        def lose_once() -> int:
            attempts.append(1)
            Organization.objects.create(short_name=f"Org{len(attempts)}", name="Org")
            if len(attempts) == 1:
                lose_a_race()
            return len(attempts)

        assert in_transaction(lose_once) == 2
        assert [organization.short_name for organization in Organization.objects.all()] == ["Org2"]

    def test_gives_up_after_many_lost_races(self, needs_row_locks: None) -> None:
        attempts = []

        def lose() -> None:
            attempts.append(1)
            lose_a_race()

        with pytest.raises(api.BusyError, match="try again"):
            in_transaction(lose)

        assert len(attempts) == 8

    def test_does_not_try_again_what_failed_for_another_reason(self) -> None:
        attempts = []

        def ask() -> None:
            attempts.append(1)
            with connection.cursor() as cursor:
                cursor.execute("SELECT * FROM no_such_table")

        with pytest.raises(Error, match="no_such_table"):
            in_transaction(ask)

        assert attempts == [1]

    def test_is_run_once_within_a_transaction_of_its_callers(self, make_run: MakeRun) -> None:
        attempts = []

        def create() -> None:
            attempts.append(1)
            Organization.objects.create(short_name="HarvardX", name="Harvard")
            CatalogCourse.objects.create(org=Organization.objects.get(), course_code="6.002x", language="EN")

        with transaction.atomic():
            with pytest.raises(IntegrityError):
                in_transaction(create)
            make_run()

        assert attempts == [1]
        assert CourseRun.objects.count() == 1

    def test_holds_commands_which_begin_again_with_it(self, needs_row_locks: None) -> None:
        attempts = []

        @command
        def lose_once() -> None:
            attempts.append("inner")
            if attempts.count("inner") == 1:
                lose_a_race()

        def both() -> None:
            attempts.append("outer")
            api.create_organization(org_code="MITx", name="MIT")
            lose_once()

        in_transaction(both)

        assert attempts == ["outer", "inner"] * 2
        assert Organization.objects.get().history.count() == 1
