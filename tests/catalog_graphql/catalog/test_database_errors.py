"""The meaning of database errors, each raised by the database itself."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, Error, IntegrityError, InterfaceError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from catalog_graphql.catalog.database_errors import DatabaseFailure, failure_of

IS_SQLITE = connection.vendor == "sqlite"
READ_ONLY = {
    "postgresql": {"options": "-c default_transaction_read_only=on"},
    "mysql": {"init_command": "SET SESSION TRANSACTION READ ONLY"},
}
KILL = {"postgresql": "SELECT pg_terminate_backend(%s)", "mysql": "KILL %s"}
CONNECTION_ID = {"postgresql": "SELECT pg_backend_pid()", "mysql": "SELECT CONNECTION_ID()"}
INSERT = "INSERT INTO organizations_organization (short_name) VALUES ('MITx')"

pytestmark = pytest.mark.django_db


@contextmanager
def another(**settings: Any) -> Iterator[BaseDatabaseWrapper]:
    """Return a connection with other settings than the tests'."""
    other = connection.copy()
    other.settings_dict |= settings
    with closing(other):
        yield other


def execute(database: BaseDatabaseWrapper, sql: str, *parameters: Any) -> Any:
    with database.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone() if cursor.description else None


def raised_by(act: Callable[[], Any]) -> Error:
    with pytest.raises(Error) as raised:
        act()
    return raised.value


class TestFailureOf:
    @pytest.mark.parametrize(
        "sql", ["SELECT * FROM no_such_table", "SELECT no_such_column FROM auth_user", "SELECT 1 +"]
    )
    def test_is_none_for_a_statement_that_is_wrong(self, sql: str) -> None:
        assert failure_of(raised_by(lambda: execute(connection, sql))) is None

    @pytest.mark.parametrize("error", [None, ValueError(), OperationalError("no code"), IntegrityError(), DataError()])
    def test_is_none_for_other_errors(self, error: Exception | None) -> None:
        assert failure_of(error) is None

    def test_is_that_there_is_no_database_where_there_is_none(self, tmp_path: Path) -> None:
        nowhere = {"NAME": tmp_path / "none" / "db"} if IS_SQLITE else {"HOST": "127.0.0.1", "PORT": "1"}

        with another(**nowhere) as other:
            error = raised_by(other.ensure_connection)

        assert failure_of(error) is DatabaseFailure.UNAVAILABLE

    @pytest.mark.skipif(IS_SQLITE, reason="has no server: set DATABASE_URL")
    def test_is_that_there_is_none_where_it_has_no_such_user(self) -> None:
        with another(USER="nobody_of_this_name", PASSWORD="wrong") as other:
            error = raised_by(other.ensure_connection)

        assert failure_of(error) is DatabaseFailure.UNAVAILABLE

    @pytest.mark.skipif(IS_SQLITE, reason="has no server: set DATABASE_URL")
    def test_is_that_there_is_none_where_it_has_hung_up(self) -> None:
        with another() as other, another() as killer:
            execute(killer, KILL[connection.vendor], *execute(other, CONNECTION_ID[connection.vendor]))

            first = raised_by(lambda: execute(other, "SELECT 1"))
            second = raised_by(lambda: execute(other, "SELECT 1"))

        assert [failure_of(first), failure_of(second)] == [DatabaseFailure.UNAVAILABLE] * 2

    def test_is_that_it_is_read_only(self, tmp_path: Path) -> None:
        if IS_SQLITE:
            with another(NAME=str(tmp_path / "db")) as other:
                execute(other, "CREATE TABLE organizations_organization (short_name)")
            settings = {"NAME": f"file:{tmp_path / 'db'}?mode=ro", "OPTIONS": {"uri": True}}
        else:
            settings = {"OPTIONS": {**connection.settings_dict["OPTIONS"], **READ_ONLY[connection.vendor]}}

        with another(**settings) as other:
            error = raised_by(lambda: execute(other, INSERT))

        assert failure_of(error) is DatabaseFailure.READ_ONLY

    @pytest.mark.parametrize("code", [1290, 1792, 1836])
    def test_is_that_a_server_of_mysqls_is_read_only(self, code: int) -> None:
        assert failure_of(OperationalError(code, "no")) is DatabaseFailure.READ_ONLY

    @pytest.mark.parametrize("code", [1040, 1053, 2002, 2003, 2006, 2013])
    def test_is_that_a_server_of_mysqls_does_not_answer(self, code: int) -> None:
        assert failure_of(OperationalError(code, "no")) is DatabaseFailure.UNAVAILABLE

    def test_is_that_there_is_none_where_the_driver_has_no_connection(self) -> None:
        assert failure_of(InterfaceError(0, "")) is DatabaseFailure.UNAVAILABLE

    def test_is_that_another_was_first_where_it_waited_for_a_lock_in_vain(self, tmp_path: Path) -> None:
        if not IS_SQLITE:
            pytest.skip("test_transactions has it")
        settings = {"NAME": str(tmp_path / "db"), "OPTIONS": {"timeout": 0.01}}

        with another(**settings) as one, another(**settings) as other:
            execute(one, "BEGIN IMMEDIATE")
            error = raised_by(lambda: execute(other, "BEGIN IMMEDIATE"))

        assert failure_of(error) is DatabaseFailure.LOST_RACE
