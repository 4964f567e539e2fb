"""Admin pages of organizations: those of edx-organizations, extended for the catalog."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from organizations.admin import OrganizationAdmin as PlainOrganizationAdmin
from organizations.models import Organization

from catalog_graphql.catalog import searches
from catalog_graphql.catalog.records import CatalogCourse
from catalog_graphql.catalog.text import fold_code
from catalog_graphql.standalone.admin.history import RecordedAdmin
from catalog_graphql.standalone.admin.writing import WritingAdmin
from openedx_catalog.signals import refuse_contradiction


class OrganizationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Refuse a code that would contradict a run's key, with an error beside the field."""

    def clean(self) -> dict[str, Any] | None:
        """Raise the ValidationError that the catalog's signal handler would otherwise raise on saving."""
        cleaned = super().clean()
        short_name = self.cleaned_data.get("short_name")
        stored = self.instance
        if stored.pk is not None and short_name and fold_code(short_name) != fold_code(stored.short_name):
            refuse_contradiction(Organization(pk=stored.pk, short_name=short_name))
        return cleaned


admin.site.unregister(Organization)


@admin.register(Organization)
class OrganizationAdmin(RecordedAdmin, WritingAdmin, PlainOrganizationAdmin):
    """List and edit organizations."""

    form = OrganizationForm
    protected_by = CatalogCourse.org.field

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search organizations by words of the name, or parts of the code."""
        return queryset.filter(searches.every(searches.words_of(search_term), searches.organization_has)), False
