"""Answers to requests that fail before a view has them: GraphQL's at its address, Django's pages elsewhere."""

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
    """Show a browser the way to the endpoint, and tell a program: what it posts would be lost on the way."""
    endpoint = reverse("graphql")
    if request.method == "GET":
        return redirect(f"{endpoint}?{query}" if (query := request.META["QUERY_STRING"]) else endpoint)
    message = f"The address of the endpoint is {endpoint}, with a slash at the end."
    return protocol.refuse(protocol.RefusedRequestError(404, message))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer a request that Django suspects, such as one to a host that this is not."""
    if request.path != reverse("graphql"):
        return defaults.bad_request(request, exception)
    return protocol.refuse(protocol.RefusedRequestError(400, "The request is not one that this site answers."))


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer a request with which something went wrong that nobody expected, or which the database fails."""
    error = sys.exc_info()[1]
    found = error if isinstance(error, errors.QueryTimeoutError) else errors.of_database(error)
    if request.path == reverse("graphql"):
        if found:
            return protocol.respond({"errors": [found.formatted]})
        code = errors.ErrorCode.INTERNAL_SERVER_ERROR
        return protocol.refuse(protocol.RefusedRequestError(500, str(errors.INTERNAL_MESSAGE), code))
    if found:
        # Without the request, which would have the template ask the database who has signed in.
        page = render_to_string("catalog_graphql/unavailable.html", {"message": found.message})
        return HttpResponse(page, status=503, headers={"Retry-After": str(errors.RETRY_AFTER)})
    return defaults.server_error(request)
