"""System checks of the GraphQL layer's settings."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from catalog_graphql import conf
from catalog_graphql.conf import Explorers
from catalog_graphql.http import tokens, trusted_documents
from catalog_graphql.http.authentication import jwt_problems
from catalog_graphql.limits import addresses, counting, limits


@register(Tags.security)
def check_jwt(**kwargs: Any) -> list[CheckMessage]:
    """Report settings with which tokens are enabled but cannot be verified."""
    if not conf.takes_tokens():
        return []
    hint = "Set it right, or CATALOG_JWT_ENABLED to False: until then no token is taken."
    return [Error(problem, hint=hint, id="catalog_graphql.E001") for problem in jwt_problems()]


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
    return [Error(problem, id="catalog_graphql.E002") for problem in problems]
