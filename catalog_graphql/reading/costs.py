"""Costs: the rows that a document can be answered with at most, counted before any of it is executed.

Every root field costs 1, every row 1, and every `totalCount` 1 for each list that it counts. A list has the rows of its
page for each row above it. Introspection has a fixed cost.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_list_type,
    is_object_type,
)
from graphql.execution.collect_fields import FieldDetails, collect_subfields
from graphql.execution.values import get_argument_values
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from catalog_graphql.reading.lists import ListField
from catalog_graphql.reading.pages import DEFAULT_SIZE, MAX_SIZE

INTROSPECTION = 100
"""What `__schema` and `__type` cost each."""

_Fields = Sequence[FieldDetails]


class Costs:
    """Counts what an operation costs.

    What a row costs is counted once for all places where the same fields are selected of it: fragments can make those
    very many.
    """

    def __init__(self, executor: StrawberryGraphQLCoreExecutionContext) -> None:
        self._executor = executor
        self._counted: dict[tuple[Any, ...], int] = {}
        self._asked_for = 1  # How many objects the root field asks for in its arguments: ids, or rows of an import.

    def of_operation(self, root: GraphQLObjectType, fields: Mapping[str, _Fields]) -> int:
        """Return the cost of the root fields."""
        cost = 0
        for of_one in fields.values():
            self._asked_for = _longest(self._arguments(root, of_one))
            cost += 1 + self._of_field(root, of_one)
        return cost

    def _of_row(self, type_: GraphQLObjectType, fields: _Fields) -> int:
        """Return the cost of what these fields select of an object of this type, less the object itself."""
        key = (type_.name, *(id(details.node) for details in fields))
        if key not in self._counted:
            self._counted[key] = sum(self._of_field(type_, below) for below in self._below(type_, fields).values())
        return self._counted[key]

    def _below(self, type_: GraphQLObjectType, fields: _Fields) -> Mapping[str, _Fields]:
        executor = self._executor
        return collect_subfields(
            executor.schema, executor.fragments, executor.variable_values, executor.operation, type_, list(fields)
        ).grouped_field_set

    def _of_field(self, type_: GraphQLObjectType, fields: _Fields) -> int:
        name = fields[0].node.name.value
        if name.startswith("__"):
            return 0 if name == "__typename" else INTROSPECTION
        field = type_.fields[name]
        named: Any = get_named_type(field.type)
        if not (is_object_type(named) or is_abstract_type(named)):
            return 0
        if field.extensions["strawberry-definition"].metadata.get(ListField):
            return self._of_list(named, fields, self._arguments(type_, fields))
        types: Any = self._executor.schema.get_possible_types(named) if is_abstract_type(named) else (named,)
        each = max(_is_row(possible) + self._of_row(possible, fields) for possible in types)
        return each * (self._asked_for if is_list_type(get_nullable_type(field.type)) else 1)

    def _of_list(self, connection: Any, fields: _Fields, asked: Mapping[str, Any]) -> int:
        """Return the cost of a page: its rows, read once however they are shown, what is below them, and the count."""
        size = asked.get("first") if asked.get("last") is None else asked.get("last")
        # A page that is too long is refused later; below an empty one there are statements to make, if none to run.
        rows = min(max(DEFAULT_SIZE if size is None else size, 1), MAX_SIZE)
        total, has_rows = 0, False
        for below in self._below(connection, fields).values():
            name = below[0].node.name.value
            if name == "totalCount":
                total += 1
            elif name != "__typename":
                has_rows = True
                total += rows * self._of_rows(connection, name, below)
        return total + rows * has_rows

    def _of_rows(self, connection: Any, name: str, fields: _Fields) -> int:
        """Return what a row of `nodes` or `edges` costs, less the row itself."""
        named = get_named_type(connection.fields[name].type)
        if name != "edges":
            return self._of_row(named, fields) if name == "nodes" else 0
        nodes = [below for below in self._below(named, fields).values() if below[0].node.name.value == "node"]
        return sum(self._of_row(get_named_type(named.fields["node"].type), below) for below in nodes)

    def _arguments(self, type_: GraphQLObjectType, fields: _Fields) -> Mapping[str, Any]:
        """Return the arguments of a field; none where they are wrong, which its execution will tell."""
        node = fields[0].node
        field = type_.fields.get(node.name.value)
        try:
            return {} if field is None else get_argument_values(field, node, self._executor.variable_values)
        except GraphQLError:
            return {}


def _is_row(type_: GraphQLObjectType) -> bool:
    return any(interface.name == "Node" for interface in type_.interfaces)


def _longest(value: Any) -> int:
    """Return how many an argument asks for: the length of the longest list in it."""
    if isinstance(value, list):
        return max(len(value), max(map(_longest, value), default=0))
    if isinstance(value, Mapping):
        return max(map(_longest, value.values()), default=1)
    return 1
