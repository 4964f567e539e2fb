"""The rows of the catalog, which are another app's: ours standalone, openedx-core's in the CMS."""

from contextlib import suppress

from django.conf import settings
from django.db import models
from django.dispatch import Signal

from catalog_graphql.catalog import languages
from catalog_graphql.catalog.schedules import CourseSchedule
from openedx_catalog.models_api import CatalogCourse, CourseRun

__all__ = ["CatalogCourse", "CourseRun", "CourseSchedule", "as_text", "default_language", "org_code_changed"]

org_code_changed = Signal()
"""An organization has another code, not only other capitals. Our own models send it, openedx-core's do not."""
with suppress(ImportError):
    from openedx_catalog.models.organization_codes import org_code_changed


def default_language() -> str:
    """Return the language of a course that names none: the site's."""
    return languages.normalize(settings.LANGUAGE_CODE)


def as_text(field: str) -> "models.ExpressionWrapper[models.F]":
    """Return a key's column as its text: to parse it costs a hundred times as much."""
    return models.ExpressionWrapper(models.F(field), output_field=models.CharField())
