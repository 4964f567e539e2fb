"""The nouns of the catalog and the constraints the database keeps on them."""

from openedx_catalog.models.catalog_course import CatalogCourse
from openedx_catalog.models.course_run import CourseRun

__all__ = ["CatalogCourse", "CourseRun"]
