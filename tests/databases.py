"""Access to the tests' database from other threads and processes."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection, connections


@contextmanager
def many_connections(path: Path) -> Iterator[None]:
    """Let other threads connect to the data that this one has written: SQLite moves its memory to a file for that."""
    if connection.vendor != "sqlite":
        yield
        return
    settings, memory = connections.settings["default"], connection.connection
    name = settings["NAME"]
    with closing(sqlite3.connect(path)) as file:
        memory.backup(file)
        file.execute("PRAGMA journal_mode = WAL")
        settings["NAME"] = str(path)
        try:
            yield
        finally:
            settings["NAME"] = name
            file.backup(memory)


def environment() -> dict[str, str]:
    """Return the environment for a process that uses the tests' database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return os.environ | {"DATABASE_URL": url}


@contextmanager
def objecting(table: str, column: str, value: str) -> Iterator[None]:
    """Make the database object to rows with this value, as a site's own constraint would."""
    quote = connection.ops.quote_name
    if connection.vendor == "sqlite":  # It cannot add a constraint to a table.
        on, off = (
            f"CREATE TRIGGER objecting BEFORE INSERT ON {quote(table)} WHEN NEW.{quote(column)} = '{value}' "
            "BEGIN SELECT RAISE(ABORT, 'no'); END",
            "DROP TRIGGER objecting",
        )
    else:
        on, off = (
            f"ALTER TABLE {quote(table)} ADD CONSTRAINT objecting CHECK ({quote(column)} <> '{value}')",
            f"ALTER TABLE {quote(table)} DROP CONSTRAINT objecting",
        )
    with connection.cursor() as cursor:
        cursor.execute(on)
        try:
            yield
        finally:
            cursor.execute(off)
