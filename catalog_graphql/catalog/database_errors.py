"""The meaning of the error codes of SQLite, PostgreSQL, MySQL and MariaDB."""

import sqlite3
from enum import StrEnum

from django.db import Error, InterfaceError, OperationalError


class DatabaseFailure(StrEnum):
    """Why a correct statement failed."""

    LOST_RACE = "LOST_RACE"
    TOOK_TOO_LONG = "TOOK_TOO_LONG"
    READ_ONLY = "READ_ONLY"
    UNAVAILABLE = "UNAVAILABLE"


# PostgreSQL's codes are SQLSTATEs; SQLite's are numbers below 100, and those of MySQL and MariaDB above 1000.
_CODES: dict[DatabaseFailure, set[str | int]] = {
    DatabaseFailure.LOST_RACE: {
        *("40001", "40P01", "55P03"),  # Serialization failure, deadlock, lock timeout.
        *(1020, 1205, 1213),  # The row has changed, lock timeout, deadlock.
        *(5, 6),  # Busy, locked.
    },
    DatabaseFailure.TOOK_TOO_LONG: {
        "57014",
        *(1969, 3024),  # MariaDB's, MySQL's.
        9,
    },
    DatabaseFailure.READ_ONLY: {
        "25006",
        *(1290, 1792, 1836),  # Server read-only, transaction read-only, server read-only for an upgrade.
        8,
    },
    DatabaseFailure.UNAVAILABLE: {
        *("53300", "57P01", "57P02", "57P03", "57P04"),  # Too many connections, shutting down, crashed, starting, gone.
        *(2002, 2003, 2005, 2006, 2013, 2055),  # The client cannot reach the server, or has lost it.
        *(1040, 1203, 1226),  # Too many connections: the server's, and the user's.
        *(1053, 1077, 1079, 1317, 3032),  # The server is shutting down or offline, and has interrupted the statement.
        *(1129, 1158, 1159, 1160, 1161, 1927, 3169, 4031),  # The server has closed the connection.
        *(1044, 1045, 1049, 1698),  # The server denies access to this user, or has no such database.
        1047,  # A node of a Galera cluster that has lost contact with the others.
        *(10, 14),  # The file cannot be read or opened.
    },
}
_FAILURES = {code: failure for failure, codes in _CODES.items() for code in codes}


def failure_of(error: BaseException | None) -> DatabaseFailure | None:
    """Return why the database failed; None if the statement was wrong, or if this is not a database error."""
    if not isinstance(error, Error):
        return None
    code = error_code(error)
    if code is not None:
        is_lost = isinstance(code, str) and code.startswith("08")
        return DatabaseFailure.UNAVAILABLE if is_lost else _FAILURES.get(code)
    # Errors of a connection that could not be made, was lost, or was closed by Django have no code.
    is_of_connection = isinstance(error, InterfaceError) or (
        isinstance(error, OperationalError) and hasattr(error.__cause__, "sqlstate")
    )
    is_sqlite = isinstance(error.__cause__, sqlite3.Error)
    return DatabaseFailure.UNAVAILABLE if is_of_connection and not is_sqlite else None


def error_code(error: Error) -> str | int | None:
    """Return the error code of the server, or of the library behind the driver. On PostgreSQL, it is the SQLSTATE."""
    if error.args and isinstance(error.args[0], int):
        return error.args[0] or None  # MySQL and MariaDB, whose SQLSTATE is less specific; 0 means no code.
    cause = error.__cause__
    for name in ("sqlstate", "sqlite_errorcode"):
        if (code := getattr(cause, name, None)) is not None:
            return code if isinstance(code, str) else int(code) & 0xFF  # SQLite's low byte is the primary code.
    return None
