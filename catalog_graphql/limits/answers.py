"""Sizes: the bytes of an answer, counted while it is built, so that a huge one never fills the memory."""

from collections.abc import Callable

from catalog_graphql.errors import QueryTooComplexError


class AnswerSize:
    """The bytes of one answer so far.

    Rows are not counted while all of them fit even if their texts are as long as they can be, which is nearly always.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._counted = 0
        self._uncounted: list[Callable[[], int]] = []
        self._uncounted_at_most = 0.0

    def add(self, size: int) -> None:
        """Add this many bytes. Raises QueryTooComplexError where the answer gets too large."""
        self._counted += size
        if self._counted + self._uncounted_at_most > self._limit:
            self._count()

    def add_at_most(self, most: float, count: Callable[[], int]) -> None:
        """Add what takes at most so many bytes; `count` tells how many, if that matters.

        Raises QueryTooComplexError where the answer gets too large.
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
