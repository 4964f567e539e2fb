"""The time limit of pages: the endpoint's, so that no page holds a worker for longer than a query does."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from catalog_graphql.limits import deadlines


def on_requests(respond: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return middleware that lets a request's statements in the database take no longer than `seconds` in all."""

    def respond_in_time(request: HttpRequest) -> HttpResponseBase:
        with deadlines.of(request).on_statements():
            return respond(request)

    return respond_in_time
