"""The models that other apps may point foreign keys at."""

from openedx_catalog.models import CatalogCourse, CourseRun

__all__ = ["CatalogCourse", "CourseRun"]
