"""Build a catalog in the database of DATABASE_URL.

`python -m tests.benchmarks.building SIZE` migrates the database, and fills it if it is not filled yet; `--create NAME`
creates a database on the server, if it does not exist.
"""

import argparse
import datetime
import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

import django
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from tests.benchmarks import invention
from tests.benchmarks.viewers import AUTHOR_PK, SESSION_KEYS, STAFF_PK

_BATCH = 20_000
# For this connection only: an interrupted build starts over.
_HURRY = {
    "sqlite": ("PRAGMA synchronous = OFF", "PRAGMA cache_size = -1000000"),
    "mysql": ("SET unique_checks = 0", "SET foreign_key_checks = 0"),
}


def create_database(name: str) -> None:
    """Create a database with this name on the server of DATABASE_URL, if it does not exist."""
    with connection.cursor() as cursor:
        if connection.vendor == "mysql":
            cursor.execute(f"CREATE DATABASE IF NOT EXISTS {name} CHARACTER SET utf8mb4")
            return
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {name}")


def build(size: int) -> None:
    """Migrate the database, and fill it with a catalog of this many runs if it is not filled yet."""
    call_command("migrate", verbosity=0)
    # A session that names the code that invented the catalog. It is written last, so if it exists, everything does.
    if not SessionStore().exists(_built_by()):
        call_command("flush", interactive=False, verbosity=0)
        users = _fill(size)
        call_command("rebuild_search", stdout=StringIO())
        _settle()
        _create_sessions(users)


def _fill(size: int) -> dict[str, Any]:
    with connection.cursor() as cursor:
        for statement in _HURRY.get(connection.vendor, ()):
            cursor.execute(statement)
    create = get_user_model().objects.create
    users = {
        "staff": create(pk=STAFF_PK, username="staff", password="!", is_staff=True),
        "author": create(pk=AUTHOR_PK, username="author", password="!"),
    }
    for table, rows in invention.invent(size).items():
        _insert(table, invention.COLUMNS[table], rows)
    return users


def _insert(table: str, columns: tuple[str, ...], rows: list[invention.Row]) -> None:
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _BATCH):
            with transaction.atomic():  # All rows in one transaction would be too much for MariaDB's defaults.
                cursor.executemany(sql, rows[start : start + _BATCH])


def _settle() -> None:
    """Do what a server does on its own some minutes later. SQLite never does, so it has no statistics here, either."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        elif connection.vendor == "mysql":
            cursor.execute(f"ANALYZE TABLE {', '.join(invention.COLUMNS)}")
            cursor.fetchall()
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _built_by() -> str:
    return hashlib.sha256(Path(invention.__file__).read_bytes()).hexdigest()[:40]


def _create_sessions(users: dict[str, Any]) -> None:
    sessions = SessionStore()
    far = timezone.now() + datetime.timedelta(days=3650)
    for name, user in users.items():
        known = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        sessions.model.objects.create(
            session_key=SESSION_KEYS[name], session_data=sessions.encode(known), expire_date=far
        )
    sessions.model.objects.create(session_key=_built_by(), session_data="", expire_date=far)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int, nargs="?")
    parser.add_argument("--create")
    arguments = parser.parse_args()
    django.setup()
    if arguments.create:
        create_database(arguments.create)
    else:
        build(arguments.size)
