"""Errors of a request, and how the response shows them: every error has a code."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from itertools import chain, groupby, repeat
from typing import Any, cast

from django.conf import settings
from django.db import Error
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from graphql import (
    ArgumentNode,
    GraphQLError,
    GraphQLInputType,
    GraphQLSchema,
    ValueNode,
    ValuesOfCorrectTypeRule,
    VariableDefinitionNode,
    VariableNode,
    type_from_ast,
)
from graphql.language.visitor import SKIP, VisitorAction
from graphql.pyutils import Undefined
from graphql.utilities.validate_input_value import validate_input_literal, validate_input_value
from strawberry.extensions import SchemaExtension

from catalog_graphql.catalog import api
from catalog_graphql.graphql_internals import graphql_schema

logger = logging.getLogger(__name__)

INTERNAL_MESSAGE = gettext_lazy("Something went wrong on our side. It has been logged.")
MAX_MESSAGE = 500  # Characters of a message. Some messages quote the input, which may be long.

RETRY_AFTER = 5
"""Seconds after which to retry a request that failed because of the database."""

DATABASE_ERRORS = (Error,)
"""All of Django's database errors; `of_database` distinguishes failures from wrong statements."""


class ErrorCode(StrEnum):
    """The `extensions.code` of an error, with the names that Apollo's clients know."""

    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    QUERY_TOO_COMPLEX = "QUERY_TOO_COMPLEX"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
    RATE_LIMITED = "RATE_LIMITED"
    TIMEOUT = "TIMEOUT"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR"


class BadUserInputError(GraphQLError):
    """An argument or variable has the wrong form.

    `input_path` leads from the argument's name to the value at fault, such as `["filter", "search"]`.
    """

    def __init__(self, message: str, *, input_path: Sequence[str | int]) -> None:
        super().__init__(message, extensions=_bad_user_input(input_path))


class NotExecutedError(GraphQLError):
    """A well-formed request that cannot be executed; it has the same HTTP status as an invalid document."""

    def __init__(self, message: str, code: ErrorCode = ErrorCode.BAD_USER_INPUT) -> None:
        super().__init__(message, extensions={"code": code})


class UnauthenticatedError(GraphQLError):
    """The viewer has not signed in."""

    def __init__(self) -> None:
        super().__init__(_("Sign in first."), extensions={"code": ErrorCode.UNAUTHENTICATED})


class QueryTooComplexError(GraphQLError):
    """A document, or its request, exceeds the limit of the measure, such as `cost` or `depth`."""

    def __init__(self, measure: str, found: int, limit: int, subject: str = "The document") -> None:
        extensions = {"code": ErrorCode.QUERY_TOO_COMPLEX, measure: found, "limit": limit}
        super().__init__(f"{subject} is too complex: {measure} {found}, limit {limit}.", extensions=extensions)


class RateLimitedError(GraphQLError):
    """The viewer has asked for too much lately, and may retry after this many seconds."""

    def __init__(self, retry_after: int) -> None:
        extensions = {"code": ErrorCode.RATE_LIMITED, "retryAfter": retry_after}
        message = _("Too much was asked lately: ask again in %(seconds)d s.") % {"seconds": retry_after}
        super().__init__(message, extensions=extensions)


class QueryTimeoutError(GraphQLError):
    """The request, or one of its statements, took too long."""

    def __init__(self) -> None:
        message = _(
            "It took too long. Ask for less, or again later; look whether a change was done before repeating it."
        )
        super().__init__(message, extensions={"code": ErrorCode.TIMEOUT})


_FAILURES = {
    api.DatabaseFailure.UNAVAILABLE: gettext_lazy("The database does not answer. Ask again later."),
    api.DatabaseFailure.READ_ONLY: gettext_lazy(
        "The site is read-only at present: nothing can be changed. Ask again later."
    ),
    api.DatabaseFailure.LOST_RACE: gettext_lazy("Others are changing the same. Ask again later."),
}


class UnavailableError(GraphQLError):
    """The database cannot serve the request at present."""

    def __init__(self, failure: api.DatabaseFailure = api.DatabaseFailure.UNAVAILABLE) -> None:
        extensions = {"code": ErrorCode.SERVICE_UNAVAILABLE, "retryAfter": RETRY_AFTER}
        super().__init__(str(_FAILURES[failure]), extensions=extensions)


def _bad_user_input(input_path: Sequence[str | int]) -> dict[str, Any]:
    return {"code": ErrorCode.BAD_USER_INPUT, "inputPath": [str(step) for step in input_path]}


class ValuesOfCorrectType(ValuesOfCorrectTypeRule):
    """GraphQL's own rule, extended with the error's location in the input."""

    _argument: tuple[str, ...] = ()

    def enter_argument(self, node: ArgumentNode, *_args: Any) -> None:
        """Remember the argument whose value comes next."""
        self._argument = (node.name.value,)

    def leave_argument(self, *_args: Any) -> None:
        """Forget the argument: this rule also checks default values of variables."""
        self._argument = ()

    def is_valid_value_node(self, node: ValueNode, input_type: GraphQLInputType | None) -> VisitorAction:
        """Report the errors in the value."""

        def report(error: GraphQLError, path: list[str | int]) -> None:
            if error.original_error is not None:  # Python's ValueError for a number with too many digits.
                error = GraphQLError("The value cannot be read.", error.nodes)
            error.extensions = _bad_user_input([*self._argument, *path])
            self.report_error(error)

        if input_type:
            validate_input_literal(node, input_type, report, None, None, self.context.hide_suggestions)
        return SKIP


class _EnoughError(Exception):
    """All the requested paths have been found."""


def _wrong_paths(
    schema: GraphQLSchema, definition: VariableDefinitionNode, variables: dict[str, Any], most: int
) -> Iterator[list[str | int]]:
    """Return the paths at which a variable's value is wrong, at most `most`, in the executor's order."""
    name = definition.variable.name.value
    paths: list[list[str | int]] = []

    def collect(_error: GraphQLError, path: list[str | int]) -> None:
        paths.append([name, *path])
        if len(paths) == most:
            raise _EnoughError

    type_ = cast(GraphQLInputType, type_from_ast(schema, definition.type))
    with suppress(_EnoughError):
        validate_input_value(variables.get(name, Undefined), type_, collect, hide_suggestions=True)
    return chain(paths, repeat([name]))


def blame_variable(error: GraphQLError) -> None:
    """Set the code of an error about a nullable variable that is null, but is used where null is not allowed."""
    node = error.nodes[0] if error.nodes else None
    if isinstance(node, VariableNode):
        error.extensions = _bad_user_input([node.name.value])


class ErrorCodes(SchemaExtension):
    """Give every error of a request the code of the step that found it."""

    def on_parse(self) -> Iterator[None]:
        """Set the code of syntax errors."""
        yield
        self._set_code(ErrorCode.GRAPHQL_PARSE_FAILED)

    def on_validate(self) -> Iterator[None]:
        """Set the code of validation errors."""
        self.execution_context.validation_rules = tuple(
            ValuesOfCorrectType if rule is ValuesOfCorrectTypeRule else rule
            for rule in self.execution_context.validation_rules
        )
        yield
        self._set_code(ErrorCode.GRAPHQL_VALIDATION_FAILED)

    def on_execute(self) -> Iterator[None]:
        """Set the code of errors about variables of the wrong form, and add their location."""
        yield
        context = self.execution_context
        errors = [error for error in context.pre_execution_errors or () if _definition(error) is not None]
        for definition, group in groupby(errors, key=_definition):
            if definition is not None:
                of_one = list(group)
                paths = _wrong_paths(graphql_schema(context.schema), definition, context.variables or {}, len(of_one))
                for error, path in zip(of_one, paths, strict=False):
                    error.extensions = _bad_user_input(path)

    def _set_code(self, code: ErrorCode) -> None:
        for error in self.execution_context.pre_execution_errors or ():
            error.extensions = {"code": code} | (error.extensions or {})


def _definition(error: GraphQLError) -> VariableDefinitionNode | None:
    """Return the definition of the variable that the executor rejected; None for other errors."""
    node = error.nodes[0] if error.nodes else None
    return node if isinstance(node, VariableDefinitionNode) else None


def is_internal(error: GraphQLError) -> bool:
    """Return whether the error is the server's fault, not the request's."""
    if not isinstance(error.original_error, GraphQLError | None):
        return True
    return error.path is not None and "code" not in (error.extensions or {})


def of_database(error: BaseException | None) -> UnavailableError | QueryTimeoutError | None:
    """Return the error to show if the database failed; None if a statement was wrong, and for other errors."""
    failure = api.DatabaseFailure.LOST_RACE if isinstance(error, api.BusyError) else api.failure_of(error)
    if failure is api.DatabaseFailure.TOOK_TOO_LONG:
        return QueryTimeoutError()
    return UnavailableError(failure) if failure else None


def log(error: GraphQLError) -> None:
    """Log an error that is the server's fault, with its traceback unless the database failed."""
    if of_database(error.original_error):
        logger.error("The database: %s, at %s", error.message.strip(), error.path)
    elif is_internal(error):
        logger.error("%s at %s", error.message, error.path, exc_info=error.original_error or error)


def formatted(error: GraphQLError) -> dict[str, Any]:
    """Return the error as the response shows it. Internal errors have no details, unless in DEBUG."""
    shown: dict[str, Any] = dict(error.formatted)
    if found := of_database(error.original_error):
        shown["message"], shown["extensions"] = found.message, found.extensions
    elif is_internal(error) or "code" not in shown.get("extensions", {}):
        shown["message"] = error.message if settings.DEBUG else str(INTERNAL_MESSAGE)
        shown["extensions"] = {"code": ErrorCode.INTERNAL_SERVER_ERROR}
    if len(shown["message"]) > MAX_MESSAGE:
        shown["message"] = f"{shown['message'][:MAX_MESSAGE]}..."
    return shown
