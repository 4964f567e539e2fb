"""The models that other apps may point foreign keys at."""

from openedx_catalog.models import CatalogCourse, CourseRun, CourseSchedule

__all__ = ["CatalogCourse", "CourseRun", "CourseSchedule"]
