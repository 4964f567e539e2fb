"""What the response shows of the rows of a statement, and how many bytes that takes."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import orjson
from django.db.models import CharField, FileField, TextField

_PUNCTUATION = len('"":,')
_VALUE = 8  # About what a number, an enum's member or the like takes.
_CHARACTER = 4  # Bytes at most, in UTF-8.

Row = Sequence[Any]


class Shown:
    """What the response shows of each row: so many names, and the text of columns."""

    def __init__(self) -> None:
        self.names = 0
        self._around = 0
        self._times: Counter[int] = Counter()
        self._most: dict[int, float] = {}

    def add_name(self, name: str, value: int = _VALUE) -> None:
        """Add a field of this response name, whose value takes about so many bytes beside the text of columns."""
        self.names += 1
        self._around += len(name) + _PUNCTUATION + value

    def add_text(self, place: int, column: Any) -> None:
        """Add the text of the column at this place of the rows; what is no text is no more than a value."""
        if isinstance(column, (CharField, TextField, FileField)):
            self._times[place] += 1
            self._most[place] = math.inf if column.max_length is None else _CHARACTER * column.max_length

    @property
    def most(self) -> float:
        """How many bytes a row takes at most; infinitely many where its text has no greatest length."""
        return self._around + sum(times * self._most[place] for place, times in self._times.items())

    def count(self, rows: Sequence[Row]) -> int:
        """Return how many bytes these rows take."""
        size = self._around * len(rows)
        for place, times in self._times.items():
            size += times * sum(len(orjson.dumps(row[place])) for row in rows)
        return size
