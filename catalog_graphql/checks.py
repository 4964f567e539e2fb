"""System checks of the GraphQL layer's settings, and of the installed catalog."""

from collections.abc import Iterable
from importlib import metadata
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from catalog_graphql import conf
from catalog_graphql.catalog.records import IS_STANDALONE
from catalog_graphql.conf import Explorers
from catalog_graphql.http import tokens, trusted_documents
from catalog_graphql.http.authentication import jwt_problems
from catalog_graphql.limits import addresses, counting, limits

_APP = "catalog_graphql"


@register(Tags.security)
def check_jwt(**kwargs: Any) -> list[CheckMessage]:
    """Report settings with which tokens are enabled but cannot be verified."""
    if not conf.takes_tokens():
        return []
    hint = "Set it right, or CATALOG_JWT_ENABLED to False: until then no token is taken."
    return [Error(problem, hint=hint, id=f"{_APP}.E001") for problem in jwt_problems()]


@register(Tags.security)
def check_limits(**kwargs: Any) -> list[CheckMessage]:
    """Report invalid limits, rates, proxies, explorers, scopes and manifests."""
    explorers = conf.explorers()
    problems = [
        *limits.problems(),
        *addresses.problems(),
        *counting.problems(),
        *([] if explorers in list(Explorers) else [f"CATALOG_EXPLORERS must be one of {', '.join(Explorers)}."]),
        *([] if conf.rate() >= 0 else ["CATALOG_RATE must not be negative."]),
        *trusted_documents.problems(),
        *tokens.problems(),
    ]
    return [Error(problem, id=f"{_APP}.E002") for problem in problems]


@register()
def check_one_catalog(**kwargs: Any) -> list[CheckMessage]:
    """Report that two packages with an `openedx_catalog` are installed: one has overwritten the other's files."""
    names = ("openedx-catalog-standalone", "openedx-core")
    if not all(map(_is_installed, names)):
        return []
    message = f"{' and '.join(names)} are both installed, and have files of the same names."
    return [
        Error(
            message, hint=f"Uninstall both, and install {names[1]} in a CMS, {names[0]} elsewhere.", id=f"{_APP}.E003"
        )
    ]


@register(Tags.database)
def check_mariadb(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn about openedx-core on MariaDB, which does not create its unique indexes."""
    on_mariadb = any(getattr(connections[alias], "mysql_is_mariadb", False) for alias in databases or ())
    if IS_STANDALONE or not on_mariadb:
        return []
    message = "On MariaDB, openedx-core's tables hold keys and codes that differ by case alone, or not at all."
    return [Warning(message, hint="Use MySQL. `manage.py check_catalog` finds such rows.", id=f"{_APP}.W001")]


def _is_installed(distribution: str) -> bool:
    try:
        metadata.distribution(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True
