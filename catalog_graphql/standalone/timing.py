"""The time limit of pages: the same as the endpoint's, so that no page occupies a worker for longer than a query."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from catalog_graphql.limits import deadlines


def on_requests(respond: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return middleware that limits the total time of a request's database statements to the limit `seconds`."""

    def respond_in_time(request: HttpRequest) -> HttpResponseBase:
        with deadlines.of(request).on_statements():
            return respond(request)

    return respond_in_time
