"""The catalog's models, and the constraints that the database enforces on them."""

from openedx_catalog.models.catalog_course import CatalogCourse
from openedx_catalog.models.course_run import CourseRun

__all__ = ["CatalogCourse", "CourseRun"]
