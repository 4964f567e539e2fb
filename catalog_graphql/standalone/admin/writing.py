"""How the admin's pages write: uniqueness regardless of case, retries after lost races, and refused deletions."""

import functools
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import model_ngettext
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from organizations.models import Organization

from catalog_graphql.catalog import validation
from catalog_graphql.catalog.history import By, made
from catalog_graphql.catalog.search_text import SEARCH_TEXTS
from catalog_graphql.catalog.transactions import OBJECTIONS, in_transaction
from catalog_graphql.standalone.admin.filters import ForgivingAutocompleteSelect

_LOST_RACES = (*OBJECTIONS, ValidationError)
_REASONS_SHOWN = 20


class FoldedCodesForm(forms.ModelForm):  # type: ignore[type-arg]
    """Also validate the uniqueness of folded codes and keys: Django excludes columns that are not on the form."""

    class Meta:
        """Make the title's field wide."""

        widgets = {"title": forms.TextInput({"class": "vLargeTextField"})}

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {field.name for field in self._meta.model._meta.fields if field.generated}


def check_organization(organization: Organization) -> None:
    """Raise ValidationError if nothing new can be created in the organization."""
    for problem in validation.check_new_in(organization.short_name, active=organization.active, field="org_code"):
        raise ValidationError(problem.message)


def in_one_transaction(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a POST in a transaction, and retry if it lost a race: the second time, the conflict is a form error."""

    @functools.wraps(view)
    def answer(model_admin: "admin.ModelAdmin[Any]", request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        respond = functools.partial(view, model_admin, request, *args, **kwargs)
        # Form errors are shown on the form; ValidationError is raised only if the form was valid when it was checked.
        with made(By.ADMIN, request.user):
            return in_transaction(respond, objections=_LOST_RACES) if request.method == "POST" else respond()

    return answer


class WritingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Write what the catalog allows, and explain why it refuses the rest."""

    # Do not count a list of a million rows more than once, or sort a join of it.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_select_related = ()

    # The foreign key whose rows prevent the deletion of an object.
    protected_by: "models.ForeignKey[Any, Any] | None" = None

    @in_one_transaction
    def changeform_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or save it."""
        return super().changeform_view(*args, **kwargs)

    @in_one_transaction
    def changelist_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list, or run an action on the selected objects."""
        return super().changelist_view(*args, **kwargs)

    @in_one_transaction
    def delete_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for confirmation, or delete."""
        return super().delete_view(*args, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "forms.ModelChoiceField[Any] | None":
        """Make autocomplete fields wide enough for a title and a key."""
        if db_field.name in self.get_autocomplete_fields(request):
            width = {"data-width": "min(40em, 100%)"}
            kwargs["widget"] = ForgivingAutocompleteSelect(db_field, self.admin_site, width)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_deleted_objects(
        self, objs: Sequence[models.Model] | models.QuerySet[Any], request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Count the rows that protect the objects instead of loading them, since there may be a million."""
        reasons = self._reasons_against_deletion(objs, request)
        if reasons:
            return [], {}, set(), reasons
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        # Search texts are derived data: nobody needs to be warned about their deletion.
        for search_text in SEARCH_TEXTS.values():
            counts.pop(str(search_text._meta.verbose_name_plural), None)
            to_delete = _without(f"{capfirst(search_text._meta.verbose_name)}: ", to_delete)
        return to_delete, counts, needed, protected

    def _reasons_against_deletion(
        self, objs: Sequence[models.Model] | models.QuerySet[Any], request: HttpRequest
    ) -> list[str]:
        field = self.protected_by
        if field is None:
            return []
        counted = list(
            field.model._default_manager.filter(**{f"{field.name}__in": objs})
            .order_by(field.attname)
            .values_list(field.attname)
            .annotate(models.Count("pk"))[: _REASONS_SHOWN + 1]
        )
        objects = self.get_queryset(request).in_bulk([pk for pk, _count in counted[:_REASONS_SHOWN]])
        reasons: list[str] = [
            format_html(
                _('{object} has <a href="{url}">{count} {objects}</a>, to be deleted first.'),
                object=objects[pk],
                url=related_list_url(field, pk),
                count=count,
                objects=model_ngettext(field.model._meta, count),
            )
            for pk, count in counted[:_REASONS_SHOWN]
        ]
        if len(counted) > _REASONS_SHOWN:
            reasons.append(_("And others."))
        return reasons


def _without(prefix: str, lines: list[Any]) -> list[Any]:
    """Remove the lines with this prefix, also from nested lists, and the lists that this leaves empty."""
    remaining = (_without(prefix, line) if isinstance(line, list) else line for line in lines)
    return [line for line in remaining if line and not str(line).startswith(prefix)]


def related_list_url(field: "models.ForeignKey[Any, Any]", pk: int) -> str:
    """Return the URL of the list of the objects that refer to one object through the field."""
    opts = field.model._meta
    return f"{reverse(f'admin:{opts.app_label}_{opts.model_name}_changelist')}?{field.name}__id__exact={pk}"


def change_link(obj: models.Model, text: str) -> SafeString:
    """Return a link to an object's page."""
    url = reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])
    return format_html('<a href="{}" dir="auto">{}</a>', url, text)
