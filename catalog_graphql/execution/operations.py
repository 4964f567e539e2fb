"""Operations: which one of a document is executed, and whether the viewer's token and time allow it."""

from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from graphql import ASTValidationRule, DocumentNode, OperationDefinitionNode, OperationType
from strawberry.extensions import SchemaExtension

from catalog_graphql.context import Context
from catalog_graphql.errors import ErrorCode, NotExecutedError
from catalog_graphql.graphql_internals import asked_operation_name
from catalog_graphql.limits.deadlines import Deadline

# Rules are made for a document, and kept with what they found: they know of no request.
_deadline: ContextVar[Deadline] = ContextVar("_deadline")


class WithinDeadline(ASTValidationRule):
    """A validation rule that raises QueryTimeoutError once the deadline has passed."""

    def enter(self, *_args: Any) -> None:
        """Check the deadline before the other rules visit a node."""
        _deadline.get().check()


class Operations(SchemaExtension):
    """Choose the operation to execute as GetOperation of the GraphQL specification does.

    Strawberry would take the first of several.
    """

    def on_parse(self) -> Iterator[None]:
        """Raise NotExecutedError unless the request names one operation of the document, or there is only one.

        Also where that changes something, and the viewer's token does not let it.
        """
        yield
        context = self.execution_context
        if context.graphql_document is not None:
            operation = _choose(context.graphql_document, asked_operation_name(context))
            if operation.operation is not OperationType.QUERY and not self._context.grant.writes:
                raise NotExecutedError("The token does not let you change anything.", ErrorCode.FORBIDDEN)

    def on_validate(self) -> Iterator[None]:
        """Let validation raise QueryTimeoutError after the deadline."""
        context, deadline = self.execution_context, self._context.deadline
        deadline.check()
        context.validation_rules = (WithinDeadline, *context.validation_rules)
        # It stays until the next request sets its own. Where a later hook raises, Strawberry never returns here: the
        # garbage collector would, in the middle of another request.
        _deadline.set(deadline)
        yield

    def on_execute(self) -> Iterator[None]:
        """Raise QueryTimeoutError if the deadline has passed."""
        self._context.deadline.check()
        yield

    @property
    def _context(self) -> Context:
        context: Context = self.execution_context.context
        return context


def _choose(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """Return the operation of this name; without a name, the only one. Raises NotExecutedError where there is none."""
    found = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if name is not None:
        found = [node for node in found if node.name is not None and node.name.value == name]
    if not found:
        raise NotExecutedError("The document has no operation of this name." if name else "There is no operation.")
    if len(found) > 1 and name is None:
        raise NotExecutedError("The document has several operations: say which one, by `operationName`.")
    return found[0]
