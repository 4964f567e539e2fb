"""Who holds which role, in Django's admin."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from catalog_graphql.models import CourseAccessRole
from openedx_catalog import api


@admin.register(CourseAccessRole)
class CourseAccessRoleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Grant and take roles, and see who holds what."""

    list_display = ("user", "role_held", "org", "run")
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

    @admin.display(description=_("role"), ordering="role")
    def role_held(self, row: CourseAccessRole) -> str:
        """Return what the role is, or that it is none."""
        return row.get_role_display() if row.is_role else _("%(text)s (no role here)") % {"text": row.role}

    @admin.display(description=_("course key"), ordering="course_key", empty_value="-")
    def run(self, row: CourseAccessRole) -> str | None:
        """Return the key of the run, or that it is none."""
        if row.course_key is None or row.has_course_key:
            return row.course_key and str(row.course_key)
        return _("%(text)s (no course key)") % {"text": row.course_key}
