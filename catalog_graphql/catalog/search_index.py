"""Substring indexes of the search texts, as each engine has them.

PostgreSQL finds a substring by the trigrams of a GIN index (`pg_trgm`), and chooses by itself when to. On SQLite, a
table of FTS5's trigrams stands beside each table of search texts, and triggers keep it; a condition has to ask it.
MySQL and MariaDB look through the texts as they are.

An index only proposes rows: the exact condition decides.
"""

from collections.abc import Iterable

from django.db import DatabaseError, models
from django.db.backends.base.base import BaseDatabaseWrapper

_GRAM = 3
"""The length of what both indexes hold. Shorter words have no use for them."""


def name_of(search_text: type[models.Model]) -> str:
    """Return the name of the index of a model's table."""
    return f"{search_text._meta.db_table}_trigrams"


def create(connection: BaseDatabaseWrapper, search_texts: Iterable[type[models.Model]]) -> None:
    """Create the missing indexes, while others read and, on PostgreSQL, write.

    Where PostgreSQL does not let us install `pg_trgm`, there are none, and searches look through the texts.
    """
    for search_text in search_texts:
        if exists(connection, search_text):
            continue
        if connection.vendor == "sqlite":
            _create_on_sqlite(connection, search_text)
        elif connection.vendor == "postgresql":
            _create_on_postgresql(connection, search_text)


def drop(connection: BaseDatabaseWrapper, search_texts: Iterable[type[models.Model]]) -> None:
    """Drop the indexes that there are."""
    for search_text in search_texts:
        name = name_of(search_text)
        if connection.vendor == "sqlite":
            _execute(connection, *(f"DROP TRIGGER IF EXISTS {name}_{event}" for event in _TRIGGERS))
            _execute(connection, f"DROP TABLE IF EXISTS {name}")
        elif connection.vendor == "postgresql":
            _execute(connection, f"DROP INDEX IF EXISTS {name}")


def exists(connection: BaseDatabaseWrapper, search_text: type[models.Model]) -> bool:
    """Return whether the index of this model's table exists."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found = "SELECT COUNT(*) FROM sqlite_master WHERE name IN (%s, %s)"
            cursor.execute(found, [name_of(search_text), f"{name_of(search_text)}_update"])
            return bool(cursor.fetchone()[0] == 2)
        if connection.vendor == "postgresql":
            valid = "SELECT COUNT(*) FROM pg_index WHERE indexrelid = to_regclass(%s) AND indisvalid"
            cursor.execute(valid, [name_of(search_text)])
            return bool(cursor.fetchone()[0])
    return False


def match(word: str) -> str | None:
    """Return the query for SQLite's index that proposes the texts with this word; None if the word is too short.

    The index holds trigrams, and not where they are, which halves its size: so all of the word's have to be there.
    """
    grams = dict.fromkeys(word[start : start + _GRAM] for start in range(len(word) - _GRAM + 1))
    return " AND ".join(f'"{gram.replace(chr(34), chr(34) * 2)}"' for gram in grams) or None


_TRIGGERS = {
    "insert": "INSERT INTO {name}(rowid, {columns}) VALUES (new.owner_id, {new});",
    "delete": "INSERT INTO {name}({name}, rowid, {columns}) VALUES ('delete', old.owner_id, {old});",
}
_TRIGGERS["update"] = _TRIGGERS["delete"] + _TRIGGERS["insert"]


def _create_on_sqlite(connection: BaseDatabaseWrapper, search_text: type[models.Model]) -> None:
    drop(connection, [search_text])
    name, table = name_of(search_text), search_text._meta.db_table
    columns = _columns(search_text)
    options = f"content='{table}', content_rowid='owner_id', tokenize='trigram case_sensitive 1', detail=none"
    names = {
        "name": name,
        "columns": ", ".join(columns),
        "new": ", ".join(f"new.{column}" for column in columns),
        "old": ", ".join(f"old.{column}" for column in columns),
    }
    _execute(
        connection,
        f"CREATE VIRTUAL TABLE {name} USING fts5({names['columns']}, {options}, columnsize=0)",
        f"INSERT INTO {name}({name}) VALUES ('rebuild')",  # noqa: S608 (names are our own)
        *(
            f"CREATE TRIGGER {name}_{event} AFTER {event.upper()} ON {table} BEGIN {body.format(**names)} END"
            for event, body in _TRIGGERS.items()
        ),
    )


def _create_on_postgresql(connection: BaseDatabaseWrapper, search_text: type[models.Model]) -> None:
    name = name_of(search_text)
    columns = ", ".join(f"{column} gin_trgm_ops" for column in _columns(search_text))
    try:
        _execute(connection, "CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return
    _execute(
        connection,
        f"DROP INDEX IF EXISTS {name}",  # What an interrupted attempt has left.
        f"CREATE INDEX CONCURRENTLY {name} ON {search_text._meta.db_table} USING gin ({columns})",
    )


def _columns(search_text: type[models.Model]) -> list[str]:
    return [field.name for field in search_text._meta.local_concrete_fields if not field.primary_key]


def _execute(connection: BaseDatabaseWrapper, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
