"""Columns of the catalog's own tables."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class CodeField(models.CharField):  # type: ignore[type-arg]
    """Text compared byte by byte, in which capitals count."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """Add the collation that this vendor is to use."""
        collations = {"sqlite": "BINARY", "postgresql": "C", "mysql": "utf8mb4_bin"}
        return super().db_parameters(connection) | {"collation": collations[connection.vendor]}


class OwnerField(models.OneToOneField):  # type: ignore[type-arg]
    """The primary key of a table that holds more of another's rows.

    SQLite finds a row by an `integer` key at once, and by any other in two steps.
    """

    def __init__(self, to: Any, **kwargs: Any) -> None:
        super().__init__(to, **{"on_delete": models.CASCADE, "primary_key": True, **kwargs})

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the type of the column."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
