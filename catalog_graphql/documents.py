"""Documents: parsed once and validated once, whoever sends them."""

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from graphql import ASTValidationRule, DocumentNode, GraphQLError, GraphQLSchema, parse
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import validate_document

MAX_DOCUMENTS = 256


class DocumentCache(SchemaExtension):
    """Take a document from the cache: Strawberry's own caches look one up by all of its nodes, this one by its text."""

    def on_parse(self) -> Iterator[None]:
        """Parse the document; what is no GraphQL is left to the step that reports it."""
        with suppress(GraphQLError):
            self.execution_context.graphql_document = _parse(self.execution_context.query or "")
        yield

    def on_validate(self) -> Iterator[None]:
        """Validate the document."""
        context = self.execution_context
        errors = _validate(context.schema._schema, context.query or "", context.validation_rules)
        context.pre_execution_errors = list(errors)
        yield


@lru_cache(MAX_DOCUMENTS)
def _parse(query: str) -> DocumentNode:
    return parse(query)


@lru_cache(MAX_DOCUMENTS)
def _validate(
    schema: GraphQLSchema, query: str, rules: tuple[type[ASTValidationRule], ...]
) -> tuple[GraphQLError, ...]:
    return tuple(validate_document(schema, _parse(query), rules))
