"""Labels of a run on the admin's pages: its status, and warnings about its key."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog_graphql.catalog import keys, schedules
from catalog_graphql.catalog.keys import KeyWarning
from catalog_graphql.catalog.records import CourseRun

_WARNINGS = {
    KeyWarning.ORG_CODE_CASE_DIFFERS: gettext_lazy("The organization spells its code {org_code}."),
    KeyWarning.ORG_CODE_DIFFERS: gettext_lazy("The organization's code is {org_code}."),
    KeyWarning.COURSE_CODE_DIFFERS: gettext_lazy("The course's code is {course_code}."),
}


def status(course_run: CourseRun) -> str:
    """Return whether the run is active or archived. A run without an end is active."""
    return _("Archived") if schedules.is_archived(course_run, timezone.now()) else _("Active")


def warnings(course_run: CourseRun) -> str:
    """Return the codes that differ from those in the run's key, in sentences; blank if they agree."""
    org_code, course_code = course_run.catalog_course.org_code, course_run.catalog_course.course_code
    return " ".join(
        str(_WARNINGS[warning]).format(org_code=org_code, course_code=course_code)
        for warning in keys.key_warnings(str(course_run.course_key), org_code=org_code, course_code=course_code)
    )
