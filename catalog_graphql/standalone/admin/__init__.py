"""The catalog in Django's admin: to find, to provision and to put right, without knowing how a key is spelled."""

from catalog_graphql.standalone.admin import catalog_course, course_run, organization, roles

__all__ = ["catalog_course", "course_run", "organization", "roles"]
