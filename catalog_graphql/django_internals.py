"""What this server takes from Django, REST framework and strawberry-django that they do not promise to keep.

Each has its reason. `tests/catalog_graphql/test_internals.py` tests what is assumed of it, and `pyproject.toml` bounds
the versions for which that holds.
"""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request
from strawberry_django.fields.field import StrawberryDjangoField
from strawberry_django.optimizer import optimize

__all__ = ["StrawberryDjangoField", "django_request", "mark_as_logged", "optimize", "prefetches"]


def django_request(request: Request) -> HttpRequest:
    """Return Django's request, which REST framework wraps. Whoever signs in becomes that one's user."""
    return request._request


def mark_as_logged(response: HttpResponse) -> None:
    """Keep Django from logging the response: it logs each status above 399, and whoever refused has said why."""
    response._has_been_logged = True  # type: ignore[attr-defined]


def prefetches(rows: QuerySet[Any]) -> "list[Prefetch[Any, Any, Any]]":
    """Return what is read with the rows by queries of their own, such as the optimizer has asked for."""
    lookups = rows._prefetch_related_lookups  # type: ignore[attr-defined]
    return [lookup for lookup in lookups if isinstance(lookup, Prefetch)]
