"""The limits of a request, so that nobody can overload the server."""

from dataclasses import dataclass, fields

from catalog_graphql import conf


@dataclass(frozen=True)
class Limits:
    """The limits of a request, and their defaults. The setting `CATALOG_LIMITS` overrides them by name."""

    body_bytes: int = 1_048_576
    """Bytes of the request's body."""
    variable_depth: int = 10
    """How deeply the values of variables may be nested."""
    variable_values: int = 10_000
    """Values in the variables, including nested ones."""
    variable_fields: int = 100
    """Fields of one object in the variables."""
    list_items: int = 1_000
    """Items of one list in the variables."""
    characters: int = 60_000
    """Characters of a document, including comments; a trusted document may be longer."""
    tokens: int = 2_000
    """Lexical tokens of a document, excluding comments."""
    depth: int = 15
    """How deeply the fields of a document may be nested, following fragments and excluding introspection."""
    fields: int = 1_000
    """Fields and fragments that a document selects, each counted as often as the fragments around it are spread."""
    aliases: int = 30
    """Aliases in a document."""
    directives: int = 30
    """Directives in a document."""
    repeats: int = 30
    """How often a document may select a field again in the same place, following fragments."""
    mutations: int = 25
    """Root fields of a mutation."""
    errors: int = 5
    """Errors reported for a request that is not executed."""
    cost: int = 10_000
    """Cost of a document: its rows, and other work that takes as long as reading a row."""
    statements: int = 100
    """Statements that a document may take: one for each list, for its count, and for each object looked up."""
    answer_bytes: int = 10_000_000
    """Approximate bytes of a response's data."""
    ids: int = 100
    """Ids that `nodes` accepts."""
    search_words: int = 50
    """Words of a search, not counting those that are part of another word."""
    search_length: int = 500
    """Characters of a search."""
    filter_values: int = 100
    """Values in a list of a filter, such as `orgCodes`."""
    seconds: float = 10
    """Seconds that a request, and each of its statements in the database, may take."""


def current() -> Limits:
    """Return the limits in force. Raises TypeError if the setting names an unknown one."""
    return Limits(**conf.limits())


def costs(limit: int, *, requested: int = 0, fields: int = 0, statements: int = 0) -> dict[str, int]:
    """Return a response's `extensions.cost`."""
    return {"requested": requested, "limit": limit, "fields": fields, "statements": statements}


def problems() -> list[str]:
    """Return the problems of the setting."""
    names = {field.name for field in fields(Limits)}
    asked = conf.limits()
    strange = [f"CATALOG_LIMITS: there is no limit {name}." for name in asked if name not in names]
    wrong = [name for name, value in asked.items() if not isinstance(value, int | float) or value <= 0]
    return strange + [f"CATALOG_LIMITS: {name} must be a number above 0." for name in wrong]
