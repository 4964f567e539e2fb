"""Password guessing: django-axes counts wrong passwords here, and refuses more of them before any is hashed.

A name is locked for one address, so that no stranger can lock somebody out, and an address for all names. Names are
counted whether or not there is such a user. What is counted is in the shared cache, under hashes.
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
"""How many times what one name is granted an address is granted for all names: there may be many people behind it."""


class Guesses(AbstractAxesHandler, AxesBaseHandler):
    """Count wrong passwords by name and address, and by address alone."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Say whether there were too many wrong ones."""
        limits = _limits(request, credentials)
        nothing: dict[str, int] = {}
        counts = counting.ask(lambda cache: cache.get_many(limits), nothing)
        return any(counts.get(key, 0) >= limit for key, limit in limits.items())

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return how many wrong ones there were for this name from this address."""
        key = next(iter(_limits(request, credentials)))
        return counting.ask(lambda cache: int(cache.get(key, 0)), 0)

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        """Count a wrong password. One that was not looked at is not counted, so that the lock opens in time."""
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
    """Return the page for who is locked out: it tells nothing of the user."""
    message = _("There were too many wrong passwords. Try again in a quarter of an hour.")
    page = render_to_string("catalog_graphql/unavailable.html", {"message": message})
    return HttpResponse(page, status=429, headers={"Retry-After": str(get_cache_timeout(request))})


def _limits(request: HttpRequest, credentials: dict[str, Any] | None) -> dict[str, int]:
    """Return how many wrong passwords are too many, by the key under which they are counted: first of the name."""
    name = unicodedata.normalize("NFKC", get_client_username(request, credentials) or "").casefold()
    address = addresses.client_of(request)
    most = settings.AXES_FAILURE_LIMIT
    return {_key("name", name, address): most, _key("address", address): most * OF_AN_ADDRESS}


def _key(*of: str) -> str:
    return f"catalog_graphql.guesses.{hashlib.sha256(repr(of).encode(errors='surrogatepass')).hexdigest()}"
