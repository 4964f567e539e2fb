"""A cache of what is made for one request and serves others that ask the same."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar

import orjson
from graphql import DocumentNode, OperationDefinitionNode, OperationType

ValueT = TypeVar("ValueT")

MAX_LENGTH = 20_000  # Characters of a document, and bytes of its variables: what is longer is not kept.

_KEY = 500  # Bytes of the least that is kept: the key's parts, and the places in the dictionary.
_TOKEN = 600  # Bytes of a token of a document, with the nodes that are made of it: 550 were measured.


class BoundedCache(Generic[ValueT]):
    """A cache with a limit in bytes, which evicts the least recently used value first.

    Any number of threads may use it.
    """

    def __init__(self, max_bytes: int) -> None:
        self.bytes = 0
        self._max_bytes = max_bytes
        self._entries: OrderedDict[Hashable, tuple[ValueT, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable | None, make: Callable[[], ValueT], size: Callable[[ValueT], int]) -> ValueT:
        """Return the value for this key, made now if it is missing. Without a key, it is not kept.

        `size` estimates how many bytes a new value takes, with its key.
        """
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                return self._entries[key][0]
        value = make()
        if key is not None:
            self._keep(key, value, _KEY + size(value))
        return value

    def __len__(self) -> int:
        return len(self._entries)

    def clear(self) -> None:
        """Remove all values."""
        with self._lock:
            self._entries.clear()
            self.bytes = 0

    def _keep(self, key: Hashable, value: ValueT, size: int) -> None:
        with self._lock:
            if key in self._entries or size > self._max_bytes:  # Another thread was faster, or it is too large.
                return
            self._entries[key] = value, size
            self.bytes += size
            while self.bytes > self._max_bytes:
                _, (_, freed) = self._entries.popitem(last=False)
                self.bytes -= freed


def size_of_document(document: DocumentNode) -> int:
    """Return about how many bytes a parsed document takes, with its tokens."""
    size, token = 0, document.loc and document.loc.start_token
    while token:
        size += _TOKEN
        token = token.next
    return size


def asked(operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> tuple[str, str | None, bytes] | None:
    """Return a cache key for a query; None for a mutation, and for one that is too long to keep."""
    if operation.operation is not OperationType.QUERY or operation.loc is None:
        return None
    try:
        variables_json = orjson.dumps(variables)
    except TypeError:  # Half of a surrogate pair, which is refused later.
        return None
    body = operation.loc.source.body
    if max(len(body), len(variables_json)) > MAX_LENGTH:
        return None
    return body, operation.name.value if operation.name else None, variables_json
