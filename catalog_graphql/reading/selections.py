"""Selections: what was asked of a field, fragments, aliases, `@skip` and `@include` resolved as the executor does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet
from django.db.models.constants import LOOKUP_SEP
from graphql import FieldNode, GraphQLObjectType, GraphQLOutputType, GraphQLResolveInfo, get_named_type

from catalog_graphql.django_internals import optimize, prefetches
from catalog_graphql.graphql_internals import subfields

RowT = TypeVar("RowT", bound=Model)


def optimized(rows: QuerySet[RowT], info: Any) -> QuerySet[RowT]:
    """Return the rows with what was selected of the field that is being resolved, by the stock optimizer."""
    rows = optimize(rows, info)
    _read_apart(rows)
    return rows


def _read_apart(rows: QuerySet[Any]) -> None:
    """Take what is read by queries of their own out of the joins: Django reads no relation again that was joined.

    The optimizer joins a relation for a field that needs it, and reads it apart for the sake of its annotations.
    """
    for lookup in prefetches(rows):
        if lookup.queryset is not None:
            joined: Any = rows.query.select_related or {}
            *steps, relation = lookup.prefetch_through.split(LOOKUP_SEP)
            for step in steps:
                joined = joined.get(step) or {}
            if relation in joined:
                # The fields that made for the join need columns and joins that are not among those selected here.
                lookup.queryset.query.clear_deferred_loading()
                lookup.queryset.query.add_select_related(list(joined.pop(relation)))
            _read_apart(lookup.queryset)


@dataclass(frozen=True)
class Selected:
    """What was selected of a field somewhere below: its type, that of which it is a field, and its nodes.

    The nodes are by the response names that lead there: those of one are one field, selected several times.
    """

    type: GraphQLObjectType
    parent: GraphQLObjectType
    nodes: dict[tuple[str, ...], list[FieldNode]]


def selected_at(info: GraphQLResolveInfo[Any], path: Sequence[str]) -> Selected:
    """Return what was selected at a path from the field that is being resolved on."""
    parent = type_ = _object_type(info.return_type)
    nodes: dict[tuple[str, ...], list[FieldNode]] = {(): list(info.field_nodes)}
    for name in path:
        nodes = {
            (*names, response_name): below
            for names, above in nodes.items()
            for response_name, below in subfields(info, type_, above).items()
            if below[0].name.value == name
        }
        parent, type_ = type_, _object_type(type_.fields[name].type)
    return Selected(type_, parent, nodes)


def optimized_for(rows: QuerySet[RowT], info: GraphQLResolveInfo[Any], *paths: Sequence[str]) -> QuerySet[RowT]:
    """Return the rows with what was selected of them at the paths, by the stock optimizer.

    A connection's rows are at `["nodes"]` and `["edges", "node"]`.
    """
    selected = [selected_at(info, path) for path in paths]
    nodes = [node for one in selected for above in one.nodes.values() for node in above]
    if not nodes:
        return rows
    field: dict[str, Any] = {
        "field_name": paths[-1][-1],
        "field_nodes": nodes,
        "return_type": selected[-1].type,
        "parent_type": selected[-1].parent,
    }
    return optimized(rows, info._replace(**field))


def _object_type(type_: GraphQLOutputType) -> GraphQLObjectType:
    return cast(GraphQLObjectType, get_named_type(type_))
