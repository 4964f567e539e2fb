"""The catalog's own models, in addition to those of `openedx_catalog`, whichever package provides that."""

from catalog_graphql.catalog.schedules import CourseSchedule
from catalog_graphql.catalog.search_text import CatalogCourseSearchText, CourseRunSearchText, OrganizationSearchText

__all__ = ["CatalogCourseSearchText", "CourseRunSearchText", "CourseSchedule", "OrganizationSearchText"]
