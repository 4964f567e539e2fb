"""Shared parts of commands: each runs in one transaction, retries after a lost race, and explains its refusals."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial, wraps
from inspect import signature
from typing import ParamSpec, TypeVar

from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from catalog_graphql.catalog import history
from catalog_graphql.catalog.problems import Problem, ProblemCode, RefusedError
from catalog_graphql.catalog.rules import broken_rules
from catalog_graphql.catalog.transactions import OBJECTIONS, begins_again, in_transaction

P = ParamSpec("P")
R = TypeVar("R")


class InUseError(RefusedError, ProtectedError):
    """A deletion refused because other objects refer to this one."""

    def __init__(self, problem: Problem, protected_objects: Iterable[models.Model]) -> None:
        ProtectedError.__init__(self, problem.message, set(protected_objects))
        self.problems = (problem,)
        self.existing = None


def refuse(problems: Iterable[Problem], *, existing: models.Model | None = None) -> None:
    """Raise RefusedError if there are problems."""
    if found := tuple(problems):
        raise RefusedError(found, existing=existing)


def check_expected_title(title: str, expected_title: str | None) -> list[Problem]:
    """Return a problem if an expected title is given and differs from the title."""
    if expected_title in (None, title):
        return []
    message = _('The title is "%(title)s" by now.') % {"title": title}
    return [Problem(ProblemCode.STALE, message, ("expected_title",))]


def save_changes(row: models.Model, stored: models.Model, changes: Mapping[str, object]) -> bool:
    """Apply the changes to the row, save the fields that differ, and return whether any does.

    Saves `stored`, which is locked, rather than the caller's `row`, whose old values may be out of date: the history
    must not record those.
    """
    changed = [field for field, value in changes.items() if getattr(stored, field) != value]
    if type(stored) in history.FIELDS:
        history.expect(stored, history.state_of(stored))
    for field, value in changes.items():
        setattr(row, field, value)
        setattr(stored, field, value)
    if changed:
        stored.save(update_fields=changed)
    return bool(changed)


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in a transaction, and rerun it from the start if another writer got in the way.

    See `in_transaction`. If the database objects because of one of our rules, raise RefusedError for the argument that
    holds the value.
    """
    arguments = signature(function).parameters

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return in_transaction(partial(function, *args, **kwargs))
        except OBJECTIONS as error:
            if not begins_again():
                refuse(broken_rules(error, arguments))
            raise

    return run
