"""The claims of a token: whether they have the form that Open edX gives them, and what they allow.

Tokens of restricted OAuth applications do nothing, unless the setting `CATALOG_RESTRICTED_SCOPES` names, under `read`
and `write`, the scopes that a token needs for that: all of those named. To change something takes both.

Filters narrow what any token does. `content_org:ORG` limits it to an organization (several, to several), and `user:me`
to its own user, whom a token is for anyway. A token with another filter is refused, as nobody knows what it forbids.
"""

from collections.abc import Callable, Mapping
from typing import Any

from rest_framework.exceptions import PermissionDenied

from catalog_graphql import conf
from catalog_graphql.catalog import api
from catalog_graphql.restrictions import Grant

_ME = "me"
_MAX_NAME, _MAX_EMAIL = 150, 254  # Characters that Django's users have room for.


def problems() -> list[str]:
    """Return what is wrong with the setting."""
    scopes = conf.restricted_scopes()
    if not isinstance(scopes, Mapping):
        return ["CATALOG_RESTRICTED_SCOPES must be an object of lists of scopes."]
    found = [f"there is no {name}, only read and write" for name in scopes if name not in _OPENS]
    for name, needed in scopes.items():
        if name in _OPENS and not (needed and _is_texts(needed)):
            found.append(f"{name} must be a list of scopes, and not an empty one")
    return [f"CATALOG_RESTRICTED_SCOPES: {problem}." for problem in found]


def strange_claims(claims: Mapping[str, Any]) -> list[str]:
    """Return the names of the claims that do not have the form that Open edX gives them."""
    return [name for name, is_right in _CLAIMS.items() if name in claims and not is_right(claims[name])]


def grant(claims: Mapping[str, Any], username: str) -> Grant:
    """Return what the bearer of a token may do. Raises PermissionDenied if that is nothing."""
    reads, writes = _opened(claims) if claims.get("is_restricted") else (True, True)
    if not reads:
        raise PermissionDenied("Tokens of this restricted application are not let in.")
    org_codes: set[str] | None = None
    for kind, _, value in (text.partition(":") for text in claims.get("filters") or ()):
        if kind == "content_org":
            org_codes = (org_codes or set()) | {api.fold_code(value)}
        elif kind != "user" or value.lower() not in (_ME, username.lower()):
            raise PermissionDenied("The token has a filter that is not known here.")
    return Grant(writes, None if org_codes is None else frozenset(org_codes))


def _opened(claims: Mapping[str, Any]) -> tuple[bool, bool]:
    """Return whether the scopes of a restricted token allow reading, and whether they allow writing."""
    needed = conf.restricted_scopes()
    held = set(claims.get("scopes") or ())
    reads, writes = (bool(needed.get(name)) and held.issuperset(needed[name]) for name in ("read", "write"))
    return reads, reads and writes


def _is_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _is_line(most: int) -> Callable[[Any], bool]:
    """Return whether a value is a text that the database has room for; Open edX may send none at all."""
    return lambda value: value is None or (isinstance(value, str) and len(value) <= most and value.isprintable())


_OPENS = {"read", "write"}
_CLAIMS: dict[str, Callable[[Any], bool]] = {
    "preferred_username": _is_line(_MAX_NAME),
    "username": _is_line(_MAX_NAME),
    "email": _is_line(_MAX_EMAIL),
    "administrator": lambda value: value is None or isinstance(value, bool),
    "is_restricted": lambda value: isinstance(value, bool),
    "scopes": _is_texts,
    "filters": _is_texts,
}
