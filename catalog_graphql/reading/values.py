"""Values: from what the database holds to what the response shows, as the executor completes them."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import BooleanField, CharField, Field, FileField, Model, TextField
from graphql import (
    GraphQLBoolean,
    GraphQLID,
    GraphQLOutputType,
    GraphQLString,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from catalog_graphql.reading.plans import UnplannableError

Complete = Callable[[Any], Any]


def completer(type_: GraphQLOutputType) -> Complete:
    """Return what makes the response's value of one that is of this type. Raises UnplannableError for objects."""
    if is_non_null_type(type_):
        complete = completer(type_.of_type)

        def complete_non_null(value: Any) -> Any:
            if value is None:
                raise UnplannableError("null where the schema has none")
            return complete(value)

        return complete_non_null
    if is_list_type(type_):
        complete_item = completer(type_.of_type)
        return lambda value: None if value is None else [complete_item(item) for item in value]
    if is_leaf_type(type_):
        coerce = type_.coerce_output_value
        return lambda value: None if value is None else coerce(value)
    raise UnplannableError(f"{type_} is no value")


def is_shown_as_stored(type_: GraphQLOutputType, column: Any) -> bool:
    """Say whether the column's values are the response's: text as text, and what is true or false."""
    if is_non_null_type(type_) and column.null:
        return False
    leaf = get_nullable_type(type_)
    if leaf is GraphQLBoolean:
        return isinstance(column, BooleanField)
    is_text = leaf in (GraphQLString, GraphQLID) or getattr(leaf, "coerce_output_value", None) is str
    return is_text and isinstance(column, (CharField, TextField))


def as_attribute(column: "Field[Any, Any]") -> Complete | None:
    """Return what makes of a column's value what a model's attribute of that name is, if they differ.

    Keys stay text: what needs their parts can parse them.
    """
    if isinstance(column, FileField):
        return lambda name: column.attr_class(None, column, name)  # type: ignore[arg-type]
    return None


@cache
def stand_in(model: type[Model]) -> type:
    """Return a class that stands in for a model where only some columns are known: it has the model's properties."""
    properties = {
        name: value
        for class_ in reversed(model.__mro__)
        if class_ not in Model.__mro__
        for name, value in vars(class_).items()
        if isinstance(value, property)
    }
    return type(model.__name__, (), properties)
