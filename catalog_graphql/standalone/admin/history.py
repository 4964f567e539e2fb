"""The history of an object: who changed what, from what, and when."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper


class HistoryAdmin(SimpleHistoryAdmin):
    """Show what became of an object, deleted ones included, to read and not to revert to."""

    object_history_list_template = "openedx_catalog/history_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Leave out the pages of single records: what is posted there would be saved."""
        urls: list[URLPattern] = super(SimpleHistoryAdmin, self).get_urls()
        return urls

    def may_view_history(self, request: HttpRequest) -> bool:
        """Say whether the viewer may see what became of objects of this kind."""
        allowed: bool = self.has_view_history_or_change_history_permission(request)  # type: ignore[no-untyped-call]
        return allowed

    def revert_disabled(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Offer no way back: what was right once may contradict the catalog of today."""
        return True

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the history. Raises Http404 where the primary key is none."""
        if not object_id.isdecimal():
            raise Http404
        response: HttpResponse = super().history_view(request, object_id, extra_context)  # type: ignore[no-untyped-call]
        return response

    def render_history_view(
        self, request: HttpRequest, template: str, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        """Answer with the page."""
        response: HttpResponse = super().render_history_view(request, template, context, **kwargs)  # type: ignore[no-untyped-call]
        return response

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        """Compare the last record of a page with the one before it as well, which the next page has."""
        end = historical_records.end_index()
        before = historical_records.paginator.object_list[end : end + 1]
        super().set_history_delta_changes(request, [*historical_records, *before], foreign_keys_are_objs)

    def get_historical_record_context_helper(
        self, request: HttpRequest, historical_record: Any
    ) -> HistoricalRecordContextHelper:
        """Name the fields of the record's own model, which may be another than the page's."""
        return HistoricalRecordContextHelper(historical_record.instance_type, historical_record)
