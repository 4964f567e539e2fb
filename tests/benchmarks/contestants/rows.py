"""What the peers' querysets share: the viewer's scope, by this server's own rule, and the conditions of the lists."""

from typing import Any, TypeVar

from django.db.models import CharField, ExpressionWrapper, F, Model, Q, QuerySet
from django.db.models.functions import Lower
from django.db.models.lookups import Contains
from django.utils import timezone

from catalog_graphql.access import make_policy
from catalog_graphql.catalog import api

RowT = TypeVar("RowT", bound=Model)

# A course key read as text: to parse it costs 0.12 ms, which says nothing about the libraries that are compared.
KEY_TEXT = ExpressionWrapper(F("course_key"), output_field=CharField())
NEWEST = ("-created", "-id")
NOT_CCX = ~Q(course_key__startswith=api.CCX_PREFIX)


def visible(rows: QuerySet[RowT], user: Any) -> QuerySet[RowT]:
    """Return those of the rows that the user may see."""
    return make_policy(user).scope(rows, user)


def has_word(word: str) -> Q:
    """Return the condition on runs that the word is in their title or key, case aside."""
    return Q(title__icontains=word) | Q(Contains(Lower("course_key", output_field=CharField()), word.lower()))


def is_active() -> Q:
    """Return the condition on runs that they are not over."""
    return ~Q(schedule__end__lt=timezone.now())


def status(course_run: Any) -> str:
    """Return a run's status; its schedule must have been read."""
    schedule = getattr(course_run, "schedule", None)
    over = schedule is not None and schedule.end is not None and schedule.end < timezone.now()
    return "ARCHIVED" if over else "ACTIVE"


def with_z(answer: Any) -> Any:
    """Return the answer with its instants spelled `Z` for `+00:00`, as this server's are."""
    if isinstance(answer, dict):
        return {key: with_z(value) for key, value in answer.items()}
    if isinstance(answer, list):
        return [with_z(item) for item in answer]
    if isinstance(answer, str) and answer.endswith("+00:00"):
        return f"{answer.removesuffix('+00:00')}Z"
    return answer
