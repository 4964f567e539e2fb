"""Language codes: the catalog's spelling of them, and the spellings that the platform has used."""

import re

LANGUAGE_REGEX = r"^[a-z][a-z](\-[a-z0-9]+)*$(?![^a])"  # See keys._END.
_LANGUAGE = re.compile(LANGUAGE_REGEX)

ALIASES = {"zh-hans": "zh-cn", "zh-hant": "zh-hk", "ca@valencia": "ca-es-valencia"}
_SHORT = {"zh-cn": "zh_HANS", "zh-hk": "zh_HANT"}


def normalize(spelling: str) -> str:
    """Convert any spelling the platform has used to the catalog's: lowercase, hyphenated, `zh-hans` as `zh-cn`."""
    language = spelling.strip().lower().replace("_", "-")
    return ALIASES.get(language, language)


def is_language(language: str) -> bool:
    """Return whether the catalog can hold this language code."""
    return _LANGUAGE.match(language) is not None


def short(language: str) -> str:
    """Return the older, short spelling: `zh_HANS`, `zh_HANT`, otherwise the first two letters."""
    return _SHORT.get(language, language[:2])
