"""The catalog in Django's admin: find, provision and correct it, without having to spell keys."""

from catalog_graphql.standalone.admin import catalog_course, course_run, organization, roles

__all__ = ["catalog_course", "course_run", "organization", "roles"]
