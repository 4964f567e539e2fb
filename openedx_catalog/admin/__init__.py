"""The catalog in Django's admin: to find, to provision and to put right, without knowing how a key is spelled."""

from openedx_catalog.admin import catalog_course, course_run, organization

__all__ = ["catalog_course", "course_run", "organization"]
