"""Columns: finding them by path, and reading them as the database stores them."""

import datetime
from typing import Any, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, ExpressionWrapper, F, Model
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import Combinable
from opaque_keys.edx.django.models import OpaqueKeyField


def find_field(model: type[Model], path: str) -> Any:
    """Return the field at the path, following relations. Raises FieldDoesNotExist if there is none."""
    *relations, name = path.split(LOOKUP_SEP)
    for relation in relations:
        model = cast(type[Model], model._meta.get_field(relation).related_model)
    return model._meta.pk if name == "pk" else model._meta.get_field(name)


def holds_utc_text(connection: BaseDatabaseWrapper) -> bool:
    """Return whether the database stores datetimes as text in UTC, as SQLite does."""
    return connection.vendor == "sqlite" and connection.timezone is datetime.UTC


def stored(model: type[Model], path: str) -> Combinable:
    """Return the column at the path, with keys as text: parsing a key costs a hundred times as much as reading it."""
    if isinstance(find_field(model, path), OpaqueKeyField):
        return ExpressionWrapper(F(path), output_field=CharField())
    return F(path)
