"""The rows of the catalog, which are another app's: ours standalone, openedx-core's in the CMS."""

from django.conf import settings
from django.db import models

from catalog_graphql.catalog import languages
from openedx_catalog.models import search_text
from openedx_catalog.models_api import CatalogCourse, CourseRun, CourseSchedule

__all__ = ["CatalogCourse", "CourseRun", "CourseSchedule", "as_text", "default_language", "search_text"]


def default_language() -> str:
    """Return the language of a course that names none: the site's."""
    return languages.normalize(settings.LANGUAGE_CODE)


def as_text(field: str) -> "models.ExpressionWrapper[models.F]":
    """Return a key's column as its text: to parse it costs a hundred times as much."""
    return models.ExpressionWrapper(models.F(field), output_field=models.CharField())
