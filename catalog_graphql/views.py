"""The endpoint: GraphQL over HTTP, and GraphiQL for browsers."""

from typing import Any

import orjson
from cross_web import HTTPException
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from strawberry.django.views import GraphQLView as StrawberryGraphQLView
from strawberry.http import GraphQLHTTPResponse
from strawberry.types import ExecutionResult

from catalog_graphql import errors
from catalog_graphql.authentication import authenticate
from catalog_graphql.context import Context

# Monaco, GraphiQL's editor, injects its styles and draws with images of its own.
GRAPHIQL_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src data:; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
GRAPHIQL_SCRIPT = "catalog_graphql/graphiql/graphiql.js"


# Who comes with a cookie is asked for a CSRF token by `authenticate`, and nobody else is.
@method_decorator(csrf_exempt, name="dispatch")
class GraphQLView(StrawberryGraphQLView[Context, None]):
    """Answer GraphQL, and show GraphiQL to browsers."""

    def get_context(self, request: HttpRequest, response: HttpResponse) -> Context:
        """Return what the request knows. Raises APIException where who is asking cannot be told."""
        return Context(request, authenticate(request))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer; what is wrong with the request itself is a GraphQL error, too."""
        try:
            return self.run(request=request)
        except HTTPException as error:
            return _refusal(error.status_code, errors.ErrorCode.BAD_USER_INPUT, error.reason)
        except AuthenticationFailed as error:
            response = _refusal(401, errors.ErrorCode.UNAUTHENTICATED, str(error.detail))
            response["WWW-Authenticate"] = 'JWT realm="api"'
            return response
        except PermissionDenied as error:
            return _refusal(403, errors.ErrorCode.FORBIDDEN, str(error.detail))

    def process_result(self, request: HttpRequest, result: ExecutionResult) -> GraphQLHTTPResponse:
        """Return the answer, errors as clients may see them."""
        answer: GraphQLHTTPResponse = {"data": result.data}
        if result.errors:
            answer["errors"] = [errors.formatted(error) for error in result.errors]
        if result.extensions:
            answer["extensions"] = result.extensions
        return answer

    def encode_json(self, data: object) -> bytes:
        """Return the answer's bytes."""
        return orjson.dumps(data)

    def render_graphql_ide(self, request: HttpRequest) -> HttpResponse:
        """Show GraphiQL; who has not signed in does so first."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if finders.find(GRAPHIQL_SCRIPT) is None:
            return HttpResponse("GraphiQL is not built: run `make frontend`.\n", content_type="text/plain", status=404)
        return _graphiql(request)


def _refusal(status: int, code: errors.ErrorCode, message: str) -> HttpResponse:
    return JsonResponse({"errors": [{"message": message, "extensions": {"code": code}}]}, status=status)


@ensure_csrf_cookie
def _graphiql(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(
        request,
        "catalog_graphql/graphiql.html",
        {"csrf_cookie_name": settings.CSRF_COOKIE_NAME, "script": GRAPHIQL_SCRIPT},
        headers={"Content-Security-Policy": GRAPHIQL_POLICY},
    )
