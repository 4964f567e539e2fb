"""Transactions that are retried as a whole if another writer gets in the way."""

import random
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from django.db import DataError, Error, IntegrityError, connection, transaction

from catalog_graphql.catalog.database_errors import DatabaseFailure, failure_of

R = TypeVar("R")

OBJECTIONS = (IntegrityError, DataError)
"""What a database raises when it rejects a value, either because it is invalid or because another writer was faster."""

_ATTEMPTS = 8
_PAUSE = 0.02  # Seconds before the second attempt, on average; twice that before the third, and so on.

_objections_left: ContextVar[int | None] = ContextVar("objections_left", default=None)


class BusyError(Exception):
    """Other writers got in the way of every attempt at a transaction."""


def in_transaction(
    function: Callable[[], R], *, objections: tuple[type[Exception], ...] = OBJECTIONS, savepoint: bool = False
) -> R:
    """Call the function in a transaction, retry it from the start if it loses a race, and return its result.

    After a deadlock, a serialization failure or a lock timeout, retry a few times, with increasing pauses, and then
    raise BusyError. After an objection, retry once, since another writer may have been faster: the second attempt sees
    what that one wrote.

    In a transaction of the caller's, call the function only once: only the caller could start over. In a function that
    itself runs in `in_transaction`, join that transaction, which can continue after a failure only if there is a
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
    """Return whether an objection raised now would lead to another attempt."""
    return bool(_objections_left.get())
