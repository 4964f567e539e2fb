"""Deadlines: how long a request may take, in the database and outside of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from django.db import Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from catalog_graphql.errors import QueryTimeoutError

_STEPS = 10_000  # of SQLite's virtual machine between two looks at the clock: about a tenth of a millisecond.


class Deadline:
    """The end of the time that a request may take."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends = time.monotonic() + seconds
        self._limited: dict[str, Any] = {}  # The drivers' connections, by alias: one may be opened again.

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
        """Let no statement start in the block once the time is over, nor any take longer than all of it.

        What a database cancels is an error of the database, which `errors` tells from others.
        """
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(self._execute))
            try:
                yield
            finally:
                for connection in connections.all():
                    if self._is_limited(connection):
                        with suppress(Error):  # It is lost, and with it what was set.
                            self._limit(connection, None)

    def _execute(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        self.check()
        connection: BaseDatabaseWrapper = context["connection"]
        if not self._is_limited(connection):
            self._limited[connection.alias] = connection.connection
            self._limit(connection, self._seconds)
        return execute(sql, params, many, context)

    def _is_limited(self, connection: BaseDatabaseWrapper) -> bool:
        raw = connection.connection
        return raw is not None and self._limited.get(connection.alias) is raw

    def _limit(self, connection: BaseDatabaseWrapper, seconds: float | None) -> None:
        """Limit what a statement of the connection may take; None takes the limit away."""
        raw: Any = connection.connection
        if connection.vendor == "sqlite":
            raw.set_progress_handler(None if seconds is None else lambda: self.has_passed, _STEPS)
            return
        if connection.vendor == "postgresql":
            name, unit = "statement_timeout", 1000
        elif getattr(connection, "mysql_is_mariadb", False):
            name, unit = "max_statement_time", 1
        else:
            name, unit = "max_execution_time", 1000
        value = "DEFAULT" if seconds is None else f"{seconds * unit:.{0 if unit > 1 else 3}f}"
        # By the driver, past Django's log of statements: it belongs to none of ours.
        with connection.wrap_database_errors, raw.cursor() as cursor:
            cursor.execute(f"SET SESSION {name} = {value}")
