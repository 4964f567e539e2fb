"""The tables that the catalog has of its own wherever it lives, beside those of `openedx_catalog`."""

from catalog_graphql.catalog.schedules import CourseSchedule
from catalog_graphql.catalog.search_text import CatalogCourseSearchText, CourseRunSearchText, OrganizationSearchText

__all__ = ["CatalogCourseSearchText", "CourseRunSearchText", "CourseSchedule", "OrganizationSearchText"]
