"""Selections: what was asked of a field, fragments, aliases, `@skip` and `@include` resolved as the executor does."""

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from django.db.models import Model, Prefetch, QuerySet
from django.db.models.constants import LOOKUP_SEP
from graphql import FieldNode, GraphQLObjectType, GraphQLOutputType, GraphQLResolveInfo, get_named_type
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_subfields
from graphql.execution.values import VariableValues
from strawberry.types.nodes import get_variable_values
from strawberry_django.optimizer import optimize

RowT = TypeVar("RowT", bound=Model)


def subfields(
    info: GraphQLResolveInfo[Any], object_type: GraphQLObjectType, field_nodes: Sequence[FieldNode]
) -> list[list[FieldNode]]:
    """Return the fields selected within these, on this type; several nodes are one field, selected several times."""
    collected = collect_subfields(
        info.schema,
        {name: FragmentDetails(fragment) for name, fragment in info.fragments.items()},
        VariableValues(sources={}, coerced=get_variable_values(info)),
        info.operation,
        object_type,
        [FieldDetails(node, None) for node in field_nodes],
    )
    return [[details.node for details in fields] for fields in collected.grouped_field_set.values()]


def optimized(rows: QuerySet[RowT], info: Any) -> QuerySet[RowT]:
    """Return the rows with what was selected of the field that is being resolved, by the stock optimizer."""
    rows = optimize(rows, info)
    _read_apart(rows)
    return rows


def _read_apart(rows: QuerySet[Any]) -> None:
    """Take what is read by queries of their own out of the joins: Django reads no relation again that was joined.

    The optimizer joins a relation for a field that needs it, and reads it apart for the sake of its annotations.
    """
    for lookup in rows._prefetch_related_lookups:  # type: ignore[attr-defined]
        if isinstance(lookup, Prefetch) and lookup.queryset is not None:
            joined: Any = rows.query.select_related or {}
            *steps, relation = lookup.prefetch_through.split(LOOKUP_SEP)
            for step in steps:
                joined = joined.get(step) or {}
            if relation in joined:
                # The fields that made for the join need columns and joins that are not among those selected here.
                lookup.queryset.query.clear_deferred_loading()
                lookup.queryset.query.add_select_related(list(joined.pop(relation)))
            _read_apart(lookup.queryset)


def optimized_for(rows: QuerySet[RowT], info: GraphQLResolveInfo[Any], *paths: Sequence[str]) -> QuerySet[RowT]:
    """Return the rows with what was selected of them, by the stock optimizer.

    The paths lead there from the field that is being resolved: a connection's are `["nodes"]` and `["edges", "node"]`.
    """
    selected: list[FieldNode] = []
    parent = row_type = _object_type(info.return_type)
    for path in paths:
        row_type, field_nodes = _object_type(info.return_type), info.field_nodes
        for name in path:
            fields = subfields(info, row_type, field_nodes)
            field_nodes = [node for nodes in fields if nodes[0].name.value == name for node in nodes]
            parent, row_type = row_type, _object_type(row_type.fields[name].type)
        selected += field_nodes
    if not selected:
        return rows
    field: dict[str, Any] = {
        "field_name": paths[-1][-1],
        "field_nodes": selected,
        "return_type": row_type,
        "parent_type": parent,
    }
    return optimized(rows, info._replace(**field))


def _object_type(type_: GraphQLOutputType) -> GraphQLObjectType:
    return cast(GraphQLObjectType, get_named_type(type_))
