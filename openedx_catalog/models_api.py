"""The models to which other apps' foreign keys may refer."""

from openedx_catalog.models import CatalogCourse, CourseRun

__all__ = ["CatalogCourse", "CourseRun"]
