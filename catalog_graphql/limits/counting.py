"""Counters in Django's cache, which the workers share. If the cache does not respond, nothing is counted."""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import BaseCache, caches

from catalog_graphql import conf

logger = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")

PAUSE = 10
"""Seconds to leave an unresponsive cache alone: while it hangs, every call takes its whole timeout."""


class _Silence:
    """The cache that has not responded, and the time until which to leave it alone."""

    of: Any = None
    until = 0.0


def problems() -> list[str]:
    """Return the problems of the setting."""
    alias = conf.cache()
    return [] if alias in settings.CACHES else [f"CATALOG_CACHE: CACHES has no {alias}."]


def ask(question: Callable[[BaseCache], ResultT], otherwise: ResultT) -> ResultT:
    """Return the answer of the cache to a question; `otherwise`, if it does not respond, or did not lately.

    The setting `CATALOG_CACHE` is the alias of the cache; its default is "default".
    """
    alias = conf.cache()
    configured = caches.settings[alias]
    if _Silence.of is configured:
        if time.monotonic() < _Silence.until:
            return otherwise
        _Silence.until = time.monotonic() + PAUSE  # This call tries; others skip the cache until it has responded.
    try:
        answer = question(caches[alias])
    except Exception as error:  # Each cache backend has its own errors.
        _Silence.of, _Silence.until = configured, time.monotonic() + PAUSE
        logger.error("The cache does not answer: nobody's rate is limited. %s", type(error).__name__)
        return otherwise
    _Silence.of = None
    return answer
