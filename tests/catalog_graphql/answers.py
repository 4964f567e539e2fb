"""Responses, reduced to what tests compare."""

from typing import Any

# Settings with which no random document exceeds a limit.
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
# An hour: a document must not fail because the machine is busy with other tests.
WITHOUT_LIMITS = {"CATALOG_LIMITS": {**dict.fromkeys(_LIMITS, 10**9), "seconds": 3600}}


def answer_of(response: Any) -> dict[str, Any]:
    """Return the response without its cost, which reading/test_costs.py tests."""
    answer: dict[str, Any] = response.json()
    extensions = answer.pop("extensions", {})
    assert set(extensions) <= {"cost"}
    return answer
