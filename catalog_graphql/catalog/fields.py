"""Field types of the catalog's own tables."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class CodeField(models.CharField):  # type: ignore[type-arg]
    """Text that the database compares byte by byte, so that case matters."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """Add the vendor's binary collation."""
        collations = {"sqlite": "BINARY", "postgresql": "C", "mysql": "utf8mb4_bin"}
        return super().db_parameters(connection) | {"collation": collations[connection.vendor]}


class OwnerField(models.OneToOneField):  # type: ignore[type-arg]
    """A primary key that refers to the row of another table which this table extends.

    On SQLite, its type is `integer`, which makes it the rowid: any other key needs a second lookup.
    """

    def __init__(self, to: Any, **kwargs: Any) -> None:
        super().__init__(to, **{"on_delete": models.CASCADE, "primary_key": True, **kwargs})

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the column's type."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
