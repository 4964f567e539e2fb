"""Uses of private or undocumented parts of Django, REST framework and strawberry-django.

Each has its reason. `tests/catalog_graphql/test_internals.py` tests the assumptions about them, and `pyproject.toml`
restricts the versions to those for which they hold.
"""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request
from strawberry_django.fields.field import StrawberryDjangoField
from strawberry_django.optimizer import optimize

__all__ = ["StrawberryDjangoField", "django_request", "mark_as_logged", "optimize", "prefetches"]


def django_request(request: Request) -> HttpRequest:
    """Return the Django request that REST framework wraps. Its user is the one who signs in."""
    return request._request


def mark_as_logged(response: HttpResponse) -> None:
    """Keep Django from logging the response, as it does for each status above 399: the refusal is already logged."""
    response._has_been_logged = True  # type: ignore[attr-defined]


def prefetches(rows: QuerySet[Any]) -> "list[Prefetch[Any, Any, Any]]":
    """Return the queryset's Prefetch objects, such as those that the optimizer has added."""
    lookups = rows._prefetch_related_lookups  # type: ignore[attr-defined]
    return [lookup for lookup in lookups if isinstance(lookup, Prefetch)]
