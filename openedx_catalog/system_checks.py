"""System checks of the site's settings."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from openedx_catalog import checks
from openedx_catalog.models.catalog_course import default_language


@register(Tags.translation)
def check_site_language(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a site language that no course can have: a course that names none has the site's."""
    problems = checks.check_language(default_language(), "LANGUAGE_CODE")
    hint = "Set LANGUAGE_CODE to one such as en, de-at or zh-cn: courses that name no language have the site's."
    return [Error(problem.message, hint=hint, id="openedx_catalog.E001") for problem in problems]
