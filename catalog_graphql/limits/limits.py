"""Limits: how much one request may ask for, so that nobody can wear the server down."""

from dataclasses import dataclass, fields

from catalog_graphql import conf


@dataclass(frozen=True)
class Limits:
    """The limits of a request; the setting `CATALOG_LIMITS` has those that differ from these, by name."""

    body_bytes: int = 1_048_576
    """Bytes of the body of a request."""
    variable_depth: int = 10
    """How deeply the values of variables may be nested."""
    variable_values: int = 10_000
    """Values in the variables of a request, those within others included."""
    variable_fields: int = 100
    """Fields of one object in the variables."""
    list_items: int = 1_000
    """Items of one list in the variables."""
    characters: int = 60_000
    """Characters of a document, comments included; a trusted one may be longer."""
    tokens: int = 2_000
    """Lexical tokens of a document, comments aside."""
    depth: int = 15
    """How deeply the fields of a document may be nested, fragments followed, introspection aside."""
    fields: int = 1_000
    """Fields and fragments that a document selects, each as often as the fragments that it is in are spread."""
    aliases: int = 30
    """Aliases in a document."""
    directives: int = 30
    """Directives in a document."""
    repeats: int = 30
    """How often a document may select a field that it has selected in the same place already, fragments followed."""
    mutations: int = 25
    """Root fields of a mutation."""
    errors: int = 5
    """Errors that are reported of a request that is not executed."""
    cost: int = 10_000
    """What a document may cost: its rows, and what else takes as long."""
    statements: int = 100
    """Statements that a document may take: one for each list and its count, and for each object that is looked up."""
    answer_bytes: int = 10_000_000
    """Bytes of the data of an answer, about."""
    ids: int = 100
    """Ids that `nodes` takes."""
    search_words: int = 50
    """Words of a search, other than those that are part of another."""
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
    """Return `extensions.cost` of an answer."""
    return {"requested": requested, "limit": limit, "fields": fields, "statements": statements}


def problems() -> list[str]:
    """Return what is wrong with the setting."""
    names = {field.name for field in fields(Limits)}
    asked = conf.limits()
    strange = [f"CATALOG_LIMITS: there is no limit {name}." for name in asked if name not in names]
    wrong = [name for name, value in asked.items() if not isinstance(value, int | float) or value <= 0]
    return strange + [f"CATALOG_LIMITS: {name} must be a number above 0." for name in wrong]
