"""The endpoint: GraphQL over HTTP, and GraphiQL for browsers."""

from collections.abc import Callable
from typing import Any

from cross_web import HTTPException
from csp.constants import SELF, UNSAFE_INLINE
from django.contrib.auth.views import redirect_to_login
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from graphql import GraphQLError
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from strawberry.django.views import GraphQLView as StrawberryGraphQLView
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.types import ExecutionResult

from catalog_graphql import errors
from catalog_graphql.context import Context
from catalog_graphql.django_internals import mark_as_logged
from catalog_graphql.http import protocol
from catalog_graphql.http.authentication import authenticate
from catalog_graphql.http.pages import POLICY, built_page
from catalog_graphql.limits import deadlines, rates

# Monaco, GraphiQL's editor, injects its styles and draws with images of its own.
GRAPHIQL_POLICY = POLICY | {
    "worker-src": [SELF],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": ["data:"],
    "font-src": [SELF],
}
GRAPHIQL_SCRIPT = "catalog_graphql/graphiql/graphiql.js"


def _in_no_transaction(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Exempt the view from `ATOMIC_REQUESTS`: it begins its own transactions."""
    for alias in connections:
        view = transaction.non_atomic_requests(alias)(view)
    return view


# Who comes with a cookie is asked for a CSRF token by `authenticate`, and nobody else is. Each change is a transaction
# of its own: an answer that tells of an error would not roll back one for the whole request.
@method_decorator([csrf_exempt, _in_no_transaction], name="dispatch")
class GraphQLView(StrawberryGraphQLView[Context, None]):
    """Answer GraphQL, and show GraphiQL to browsers."""

    def get_context(self, request: HttpRequest, response: HttpResponse) -> Context:
        """Return what the request knows.

        Raises APIException where who is asking cannot be told, and RateLimitedError where they have asked for too much.
        """
        user, grant = authenticate(request)
        self._context = Context(request, user, grant=grant, deadline=self._deadline)
        rates.check(request, self._context.user)
        return self._context

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request. Whatever is wrong with it is reported as a GraphQL error."""
        self._media_type = protocol.JSON
        self._deadline = deadlines.of(request)
        with rates.metered(request), translation.override(protocol.language(request)):
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            if not self.should_render_graphql_ide(self.request_adapter_class(request)):
                self._media_type = protocol.media_type(request)
                self._asked = protocol.read(request)
            with self._deadline.on_statements():
                return self.run(request=request)
        except protocol.RefusedRequestError as error:
            return protocol.refuse(error)
        except GraphQLError as error:
            return protocol.respond({"errors": [errors.formatted(error)]}, self._media_type)
        except errors.DATABASE_ERRORS as error:  # Before it was known who is asking.
            located = GraphQLError(str(error), original_error=error)
            errors.log(located)
            return protocol.respond({"errors": [errors.formatted(located)]}, self._media_type)
        except HTTPException as error:
            return _refusal(error.status_code, errors.ErrorCode.BAD_USER_INPUT, error.reason)
        except AuthenticationFailed as error:
            code = errors.ErrorCode.UNAUTHENTICATED
            refusal = _refusal(401, code, error.detail, WWW_Authenticate='JWT realm="api"')
            mark_as_logged(refusal)  # By `authenticate`, which knows why.
            return refusal
        except PermissionDenied as error:
            return _refusal(403, errors.ErrorCode.FORBIDDEN, error.detail)

    def parse_http_body(self, request: Any) -> GraphQLRequestData:
        """Return what the request asks."""
        return self._asked

    def execute_single(self, *args: Any, **kwargs: Any) -> ExecutionResult:
        """Execute the operation. Mutations by GET are refused."""
        try:
            return super().execute_single(*args, **kwargs)
        except HTTPException as error:
            if isinstance(error.__cause__, InvalidOperationTypeError):
                raise protocol.RefusedRequestError(405, error.reason, Allow="POST") from error
            raise

    def process_result(self, request: HttpRequest, result: ExecutionResult) -> GraphQLHTTPResponse:
        """Return the answer, errors as clients may see them; `data` is there once it was executed."""
        answer: GraphQLHTTPResponse = {"data": result.data}
        found = result.errors or []
        if found and result.data is None and all(error.path is None for error in found):
            del answer["data"]
            found = found[: self._context.limits.errors]
            if not self._context.cost:  # It was work to find out what is wrong.
                rates.charge(request, self._context.user, 1)
        if found:
            answer["errors"] = [errors.formatted(error) for error in found]
        answer["extensions"] = {**(result.extensions or {}), "cost": self._context.costs}
        return answer

    def create_response(self, response_data: Any, sub_response: Any) -> HttpResponseBase:
        """Return the response, of the media type that was asked for."""
        response = protocol.respond(response_data, self._media_type)
        if response.status_code == 200 and "documentId" in self.request.GET:
            return protocol.revalidated(self.request, response)
        return response

    def should_render_graphql_ide(self, request: Any) -> bool:
        """Return whether a browser asks for a page, rather than a program that accepts anything."""
        looks = request.method == "GET" and "text/html" in request.headers.get("accept", "")
        return looks and request.query_params.keys().isdisjoint(("query", "documentId"))

    def render_graphql_ide(self, request: HttpRequest) -> HttpResponse:
        """Show GraphiQL to those who may explore the schema. Others are sent to sign in first."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not Context(request, request.user).may_explore:
            return _refusal(403, errors.ErrorCode.FORBIDDEN, translation.gettext("GraphiQL is not for everybody here."))
        return built_page(request, "GraphiQL", "catalog_graphql/graphiql.html", GRAPHIQL_SCRIPT, GRAPHIQL_POLICY)


def _refusal(status: int, code: errors.ErrorCode, message: object, **headers: str) -> HttpResponse:
    return protocol.refuse(protocol.RefusedRequestError(status, str(message), code, **headers))
