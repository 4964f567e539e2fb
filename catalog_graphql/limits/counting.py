"""Counting in Django's cache, which the workers share. If the cache does not answer, nothing is counted."""

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
"""Seconds to leave a cache alone that has not answered: while it hangs, every question takes its whole timeout."""


class _Silence:
    """Which cache has not answered, and until when to leave it alone."""

    of: Any = None
    until = 0.0


def problems() -> list[str]:
    """Return what is wrong with the setting."""
    alias = conf.cache()
    return [] if alias in settings.CACHES else [f"CATALOG_CACHE: CACHES has no {alias}."]


def ask(question: Callable[[BaseCache], ResultT], otherwise: ResultT) -> ResultT:
    """Return what a question asks the cache; otherwise, where it does not answer, or has not lately, this.

    The setting `CATALOG_CACHE` names the cache, "default" unless told.
    """
    alias = conf.cache()
    configured = caches.settings[alias]
    if _Silence.of is configured:
        if time.monotonic() < _Silence.until:
            return otherwise
        _Silence.until = time.monotonic() + PAUSE  # One asks; the others go on without until it has an answer.
    try:
        answer = question(caches[alias])
    except Exception as error:  # Each kind of cache has errors of its own.
        _Silence.of, _Silence.until = configured, time.monotonic() + PAUSE
        logger.error("The cache does not answer: nobody's rate is limited. %s", type(error).__name__)
        return otherwise
    _Silence.of = None
    return answer
