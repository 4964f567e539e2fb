"""Cursors: the position of a row in one list, in one order.

A cursor contains the row's sort values, encrypted so that clients cannot take it apart, and authenticated together with
the list and its order, so that it is valid for no other. The encryption (AES-SIV, RFC 5297) is deterministic, so a row
always has the same cursor.
"""

import base64
import binascii
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.utils.crypto import salted_hmac


@lru_cache(maxsize=8)
def _cipher(secret: str) -> AESSIV:
    return AESSIV(salted_hmac("catalog_graphql.cursor", "", secret=secret, algorithm="sha512").digest())


def encode(sort_values: Sequence[Any], *, scope: str) -> str:
    """Return the cursor of the row with these sort values in the list and order that the scope names."""
    encrypted = _cipher(settings.SECRET_KEY).encrypt(orjson.dumps(sort_values), [scope.encode()])
    return base64.urlsafe_b64encode(encrypted).decode().rstrip("=")


def decode(cursor: str, *, scope: str) -> list[Any]:
    """Return the sort values in a cursor. Raises ValueError if it is malformed, or from another list or order."""
    try:
        encrypted = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not a cursor") from error
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            sort_values: list[Any] = orjson.loads(_cipher(secret).decrypt(encrypted, [scope.encode()]))
        except (InvalidTag, ValueError):
            continue
        return sort_values
    raise ValueError("a cursor of another list, or of another order")
