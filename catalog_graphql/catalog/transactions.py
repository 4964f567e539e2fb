"""Transactions that are tried again, whole, where another writer got in the way."""

import random
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from django.db import DataError, Error, IntegrityError, connection, transaction

from catalog_graphql.catalog.database_errors import DatabaseFailure, failure_of

R = TypeVar("R")

OBJECTIONS = (IntegrityError, DataError)
"""What a database raises that will not hold a value: one that is wrong, or that another writer was faster with."""

_ATTEMPTS = 8
_PAUSE = 0.02  # Seconds before the second attempt, on average; twice that before the third, and so on.

_objections_left: ContextVar[int | None] = ContextVar("objections_left", default=None)


class BusyError(Exception):
    """Other writers got in the way of a transaction every time it was tried."""


def in_transaction(
    function: Callable[[], R], *, objections: tuple[type[Exception], ...] = OBJECTIONS, savepoint: bool = False
) -> R:
    """Return what the function returns, called in a transaction, and again from its beginning if it lost a race.

    A deadlock, a serialization failure or a wait for a lock that was too long is tried again a few times, after
    longer and longer pauses; then BusyError is raised. An objection is tried again once, since the value may have
    been another writer's: the second attempt sees what that one wrote.

    Within a transaction of the caller's it is called once: only the caller could begin again. Within a function that
    was itself called here, it is part of that one's transaction, which can go on without it only if there is a
    `savepoint`.
    """
    if _objections_left.get() is not None:
        with transaction.atomic(savepoint=savepoint and not begins_again()):
            return function()
    may_begin_again = not connection.in_atomic_block
    objections_left = 1 if may_begin_again else 0
    races_left = _ATTEMPTS - 1
    pause = _PAUSE
    while True:
        token = _objections_left.set(objections_left)
        try:
            with transaction.atomic():
                return function()
        except objections:
            if not objections_left:
                raise
            objections_left -= 1
        except Error as error:
            if failure_of(error) is not DatabaseFailure.LOST_RACE or not may_begin_again:
                raise
            if not races_left:
                raise BusyError("Others are changing the same: try again.") from error
            races_left -= 1
            time.sleep(random.uniform(0, 2 * pause))  # noqa: S311 (no secret)
            pause *= 2
        finally:
            _objections_left.reset(token)


def begins_again() -> bool:
    """Say whether an objection that is raised now would be followed by another attempt."""
    return bool(_objections_left.get())
