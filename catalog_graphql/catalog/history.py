"""The history of the catalog, in django-auditlog's log: time, actor, channel, and the old and new values of fields.

Saving or deleting a model instance is logged. `bulk_create`, `bulk_update` and SQL are not: code that uses them writes
its own entries. Rows are compared here instead of by auditlog's own receivers, which log before the row is saved, read
all of its columns, and let a middleware add IP addresses and e-mail addresses.
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
"""The fields of each model that are logged. All of them are stored columns; none is computed."""

State = Mapping[str, Any]
"""Field values in JSON: keys as text, instants in ISO 8601 and UTC, related objects as primary keys."""

_BEFORE, _EXPECTED = "_state_before", "_state_expected"


class By(StrEnum):
    """The channel through which a change was made."""

    API = "api"
    ADMIN = "admin"
    IMPORT = "import"
    SYNC = "sync"
    COMMAND = "command"
    UNKNOWN = "unknown"


_made: ContextVar[tuple[By, int | None]] = ContextVar("made", default=(By.UNKNOWN, None))


@contextmanager
def made(by: By, actor: Any = None) -> Iterator[None]:
    """Attribute changes within this block to this channel and actor; without an actor, to the enclosing block's."""
    token = _made.set((by, _made.get()[1] if actor is None else actor.pk))
    try:
        yield
    finally:
        _made.reset(token)


def entries(model: type[models.Model], pk: int) -> "models.QuerySet[LogEntry]":
    """Return the log entries of the object with this primary key, newest first, even if it has been deleted."""
    return _newest_first(model).filter(object_id=pk)


def deleted_pks(model: type[models.Model], key: str) -> list[int]:
    """Return the primary keys of deleted objects that had exactly this key, the most recently deleted first.

    Deletions are few, and have an index of their own.
    """
    found = _newest_first(model).filter(action=LogEntry.Action.DELETE, object_repr=key)
    rows = found.values_list("object_id", "object_repr")
    return list(dict.fromkeys(pk for pk, spelled in rows if pk is not None and spelled == key))


def state_of(row: models.Model, names: Iterable[str] | None = None) -> State:
    """Return the values of a row's logged fields, or of those among `names`. Deferred fields are left out."""
    fields: list[Any] = [row._meta.get_field(name) for name in FIELDS[type(row)]]
    missing = row.get_deferred_fields()
    return {
        field.name: _plain(field.to_python(getattr(row, field.attname)))
        for field in fields
        if field.attname not in missing and (names is None or not {field.name, field.attname}.isdisjoint(names))
    }


def creation(row: models.Model, *, key: str | None = None) -> LogEntry:
    """Return the entry for a created row. Pass `key` if you know it: reading it may take a query."""
    return _entry(row, LogEntry.Action.CREATE, _compare({}, state_of(row)), key)


def update(row: models.Model, before: State, *, key: str | None = None) -> LogEntry:
    """Return the entry for an updated row; `before` has its old values. See `creation` for `key`."""
    return _entry(row, LogEntry.Action.UPDATE, _compare(before, state_of(row, before)), key)


def deletion(row: models.Model, *, key: str | None = None) -> LogEntry:
    """Return the entry for a deleted row. See `creation` for `key`."""
    return _entry(row, LogEntry.Action.DELETE, _compare(state_of(row), {}), key)


def write(logged: Iterable[LogEntry], *, using: str | None = None) -> None:
    """Write the entries in one statement, except for updates that changed nothing."""
    to_write = [entry for entry in logged if entry.changes or entry.action != LogEntry.Action.UPDATE]
    if to_write and not auditlog_disabled.get():
        LogEntry.objects.using(using).bulk_create(to_write)


def expect(row: models.Model, before: State | None) -> None:
    """Save the row's next save a query by giving its stored values; None if the row is new."""
    setattr(row, _EXPECTED, before)


def _newest_first(model: type[models.Model]) -> "models.QuerySet[LogEntry]":
    # `+ 0` keeps SQLite, which has no statistics, from using the index on content types and reading all their entries.
    of_model = Exact(models.F("content_type_id") + 0, ContentType.objects.get_for_model(model).pk)
    found: models.QuerySet[LogEntry] = LogEntry.objects.filter(of_model)
    return found.order_by("-timestamp", "-pk")


def _compare(before: State, after: State) -> dict[str, list[Any]]:
    pairs = {name: [before.get(name), after.get(name)] for name in after or before}
    return {name: [old, new] for name, (old, new) in pairs.items() if old != new}


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
    """Return the object's key; for a schedule, its run's."""
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
