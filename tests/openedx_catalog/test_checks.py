"""System checks: settings with which the catalog refuses to start."""

from typing import Any

import pytest
from django.core.checks import Tags, run_checks

MESSAGE = "A language is lowercase and hyphenated, such as en, fr-ca or zh-cn, and has 64 characters at most."


def found(settings: Any, language: str) -> list[tuple[str | None, str]]:
    """Return the ids and messages of the catalog's checks for a site language."""
    settings.LANGUAGE_CODE = language
    messages = run_checks(tags=[Tags.translation])  # Others translate, which works only for languages Django knows.
    return [(found.id, str(found.msg)) for found in messages if (found.id or "").startswith("openedx_catalog.")]


class TestCheckSiteLanguage:
    @pytest.mark.parametrize("language", ["en", "de-at", "zh-hans", "zh_HANT", "ca@valencia", "es-419"])
    def test_takes_what_a_course_can_have(self, settings: Any, language: str) -> None:
        assert found(settings, language) == []

    @pytest.mark.parametrize("language", ["sr@latin", "x-klingon", "", "en" + "-x" * 32])
    def test_refuses_what_none_can_have(self, settings: Any, language: str) -> None:
        assert found(settings, language) == [("openedx_catalog.E001", MESSAGE)]
