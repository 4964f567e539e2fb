"""Selections within a field, resolving fragments, aliases, `@skip` and `@include` as the executor does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from graphql import FieldNode, GraphQLObjectType, GraphQLOutputType, GraphQLResolveInfo, get_named_type

from catalog_graphql.graphql_internals import subfields


@dataclass(frozen=True)
class Selected:
    """A nested field that was selected: its type, its parent type, and its nodes.

    The nodes are keyed by the response names that lead there. A field selected several times has several nodes.
    """

    type: GraphQLObjectType
    parent: GraphQLObjectType
    field_nodes: dict[tuple[str, ...], list[FieldNode]]


def selected_at(info: GraphQLResolveInfo[Any], path: Sequence[str]) -> Selected:
    """Return what is selected at a path that starts at the field being resolved."""
    parent = type_ = _object_type(info.return_type)
    field_nodes: dict[tuple[str, ...], list[FieldNode]] = {(): list(info.field_nodes)}
    for name in path:
        field_nodes = {
            (*names, response_name): below
            for names, above in field_nodes.items()
            for response_name, below in subfields(info, type_, above).items()
            if below[0].name.value == name
        }
        parent, type_ = type_, _object_type(type_.fields[name].type)
    return Selected(type_, parent, field_nodes)


def _object_type(type_: GraphQLOutputType) -> GraphQLObjectType:
    return cast(GraphQLObjectType, get_named_type(type_))
