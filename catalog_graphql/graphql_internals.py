"""What this server takes from graphql-core and Strawberry that they do not promise to keep.

Each has its reason. `tests/catalog_graphql/test_internals.py` tests what is assumed of it, and `pyproject.toml` bounds
the versions for which that holds.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from graphql import FieldNode, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_subfields
from graphql.execution.values import VariableValues, get_argument_values
from strawberry import Schema
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule
from strawberry.types import ExecutionContext, Info
from strawberry.types.arguments import convert_arguments
from strawberry.types.fields.resolver import INFO_PARAMSPEC, PARENT_PARAMSPEC
from strawberry.types.nodes import get_variable_values

__all__ = [
    "INFO_PARAMSPEC",
    "PARENT_PARAMSPEC",
    "STRAWBERRY_RULES",
    "ExecutorBase",
    "FieldDetails",
    "arguments",
    "asked_operation_name",
    "collect_subfields",
    "get_argument_values",
    "graphql_schema",
    "in_context",
    "resolve_info",
    "subfields",
]

InfoT = TypeVar("InfoT", bound=Info[Any, Any])

ExecutorBase = StrawberryGraphQLCoreExecutionContext
"""The executor that Strawberry runs operations with. Ours takes what a plan has answered as completed."""

STRAWBERRY_RULES = (MaybeNullValidationRule, OneOfInputValidationRule)
"""The rules that Strawberry adds to GraphQL's own. We validate each document once, so we have to add them, too."""


def graphql_schema(schema: Schema) -> GraphQLSchema:
    """Return the schema as graphql-core has it. A plan is made of that one's types and fields."""
    return schema._schema


def resolve_info(info: Info[Any, Any]) -> GraphQLResolveInfo[Any]:
    """Return what graphql-core knows of the field that is being resolved, such as its nodes and its path."""
    return info._raw_info


def in_context(info: InfoT, context: Any) -> InfoT:
    """Return what is known of the field that is being resolved, as if it were in another context."""
    return replace(info, _raw_info=resolve_info(info)._replace(context=context))


def asked_operation_name(context: ExecutionContext) -> str | None:
    """Return the operation's name as the request has it. Strawberry's `operation_name` names the first without one."""
    return context._provided_operation_name


def subfields(
    info: GraphQLResolveInfo[Any], object_type: GraphQLObjectType, field_nodes: Sequence[FieldNode]
) -> dict[str, list[FieldNode]]:
    """Return the fields selected within these, on this type, by response name, collected as the executor does.

    Several nodes are one field, selected several times.
    """
    collected = collect_subfields(
        info.schema,
        {name: FragmentDetails(fragment) for name, fragment in info.fragments.items()},
        _variables(info),
        info.operation,
        object_type,
        [FieldDetails(node, None) for node in field_nodes],
    )
    return {name: [details.node for details in fields] for name, fields in collected.grouped_field_set.items()}


def arguments(info: GraphQLResolveInfo[Any], object_type: GraphQLObjectType, node: FieldNode) -> dict[str, Any]:
    """Return the arguments of a field of this type, as its resolver takes them. Raises GraphQLError for wrong ones."""
    field = object_type.fields[node.name.value]
    schema = info.schema._strawberry_schema  # type: ignore[attr-defined]
    return convert_arguments(
        get_argument_values(field, node, _variables(info)),
        field.extensions["strawberry-definition"].arguments,
        scalar_registry=schema.schema_converter.scalar_registry,
        config=schema.config,
    )


def _variables(info: GraphQLResolveInfo[Any]) -> VariableValues:
    return VariableValues(sources={}, coerced=get_variable_values(info))
