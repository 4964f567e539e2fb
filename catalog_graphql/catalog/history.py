"""The history of the catalog, in django-auditlog's log: when, who, by what, and which fields from what to what.

Whatever saves or deletes a row is logged; `bulk_create`, `bulk_update` and SQL are not, and write their own entries.
The rows are compared here and not by auditlog's own receivers, which log before the row is saved, read all of its
columns, and let a middleware add addresses and e-mails.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from auditlog.context import auditlog_disabled
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.lookups import Exact
from django.db.models.signals import post_delete, post_save, pre_save

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule

FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    CatalogCourse: ("org", "course_code", "created", "title", "language"),
    CourseRun: ("catalog_course", "run_code", "course_key", "created", "title"),
    CourseSchedule: ("start", "end", "enrollment_start", "enrollment_end"),
}
"""What is logged of each model; all of it is stored, and none computed."""

State = Mapping[str, Any]
"""Values of fields as JSON has them: keys as text, instants in ISO 8601 and UTC, related objects as primary keys."""

_BEFORE, _EXPECTED = "_state_before", "_state_expected"


class By(StrEnum):
    """By what a change was made."""

    API = "api"
    ADMIN = "admin"
    IMPORT = "import"
    SYNC = "sync"
    COMMAND = "command"
    UNKNOWN = "unknown"


_made: ContextVar[tuple[By, int | None]] = ContextVar("made", default=(By.UNKNOWN, None))


@contextmanager
def made(by: By, actor: Any = None) -> Iterator[None]:
    """Log what is changed within as made by this; without an actor, by whoever is named further out."""
    token = _made.set((by, _made.get()[1] if actor is None else actor.pk))
    try:
        yield
    finally:
        _made.reset(token)


def entries(model: type[models.Model], pk: int) -> "models.QuerySet[LogEntry]":
    """Return what became of the object of this primary key, the newest first, also if it is deleted."""
    return _newest_first(model).filter(object_id=pk)


def deleted_pks(model: type[models.Model], key: str) -> list[int]:
    """Return the primary keys that deleted objects of this key had, capitals included, the latest deleted first.

    Deletions are few, and found by an index of their own.
    """
    found = _newest_first(model).filter(action=LogEntry.Action.DELETE, object_repr=key)
    rows = found.values_list("object_id", "object_repr")
    return list(dict.fromkeys(pk for pk, spelled in rows if pk is not None and spelled == key))


def state_of(row: models.Model, names: Iterable[str] | None = None) -> State:
    """Return what is logged of a row, or those fields of it. What has not been read is left out."""
    fields: list[Any] = [row._meta.get_field(name) for name in FIELDS[type(row)]]
    missing = row.get_deferred_fields()
    return {
        field.name: _plain(field.to_python(getattr(row, field.attname)))
        for field in fields
        if field.attname not in missing and (names is None or not {field.name, field.attname}.isdisjoint(names))
    }


def creation(row: models.Model, *, key: str | None = None) -> LogEntry:
    """Return the entry of a row that was created. Who knows the key of the object gives it: it may take a query."""
    return _entry(row, LogEntry.Action.CREATE, _compare({}, state_of(row)), key)


def update(row: models.Model, before: State, *, key: str | None = None) -> LogEntry:
    """Return the entry of a row some of whose values were these before. See `creation` for the key."""
    return _entry(row, LogEntry.Action.UPDATE, _compare(before, state_of(row, before)), key)


def deletion(row: models.Model, *, key: str | None = None) -> LogEntry:
    """Return the entry of a row that was deleted. See `creation` for the key."""
    return _entry(row, LogEntry.Action.DELETE, _compare(state_of(row), {}), key)


def write(logged: Iterable[LogEntry], *, using: str | None = None) -> None:
    """Write entries, but for updates that changed nothing, in one statement."""
    kept = [entry for entry in logged if entry.changes or entry.action != LogEntry.Action.UPDATE]
    if kept and not auditlog_disabled.get():
        LogEntry.objects.using(using).bulk_create(kept)


def expect(row: models.Model, before: State | None) -> None:
    """Spare the next save of the row the query for what its values are before; None if there is no such row."""
    setattr(row, _EXPECTED, before)


def _newest_first(model: type[models.Model]) -> "models.QuerySet[LogEntry]":
    # SQLite, which has no statistics, would take the index on content types, and read the whole log of one.
    of_model = Exact(models.F("content_type_id") + 0, ContentType.objects.get_for_model(model).pk)
    found: models.QuerySet[LogEntry] = LogEntry.objects.filter(of_model)
    return found.order_by("-timestamp", "-pk")


def _compare(before: State, after: State) -> dict[str, list[Any]]:
    values = {name: [before.get(name), after.get(name)] for name in after or before}
    return {name: [old, new] for name, (old, new) in values.items() if old != new}


def _entry(row: models.Model, action: int, changes: dict[str, list[Any]], key: str | None) -> LogEntry:
    by, actor = _made.get()
    return LogEntry(
        content_type=ContentType.objects.get_for_model(row),
        object_pk=str(row.pk),
        object_id=row.pk,
        object_repr=_key(row) if key is None else key,
        action=action,
        changes=changes,
        actor_id=actor,
        additional_data={"by": by},
    )


def _key(row: models.Model) -> str:
    """Return the key of the object; a schedule has its run's."""
    if isinstance(row, CatalogCourse):
        return str(row.key_str)
    return str(row.course_run.course_key if isinstance(row, CourseSchedule) else row.course_key)  # type: ignore[attr-defined]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def _read_before(sender: type[models.Model], instance: models.Model, raw: bool, using: str, **kwargs: Any) -> None:
    known = instance.__dict__
    if _EXPECTED in known:
        known[_BEFORE] = known.pop(_EXPECTED)
    elif not raw and instance.pk is not None and not auditlog_disabled.get():
        stored = sender._base_manager.using(using).filter(pk=instance.pk).values(*FIELDS[sender]).first()
        known[_BEFORE] = stored and {name: _plain(value) for name, value in stored.items()}


def _log_save(
    instance: models.Model, created: bool, raw: bool, using: str, update_fields: Iterable[str] | None, **kwargs: Any
) -> None:
    before = instance.__dict__.pop(_BEFORE, None) or {}
    if raw or auditlog_disabled.get():
        return
    if created:
        write([creation(instance)], using=using)
    else:
        written = state_of(instance, update_fields)
        write([update(instance, {name: before.get(name) for name in written})], using=using)


def _log_deletion(instance: models.Model, using: str, **kwargs: Any) -> None:
    if not auditlog_disabled.get():
        write([deletion(instance)], using=using)


for _model in FIELDS:
    pre_save.connect(_read_before, sender=_model, dispatch_uid="catalog_graphql.read_before")
    post_save.connect(_log_save, sender=_model, dispatch_uid="catalog_graphql.log_save")
    post_delete.connect(_log_deletion, sender=_model, dispatch_uid="catalog_graphql.log_deletion")
