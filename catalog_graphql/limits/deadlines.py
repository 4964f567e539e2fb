"""Deadlines: time limits of requests, both inside and outside of the database."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest

from catalog_graphql.catalog import api
from catalog_graphql.errors import QueryTimeoutError
from catalog_graphql.limits import limits

TOLERANCE = 1.05
"""How far the statement limit in the database may exceed the request's remaining time, as a factor. It is set again
only if it is further off, instead of before each statement."""

_LEAST = 0.1  # Seconds. With less, the database might cancel the statement that removes the limit.
_WAIT = 5.0  # Seconds that Python's SQLite driver waits for another writer by default.
_STEPS = 10_000  # Instructions of SQLite's virtual machine between two looks at the clock: about 0.1 ms.

# Statements that end or undo part of a transaction. A deadline must not interrupt them, which would leave a change half
# done. COMMIT and ROLLBACK do not come here: Django sends them through the driver, without wrappers.
_CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")

# The database canceled a statement, or it waited too long for a lock.
_GIVEN_UP = (api.DatabaseFailure.TOOK_TOO_LONG, api.DatabaseFailure.LOST_RACE)


class Deadline:
    """The end of the time that a request may take."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._limited: dict[str, _Limited] = {}
        self._is_watching = False

    @property
    def has_passed(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() > self._ends

    def check(self) -> None:
        """Raise QueryTimeoutError if the time is over."""
        if self.has_passed:
            raise QueryTimeoutError

    @contextmanager
    def on_statements(self) -> Iterator[None]:
        """In this block, start no statement after the deadline, and let none run past it.

        A statement that would do so raises QueryTimeoutError. Blocks may be nested: the outermost one counts.
        """
        if self._is_watching:
            yield
            return
        self._is_watching = True
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(self._execute))
            try:
                yield
            finally:
                self._is_watching = False
                for limited in self._limited.values():
                    limited.release()
                self._limited.clear()

    def _execute(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if isinstance(sql, str) and sql.startswith(_CONTROL):
            return execute(sql, params, many, context)
        self.check()
        connection: BaseDatabaseWrapper = context["connection"]
        limited = self._limited.get(connection.alias)
        if limited is None or limited.raw is not connection.connection:  # The connection is new, or was reopened.
            limited = self._limited[connection.alias] = _Limited(connection, self)
        limited.hold(max(self._ends - time.monotonic(), _LEAST))
        try:
            return execute(sql, params, many, context)
        except Error as error:
            if self.has_passed and api.failure_of(error) in _GIVEN_UP:
                raise QueryTimeoutError from error
            raise


def of(request: HttpRequest) -> Deadline:
    """Return the deadline of a request. The first call starts the clock."""
    deadline: Deadline | None = getattr(request, "catalog_deadline", None)
    if deadline is None:
        deadline = Deadline(limits.current().seconds)
        request.catalog_deadline = deadline  # type: ignore[attr-defined]
    return deadline


@dataclass
class _Limited:
    """A database connection whose statements have a time limit."""

    connection: BaseDatabaseWrapper
    deadline: Deadline

    def __post_init__(self) -> None:
        self.raw: Any = self.connection.connection
        self._seconds = math.inf
        self._transaction: object = None
        if self.connection.vendor == "sqlite":
            # The configured value. If threads share the connection, its current one may be from another deadline.
            self._usual_wait = math.ceil(self.connection.settings_dict["OPTIONS"].get("timeout", _WAIT) * 1000)
            self.raw.set_progress_handler(lambda: self.deadline.has_passed, _STEPS)

    def hold(self, seconds: float) -> None:
        """Limit the next statements to about this many seconds."""
        # PostgreSQL reverts settings made in a transaction, or part of one, that is rolled back. Django then starts a
        # new `run_on_commit` list, which shows that this has happened.
        transaction = self.connection.run_on_commit if self.connection.vendor == "postgresql" else None
        if self._seconds > seconds * TOLERANCE or self._transaction is not transaction:
            # Assign these first: `_set` may make Django query the server's version, and that statement comes here, too.
            self._seconds, self._transaction = seconds, transaction
            self._set(seconds)

    def release(self) -> None:
        """Remove the limit. If that fails, close the connection."""
        if self.connection.connection is not self.raw:
            return
        try:
            self._set(None)
        except Error:
            if not self.connection.in_atomic_block:
                self.connection.close()

    def _set(self, seconds: float | None) -> None:
        if self.connection.vendor == "sqlite":
            # The progress handler interrupts a running statement; this limits the wait for another writer.
            wait = self._usual_wait if seconds is None else min(self._usual_wait, math.ceil(seconds * 1000))
            self.raw.execute(f"PRAGMA busy_timeout = {wait}")
            if seconds is None:
                self.raw.set_progress_handler(None, _STEPS)
            return
        variables = self._variables(seconds or 0)
        assigned = ", ".join(f"{name} = {'DEFAULT' if seconds is None else value}" for name, value in variables.items())
        # Through the driver, to bypass Django's query log and wrappers.
        with self.connection.wrap_database_errors, self.raw.cursor() as cursor:
            cursor.execute(f"SET {assigned}")

    def _variables(self, seconds: float) -> dict[str, str]:
        """Return the server variables that limit a statement, with their values."""
        if self.connection.vendor == "postgresql":
            return {"statement_timeout": f"{seconds * 1000:.0f}"}
        if getattr(self.connection, "mysql_is_mariadb", False):
            return {"max_statement_time": f"{seconds:.3f}"}
        # MySQL limits the time of SELECTs only. For other statements, it limits waits for locks, in whole seconds.
        return {
            "max_execution_time": f"{seconds * 1000:.0f}",
            "innodb_lock_wait_timeout": f"{math.ceil(seconds)}",
            "lock_wait_timeout": f"{math.ceil(seconds)}",
        }
