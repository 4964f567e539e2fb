"""The smallest document for which a condition holds, so that people can read what a random one has found."""

from collections.abc import Callable

from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    Node,
    ObjectFieldNode,
    ValuesOfCorrectTypeRule,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    VisitorAction,
    parse,
    print_ast,
    specified_rules,
    validate,
    visit,
)

from tests.catalog_graphql.reading.documents import Document

PARTS = (FieldNode, InlineFragmentNode, FragmentSpreadNode, ArgumentNode, DirectiveNode, ObjectFieldNode)
# Documents may have values that are invalid for their type.
RULES = [rule for rule in specified_rules if rule is not ValuesOfCorrectTypeRule]


def is_valid(schema: GraphQLSchema, document: Document) -> bool:
    """Return whether the schema allows the document, ignoring invalid values."""
    return not validate(schema, parse(document.query), RULES)


def smallest(schema: GraphQLSchema, document: Document, holds: Callable[[Document], bool]) -> Document:
    """Remove parts of the document as long as the condition holds; return the rest."""
    number = 0
    while (smaller := _without(document, number)) is not None:
        if is_valid(schema, smaller) and holds(smaller):
            document = smaller
        else:
            number += 1
    return document


def _without(document: Document, number: int) -> Document | None:
    """Return the document without its part of this number, in document order; None if there is no such part."""
    remover = _Remover(number)
    ast = visit(parse(document.query), remover)
    if remover.left >= 0:
        return None
    for _ in range(len(ast.definitions)):  # A fragment may have been spread only in another one.
        ast = visit(ast, _UnusedRemover(ast))
    query = print_ast(ast)
    first, second = (
        {name: value for name, value in variables.items() if f"${name}:" in query} for variables in document.variables
    )
    return Document(query, (first, second))


class _Remover(Visitor):
    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number

    def enter(self, node: Node, *_args: object) -> VisitorAction:
        if isinstance(node, PARTS):
            self.left -= 1
            if self.left == -1:
                return REMOVE
        return None


class _UnusedRemover(Visitor):
    def __init__(self, ast: DocumentNode) -> None:
        super().__init__()
        self._uses = _Uses()
        visit(ast, self._uses)

    def enter_fragment_definition(self, node: FragmentDefinitionNode, *_args: object) -> VisitorAction:
        return None if node.name.value in self._uses.fragments else REMOVE

    def enter_variable_definition(self, node: VariableDefinitionNode, *_args: object) -> VisitorAction:
        return None if node.variable.name.value in self._uses.variables else REMOVE


class _Uses(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.fragments: set[str] = set()
        self.variables: set[str] = set()

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_args: object) -> None:
        self.fragments.add(node.name.value)

    def enter_variable(self, node: VariableNode, _key: object, parent: Node, *_args: object) -> None:
        if not isinstance(parent, VariableDefinitionNode):
            self.variables.add(node.name.value)
