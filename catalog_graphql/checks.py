"""System checks of the settings."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from catalog_graphql.authentication import jwt_problems


@register(Tags.security)
def check_jwt(**kwargs: Any) -> list[CheckMessage]:
    """Refuse tokens that are switched on without what it takes to check them."""
    if not getattr(settings, "CATALOG_JWT_ENABLED", False):
        return []
    hint = "Set it right, or CATALOG_JWT_ENABLED to False: until then no token is taken."
    return [Error(problem, hint=hint, id="catalog_graphql.E001") for problem in jwt_problems()]
