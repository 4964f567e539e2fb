"""Documents: parsed, measured and validated once, whoever sends them."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from graphql import (
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoFragmentCyclesRule,
    NoSchemaIntrospectionCustomRule,
    parse,
    validate,
)
from strawberry.extensions import SchemaExtension

from catalog_graphql.context import Context
from catalog_graphql.errors import QueryTooComplexError
from catalog_graphql.execution.cache import MAX_LENGTH, BoundedCache, size_of_document
from catalog_graphql.graphql_internals import STRAWBERRY_RULES, graphql_schema
from catalog_graphql.limits.documents import Measures
from catalog_graphql.limits.limits import Limits

_MIB = 1_048_576

Rules = tuple[type[ASTValidationRule], ...]


class Documents(SchemaExtension):
    """Parse and validate each document once. Strawberry's own caches compare all nodes of a document, ours its text."""

    def on_parse(self) -> Iterator[None]:
        """Parse the document; what is no GraphQL is left to the step that reports it."""
        context, tokens = self.execution_context, self._context.limits.tokens
        context.parse_options["max_lexical_tokens"] = tokens  # type: ignore[typeddict-unknown-key]
        with suppress(GraphQLError):
            context.graphql_document = _parse(context.query or "", tokens)
        yield

    def on_validate(self) -> Iterator[None]:
        """Measure the document, and validate it."""
        context, asking = self.execution_context, self._context
        rules: Rules = (*context.validation_rules, *STRAWBERRY_RULES)
        if not asking.may_explore:
            rules += (NoSchemaIntrospectionCustomRule,)
        found = _find(graphql_schema(context.schema), context.query or "", rules, asking.limits, not asking.may_explore)
        asking.fields = found.fields
        context.pre_execution_errors = list(found.errors)
        yield

    @property
    def _context(self) -> Context:
        context: Context = self.execution_context.context
        return context


class Found(NamedTuple):
    """What was found out about a document: how many fields it selects, and what is wrong with it."""

    fields: int
    errors: tuple[GraphQLError, ...]


_documents: BoundedCache[DocumentNode] = BoundedCache(16 * _MIB)
_found: BoundedCache[Found] = BoundedCache(4 * _MIB)


def _parse(query: str, max_tokens: int) -> DocumentNode:
    return _documents.get(
        (query, max_tokens) if len(query) <= MAX_LENGTH else None,
        lambda: parse(query, max_lexical_tokens=max_tokens),
        lambda document: sys.getsizeof(query) + size_of_document(document),
    )


def _find(schema: GraphQLSchema, query: str, rules: Rules, limits: Limits, hide_suggestions: bool) -> Found:
    """Return what is wrong with a document. Size is checked first, because validating a huge document is expensive."""
    document = _parse(query, limits.tokens)

    def find() -> Found:
        measures = Measures(document, limits)
        errors: Sequence[GraphQLError] = [
            QueryTooComplexError(measure, found, limit)
            for measure, found in measures.found.items()
            if found > (limit := getattr(limits, measure))
        ]
        if not errors:  # What spreads itself is enough to know: the other rules would have to follow it.
            checked = (NoFragmentCyclesRule,) if measures.is_cyclic else rules
            errors = validate(schema, document, checked, limits.errors, hide_suggestions)
        return Found(measures.found["fields"], tuple(errors[: limits.errors]))

    return _found.get(
        (schema, query, rules, limits, hide_suggestions) if len(query) <= MAX_LENGTH else None,
        find,
        # An error holds the nodes that are wrong, and those their tokens.
        lambda found: sys.getsizeof(query) + (size_of_document(document) if found.errors else 0),
    )
