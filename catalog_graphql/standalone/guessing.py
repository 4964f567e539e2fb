"""Protection against password guessing: django-axes counts wrong passwords, and refuses more before hashing any.

A name is locked only for the address that guessed, so that strangers cannot lock a user out; an address is locked for
all names. Names are counted whether or not such a user exists. The counts are in the shared cache, under hashed keys.
"""

import hashlib
import unicodedata
from typing import Any

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from axes.helpers import get_cache_timeout, get_client_username
from django.conf import settings
from django.core.cache import BaseCache
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from catalog_graphql.limits import addresses, counting

OF_AN_ADDRESS = 5
"""An address's limit for all names, as a multiple of its limit for one name: many people may share an address."""


class Guesses(AbstractAxesHandler, AxesBaseHandler):
    """Count wrong passwords by name and address, and by address alone."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Return whether there were too many wrong passwords."""
        limits = _limits(request, credentials)
        nothing: dict[str, int] = {}
        counts = counting.ask(lambda cache: cache.get_many(limits), nothing)
        return any(counts.get(key, 0) >= limit for key, limit in limits.items())

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return the number of wrong passwords for this name from this address."""
        key = next(iter(_limits(request, credentials)))
        return counting.ask(lambda cache: int(cache.get(key, 0)), 0)

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        """Count a wrong password, unless it was refused unchecked: otherwise the lock would never expire."""
        if request is None or request.axes_locked_out:
            return
        lasts = get_cache_timeout(request)
        limits = _limits(request, credentials)

        def count(cache: BaseCache) -> None:
            for key in limits:
                if not cache.add(key, 1, lasts):
                    cache.incr(key)

        counting.ask(count, None)

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """Forget wrong passwords for this name from this address. Those for other names stay counted."""
        key = next(iter(_limits(request, {"username": user.get_username()})))
        counting.ask(lambda cache: cache.delete(key), None)

    def user_logged_out(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing."""


def refuse(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """Return the page for a locked-out client. It does not reveal whether the user exists."""
    message = _("There were too many wrong passwords. Try again in a quarter of an hour.")
    page = render_to_string("catalog_graphql/unavailable.html", {"message": message})
    return HttpResponse(page, status=429, headers={"Retry-After": str(get_cache_timeout(request))})


def _limits(request: HttpRequest, credentials: dict[str, Any] | None) -> dict[str, int]:
    """Return the limits by cache key: first the name's at this address, then the address's."""
    name = unicodedata.normalize("NFKC", get_client_username(request, credentials) or "").casefold()
    address = addresses.client_of(request)
    most = settings.AXES_FAILURE_LIMIT
    return {_key("name", name, address): most, _key("address", address): most * OF_AN_ADDRESS}


def _key(*of: str) -> str:
    return f"catalog_graphql.guesses.{hashlib.sha256(repr(of).encode(errors='surrogatepass')).hexdigest()}"
