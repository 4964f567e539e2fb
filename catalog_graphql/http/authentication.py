"""Who is asking: a session, or a token as Open edX issues it, through Django REST Framework and edx-drf-extensions."""

import logging
from functools import lru_cache
from typing import Any, cast

from django.http import HttpRequest
from edx_rest_framework_extensions.auth.jwt.authentication import JwtAuthentication
from edx_rest_framework_extensions.auth.jwt.cookies import (
    jwt_cookie_header_payload_name,
    jwt_cookie_name,
    jwt_cookie_signature_name,
)
from graphql import GraphQLError
from jwt import InvalidTokenError, PyJWKSet, PyJWTError
from rest_framework.authentication import SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from catalog_graphql import conf
from catalog_graphql.access import User
from catalog_graphql.django_internals import django_request
from catalog_graphql.errors import DATABASE_ERRORS
from catalog_graphql.http.tokens import grant, strange_claims
from catalog_graphql.restrictions import Grant

logger = logging.getLogger(__name__)

_DECODE_HANDLER = "edx_rest_framework_extensions.auth.jwt.decoder.jwt_decode_handler"


class _CsrfOfHeaders:
    """Read the CSRF token from Django's request: reading it from REST framework's would parse the body."""

    def enforce_csrf(self, request: Request) -> None:
        """Raise PermissionDenied without a CSRF token."""
        super().enforce_csrf(django_request(request))  # type: ignore[misc]


class _SessionAuthentication(_CsrfOfHeaders, SessionAuthentication):
    pass


class _JwtAuthentication(_CsrfOfHeaders, JwtAuthentication):
    """Authenticate by a token, and remember its claims, or why it was rejected.

    The library forgives a wrong token in a cookie, and takes whatever happens for the fault of the token.
    """

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.reason = "there is none where one should be"
        self._failure: BaseException | None = None

    def authenticate(self, request: Request) -> Any:
        """Return the user and the token. Raises AuthenticationFailed, or what is not the token's fault."""
        try:
            return super().authenticate(request)  # type: ignore[no-untyped-call]
        finally:
            if self._failure is not None:
                raise self._failure

    def jwt_decode_token(self, token: str) -> dict[str, Any]:
        """Return the claims of a token. Raises InvalidTokenError, whatever Python finds wrong with them."""
        try:
            self.claims = super().jwt_decode_token(token)
        except Exception as error:
            self.reason = type(error.__cause__ or error).__name__
            raise InvalidTokenError from error
        if strange := strange_claims(self.claims):
            self.reason = f"strange claims: {', '.join(strange)}"
            raise InvalidTokenError
        return self.claims

    def authenticate_credentials(self, payload: dict[str, Any]) -> Any:
        """Return the user of the claims."""
        try:
            return super().authenticate_credentials(payload)  # type: ignore[no-untyped-call]
        except AuthenticationFailed as error:
            self.reason = "it is for nobody"
            if isinstance(error.__cause__, (*DATABASE_ERRORS, GraphQLError)):
                self._failure = error.__cause__
            raise


def jwt_problems() -> list[str]:
    """Return what is missing before tokens can be verified.

    Without a key set, edx-drf-extensions takes any token, forged and unsigned ones too; without an audience and an
    issuer, those of other sites; with a symmetric key, whoever knows that key can sign, and without its own decoder,
    so can whoever knows the site's secret key.
    """
    jwt_auth = conf.jwt_auth()
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
    """Return whether this is a JSON Web Key Set of RSA keys only. Every request asks, and parsing is slow."""
    try:
        keys = PyJWKSet.from_json(key_set).keys
    except (AttributeError, PyJWTError, TypeError, ValueError):
        return False
    return bool(keys) and all(key.key_type == "RSA" for key in keys)


def jwt_is_on() -> bool:
    """Return whether tokens are accepted: that must be switched on, and they must be verifiable."""
    return conf.takes_tokens() and not jwt_problems()


def authenticate(request: HttpRequest) -> tuple[User, Grant]:
    """Return who is asking and what they were granted, and make them the request's user.

    Asks for a CSRF token of whoever comes with a cookie, and of nobody else. Raises AuthenticationFailed for a token
    that is wrong or has expired, and PermissionDenied (Django REST Framework's) without a CSRF token, or where a token
    grants nothing.
    """
    by_token = _JwtAuthentication() if jwt_is_on() else None
    authenticators = [*([by_token] if by_token else []), _SessionAuthentication()]
    asking = Request(request, authenticators=authenticators)
    try:
        user = cast(User, asking.user)
    except AuthenticationFailed as error:
        raise _refused(by_token) from error
    if not user.is_authenticated and _has_token(request):
        raise _refused(by_token)
    request.user = user  # type: ignore[assignment]
    is_by_token = by_token is not None and asking.successful_authenticator is by_token
    return user, grant(by_token.claims, user.get_username()) if by_token and is_by_token else Grant()


def _refused(by_token: _JwtAuthentication | None) -> AuthenticationFailed:
    """Log why a token was rejected, but none of its contents, and return the error to raise."""
    logger.warning("A token was refused: %s", by_token.reason if by_token else "tokens are switched off")
    return AuthenticationFailed("The token is not taken: it is wrong or has expired, or tokens are switched off.")


def _has_token(request: HttpRequest) -> bool:
    scheme = get_authorization_header(request).partition(b" ")[0].lower()
    if scheme in (b"jwt", b"bearer"):
        return True
    if not conf.jwt_auth():  # edx-drf-extensions has no names for cookies then.
        return False
    cookies = (jwt_cookie_name(), jwt_cookie_header_payload_name(), jwt_cookie_signature_name())
    return any(request.COOKIES.get(name) for name in cookies)
