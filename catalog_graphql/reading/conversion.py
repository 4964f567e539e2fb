"""Conversion: from database values to response values, with the same results as the executor's."""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

from django.db import connections
from django.db.models import BooleanField, CharField, DateTimeField, FileField, Func, Model, TextField
from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLOutputType,
    GraphQLString,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from catalog_graphql.reading.columns import holds_utc_text

Complete = Callable[[Any], Any]


def completer(type_: GraphQLOutputType, name: str) -> Complete:
    """Return a function that converts values of this type, of the field with this name, for the response.

    Raises NotImplementedError for object types. The returned function raises TypeError for a null in a non-null type.
    """
    nullable = get_nullable_type(type_)
    complete: Complete
    if is_list_type(nullable):
        complete_item = completer(nullable.of_type, name)

        def complete(items: Any) -> Any:
            return [complete_item(item) for item in items]

    elif isinstance(nullable, GraphQLEnumType):
        names = {value.value: name for name, value in nullable.values.items()}

        def complete(member: Any) -> Any:
            return names[member.value]

    elif is_leaf_type(nullable):
        complete = nullable.coerce_output_value
    else:
        raise NotImplementedError(f"{name} is of a kind that has no plan")

    def complete_non_null(value: Any) -> Any:
        if value is None:
            raise TypeError(f"{name} is null")
        return complete(value)

    return complete_non_null if is_non_null_type(type_) else lambda value: None if value is None else complete(value)


def is_shown_as_stored(type_: GraphQLOutputType, column: Any) -> bool:
    """Return whether the column's values need no conversion: text shown as text, and Booleans."""
    if is_non_null_type(type_) and column.null:
        return False
    leaf = get_nullable_type(type_)
    if leaf is GraphQLBoolean:
        return isinstance(column, BooleanField)
    is_text = leaf in (GraphQLString, GraphQLID) or getattr(leaf, "coerce_output_value", None) is str
    return is_text and isinstance(column, (CharField, TextField))


class AsText(Func):
    """A datetime as the text that SQLite stores. Read as a datetime column, `sqlite3` would parse each value."""

    template = "(%(expressions)s || '')"
    output_field = CharField()


def is_text_in_database(column: Any, using: str) -> bool:
    """Return whether the database stores the column's datetimes as text in UTC."""
    return isinstance(column, DateTimeField) and holds_utc_text(connections[using])


def show_instant(text: str | None) -> str | None:
    """Return a datetime, given as SQLite's text, in the format that `serialize_datetime` uses."""
    return text and f"{text[:10]}T{text[11:]}Z"


def attribute(column: Any, place: int) -> Complete:
    """Return a function that reads the column at this index as the model's attribute would.

    Keys stay text; whoever needs their parts can parse them.
    """
    if isinstance(column, FileField):
        return lambda row: column.attr_class(None, column, row[place])  # type: ignore[arg-type]
    return itemgetter(place)


def stand_in(model: type[Model], attributes: Mapping[str, Complete]) -> type[tuple[Any, ...]]:
    """Return a tuple class with these attributes and the model's properties, to pass to resolvers in its stead."""
    properties = {
        name: value
        for class_ in reversed(model.__mro__)
        if class_ not in Model.__mro__
        for name, value in vars(class_).items()
        if isinstance(value, property)
    }
    reads = {name: property(read) for name, read in attributes.items()}
    return type(model.__name__, (tuple,), {"__slots__": (), **properties, **reads})
