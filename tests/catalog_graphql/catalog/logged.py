"""The log's entries about an object."""

from typing import Any

from django.db.models import Model

from catalog_graphql.catalog import history

Told = tuple[str, str | None, str, dict[str, Any]]


def told(row: Model, *, pk: int | None = None) -> list[Told]:
    """Return the actions on the object, newest first, each with its actor, channel, and old and new values."""
    entries = history.entries(type(row), row.pk if pk is None else pk).select_related("actor")
    return [
        (
            entry.get_action_display(),
            entry.actor.username if entry.actor else None,
            entry.additional_data["by"],
            entry.changes,
        )
        for entry in entries
    ]
