"""Answers, as far as tests compare them."""

from typing import Any

# Settings for random documents, none of which is then too much.
_LIMITS = (
    "characters",
    "variable_values",
    "variable_fields",
    "list_items",
    "tokens",
    "depth",
    "fields",
    "aliases",
    "directives",
    "repeats",
    "cost",
    "statements",
    "filter_values",
    "search_words",
    "search_length",
)
# A machine that is busy with other tests is no fault of a document's: an hour.
WITHOUT_LIMITS = {"CATALOG_LIMITS": {**dict.fromkeys(_LIMITS, 10**9), "seconds": 3600}}


def answer_of(response: Any) -> dict[str, Any]:
    """Return the answer without what it says of its cost, which reading/test_costs.py looks at."""
    answer: dict[str, Any] = response.json()
    extensions = answer.pop("extensions", {})
    assert set(extensions) <= {"cost"}
    return answer
