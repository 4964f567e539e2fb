"""What is made for one request and kept for others that ask the same."""

import threading
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar

import orjson
from graphql import OperationDefinitionNode, OperationType

ValueT = TypeVar("ValueT")

MAX_KEPT = 128
MAX_LENGTH = 20_000  # Characters of a document, and bytes of its variables: nobody fills the memory with them.


class Kept(Generic[ValueT]):
    """Values by what was asked; the oldest goes where there are too many. Any number of threads may use it."""

    def __init__(self) -> None:
        self._values: dict[Hashable, ValueT] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable | None, make: Callable[[], ValueT]) -> ValueT:
        """Return the value of this key, made now if there is none; without a key it is not kept."""
        value = self._values.get(key)
        if value is None:
            value = make()
            if key is not None:
                with self._lock:
                    while len(self._values) >= MAX_KEPT:
                        del self._values[next(iter(self._values))]
                    self._values[key] = value
        return value

    def __len__(self) -> int:
        return len(self._values)

    def clear(self) -> None:
        """Forget all."""
        self._values.clear()


def asked(operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Return what a query asks, to keep something by; None where it is a change, or too much to keep."""
    if operation.operation is not OperationType.QUERY or operation.loc is None:
        return None
    try:
        values = orjson.dumps(variables)
    except TypeError:  # Half of a surrogate pair, which is refused later.
        return None
    body = operation.loc.source.body
    if max(len(body), len(values)) > MAX_LENGTH:
        return None
    return body, operation.name and operation.name.value, values
