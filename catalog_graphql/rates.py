"""Rates: how much a viewer may ask for in the long run.

Each viewer has a bucket that leaks. What a document costs is poured in before it is executed, unless it would
overflow: then the request is refused. The setting `CATALOG_RATE` is what leaks in a minute; 0 switches all of this off.
A bucket is one number in Django's cache: the instant at which it will be empty.
"""

import hashlib
import logging
import math
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from catalog_graphql import limits
from catalog_graphql.access import User
from catalog_graphql.errors import RateLimitedError

logger = logging.getLogger(__name__)

_MICROSECONDS = 1_000_000


def charge(request: HttpRequest, user: User, cost: int) -> None:
    """Pour the cost of a document into the viewer's bucket. Raises RateLimitedError where it would overflow."""
    rate = getattr(settings, "CATALOG_RATE", 0)
    if not rate:
        return
    # It holds what leaks in a minute, and the most expensive document at least.
    seconds = max(rate, limits.current().cost) * 60 / rate
    try:
        wait = _pour(_name(request, user), cost * 60 / rate, seconds)
    except Exception:  # Each kind of cache has errors of its own.
        logger.exception("The cache does not answer: nobody's rate is limited.")
        return
    if wait > 0:
        raise RateLimitedError(math.ceil(wait))


def _pour(name: str, seconds: float, capacity: float) -> float:
    """Pour what leaks in so many seconds into a bucket; return in how many it would fit, if it does not."""
    now = time.time_ns() // 1000
    poured = round(seconds * _MICROSECONDS)
    empty_at: int = max(cache.get(name, 0), now)
    wait = empty_at + poured - now - round(capacity * _MICROSECONDS)
    if wait > 0:
        return float(wait / _MICROSECONDS)
    lasts = capacity + 1
    try:  # Several at once each add theirs; only in an empty bucket may one replace what another has just poured.
        if empty_at > now:
            cache.incr(name, poured)
            cache.touch(name, lasts)
            return 0
    except ValueError:  # It has run empty meanwhile.
        pass
    cache.set(name, now + poured, lasts)
    return 0


def _name(request: HttpRequest, user: User) -> str:
    """Return the name of a viewer's bucket: a user's, or an anonymous address's."""
    who = f"user {user.pk}" if user.is_authenticated else f"address {request.META.get('REMOTE_ADDR')}"
    return f"catalog_graphql.rate.{hashlib.sha256(who.encode()).hexdigest()}"
