"""Deadlines: how long a request may take, in the database and outside of it."""

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
"""How many times what is left of a request one of its statements may take: the limit in the database is set anew only
where it is further off than that, and not before each statement."""

_LEAST = 0.1  # Seconds: with less, the database might give up the statement that takes the limit away again.
_WAIT = 5.0  # Seconds that Python's driver of SQLite waits for another writer where nobody has told it.
_STEPS = 10_000  # Of SQLite's virtual machine between two looks at the clock: about a tenth of a millisecond.

# What ends or undoes a part of a transaction. A deadline must not get in the way of that: it would leave a change half
# done. Django has the driver send the others, COMMIT and ROLLBACK, past all wrappers.
_CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")

# A statement was given up, or waited for a lock for too long.
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
        """Start no statement in this block after the deadline, and let none run past it.

        A statement that does raises QueryTimeoutError. Blocks may be nested: the outermost one counts.
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
        if limited is None or limited.raw is not connection.connection:  # Opened now, or opened again.
            limited = self._limited[connection.alias] = _Limited(connection, self)
        limited.hold(max(self._ends - time.monotonic(), _LEAST))
        try:
            return execute(sql, params, many, context)
        except Error as error:
            if self.has_passed and api.failure_of(error) in _GIVEN_UP:
                raise QueryTimeoutError from error
            raise


def of(request: HttpRequest) -> Deadline:
    """Return the deadline of a request. Its time starts with the first call."""
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
            # As it was connected. What the connection has now may be another deadline's, where threads share it.
            self._usual_wait = math.ceil(self.connection.settings_dict["OPTIONS"].get("timeout", _WAIT) * 1000)
            self.raw.set_progress_handler(lambda: self.deadline.has_passed, _STEPS)

    def hold(self, seconds: float) -> None:
        """Limit the next statements to about this many seconds."""
        # PostgreSQL forgets what was set in a transaction that is rolled back, in part or whole. Django then begins
        # another list of what is to be done on commit.
        transaction = self.connection.run_on_commit if self.connection.vendor == "postgresql" else None
        if self._seconds > seconds * TOLERANCE or self._transaction is not transaction:
            # First, since Django may ask the server which one it is, by a statement that comes here, too.
            self._seconds, self._transaction = seconds, transaction
            self._set(seconds)

    def release(self) -> None:
        """Remove the limit. A connection on which that fails is closed."""
        if self.connection.connection is not self.raw:
            return
        try:
            self._set(None)
        except Error:
            if not self.connection.in_atomic_block:
                self.connection.close()

    def _set(self, seconds: float | None) -> None:
        if self.connection.vendor == "sqlite":
            # The progress handler ends a statement that works, this one that waits for another writer.
            wait = self._usual_wait if seconds is None else min(self._usual_wait, math.ceil(seconds * 1000))
            self.raw.execute(f"PRAGMA busy_timeout = {wait}")
            if seconds is None:
                self.raw.set_progress_handler(None, _STEPS)
            return
        values = self._values(seconds or 0)
        assigned = ", ".join(f"{name} = {'DEFAULT' if seconds is None else value}" for name, value in values.items())
        # By the driver, past Django's log of statements: it belongs to none of ours.
        with self.connection.wrap_database_errors, self.raw.cursor() as cursor:
            cursor.execute(f"SET {assigned}")

    def _values(self, seconds: float) -> dict[str, str]:
        """Return the server variables that limit a statement, with their values."""
        if self.connection.vendor == "postgresql":
            return {"statement_timeout": f"{seconds * 1000:.0f}"}
        if getattr(self.connection, "mysql_is_mariadb", False):
            return {"max_statement_time": f"{seconds:.3f}"}
        # MySQL ends nothing but SELECTs. What else there is, it ends where it waits, by whole seconds.
        return {
            "max_execution_time": f"{seconds * 1000:.0f}",
            "innodb_lock_wait_timeout": f"{math.ceil(seconds)}",
            "lock_wait_timeout": f"{math.ceil(seconds)}",
        }
