"""Text columns that compare and sort the same way on every database, and helpers for conditions on columns."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThan


class CollatedCharField(models.CharField):  # type: ignore[type-arg]
    """Text with a collation for each database vendor."""

    collations: dict[str, str]

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """Add the collation for this vendor."""
        return super().db_parameters(connection) | {"collation": self.collations[connection.vendor]}


class CodeField(CollatedCharField):
    """Case-sensitive text, such as codes and keys, that is compared byte by byte."""

    collations = {"sqlite": "BINARY", "postgresql": "C", "mysql": "utf8mb4_bin"}


class TitleField(CollatedCharField):
    """Text in the order that people expect of a list, ignoring case."""

    collations = {"sqlite": "NOCASE", "postgresql": "und-x-icu", "mysql": "utf8mb4_unicode_ci"}


def not_blank(field: str) -> GreaterThan:
    """Return the condition that the text contains more than spaces.

    It trims spaces first, because `"  " = ""` is true on MySQL and MariaDB, but not on the others.
    """
    return GreaterThan(Length(Trim(field)), 0)


def as_text(field: str) -> "models.ExpressionWrapper[models.F]":
    """Return the column of a key as text, since parsing the key costs a hundred times as much."""
    return models.ExpressionWrapper(models.F(field), output_field=models.CharField())


def blank_fields(instance: models.Model, *fields: str) -> set[str]:
    """Return the fields that are empty or contain only spaces."""
    return {field for field in fields if not str(getattr(instance, field) or "").strip()}


def changes_any(fields: Collection[str], update_fields: Iterable[str] | None) -> bool:
    """Return whether `save(update_fields=...)` might write one of the fields; without update_fields, it writes all."""
    return update_fields is None or not set(fields).isdisjoint(update_fields)
