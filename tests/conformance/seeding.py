"""Adapt documents that Schemathesis has made up, so that they request existing objects."""

import random
from typing import Any, cast

from graphql import (
    ArgumentNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    GraphQLSchema,
    IntValueNode,
    NameNode,
    ObjectFieldNode,
    ObjectValueNode,
    SelectionSetNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    Visitor,
    get_named_type,
    is_abstract_type,
    print_ast,
    visit,
)

from tests.catalog_graphql.reading.catalog import COURSES, RUNS
from tests.catalog_graphql.reading.documents import ODD_PAGES, PAGE_ARGUMENTS, PAGES, PAGES_BY_CURSOR
from tests.catalog_graphql.reading.values import Known

# The share of values to replace with known ones.
SEEDED = 0.8
# Values for the inputs of mutations; `Known` has the rest.
VALUES: dict[str, list[Any]] = {
    "courseCode": [course_code for _, course_code, *_ in COURSES] + ["new"],
    "runCode": ["R1", "R2", "R3", "X1", "new", "newer"],
    "title": ["Circuits", "New"],
    "expectedTitle": ["Circuits"],
    "language": ["en", "fr-ca", "zh-cn"],
    "courseKey": [key for _, _, key, *_ in RUNS] + ["course-v1:MITx+6.002x+new", "course-v1:new+new+new"],
}


def seeded(schema: GraphQLSchema, document: DocumentNode, known: Known, seed: bytes) -> DocumentNode:
    """Replace most values with known ones, fix contradictory pages, and add `__typename` where types differ."""
    # Hypothesis draws most documents more than once, so the choices also depend on the document.
    choose = random.Random(seed.hex() + print_ast(document))
    type_info = TypeInfo(schema)
    changed: DocumentNode = visit(document, TypeInfoVisitor(type_info, _Seeding(type_info, known, choose)))
    return changed


class _Seeding(Visitor):
    def __init__(self, type_info: TypeInfo, known: Known, choose: random.Random) -> None:
        super().__init__()
        self._type_info = type_info
        self._known = known.values | VALUES
        self._choose = choose
        self._list = ""
        self._name = ""

    def enter_field(self, node: FieldNode, *_args: object) -> FieldNode | None:
        """Mostly, leave out page arguments that contradict the others."""
        arguments = {argument.name.value: argument for argument in node.arguments or ()}
        if "first" not in arguments:
            return None
        self._list = f"{self._type_info.get_parent_type()}.{node.name.value}{_order(arguments['orderBy'].value)}"
        page = self._choose.choice([*PAGES * 2, *PAGES_BY_CURSOR, *ODD_PAGES])
        kept = tuple(arguments[name] for name in arguments if name in page or name not in PAGE_ARGUMENTS)
        return FieldNode(alias=node.alias, name=node.name, arguments=kept, selection_set=node.selection_set)

    def enter_argument(self, node: ArgumentNode, *_args: object) -> None:
        self._name = node.name.value

    def enter_object_field(self, node: ObjectFieldNode, *_args: object) -> None:
        self._name = node.name.value

    def enter_string_value(self, *_args: object) -> ValueNode | None:
        return self._one_known()

    def enter_int_value(self, *_args: object) -> ValueNode | None:
        return self._one_known()

    def leave_selection_set(self, node: SelectionSetNode, *_args: object) -> SelectionSetNode | None:
        if not is_abstract_type(self._type_info.get_parent_type()):
            return None
        return SelectionSetNode(selections=(*node.selections, FieldNode(name=NameNode(value="__typename"))))

    def _one_known(self) -> ValueNode | None:
        """Choose a value that is meaningful in its place; None if none is known, and sometimes at random."""
        type_name = str(get_named_type(self._type_info.get_input_type()))
        known_as = self._list if self._name in ("after", "before") else self._name
        values = self._known.get(known_as) or self._known.get(type_name)
        if not values or self._choose.random() > SEEDED:
            return None
        value = self._choose.choice(values)
        return IntValueNode(value=str(value)) if isinstance(value, int) else StringValueNode(value=value)


def _order(value: ValueNode) -> str:
    """Return the order in the form that `Known` has."""
    if not isinstance(value, ObjectValueNode):
        return ""
    order = {field.name.value: cast(EnumValueNode, field.value).value for field in value.fields}
    return f" {order['field']} {order.get('direction', 'ASC')}"
