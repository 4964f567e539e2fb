"""Text columns whose comparison and order are the same on every database, and what is said of columns."""

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
        """Add the collation that this vendor is to use."""
        return super().db_parameters(connection) | {"collation": self.collations[connection.vendor]}


class CodeField(CollatedCharField):
    """Text compared byte by byte: codes and keys, in which capitals count."""

    collations = {"sqlite": "BINARY", "postgresql": "C", "mysql": "utf8mb4_bin"}


class TitleField(CollatedCharField):
    """Text in the order people expect of a list, in which capitals do not count."""

    collations = {"sqlite": "NOCASE", "postgresql": "und-x-icu", "mysql": "utf8mb4_unicode_ci"}


def not_blank(field: str) -> GreaterThan:
    """Return the condition that the text holds more than spaces.

    Spaces are trimmed first because MySQL and MariaDB hold `"  " = ""` true, and the others do not.
    """
    return GreaterThan(Length(Trim(field)), 0)


def as_text(field: str) -> "models.ExpressionWrapper[models.F]":
    """Return a key's column as its text: to parse it costs a hundred times as much."""
    return models.ExpressionWrapper(models.F(field), output_field=models.CharField())


def blank_fields(instance: models.Model, *fields: str) -> set[str]:
    """Return those of the fields that hold nothing, or spaces only."""
    return {field for field in fields if not str(getattr(instance, field) or "").strip()}


def changes_any(fields: Collection[str], update_fields: Iterable[str] | None) -> bool:
    """Say whether `save(update_fields=...)` might write one of the fields; without update_fields it writes all."""
    return update_fields is None or not set(fields).isdisjoint(update_fields)
