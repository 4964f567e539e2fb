"""Admin pages of catalog courses."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from organizations.models import Organization

from catalog_graphql.catalog import languages, searches
from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.standalone.admin import run_labels
from catalog_graphql.standalone.admin.filters import AutocompleteFilter, autocomplete_media
from catalog_graphql.standalone.admin.history import LoggedAdmin
from catalog_graphql.standalone.admin.writing import (
    FoldedCodesForm,
    WritingAdmin,
    change_link,
    check_organization,
    related_list_url,
)

_NEWEST = 10
_RUN_COUNT = (
    CourseRun.objects.filter(catalog_course=OuterRef("pk"))
    .order_by()
    .values("catalog_course")
    .annotate(count=Count("pk"))
    .values("count")
)


class CatalogCourseForm(FoldedCodesForm):
    """Accept any spelling of a language that the platform has used, and only organizations that can get new courses."""

    def clean_org(self) -> Organization:
        """Return the organization, which only a new course can choose. Raises ValidationError."""
        organization: Organization = self.cleaned_data["org"]
        check_organization(organization)
        return organization

    def clean_language(self) -> str:
        """Return the catalog's spelling of the language."""
        return languages.normalize(self.cleaned_data["language"])


@admin.register(CatalogCourse)
class CatalogCourseAdmin(LoggedAdmin, WritingAdmin):
    """List, provision and edit catalog courses."""

    form = CatalogCourseForm
    protected_by = CourseRun.catalog_course.field

    list_display = ("title", "course_code", "org", "language", "run_count", "created")
    list_filter = (("org", AutocompleteFilter), ("language", admin.AllValuesFieldListFilter), "created")
    search_fields = ("title", "course_code", "org__short_name", "org__name")  # See get_search_results.
    search_help_text = _(
        "Words of the title, the course code, the organization's name or code, or the title or key of a run."
    )
    ordering = ("title", "id")

    autocomplete_fields = ("org",)

    @property
    def media(self) -> Media:
        """The pages' scripts and styles."""
        return super().media + autocomplete_media()

    def get_queryset(self, request: HttpRequest) -> QuerySet[CatalogCourse]:
        """Fetch the rows' organizations in a separate query: for a join, MariaDB would sort a million rows per page."""
        catalog_courses: QuerySet[CatalogCourse] = super().get_queryset(request).prefetch_related("org")
        return catalog_courses.annotate(run_count=Coalesce(Subquery(_RUN_COUNT), 0))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search catalog courses by words."""

        def has(word: str) -> Q:
            organizations = Organization.objects.filter(searches.organization_has(word))
            return searches.catalog_course_has(word, CourseRun.objects.all()) | Q(org__in=organizations)

        return queryset.filter(searches.every(searches.words_of(search_term), has)), False

    def get_fields(self, request: HttpRequest, obj: CatalogCourse | None = None) -> tuple[str, ...]:
        """Show the creation time of existing courses."""
        return ("org", "course_code", "title", "language", *(("created",) if obj else ()))

    def get_readonly_fields(self, request: HttpRequest, obj: CatalogCourse | None = None) -> tuple[str, ...]:
        """Make the codes of existing courses read-only, since the keys of runs contain them."""
        return ("org", "course_code", "created") if obj else ()

    @admin.display(description=_("runs"))
    def run_count(self, catalog_course: Any) -> SafeString:
        """Return the number of runs, linked to their list."""
        return format_html('<a href="{}">{}</a>', _runs_url(catalog_course), catalog_course.run_count)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: CatalogCourse | None = None,
    ) -> HttpResponse:
        """Show the newest runs below the form, if the user may see runs."""
        runs_admin = self.admin_site.get_model_admin(CourseRun)
        if obj is not None and runs_admin.has_view_permission(request):
            context["newest_runs"] = [
                {
                    "link": change_link(course_run, course_run.title),
                    "course_key": course_run.course_key,
                    "status": run_labels.status(course_run),
                    "created": course_run.created,
                    "warnings": run_labels.warnings(course_run),
                }
                for course_run in runs_admin.get_queryset(request).filter(catalog_course=obj)[:_NEWEST]
            ]
            context["runs_url"] = _runs_url(obj)
            if runs_admin.has_add_permission(request):
                context["add_run_url"] = f"{reverse('admin:openedx_catalog_courserun_add')}?catalog_course={obj.pk}"
        return super().render_change_form(request, context, add, change, form_url, obj)


def _runs_url(catalog_course: CatalogCourse) -> str:
    return related_list_url(CourseRun.catalog_course.field, catalog_course.pk)
