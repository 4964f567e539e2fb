"""Accessors of the settings that a site can configure in Django's settings, each with its default.

They read the setting at each call, so that tests can override it. System checks (`checks`) report invalid values.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings

ValueT = TypeVar("ValueT")


class Explorers(StrEnum):
    """Who may see the schema."""

    EVERYONE = "everyone"
    STAFF = "staff"
    NOBODY = "nobody"


def access_policy() -> str:
    """Return the dotted name of the access policy's class.

    Without the standalone app there are no role rows, and only global staff may see or do anything.
    """
    default = "catalog_graphql.access.GlobalStaffPolicy"
    if apps.is_installed("catalog_graphql.standalone"):
        default = "catalog_graphql.standalone.policy.StudioPolicy"
    return _get("CATALOG_ACCESS_POLICY", default)


def limits() -> Mapping[str, Any]:
    """Return the limits of a request that differ from the defaults, by name."""
    return _get("CATALOG_LIMITS", {})


def rate() -> int:
    """Return the cost that a viewer may spend in a minute; 0 if it is not limited."""
    return _get("CATALOG_RATE", 0)


def cache() -> str:
    """Return the alias of the cache in which rates are counted."""
    return _get("CATALOG_CACHE", "default")


def trusted_proxies() -> Sequence[str]:
    """Return the addresses and networks of the proxies whose `X-Forwarded-For` is trusted."""
    return tuple(_get("CATALOG_TRUSTED_PROXIES", ()))


def explorers() -> str:
    """Return who may see the schema: one of `Explorers`."""
    return _get("CATALOG_EXPLORERS", Explorers.EVERYONE if settings.DEBUG else Explorers.STAFF)


def plans_reads() -> bool:
    """Return whether plans answer reads; otherwise, strawberry-django's optimizer does."""
    return _get("CATALOG_READ_PLAN", True)


def takes_tokens() -> bool:
    """Return whether JSON Web Tokens are accepted."""
    return _get("CATALOG_JWT_ENABLED", False)


def jwt_auth() -> Mapping[str, Any]:
    """Return the setting of edx-drf-extensions that configures how tokens are verified."""
    return _get("JWT_AUTH", {}) or {}


def restricted_scopes() -> Mapping[str, Collection[str]]:
    """Return the scopes that a token of a restricted application needs, to `read` and to `write`."""
    return _get("CATALOG_RESTRICTED_SCOPES", {})


def trusted_documents() -> Sequence[str | Path]:
    """Return the manifests of trusted documents."""
    return _get("CATALOG_TRUSTED_DOCUMENTS", ())


def trusts_no_others() -> bool:
    """Return whether only trusted documents are executed."""
    return _get("CATALOG_TRUSTED_DOCUMENTS_ONLY", False)


def site_url(name: str) -> str:
    """Return the URL of another site, from the setting with this name; blank if it is not set."""
    return _get(name, "") or ""


def _get(name: str, default: ValueT) -> ValueT:
    value: ValueT = getattr(settings, name, default)
    return value
