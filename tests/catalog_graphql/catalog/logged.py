"""What the log tells of an object."""

from typing import Any

from django.db.models import Model

from catalog_graphql.catalog import history

Told = tuple[str, str | None, str, dict[str, Any]]


def told(row: Model, *, pk: int | None = None) -> list[Told]:
    """Return what was done to the object, by whom, by what, and what changed from what to what, the newest first."""
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
