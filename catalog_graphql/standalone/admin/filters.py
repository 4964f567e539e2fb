"""Filters in the sidebar of the admin's lists."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import CharField, F, ForeignKey, Model, Q, QuerySet, Value
from django.db.models.functions import Concat, Length, Substr
from django.db.models.lookups import Exact
from django.forms import Media, ModelChoiceField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog_graphql.catalog import keys, schedules
from catalog_graphql.catalog.records import CourseRun


class ForgivingAutocompleteSelect(AutocompleteSelect):
    """An autocomplete that ignores a submitted value that is not a primary key of up to 18 digits: Django's fails."""

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Return only the chosen option, since the others are loaded while the user types."""
        return super().optgroups(name, [text for text in value if text.isdecimal() and len(text) < 19], attrs)


class AutocompleteFilter(admin.FieldListFilter):
    """Filter by the target of a foreign key, chosen by autocomplete, since there may be too many to list."""

    template = "openedx_catalog/autocomplete_filter.html"
    field: "ForeignKey[Any, Any]"

    def __init__(
        self,
        field: "ForeignKey[Any, Any]",
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[Model],
        model_admin: "admin.ModelAdmin[Any]",
        field_path: str,
    ) -> None:
        self.parameter = f"{field_path}__id__exact"
        self.admin_site = model_admin.admin_site
        self.chosen = params.get(self.parameter, [""])[-1]
        super().__init__(field, request, params, model, model_admin, field_path)

    def expected_parameters(self) -> list[str | None]:
        """Return this filter's only query string parameter."""
        return [self.parameter]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Yield the template's only item: the select box, the other filters' parameters, and the link to clear it."""
        select = AutocompleteSelect(self.field, self.admin_site, {"data-width": "100%"})
        select.is_required = False
        select.choices = ModelChoiceField(self.field.related_model._default_manager).choices
        yield {
            "selected": not self.chosen,
            "query_string": changelist.get_query_string(remove=[self.parameter]),
            "display": _("All"),
            "others": [
                (name, value)
                for name, values in changelist.filter_params.items()
                for value in values
                if name != self.parameter
            ],
            "select": select.render(self.parameter, self.chosen, {"id": f"filter-{self.field_path}"}),
        }


def autocomplete_media() -> Media:
    """Return the scripts and styles that a list with an AutocompleteFilter needs."""
    return AutocompleteSelect(CourseRun.catalog_course.field, admin.site).media


class ConditionFilter(admin.SimpleListFilter):
    """Filter by one of a few named conditions."""

    def conditions(self) -> dict[str, tuple[Any, Q]]:
        """Return each choice's label and condition, by its value in the query string."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]") -> list[tuple[str, Any]]:
        """Return the choices' values and labels."""
        return [(name, label) for name, (label, _condition) in self.conditions().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that satisfy the chosen condition."""
        chosen = self.conditions().get(self.value() or "")
        return queryset if chosen is None else queryset.filter(chosen[1])


class StatusFilter(ConditionFilter):
    """Filter runs by whether their end has passed."""

    title = _("status")
    parameter_name = "status"

    def conditions(self) -> dict[str, tuple[Any, Q]]:
        """Return a run's two states. A run without an end is active."""
        archived = schedules.archived(timezone.now())
        return {"active": (_("Active"), ~archived), "archived": (_("Archived"), archived)}


class CcxFilter(ConditionFilter):
    """Filter runs by whether they are custom courses."""

    title = _("custom course (CCX)")
    parameter_name = "ccx"

    def conditions(self) -> dict[str, tuple[Any, Q]]:
        """Return the two kinds of keys."""
        ccx = Q(course_key__startswith=keys.CCX_PREFIX)
        return {"yes": (_("Yes"), ccx), "no": (_("No"), ~ccx)}


def _key_starts_with_codes(prefix: str, separator: str) -> Exact:
    codes = Concat(
        Value(prefix),
        F("catalog_course__org__short_name"),
        Value(separator),
        F("catalog_course__course_code"),
        Value(separator),
        output_field=CharField(),
    )
    return Exact(Substr("course_key", 1, Length(codes)), codes)


class WarningsFilter(ConditionFilter):
    """Filter runs by whether the codes in their key differ from those of their catalog course."""

    title = _("warnings")
    parameter_name = "warnings"

    def conditions(self) -> dict[str, tuple[Any, Q]]:
        """Return the equivalent of `keys.key_warnings` as conditions on rows."""
        agrees = reduce(or_, (Q(_key_starts_with_codes(*form)) for form in keys.COURSE_KEY_FORMS))
        return {"yes": (_("With warnings"), ~agrees), "no": (_("Without"), agrees)}
