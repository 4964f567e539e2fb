"""Documents: parsed, measured and validated once, whoever sends them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    parse,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from catalog_graphql.context import Context
from catalog_graphql.errors import QueryTooComplexError
from catalog_graphql.limits import Limits
from catalog_graphql.reading.kept import MAX_KEPT, MAX_LENGTH

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

ResultT = TypeVar("ResultT")

Fragments = Mapping[str, FragmentDefinitionNode]


class Documents(SchemaExtension):
    """Take a document from the cache: Strawberry's own caches look one up by all of its nodes, this one by its text."""

    def on_parse(self) -> Iterator[None]:
        """Parse the document; what is no GraphQL is left to the step that reports it."""
        context, tokens = self.execution_context, self._context.limits.tokens
        context.parse_options["max_lexical_tokens"] = tokens  # type: ignore[typeddict-unknown-key]
        with suppress(GraphQLError):
            query = context.query or ""
            context.graphql_document = _kept(_parse, query)(query, tokens)
        yield

    def on_validate(self) -> Iterator[None]:
        """Measure the document, and validate it."""
        context, asking = self.execution_context, self._context
        query = context.query or ""
        rules: tuple[type[ASTValidationRule], ...] = (
            *context.validation_rules,
            MaybeNullValidationRule,
            OneOfInputValidationRule,
        )
        if not asking.may_explore:
            rules += (NoSchemaIntrospectionCustomRule,)
        errors = _kept(_find_errors, query)(context.schema._schema, query, rules, asking.limits, not asking.may_explore)
        context.pre_execution_errors = list(errors)
        yield

    @property
    def _context(self) -> Context:
        context: Context = self.execution_context.context
        return context


def _kept(function: "_lru_cache_wrapper[ResultT]", query: str) -> Callable[..., ResultT]:
    """Return the function as it keeps its results, or, for a document that is too long for that, as it does not."""
    return function if len(query) <= MAX_LENGTH else function.__wrapped__


@lru_cache(MAX_KEPT)
def _parse(query: str, max_tokens: int) -> DocumentNode:
    return parse(query, max_lexical_tokens=max_tokens)


@lru_cache(MAX_KEPT)
def _find_errors(
    schema: GraphQLSchema,
    query: str,
    rules: tuple[type[ASTValidationRule], ...],
    limits: Limits,
    hide_suggestions: bool,
) -> tuple[GraphQLError, ...]:
    """Return what is wrong with a document: first what is too much of it, since validating that would be work."""
    document = _kept(_parse, query)(query, limits.tokens)
    errors: list[GraphQLError] = [
        QueryTooComplexError(measure, found, limit)
        for measure, found in _measures(document, limits.depth).items()
        if found > (limit := getattr(limits, measure))
    ]
    errors = errors or validate(schema, document, rules, limits.errors, hide_suggestions)
    return tuple(errors[: limits.errors])


def _measures(document: DocumentNode, max_depth: int) -> dict[str, int]:
    """Return how much there is in a document of what has a limit, by the limit's name."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    found = Counter(depth=_depth(operations, fragments, max_depth))
    for operation in operations:
        if operation.operation is OperationType.MUTATION:
            names = {_response_name(field) for field in _fields(operation.selection_set.selections, fragments)}
            found["mutations"] = max(found["mutations"], len(names))
    nodes: list[Any] = list(document.definitions)
    while nodes:
        node = nodes.pop()
        found["directives"] += len(getattr(node, "directives", None) or ())
        found["aliases"] += getattr(node, "alias", None) is not None
        selections = node.selection_set.selections if getattr(node, "selection_set", None) else ()
        names_here = [_response_name(selection) for selection in selections if isinstance(selection, FieldNode)]
        found["repeats"] += len(names_here) - len(set(names_here))
        nodes += [*selections, *(getattr(node, "variable_definitions", None) or ())]
    return dict(found)


def _depth(operations: Iterable[OperationDefinitionNode], fragments: Fragments, up_to: int) -> int:
    """Return how deeply fields are nested, introspection aside; one more than `up_to` is all that is told beyond."""
    depth = 0
    level = [selection for operation in operations for selection in operation.selection_set.selections]
    while level and depth <= up_to:
        depth += 1
        below = {
            id(field.selection_set): field.selection_set
            for field in _fields(level, fragments)
            if field.selection_set and not field.name.value.startswith("__")
        }
        level = [selection for selections in below.values() for selection in selections.selections]
    return depth


def _fields(selections: Iterable[SelectionNode], fragments: Fragments) -> Iterator[FieldNode]:
    """Return the fields among the selections, and those in their fragments."""
    nodes, seen = list(selections), set()
    while nodes:
        node = nodes.pop()
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            nodes += node.selection_set.selections
        elif isinstance(node, FragmentSpreadNode) and (name := node.name.value) in fragments and name not in seen:
            seen.add(name)
            nodes += fragments[name].selection_set.selections


def _response_name(field: FieldNode) -> str:
    return (field.alias or field.name).value
