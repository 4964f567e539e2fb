"""Uses of private or undocumented parts of graphql-core and Strawberry.

Each has its reason. `tests/catalog_graphql/test_internals.py` tests the assumptions about them, and `pyproject.toml`
restricts the versions to those for which they hold.
"""

import inspect
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
    "described",
    "get_argument_values",
    "graphql_schema",
    "in_context",
    "paragraph",
    "resolve_info",
    "subfields",
]

ClassT = TypeVar("ClassT", bound=type[Any])
InfoT = TypeVar("InfoT", bound=Info[Any, Any])

ExecutorBase = StrawberryGraphQLCoreExecutionContext
"""The executor with which Strawberry runs operations. Our subclass accepts the results of plans as completed."""

STRAWBERRY_RULES = (MaybeNullValidationRule, OneOfInputValidationRule)
"""The rules that Strawberry adds to GraphQL's own. We validate documents ourselves, once each, so we must add them."""


def described(cls: ClassT) -> ClassT:
    """Publish the docstring of a type, an input or an enum as its description.

    It goes above Strawberry's decorator, which takes a description but does not read docstrings.
    """
    cls.__strawberry_definition__.description = paragraph(cls)
    return cls


def paragraph(documented: object) -> str:
    """Return the docstring in one paragraph, whatever its lines."""
    return " ".join((inspect.getdoc(documented) or "").split())


def graphql_schema(schema: Schema) -> GraphQLSchema:
    """Return graphql-core's schema, whose types and fields plans are made from."""
    return schema._schema


def resolve_info(info: Info[Any, Any]) -> GraphQLResolveInfo[Any]:
    """Return graphql-core's information about the field being resolved, such as its nodes and its path."""
    return info._raw_info


def in_context(info: InfoT, context: Any) -> InfoT:
    """Return the information about the field being resolved, with another context."""
    return replace(info, _raw_info=resolve_info(info)._replace(context=context))


def asked_operation_name(context: ExecutionContext) -> str | None:
    """Return the request's operation name. Without one, Strawberry's `operation_name` is the first operation's."""
    return context._provided_operation_name


def subfields(
    info: GraphQLResolveInfo[Any], object_type: GraphQLObjectType, field_nodes: Sequence[FieldNode]
) -> dict[str, list[FieldNode]]:
    """Return the fields selected on this type within these nodes, by response name, as the executor collects them.

    A field that is selected several times has several nodes.
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
    """Return a field's arguments in the form that its resolver expects. Raises GraphQLError for invalid ones."""
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
