"""The columns of a listing, and the spellings of their names."""

import re
from collections.abc import Sequence

from catalog_graphql.catalog.validation import SCHEDULE_FIELDS

CODE_COLUMNS = ("org_code", "course_code", "run_code")
COLUMNS = ("course_key", *CODE_COLUMNS, "title", "language", *SCHEDULE_FIELDS, "created")

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_BY_LETTERS = {column.replace("_", ""): column for column in COLUMNS}
_SHOWN, _SHOWN_LENGTH = 10, 50  # How many unknown names to show, and how many characters of each.


def find_column(name: str) -> str | None:
    """Return the column with this name, such as `course_key`, `Course Key` or `courseKey`; None if it is unknown."""
    return _BY_LETTERS.get(_BETWEEN_WORDS.sub("", name).lower())


def describe_unknown(names: Sequence[str]) -> str:
    """Return the end of a sentence that refuses these column names."""
    shown = ", ".join(repr(name[:_SHOWN_LENGTH]) for name in names[:_SHOWN])
    return f"unknown columns: {shown}. The known ones are {', '.join(COLUMNS)}."
