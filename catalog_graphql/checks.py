"""System checks of the settings."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from catalog_graphql import addresses, counting, limits, tokens, trusted_documents
from catalog_graphql.authentication import jwt_problems
from catalog_graphql.context import Explorers


@register(Tags.security)
def check_jwt(**kwargs: Any) -> list[CheckMessage]:
    """Refuse tokens that are switched on without what it takes to check them."""
    if not getattr(settings, "CATALOG_JWT_ENABLED", False):
        return []
    hint = "Set it right, or CATALOG_JWT_ENABLED to False: until then no token is taken."
    return [Error(problem, hint=hint, id="catalog_graphql.E001") for problem in jwt_problems()]


@register(Tags.security)
def check_limits(**kwargs: Any) -> list[CheckMessage]:
    """Refuse limits, rates, proxies, explorers, scopes and manifests that are not what they should be."""
    explorers = getattr(settings, "CATALOG_EXPLORERS", Explorers.STAFF)
    problems = [
        *limits.problems(),
        *addresses.problems(),
        *counting.problems(),
        *([] if explorers in list(Explorers) else [f"CATALOG_EXPLORERS must be one of {', '.join(Explorers)}."]),
        *([] if getattr(settings, "CATALOG_RATE", 0) >= 0 else ["CATALOG_RATE must not be negative."]),
        *trusted_documents.problems(),
        *tokens.problems(),
    ]
    return [Error(problem, id="catalog_graphql.E002") for problem in problems]
