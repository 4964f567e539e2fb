"""Costs: an upper bound on the work that a document causes, computed before any of it is executed.

- Each root field costs 1, each object 1, each `totalCount` 1 for each list that it counts; a list costs the rows of its
  page, for each row above it, and 1 where it shows none.
- Ten fields of an object, a list or a root field are included; each further ten of them cost 1.
- A statement that searches, or that sorts by what has no index, costs 100, and 10 for each word of the search.
- Each object that a mutation writes costs 10. Introspection has a fixed cost.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    OperationType,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_list_type,
    is_object_type,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from catalog_graphql.graphql_internals import FieldDetails, collect_subfields, get_argument_values
from catalog_graphql.reading.listing import ListField
from catalog_graphql.reading.pages import DEFAULT_SIZE, MAX_SIZE

INTROSPECTION = 100
"""What `__schema` and `__type` cost each."""
SCAN = 100
"""The cost of a statement that scans all rows."""
WORD = 10
"""The cost of each word of a search."""
WRITTEN = 10
"""The cost of writing an object."""
INCLUDED = 10
"""The number of fields that the cost of an object includes."""

_Fields = Sequence[FieldDetails]


@dataclass(frozen=True)
class Cost:
    """A cost, and the number of statements that go with it."""

    rows: int = 0
    statements: int = 0
    scans: int = 0
    """The cost of statements that scan all rows; it does not grow with the number of objects."""
    leaves: int = 0
    """The fields that count toward the object above."""

    @property
    def total(self) -> int:
        """All of the cost."""
        return self.rows + self.scans

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.rows + other.rows,
            self.statements + other.statements,
            self.scans + other.scans,
            self.leaves + other.leaves,
        )

    def times(self, count: int) -> "Cost":
        """Return the cost of this many of it, read by the same statements."""
        return replace(self, rows=self.rows * count, leaves=self.leaves * count)

    def closed(self, itself: int) -> "Cost":
        """Return the cost of an object with its fields, given the cost of the object alone."""
        return replace(self, rows=self.rows + itself + max(0, self.leaves - 1) // INCLUDED, leaves=0)


_LEAF = Cost(leaves=1)


class Costs:
    """Computes the cost of an operation. The limit on `fields` bounds the work of doing so."""

    def __init__(self, executor: StrawberryGraphQLCoreExecutionContext) -> None:
        self._executor = executor
        self._asked_for = 1  # How many objects the root field asks for in its arguments: ids, or rows of an import.

    def of_operation(self, root: GraphQLObjectType, fields: Mapping[str, _Fields]) -> Cost:
        """Return the cost of the root fields."""
        is_mutation = self._executor.operation.operation is OperationType.MUTATION
        cost = Cost()
        for of_one in fields.values():
            asked = self._arguments(root, of_one)
            self._asked_for = _longest(asked)
            written = WRITTEN * self._asked_for if is_mutation and asked else 0
            cost += self._of_field(root, of_one).closed(1 + written)
        return cost

    def _of_object(self, type_: GraphQLObjectType, fields: _Fields) -> Cost:
        """Return the cost of what these fields select from an object of this type, without the object itself."""
        return sum((self._of_field(type_, below) for below in self._below(type_, fields).values()), Cost())

    def _below(self, type_: GraphQLObjectType, fields: _Fields) -> Mapping[str, _Fields]:
        executor = self._executor
        return collect_subfields(
            executor.schema, executor.fragments, executor.variable_values, executor.operation, type_, list(fields)
        ).grouped_field_set

    def _of_field(self, type_: GraphQLObjectType, fields: _Fields) -> Cost:
        name = fields[0].node.name.value
        if name.startswith("__"):
            return _LEAF if name == "__typename" else Cost(INTROSPECTION)
        field = type_.fields[name]
        named: Any = get_named_type(field.type)
        if not (is_object_type(named) or is_abstract_type(named)):
            return _LEAF
        list_field = field.extensions["strawberry-definition"].metadata.get(ListField)
        if list_field:
            return self._of_list(list_field, named, fields, self._arguments(type_, fields))
        count = 1
        if is_list_type(get_nullable_type(field.type)):
            # A list within a list, such as the errors of a row, is as long as it happens to be.
            count, self._asked_for = self._asked_for, 1
        types: Any = self._executor.schema.get_possible_types(named) if is_abstract_type(named) else (named,)
        costs = [self._of_possible(possible, fields, is_joined=_is_row(type_)) for possible in types]

        def most(counts: Iterable[int]) -> int:  # Objects of several types take statements for each.
            return sum(sorted(counts)[-count:])

        return Cost(
            rows=max(cost.rows for cost in costs),
            statements=most(cost.statements for cost in costs),
            scans=most(cost.scans for cost in costs),
            leaves=max(cost.leaves for cost in costs),
        ).times(count)

    def _of_possible(self, type_: GraphQLObjectType, fields: _Fields, *, is_joined: bool) -> Cost:
        """Return the cost of an object of this type; it takes a statement unless it is joined to another row."""
        cost = self._of_object(type_, fields)
        if not _is_row(type_):
            return cost
        return cost.closed(1) + Cost(statements=not is_joined)

    def _of_list(self, list_field: ListField, connection: Any, fields: _Fields, asked: Mapping[str, Any]) -> Cost:
        """Return the cost of a page: its rows, read once however they are shown, what is below them, and the count."""
        size = asked.get("first") if asked.get("last") is None else asked.get("last")
        # A page that is too long is refused later; below an empty one there are statements to make, if none to run.
        rows = min(max(DEFAULT_SIZE if size is None else size, 1), MAX_SIZE)
        of_row, itself, counts, has_rows = Cost(), Cost(), 0, False
        for below in self._below(connection, fields).values():
            name = below[0].node.name.value
            if name == "totalCount":
                counts += 1
            elif name == "__typename":
                itself += _LEAF
            elif name == "pageInfo":
                has_rows = True
                itself += self._of_object(get_named_type(connection.fields[name].type), below)
            else:
                has_rows = True
                of_row += self._of_shown(connection, name, below)
        words = ((asked.get("filter") or {}).get("search") or "").split()
        search = SCAN + WORD * len(words) if words else 0
        sort = 0 if list_field.listing.is_indexed(asked.get("orderBy")) else SCAN
        scans = has_rows * max(search, sort) + bool(counts) * search
        page = of_row.closed(1).times(rows) if has_rows else Cost(rows=not counts)
        return page + itself.closed(counts) + Cost(statements=has_rows + bool(counts), scans=scans)

    def _of_shown(self, connection: Any, name: str, fields: _Fields) -> Cost:
        """Return the cost of a row of `nodes` or `edges`, without the row itself."""
        named = get_named_type(connection.fields[name].type)
        if name == "nodes":
            return self._of_object(named, fields)
        cost = Cost()
        for below in self._below(named, fields).values():
            is_node = below[0].node.name.value == "node"
            cost += self._of_object(get_named_type(named.fields["node"].type), below) if is_node else _LEAF
        return cost

    def _arguments(self, type_: GraphQLObjectType, fields: _Fields) -> Mapping[str, Any]:
        """Return the arguments of a field; none if they are invalid, since executing the field reports that."""
        node = fields[0].node
        field = type_.fields.get(node.name.value)
        try:
            return {} if field is None else get_argument_values(field, node, self._executor.variable_values)
        except GraphQLError:
            return {}


def _is_row(type_: GraphQLObjectType) -> bool:
    return any(interface.name == "Node" for interface in type_.interfaces)


def _longest(value: Any) -> int:
    """Return how many items an argument asks for: the length of its longest list."""
    if isinstance(value, list):
        return max(len(value), max(map(_longest, value), default=0))
    if isinstance(value, Mapping):
        return max(map(_longest, value.values()), default=1)
    return 1
