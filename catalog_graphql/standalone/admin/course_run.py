"""Admin pages of course runs."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from catalog_graphql.catalog import keys, searches
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from catalog_graphql.standalone.admin import run_labels
from catalog_graphql.standalone.admin.filters import (
    AutocompleteFilter,
    CcxFilter,
    StatusFilter,
    WarningsFilter,
    autocomplete_media,
)
from catalog_graphql.standalone.admin.history import LoggedAdmin, records_of
from catalog_graphql.standalone.admin.writing import FoldedCodesForm, WritingAdmin, change_link, check_organization


class CourseRunForm(FoldedCodesForm):
    """Build the key from the codes, or accept a complete key."""

    def clean_catalog_course(self) -> CatalogCourse:
        """Return the catalog course, which only a new run can choose. Raises ValidationError."""
        catalog_course: CatalogCourse = self.cleaned_data["catalog_course"]
        check_organization(catalog_course.org)
        return catalog_course

    def clean_course_key(self) -> str:
        """Return the key as typed. Raises ValidationError if it is invalid."""
        course_key: str = self.cleaned_data["course_key"]
        if course_key and not keys.is_course_key(course_key):
            raise ValidationError(
                _("A key looks like course-v1:MITx+6.002x+3T2012, ccx-v1:MITx+6.002x+3T2012+ccx@1 or org/course/run.")
            )
        return course_key

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.instance.course_key is None:
            # A field's error already explains why there is no key, so the error about the missing key is redundant.
            self.errors.pop(NON_FIELD_ERRORS, None)


class CourseScheduleInline(admin.StackedInline):  # type: ignore[type-arg]
    """Edit the schedule on the page of its run."""

    model = CourseSchedule
    fields = (("start", "end"), ("enrollment_start", "enrollment_end"))


@admin.register(CourseRun)
class CourseRunAdmin(LoggedAdmin, WritingAdmin):
    """List, provision and edit course runs."""

    form = CourseRunForm
    inlines = (CourseScheduleInline,)

    list_display = ("title", "course_key", "catalog_course_title", "run_code", "status", "warnings", "created")
    list_filter = (
        StatusFilter,
        ("catalog_course__org", AutocompleteFilter),
        ("catalog_course", AutocompleteFilter),
        WarningsFilter,
        CcxFilter,
        "created",
    )
    search_fields = ("title", "course_key")  # See get_search_results.
    search_help_text = _("Words of the title, or any part of the key.")
    ordering = ("-created", "-id")
    object_history_template = "openedx_catalog/course_run_history.html"

    autocomplete_fields = ("catalog_course",)

    @property
    def media(self) -> forms.Media:
        """The pages' scripts and styles."""
        return super().media + autocomplete_media()

    def get_queryset(self, request: HttpRequest) -> QuerySet[CourseRun]:
        """Fetch related objects in separate queries: for a join, MariaDB would sort a million rows per page."""
        return super().get_queryset(request).prefetch_related("catalog_course__org", "schedule")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search runs by words."""
        return queryset.filter(searches.every(searches.words_of(search_term), searches.course_run_has)), False

    def get_fieldsets(self, request: HttpRequest, obj: CourseRun | None = None) -> Any:
        """Ask for the codes only, so that nobody has to spell a key. A key of another kind can be given, too."""
        if obj is not None:
            return [
                (
                    None,
                    {"fields": ("title", "course_key", "catalog_course", "run_code", "status", "created", "warnings")},
                )
            ]
        return [
            (None, {"fields": ("catalog_course", "run_code", "title")}),
            (
                _("Advanced: a key of another kind"),
                {
                    "fields": ("course_key",),
                    "classes": ("collapse",),
                    "description": _("Only for a custom course (CCX) or a key from an old database."),
                },
            ),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: CourseRun | None = None) -> tuple[str, ...]:
        """Make the key of existing runs read-only, and the codes in it."""
        return ("course_key", "catalog_course", "run_code", "status", "created", "warnings") if obj else ()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Also show the history of the schedule, which is edited on the page of its run, if the user may see it."""
        context = dict(extra_context or {})
        schedules: admin.ModelAdmin[CourseSchedule] = admin.ModelAdmin(CourseSchedule, self.admin_site)
        if object_id.isdecimal() and schedules.has_view_or_change_permission(request):
            context["schedule_page"] = records_of(CourseSchedule, int(object_id), request.GET.get("schedule"))
        return super().history_view(request, object_id, context)

    @admin.display(description=_("catalog course"))
    def catalog_course_title(self, course_run: CourseRun) -> SafeString:
        """Return the catalog course's title, linked to its page."""
        return change_link(course_run.catalog_course, course_run.catalog_course.title)

    @admin.display(description=_("status"))
    def status(self, course_run: CourseRun) -> str:
        """Return "Active" or "Archived"."""
        return run_labels.status(course_run)

    @admin.display(description=_("warnings"))
    def warnings(self, course_run: CourseRun) -> str | None:
        """Return the warnings about the key, if any."""
        return run_labels.warnings(course_run) or None
