"""Who is asking: a session, or a token as Open edX issues it, through Django REST Framework and edx-drf-extensions."""

from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from edx_rest_framework_extensions.auth.jwt.authentication import JwtAuthentication
from edx_rest_framework_extensions.auth.jwt.cookies import (
    jwt_cookie_header_payload_name,
    jwt_cookie_name,
    jwt_cookie_signature_name,
)
from jwt import PyJWKSet, PyJWTError
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from catalog_graphql.access import User

_DECODE_HANDLER = "edx_rest_framework_extensions.auth.jwt.decoder.jwt_decode_handler"


class _CsrfOfHeaders:
    """Look for the CSRF token in Django's request: to look for it in the framework's would parse the body."""

    def enforce_csrf(self, request: Request) -> None:
        """Raise PermissionDenied without a CSRF token."""
        super().enforce_csrf(request._request)  # type: ignore[misc]


class _SessionAuthentication(_CsrfOfHeaders, SessionAuthentication):
    pass


class _JwtAuthentication(_CsrfOfHeaders, JwtAuthentication):
    pass


def jwt_problems() -> list[str]:
    """Return what is missing for tokens to be checked.

    Without a key set, edx-drf-extensions takes any token, forged and unsigned ones too; without an audience and an
    issuer, those of other sites; with a symmetric key, whoever knows that key can sign, and without its own decoder,
    so can whoever knows the site's secret key.
    """
    jwt_auth: dict[str, Any] = getattr(settings, "JWT_AUTH", None) or {}
    issuers = jwt_auth.get("JWT_ISSUERS") or []
    problems = []
    key_set = jwt_auth.get("JWT_PUBLIC_SIGNING_JWK_SET")
    if not isinstance(key_set, str) or not _holds_rsa_keys(key_set):
        problems.append("JWT_PUBLIC_SIGNING_JWK_SET must be a JSON Web Key Set of at least one RSA key.")
    if not issuers or not all(issuer.get("ISSUER") and issuer.get("AUDIENCE") for issuer in issuers):
        problems.append("JWT_ISSUERS must name ISSUER and AUDIENCE.")
    if any(issuer.get("SECRET_KEY") for issuer in issuers):
        problems.append("JWT_ISSUERS must name no SECRET_KEY: tokens are signed with RSA keys only.")
    if jwt_auth.get("JWT_DECODE_HANDLER") != _DECODE_HANDLER:
        problems.append(f"JWT_DECODE_HANDLER must be {_DECODE_HANDLER}.")
    return problems


@lru_cache(maxsize=8)
def _holds_rsa_keys(key_set: str) -> bool:
    """Say whether this is a JSON Web Key Set of RSA keys only; it is asked at each request, and parsing is slow."""
    try:
        keys = PyJWKSet.from_json(key_set).keys
    except (AttributeError, PyJWTError, TypeError, ValueError):
        return False
    return bool(keys) and all(key.key_type == "RSA" for key in keys)


def jwt_is_on() -> bool:
    """Say whether tokens are taken: only where that is switched on, and they can be checked."""
    return bool(getattr(settings, "CATALOG_JWT_ENABLED", False)) and not jwt_problems()


def authenticate(request: HttpRequest) -> User:
    """Return who is asking, and make them the request's user.

    Asks for a CSRF token of whoever comes with a cookie, and of nobody else. Raises AuthenticationFailed for a token
    that is wrong or has expired, and PermissionDenied (Django REST Framework's) without a CSRF token.
    """
    authenticators: list[BaseAuthentication] = [_SessionAuthentication()]
    if jwt_is_on():
        authenticators.insert(0, _JwtAuthentication())
    asking = Request(request, authenticators=authenticators)
    user = cast(User, asking.user)
    if not user.is_authenticated and _has_token(request):
        raise AuthenticationFailed("The token is not taken: it is wrong or has expired, or tokens are switched off.")
    request.user = user  # type: ignore[assignment]
    return user


def _has_token(request: HttpRequest) -> bool:
    scheme = get_authorization_header(request).partition(b" ")[0].lower()
    cookies = (jwt_cookie_name(), jwt_cookie_header_payload_name(), jwt_cookie_signature_name())
    return scheme in (b"jwt", b"bearer") or any(request.COOKIES.get(name) for name in cookies)
