"""Who holds which role, in Django's admin."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog_graphql.models import CourseAccessRole
from openedx_catalog import api


class CourseAccessRoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A role, its course key as text."""

    def clean_course_key(self) -> str:
        """Refuse what is no course key, which the model's field takes for an error of ours."""
        course_key: str = self.cleaned_data["course_key"]
        if course_key and not api.is_course_key(course_key):
            raise ValidationError(_("A course key looks like course-v1:MITx+6.002x+3T2012."))
        return course_key


@admin.register(CourseAccessRole)
class CourseAccessRoleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Grant and take roles, and see who holds what."""

    form = CourseAccessRoleForm
    list_display = ("user", "role", "org", "course_key")
    list_filter = ("role",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__email", "org", "folded_key")
    search_help_text = "A user name or address, an organization code, or any part of a course key."
    autocomplete_fields = ("user",)
    ordering = ("user__username", "org", "course_key")
    show_full_result_count = False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[CourseAccessRole], search_term: str
    ) -> tuple[QuerySet[CourseAccessRole], bool]:
        """Return what was searched for, case aside; MySQL and MariaDB compare course keys byte by byte."""
        folded = queryset.annotate(folded_key=api.FoldedCode("course_key"))
        return super().get_search_results(request, folded, search_term.lower())
