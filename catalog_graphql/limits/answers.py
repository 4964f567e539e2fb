"""The size of a response, counted while it is built, so that a huge one never fills the memory."""

from collections.abc import Callable

from catalog_graphql.errors import QueryTooComplexError


class AnswerSize:
    """The bytes of a response so far.

    Rows are counted only if they might not fit with all texts at their maximum length, which is rare.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._counted = 0
        self._uncounted: list[Callable[[], int]] = []
        self._uncounted_at_most = 0.0

    def add(self, size: int) -> None:
        """Add this many bytes. Raises QueryTooComplexError if the response gets too large."""
        self._counted += size
        if self._counted + self._uncounted_at_most > self._limit:
            self._count()

    def add_at_most(self, most: float, count: Callable[[], int]) -> None:
        """Add something of at most this many bytes; `count` returns the exact number if it is needed.

        Raises QueryTooComplexError if the response gets too large.
        """
        self._uncounted.append(count)
        self._uncounted_at_most += most
        self.add(0)

    def _count(self) -> None:
        self._counted += sum(count() for count in self._uncounted)
        self._uncounted.clear()
        self._uncounted_at_most = 0
        if self._counted > self._limit:
            raise QueryTooComplexError("answer_bytes", self._counted, self._limit)
