"""The pages of organizations, which come with edx-organizations, made aware of the catalog."""

from typing import Any

from django import forms
from django.contrib import admin
from organizations.admin import OrganizationAdmin as PlainOrganizationAdmin
from organizations.models import Organization

from openedx_catalog.admin.writing import WritingAdmin
from openedx_catalog.models import CatalogCourse
from openedx_catalog.signals import refuse_contradiction
from openedx_catalog.text import fold_code


class OrganizationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Refuse a code that would contradict the key of a run, beside the field."""

    def clean(self) -> dict[str, Any] | None:
        """Raise ValidationError as the guard of an organization's renaming would while saving."""
        cleaned = super().clean()
        short_name = self.cleaned_data.get("short_name")
        stored = self.instance
        if stored.pk is not None and short_name and fold_code(short_name) != fold_code(stored.short_name):
            refuse_contradiction(Organization(pk=stored.pk, short_name=short_name))
        return cleaned


admin.site.unregister(Organization)


@admin.register(Organization)
class OrganizationAdmin(WritingAdmin, PlainOrganizationAdmin):
    """List and edit organizations."""

    form = OrganizationForm
    protected_by = CatalogCourse.org.field
