"""The nouns of the catalog and the constraints the database keeps on them."""

from openedx_catalog.models.catalog_course import CatalogCourse
from openedx_catalog.models.course_run import CourseRun
from openedx_catalog.models.course_schedule import CourseSchedule
from openedx_catalog.models.search_text import CatalogCourseSearchText, CourseRunSearchText, OrganizationSearchText

__all__ = [
    "CatalogCourse",
    "CatalogCourseSearchText",
    "CourseRun",
    "CourseRunSearchText",
    "CourseSchedule",
    "OrganizationSearchText",
]
