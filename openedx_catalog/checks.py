"""System checks of the catalog's settings."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from openedx_catalog import languages
from openedx_catalog.models.catalog_course import CatalogCourse, default_language


@register(Tags.translation)
def check_site_language(**kwargs: Any) -> list[CheckMessage]:
    """Report a site language that no course can have, since it is the default language of courses."""
    language, most = default_language(), CatalogCourse._meta.get_field("language").max_length or 0
    if languages.is_language(language) and len(language) <= most:
        return []
    message = f"A language is lowercase and hyphenated, such as en, fr-ca or zh-cn, and has {most} characters at most."
    hint = "Set LANGUAGE_CODE to one such as en, de-at or zh-cn: courses that name no language have the site's."
    return [Error(message, hint=hint, id="openedx_catalog.E001")]
