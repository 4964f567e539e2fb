"""History pages of objects: who changed which fields, when, and from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from auditlog.models import LogEntry
from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from catalog_graphql.catalog import history

_LIST_TEMPLATE = "openedx_catalog/history_list.html"
_PER_PAGE = 100
_ACTIONS = {
    LogEntry.Action.CREATE: _("Created"),
    LogEntry.Action.UPDATE: _("Changed"),
    LogEntry.Action.DELETE: _("Deleted"),
}


class Change(NamedTuple):
    """A field's old and new value, as text."""

    field: str
    old: str
    new: str


class Record(NamedTuple):
    """A log entry with the attributes that the template expects, which also shows the history of organizations."""

    history_date: datetime
    history_user: Any
    history_change_reason: str | None
    get_history_type_display: Any
    history_delta_changes: list[Change]


@dataclass(frozen=True)
class Gone:
    """A deleted object, of which only the primary key and the key are known."""

    pk: int
    key: str

    def __str__(self) -> str:
        """Return the key."""
        return self.key


class LoggedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Show the history of an object from the catalog's log, even if it has been deleted."""

    object_history_template = "simple_history/object_history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the history. Raises Http404 if there never was such an object, and PermissionDenied."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if not object_id.isdecimal():
            raise Http404
        pk = int(object_id)
        obj = self.get_object(request, object_id) or _gone(self.model, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("View history: %s") % obj,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": obj,
            "opts": self.opts,
            "page_obj": records_of(self.model, pk, request.GET.get(PAGE_VAR)),
            "page_var": PAGE_VAR,
            "object_history_list_template": _LIST_TEMPLATE,
            "revert_disabled": True,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)


def _gone(model: type[models.Model], pk: int) -> Gone:
    latest = history.entries(model, pk).first()
    if latest is None:
        raise Http404
    return Gone(pk, latest.object_repr)


def records_of(model: type[models.Model], pk: int, number: str | None) -> Page[Record]:
    """Return the page with this number of the history of the object with this primary key."""
    page: Any = Paginator(history.entries(model, pk).select_related("actor"), _PER_PAGE).get_page(number)
    page.object_list = _records(model, list(page.object_list))
    return page  # type: ignore[no-any-return]


def _records(model: type[models.Model], entries: list[LogEntry]) -> list[Record]:
    fields: dict[str, Any] = {name: model._meta.get_field(name) for name in history.FIELDS[model]}
    updates: list[dict[str, Any]] = [entry.changes or {} for entry in entries if entry.action == LogEntry.Action.UPDATE]
    related = {name: _related(field, (changes.get(name) for changes in updates)) for name, field in fields.items()}

    def text_of(name: str, value: Any) -> str:
        return str(related[name].get(value, fields[name].to_python(value)))

    def changes_of(entry: LogEntry) -> list[Change]:
        if entry.action != LogEntry.Action.UPDATE:
            return []
        return [
            Change(capfirst(fields[name].verbose_name), text_of(name, old), text_of(name, new))
            for name, (old, new) in sorted((entry.changes or {}).items())
        ]

    return [
        Record(
            entry.timestamp,
            entry.actor,
            (entry.additional_data or {}).get("reason"),
            _ACTIONS[entry.action],
            changes_of(entry),
        )
        for entry in entries
    ]


def _related(field: Any, changes: Iterable[list[Any] | None]) -> dict[Any, models.Model]:
    """Return the objects that a foreign key referred to before or after the changes, if they still exist."""
    pks = {pk for change in changes if change for pk in change} if field.is_relation else set()
    found: dict[Any, models.Model] = field.related_model._base_manager.select_related().in_bulk(pks) if pks else {}
    return found


class RecordedAdmin(SimpleHistoryAdmin):
    """Show the history that edx-organizations keeps itself, read-only."""

    object_history_list_template = _LIST_TEMPLATE

    def get_urls(self) -> list[URLPattern]:
        """Leave out the pages of single records, since posting to one would save it."""
        urls: list[URLPattern] = super(SimpleHistoryAdmin, self).get_urls()
        return urls

    def revert_disabled(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Disable reverting, since an old record may contradict the current catalog."""
        return True

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the history. Raises Http404 if the primary key is invalid."""
        if not object_id.isdecimal():
            raise Http404
        response: HttpResponse = super().history_view(request, object_id, extra_context)  # type: ignore[no-untyped-call]
        return response

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        """Compare the last record of a page, too, with its predecessor, which is on the next page."""
        end = historical_records.end_index()
        before = historical_records.paginator.object_list[end : end + 1]
        super().set_history_delta_changes(request, [*historical_records, *before], foreign_keys_are_objs)
