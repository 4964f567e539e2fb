"""Admin pages of role rows."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog_graphql.catalog import api
from catalog_graphql.standalone.models import CourseAccessRole


@admin.register(CourseAccessRole)
class CourseAccessRoleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Grant and revoke roles, and see who has which role."""

    list_display = ("user", "role_held", "org", "run")
    list_filter = ("role",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__email", "org", "course_key")  # See get_search_results.
    search_help_text = gettext_lazy("A user name or address, an organization code, or any part of a course key.")
    autocomplete_fields = ("user",)
    ordering = ("user__username", "org", "course_key")
    show_full_result_count = False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[CourseAccessRole], search_term: str
    ) -> tuple[QuerySet[CourseAccessRole], bool]:
        """Search roles by words."""

        def has(word: str) -> Q:
            user = Q(user__username__icontains=word) | Q(user__email__icontains=word)
            return user | api.code_has("org", word) | api.code_has("course_key", word)

        return queryset.filter(api.every(api.words_of(search_term), has)), False

    @admin.display(description=gettext_lazy("role"), ordering="role")
    def role_held(self, row: CourseAccessRole) -> str:
        """Return the role's label, or a note that it is not a role here."""
        return row.get_role_display() if row.is_role else _("%(text)s (no role here)") % {"text": row.role}

    @admin.display(description=gettext_lazy("course key"), ordering="course_key", empty_value="-")
    def run(self, row: CourseAccessRole) -> str | None:
        """Return the run's key, or a note that it is not a course key."""
        if row.course_key is None or row.has_course_key:
            return row.course_key and str(row.course_key)
        return _("%(text)s (no course key)") % {"text": row.course_key}
