"""GraphQL over HTTP: what a request asks, and the form of the answer.

Sections refer to https://graphql.github.io/graphql-over-http/draft/.
"""

import gc
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from strawberry.http import GraphQLRequestData

from catalog_graphql.errors import BadUserInputError, ErrorCode, NotExecutedError, QueryTooComplexError
from catalog_graphql.http import trusted_documents
from catalog_graphql.limits import limits, parameters

JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"
METHODS = "GET, POST"

_STATUSES = {ErrorCode.FORBIDDEN: 403, ErrorCode.RATE_LIMITED: 429, ErrorCode.SERVICE_UNAVAILABLE: 503}
# An answer is somebody's own, and nothing to show as a page.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Vary": "Accept-Language",
}


class RefusedRequestError(Exception):
    """A request that violates HTTP or GraphQL over HTTP, with the status and headers of the answer."""

    def __init__(self, status: int, message: str, code: ErrorCode = ErrorCode.BAD_USER_INPUT, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


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


def language(request: HttpRequest) -> str | None:
    """Return the language for the messages of the answer: the one that the request accepts, or else the active one.

    Django's own choice would let a cookie decide, but a page knows in which language it shows them.
    """
    if "Accept-Language" not in request.headers:
        return translation.get_language()
    without_cookies = HttpRequest()
    without_cookies.META["HTTP_ACCEPT_LANGUAGE"] = request.headers["Accept-Language"]
    return translation.get_language_from_request(without_cookies)


def read(request: HttpRequest) -> GraphQLRequestData:
    """Return what a request asks.

    Raises RefusedRequestError where it is not one of GraphQL over HTTP, and GraphQLError where it asks for too much, or
    for what there is not.
    """
    if request.method == "GET":
        if len(request.META.get("QUERY_STRING", "")) > limits.current().body_bytes:
            raise RefusedRequestError(414, "The address is too long.")
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
    parameters.measure(asked, limits.current())
    _refuse_halves_of_pairs(asked)
    extensions = _field(asked, "extensions", dict, "an object")
    return GraphQLRequestData(
        query=_document(asked, extensions or {}),
        variables=_field(asked, "variables", dict, "an object"),
        operation_name=_field(asked, "operationName", str, "a string") or None,
        extensions=extensions,
    )


def respond(answer: Mapping[str, Any], type_: str = JSON) -> HttpResponse:
    """Return the response of this media type (section "Response").

    An answer without `data` is that to a request that was not executed: its status says so, except in
    application/json, whose clients take any other status than 200 for a failure of something in between.
    """
    status, headers = 400 if "data" not in answer and type_ == RESPONSE_JSON else 200, {}
    for error in answer.get("errors", ()):
        extensions = error.get("extensions", {})
        status = _STATUSES.get(extensions.get("code"), status)
        if extensions.get("code") == ErrorCode.INTERNAL_SERVER_ERROR and "data" not in answer:
            status = 500
        if "retryAfter" in extensions:
            headers["Retry-After"] = str(extensions["retryAfter"])
    return _response(answer, type_, status, headers)


def refuse(error: RefusedRequestError) -> HttpResponse:
    """Return the response to a request that is refused."""
    answer = {"errors": [{"message": str(error), "extensions": {"code": error.code}}]}
    return _response(answer, JSON, error.status, error.headers)


def _response(answer: Mapping[str, Any], type_: str, status: int, headers: Mapping[str, str]) -> HttpResponse:
    extensions = answer.get("extensions") or {"cost": limits.costs(limits.current().cost)}
    return HttpResponse(
        orjson.dumps({**answer, "extensions": extensions}),
        status=status,
        content_type=f"{type_}; charset=utf-8",
        # Without a language, messages are as they are in the code.
        headers={**_HEADERS, "Content-Language": translation.get_language() or "en", **headers},
    )


def revalidated(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Return the response for a client to keep and ask again whether it is still good; 304 without it if it is."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest())
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Accept", "Authorization", "Cookie"))
    return get_conditional_response(request, etag=etag, response=response) or response


def _document(asked: Mapping[str, Any], extensions: Mapping[str, Any]) -> str:
    """Return the document of a request, which may name a trusted one by its ID."""
    query, document_id = _field(asked, "query", str, "a string"), _field(asked, "documentId", str, "a string")
    if query and document_id:
        raise RefusedRequestError(400, "Send either a document, as `query`, or the `documentId` of a trusted one.")
    if query:
        most = limits.current().characters
        if len(query) > most:
            raise QueryTooComplexError("characters", len(query), most)
        if not trusted_documents.admits(query):
            message = "Only trusted documents are answered: send a `documentId`."
            raise RefusedRequestError(403, message, ErrorCode.FORBIDDEN)
        return str(query)
    if document_id:
        unknown = NotExecutedError("There is no trusted document of this id.", ErrorCode.PERSISTED_QUERY_NOT_FOUND)
    elif document_id := _hash(extensions):
        unknown = _unknown_hash()
    else:
        raise RefusedRequestError(400, "Send a document, as `query`, or the `documentId` of a trusted one.")
    trusted = trusted_documents.find(document_id)
    if trusted is None:
        raise unknown
    return trusted


def _hash(extensions: Mapping[str, Any]) -> str | None:
    """Return the hash that stands for a document, as clients send it that try automatic persisted queries."""
    persisted = extensions.get("persistedQuery")
    named = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    return named if isinstance(named, str) else None


def _unknown_hash() -> NotExecutedError:
    """Return the error that makes such a client send the text: this time, or from now on where no hash is known."""
    if trusted_documents.there_are():
        return NotExecutedError("PersistedQueryNotFound", ErrorCode.PERSISTED_QUERY_NOT_FOUND)
    return NotExecutedError("PersistedQueryNotSupported", ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED)


def _refuse_halves_of_pairs(asked: dict[str, Any]) -> None:
    """Refuse half of a surrogate pair, which JSON can spell, but which nothing can store or return."""
    for path in parameters.halves_of_pairs(asked):
        message = "Text must not hold half of a surrogate pair."
        if path and path[0] == "variables":
            raise BadUserInputError(message, input_path=path[1:])
        raise RefusedRequestError(400, message)


def _body(request: HttpRequest) -> bytes:
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if request.content_type != JSON or charset not in ("utf-8", "utf8"):
        raise RefusedRequestError(415, f"The body must be {JSON}, in UTF-8.", Accept=JSON)
    too_large = RefusedRequestError(413, "The body is too large.")
    most, length = limits.current().body_bytes, request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()):
        raise RefusedRequestError(400, "Content-Length must be a number.")
    if len(length) > len(str(most)) or int(length) > most:
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
    # orjson would refuse half of a surrogate pair without saying where it is.
    try:
        with _garbage_kept():
            return json.loads(text if isinstance(text, str) else text.decode(), parse_constant=_refuse_constant)
    except (RecursionError, ValueError) as error:
        raise RefusedRequestError(400, f"The {name} must be JSON, in UTF-8, and not nested absurdly.") from error


@contextmanager
def _garbage_kept() -> Iterator[None]:
    """Turn off garbage collection in this block.

    Half a million lists make Python look for cycles of garbage all the time, among all that the process holds. JSON
    has none.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _field(asked: Mapping[str, Any], name: str, type_: type, expected: str) -> Any:
    value = asked.get(name)
    if value is not None and not isinstance(value, type_):
        raise RefusedRequestError(400, f"`{name}` must be {expected}, if it is sent.")
    return value
