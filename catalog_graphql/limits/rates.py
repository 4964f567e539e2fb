"""Rate limits: how much a viewer may ask for in the long run.

Each viewer has a leaky bucket. Before a document is executed, its cost is poured into the bucket; if that would make it
overflow, the request is refused. Afterwards, processor time that the cost did not cover is poured in, whatever the
outcome. The setting `CATALOG_RATE` is how much leaks in a minute; 0 disables all of this. A bucket is a single number
in Django's cache: the time at which it will be empty.
"""

import hashlib
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.contrib.auth.models import AnonymousUser
from django.core.cache import BaseCache
from django.http import HttpRequest

from catalog_graphql import conf
from catalog_graphql.access import User
from catalog_graphql.errors import RateLimitedError
from catalog_graphql.limits import addresses, counting, limits

UNITS = 10
"""The cost of a millisecond of processor time. Even the most expensive documents take less than their cost covers."""

ALLOWANCE = 5
"""Milliseconds of processor time that every request may use at no extra cost."""

_NANOSECONDS = 1_000_000_000


class Meter:
    """The processor time of one request, and how much of it has been paid for."""

    user: User = AnonymousUser()
    """The viewer, once known."""

    def __init__(self) -> None:
        self._started = time.thread_time()
        self.paid = 0

    def due(self) -> int:
        """Return how much is still unpaid."""
        taken = (time.thread_time() - self._started) * 1000 - ALLOWANCE
        return round(taken * UNITS) - self.paid


@contextmanager
def metered(request: HttpRequest) -> Iterator[None]:
    """Charge the viewer for processor time that `charge` has not covered, even if the bucket overflows."""
    request.catalog_meter = meter = Meter()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        if (due := meter.due()) > 0:
            _charge(request, meter.user, due, whatever=True)


def check(request: HttpRequest, user: User) -> None:
    """Note who the viewer is. Raises RateLimitedError if their bucket is full."""
    if meter := _meter(request):
        meter.user = user
    _charge(request, user, 1, pour=False)


def charge(request: HttpRequest, user: User, cost: int) -> None:
    """Pour the cost of a document into the viewer's bucket. Raises RateLimitedError if it would overflow."""
    _charge(request, user, cost)
    if meter := _meter(request):
        meter.paid += cost


def _meter(request: HttpRequest) -> Meter | None:
    return getattr(request, "catalog_meter", None)


def _charge(request: HttpRequest, user: User, cost: int, *, pour: bool = True, whatever: bool = False) -> None:
    rate = conf.rate()
    if not rate:
        return
    # A bucket holds as much as leaks in a minute, but at least the most expensive document.
    capacity = max(rate, limits.current().cost)
    name, now, second = _name(request, user), time.time_ns(), 60 * _NANOSECONDS // rate

    def wait(cache: BaseCache) -> int:
        empty_at: int = max(cache.get(name, 0), now)
        wait = empty_at + (cost - capacity) * second - now
        if pour and (wait <= 0 or whatever):
            lasts = (max(empty_at - now, capacity * second) + cost * second) / _NANOSECONDS + 1
            _pour(cache, name, now, empty_at, cost * second, lasts)
        return wait

    if (nanoseconds := counting.ask(wait, 0)) > 0 and not whatever:
        raise RateLimitedError(math.ceil(nanoseconds / _NANOSECONDS))


def _pour(cache: BaseCache, name: str, now: int, empty_at: int, poured: int, lasts: float) -> None:
    """Pour into a bucket: it will be empty `poured` nanoseconds later. The cache keeps it for `lasts` seconds."""
    if empty_at > now:
        with suppress(ValueError):  # The entry has expired in the meantime.
            cache.incr(name, poured)  # Atomic, so that concurrent requests all count.
            cache.touch(name, lasts)
            return
    cache.set(name, now + poured, lasts)


def _name(request: HttpRequest, user: User) -> str:
    """Return the cache key of a viewer's bucket: by user, or by address for anonymous viewers."""
    who = f"user {user.pk}" if user.is_authenticated else f"address {addresses.client_of(request)}"
    return f"catalog_graphql.rate.{hashlib.sha256(who.encode()).hexdigest()}"
