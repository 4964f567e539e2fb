"""GraphQL over HTTP: what a request asks, and the form of the answer.

Sections refer to https://graphql.github.io/graphql-over-http/draft/.
"""

import json
from collections.abc import Mapping
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData

from catalog_graphql.errors import ErrorCode

JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"
METHODS = "GET, POST"


class RefusedRequestError(Exception):
    """A request that is wrong as HTTP has it, or as GraphQL over HTTP has it: the status and headers of the answer."""

    def __init__(self, status: int, message: str, code: ErrorCode = ErrorCode.BAD_USER_INPUT, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def media_type(request: HttpRequest) -> str:
    """Return the media type of the answer, by what the request accepts. Raises RefusedRequestError (406)."""
    preferred = request.get_preferred_type(
        [JSON, RESPONSE_JSON, f"{JSON}; charset=utf-8", f"{RESPONSE_JSON}; charset=utf-8"]
    )
    if preferred is None:
        raise RefusedRequestError(406, f"The answer is {RESPONSE_JSON} or {JSON}: accept one of them.")
    return preferred.partition(";")[0]


def read(request: HttpRequest) -> GraphQLRequestData:
    """Return what a request asks. Raises RefusedRequestError where it is not one of GraphQL over HTTP."""
    if request.method == "GET":
        asked: Any = request.GET.dict()
        for name in ("variables", "extensions"):
            if asked.get(name):
                asked[name] = _parse(asked[name], name)
    elif request.method == "POST":
        asked = _parse(_body(request), "body")
    else:
        raise RefusedRequestError(405, "GraphQL is asked by GET or POST.", Allow=METHODS)
    if isinstance(asked, list):
        raise RefusedRequestError(400, "Batches are not taken: send each operation in a request of its own.")
    if not isinstance(asked, dict):
        raise RefusedRequestError(400, "The body must be a JSON object, with the document as its `query`.")
    query = _field(asked, "query", str, "a string")
    if not query:
        raise RefusedRequestError(400, "There is no document: send one as `query`.")
    return GraphQLRequestData(
        query=query,
        variables=_field(asked, "variables", dict, "an object"),
        operation_name=_field(asked, "operationName", str, "a string") or None,
        extensions=_field(asked, "extensions", dict, "an object"),
    )


def respond(answer: GraphQLHTTPResponse, type_: str) -> HttpResponse:
    """Return the response of this media type (section "Response").

    An answer without `data` is that to a request that was not executed: its status says so, except in
    application/json, whose clients take any other status than 200 for a failure of something in between.
    """
    status = 400 if "data" not in answer and type_ == RESPONSE_JSON else 200
    return HttpResponse(orjson.dumps(answer), status=status, content_type=f"{type_}; charset=utf-8")


def refuse(error: RefusedRequestError) -> HttpResponse:
    """Return the response to a request that is refused."""
    answer = {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
    return HttpResponse(
        orjson.dumps(answer), status=error.status, content_type=f"{JSON}; charset=utf-8", headers=error.headers
    )


def _body(request: HttpRequest) -> bytes:
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if request.content_type != JSON or charset not in ("utf-8", "utf8"):
        raise RefusedRequestError(415, f"The body must be {JSON}, in UTF-8.", Accept=JSON)
    try:
        return request.body
    except RequestDataTooBig as error:
        raise RefusedRequestError(413, "The body is too large.") from error
    except UnreadablePostError as error:
        raise RefusedRequestError(400, "The body has not come whole.") from error


def _parse(text: bytes | str, name: str) -> Any:
    # orjson would refuse half of a surrogate pair without telling where it is.
    try:
        return json.loads(text if isinstance(text, str) else text.decode(), parse_constant=_refuse_constant)
    except (RecursionError, ValueError) as error:
        raise RefusedRequestError(400, f"The {name} must be JSON, in UTF-8, and not nested absurdly.") from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _field(asked: Mapping[str, Any], name: str, type_: type, words: str) -> Any:
    value = asked.get(name)
    if value is not None and not isinstance(value, type_):
        raise RefusedRequestError(400, f"`{name}` must be {words}, if it is sent.")
    return value
