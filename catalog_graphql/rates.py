"""Rates: how much a viewer may ask for in the long run.

Each viewer has a bucket that leaks. What a document costs is poured in before it is executed, unless it would
overflow: then the request is refused. The setting `CATALOG_RATE` is what leaks in a minute; 0 switches all of this off.
A bucket is one number in Django's cache: the instant at which it will be empty.
"""

import hashlib
import logging
import math
import time
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from catalog_graphql import limits
from catalog_graphql.access import User
from catalog_graphql.errors import RateLimitedError

logger = logging.getLogger(__name__)

_NANOSECONDS = 1_000_000_000


def check(request: HttpRequest, user: User) -> None:
    """Raise RateLimitedError where the viewer's bucket is full."""
    _charge(request, user, 1, pour=False)


def charge(request: HttpRequest, user: User, cost: int) -> None:
    """Pour the cost of a document into the viewer's bucket. Raises RateLimitedError where it would overflow."""
    _charge(request, user, cost, pour=True)


def _charge(request: HttpRequest, user: User, cost: int, *, pour: bool) -> None:
    rate = getattr(settings, "CATALOG_RATE", 0)
    if not rate:
        return
    # A bucket holds what leaks in a minute, and the most expensive document at least.
    capacity = max(rate, limits.current().cost)
    name, now, second = _name(request, user), time.time_ns(), 60 * _NANOSECONDS // rate
    try:
        empty_at: int = max(cache.get(name, 0), now)
        wait = empty_at + (cost - capacity) * second - now
        if wait <= 0 and pour:
            _pour(name, now, empty_at, cost * second, capacity * second)
    except Exception:  # Each kind of cache has errors of its own.
        logger.exception("The cache does not answer: nobody's rate is limited.")
        return
    if wait > 0:
        raise RateLimitedError(math.ceil(wait / _NANOSECONDS))


def _pour(name: str, now: int, empty_at: int, poured: int, capacity: int) -> None:
    """Pour something into a bucket: it takes so much longer until that is empty."""
    lasts = capacity / _NANOSECONDS + 1
    if empty_at > now:
        with suppress(ValueError):  # It has run empty meanwhile.
            cache.incr(name, poured)  # Several at once each add theirs.
            cache.touch(name, lasts)
            return
    cache.set(name, now + poured, lasts)


def _name(request: HttpRequest, user: User) -> str:
    """Return the name of a viewer's bucket: a user's, or an anonymous address's."""
    who = f"user {user.pk}" if user.is_authenticated else f"address {request.META.get('REMOTE_ADDR')}"
    return f"catalog_graphql.rate.{hashlib.sha256(who.encode()).hexdigest()}"
