"""GraphQL over HTTP: what a request asks, and the form of the answer.

Sections refer to https://graphql.github.io/graphql-over-http/draft/.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from graphql import GraphQLError
from strawberry.http import GraphQLRequestData

from catalog_graphql import limits, trusted_documents
from catalog_graphql.errors import ErrorCode

JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"
METHODS = "GET, POST"

_STATUSES = {ErrorCode.RATE_LIMITED: 429, ErrorCode.SERVICE_UNAVAILABLE: 503}
# An answer is somebody's own, and nothing to show as a page.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class RefusedRequestError(Exception):
    """A request that is wrong as HTTP has it, or as GraphQL over HTTP has it: the status and headers of the answer."""

    def __init__(self, status: int, message: str, code: ErrorCode = ErrorCode.BAD_USER_INPUT, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class NotExecutedError(GraphQLError):
    """A request that is well-formed, but not one to execute; its status is as for a document that is wrong."""

    def __init__(self, message: str, code: ErrorCode = ErrorCode.BAD_USER_INPUT) -> None:
        super().__init__(message, extensions={"code": code})


def media_type(request: HttpRequest) -> str:
    """Return the media type of the answer, by what the request accepts.

    Raises RefusedRequestError where it accepts none. Pages of other sites can make a browser send a GET, but not one
    that accepts JSON by its name.
    """
    preferred = request.get_preferred_type(
        [JSON, RESPONSE_JSON, f"{JSON}; charset=utf-8", f"{RESPONSE_JSON}; charset=utf-8"]
    )
    if preferred is None:
        raise RefusedRequestError(406, f"The answer is {RESPONSE_JSON} or {JSON}: accept one of them.")
    if request.method == "GET" and "Accept" in request.headers:
        names = {f"{accepted.main_type}/{accepted.sub_type}" for accepted in request.accepted_types}
        if names.isdisjoint((JSON, RESPONSE_JSON)):
            raise NotExecutedError(f"A GET has to accept {RESPONSE_JSON} or {JSON} by name.")
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
    return GraphQLRequestData(
        query=_document(asked),
        variables=_field(asked, "variables", dict, "an object"),
        operation_name=_field(asked, "operationName", str, "a string") or None,
        extensions=_field(asked, "extensions", dict, "an object"),
    )


def respond(answer: Mapping[str, Any], type_: str = JSON) -> HttpResponse:
    """Return the response of this media type (section "Response").

    An answer without `data` is that to a request that was not executed: its status says so, except in
    application/json, whose clients take any other status than 200 for a failure of something in between.
    """
    status, headers = 400 if "data" not in answer and type_ == RESPONSE_JSON else 200, {}
    for error in answer.get("errors", ()):
        extensions = error.get("extensions", {})
        if extensions.get("code") in _STATUSES:
            status = _STATUSES[extensions["code"]]
            headers["Retry-After"] = str(extensions["retryAfter"])
    return _response(answer, type_, status, headers)


def refuse(error: RefusedRequestError) -> HttpResponse:
    """Return the response to a request that is refused."""
    answer = {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
    return _response(answer, JSON, error.status, error.headers)


def _response(answer: Mapping[str, Any], type_: str, status: int, headers: Mapping[str, str]) -> HttpResponse:
    extensions = answer.get("extensions") or {"cost": {"requested": 0, "limit": limits.current().cost}}
    return HttpResponse(
        orjson.dumps({**answer, "extensions": extensions}),
        status=status,
        content_type=f"{type_}; charset=utf-8",
        headers={**_HEADERS, **headers},
    )


def revalidated(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Return the response for a client to keep and ask again whether it is still good; 304 without it if it is."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest())
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Accept", "Authorization", "Cookie"))
    return get_conditional_response(request, etag=etag, response=response) or response


def _document(asked: Mapping[str, Any]) -> str:
    """Return the document that is asked, or named by the id of a trusted one."""
    query, document_id = _field(asked, "query", str, "a string"), _field(asked, "documentId", str, "a string")
    if bool(query) == bool(document_id):
        message = "Send either a document, as `query`, or the `documentId` of a trusted one."
        raise RefusedRequestError(400, message)
    if document_id:
        query = trusted_documents.find(document_id)
        if query is None:
            raise NotExecutedError("There is no trusted document of this id.", ErrorCode.PERSISTED_QUERY_NOT_FOUND)
    elif not trusted_documents.admits(query):
        raise RefusedRequestError(403, "Only trusted documents are answered: send a `documentId`.", ErrorCode.FORBIDDEN)
    return str(query)


def _body(request: HttpRequest) -> bytes:
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if request.content_type != JSON or charset not in ("utf-8", "utf8"):
        raise RefusedRequestError(415, f"The body must be {JSON}, in UTF-8.", Accept=JSON)
    too_large = RefusedRequestError(413, "The body is too large.")
    most = limits.current().body_bytes
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise too_large
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise too_large from error
    except UnreadablePostError as error:
        raise RefusedRequestError(400, "The body has not come whole.") from error
    if len(body) > most:
        raise too_large
    return body


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
