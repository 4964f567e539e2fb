"""Responses to requests that fail outside of a view: GraphQL errors at the endpoint, Django's pages elsewhere."""

import sys

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt

from catalog_graphql import errors
from catalog_graphql.http import protocol


@csrf_exempt
def without_slash(request: HttpRequest) -> HttpResponseBase:
    """Redirect a browser to the endpoint, but answer a program with an error: a redirect would lose what it posted."""
    endpoint = reverse("graphql")
    if request.method == "GET":
        return redirect(f"{endpoint}?{query}" if (query := request.META["QUERY_STRING"]) else endpoint)
    message = f"The address of the endpoint is {endpoint}, with a slash at the end."
    return protocol.refuse(protocol.RefusedRequestError(404, message))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer a request that Django considers suspicious, such as one with a wrong Host header."""
    if request.path != reverse("graphql"):
        return defaults.bad_request(request, exception)
    return protocol.refuse(protocol.RefusedRequestError(400, "The request is not one that this site answers."))


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer a request that failed with an unexpected error or because of the database."""
    error = sys.exc_info()[1]
    found = error if isinstance(error, errors.QueryTimeoutError) else errors.of_database(error)
    if request.path == reverse("graphql"):
        if found:
            return protocol.respond({"errors": [found.formatted]})
        code = errors.ErrorCode.INTERNAL_SERVER_ERROR
        return protocol.refuse(protocol.RefusedRequestError(500, str(errors.INTERNAL_MESSAGE), code))
    if found:
        # Without the request: with it, context processors would query the database for the user.
        page = render_to_string("catalog_graphql/unavailable.html", {"message": found.message})
        return HttpResponse(page, status=503, headers={"Retry-After": str(errors.RETRY_AFTER)})
    return defaults.server_error(request)
