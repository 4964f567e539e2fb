"""Settings: what a site can configure in Django's settings, each with its default.

They are read whenever they are asked for, so that tests can override them. System checks (`checks`) say what is wrong
with them.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings

ValueT = TypeVar("ValueT")


class Explorers(StrEnum):
    """To whom the schema is shown."""

    EVERYONE = "everyone"
    STAFF = "staff"
    NOBODY = "nobody"


def access_policy() -> str:
    """Return the dotted name of the class that says who may see and do what.

    Without the standalone app there are no role rows, and global staff alone see and do something.
    """
    default = "catalog_graphql.access.GlobalStaffPolicy"
    if apps.is_installed("catalog_graphql.standalone"):
        default = "catalog_graphql.standalone.policy.StudioPolicy"
    return _get("CATALOG_ACCESS_POLICY", default)


def limits() -> Mapping[str, Any]:
    """Return the limits of a request that differ from the defaults, by name."""
    return _get("CATALOG_LIMITS", {})


def rate() -> int:
    """Return what a viewer may ask for in a minute, by cost; 0 where that is not limited."""
    return _get("CATALOG_RATE", 0)


def cache() -> str:
    """Return the alias of the cache in which rates are counted."""
    return _get("CATALOG_CACHE", "default")


def trusted_proxies() -> Sequence[str]:
    """Return the addresses and networks of the proxies whose `X-Forwarded-For` is believed."""
    return tuple(_get("CATALOG_TRUSTED_PROXIES", ()))


def explorers() -> str:
    """Return to whom the schema is shown: one of `Explorers`."""
    return _get("CATALOG_EXPLORERS", Explorers.EVERYONE if settings.DEBUG else Explorers.STAFF)


def plans_reads() -> bool:
    """Return whether plans answer reads; otherwise strawberry-django's optimizer does."""
    return _get("CATALOG_READ_PLAN", True)


def takes_tokens() -> bool:
    """Return whether JSON Web Tokens are taken."""
    return _get("CATALOG_JWT_ENABLED", False)


def jwt_auth() -> Mapping[str, Any]:
    """Return how tokens are checked: the setting of edx-drf-extensions."""
    return _get("JWT_AUTH", {}) or {}


def restricted_scopes() -> Mapping[str, Collection[str]]:
    """Return the scopes that a token of a restricted application needs, to `read` and to `write`."""
    return _get("CATALOG_RESTRICTED_SCOPES", {})


def trusted_documents() -> Sequence[str | Path]:
    """Return the manifests of trusted documents."""
    return _get("CATALOG_TRUSTED_DOCUMENTS", ())


def trusts_no_others() -> bool:
    """Return whether trusted documents are the only ones that are executed."""
    return _get("CATALOG_TRUSTED_DOCUMENTS_ONLY", False)


def site_url(name: str) -> str:
    """Return the address of another site, by the name of the setting; blank where there is none."""
    return _get(name, "") or ""


def _get(name: str, default: ValueT) -> ValueT:
    value: ValueT = getattr(settings, name, default)
    return value
