"""What mutations have in common: an input becomes one command, its outcome a payload."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, QuerySet
from graphql import GraphQLError
from organizations.models import Organization
from strawberry import UNSET
from strawberry.utils.str_converters import to_camel_case

from catalog_graphql.access import Action, may
from catalog_graphql.context import Context, Info
from catalog_graphql.errors import ErrorCode
from catalog_graphql.inputs.changes import Change, CourseScheduleInput
from catalog_graphql.payloads import Payload, UserError, UserErrorCode
from catalog_graphql.reading.answers import object_answers
from catalog_graphql.reading.lookups import LOOKUPS
from openedx_catalog import api

logger = logging.getLogger(__name__)

ValueT = TypeVar("ValueT")
PayloadT = TypeVar("PayloadT", bound=Payload)


def change(info: Info, payload: type[PayloadT], input: Change, command: Callable[[], Mapping[str, Any]]) -> PayloadT:
    """Run a command, and return its payload: the fields that the command returns, or all that was wrong."""
    answer: dict[str, Any] = {"client_mutation_id": input.client_mutation_id or None}
    try:
        done = command()
        if None in done.values():
            raise ObjectDoesNotExist
        return payload(**answer, **done)
    except PermissionDenied as denied:
        return payload(**answer, errors=[UserError(code=UserErrorCode.FORBIDDEN, message=str(denied))])
    except api.RefusedError as refused:
        problems = refused.problems
        if refused.existing is not None and "existing" in payload.__annotations__:
            answer["existing"] = read(info, "existing", refused.existing)
            problems = problems if answer["existing"] else tuple(map(_without_name, problems))
        return payload(**answer, errors=user_errors(problems))
    except ObjectDoesNotExist:
        error = UserError(code=UserErrorCode.NOT_FOUND, message="Somebody has deleted it meanwhile.")
        return payload(**answer, errors=[error])
    except api.BusyError as busy:
        raise GraphQLError(str(busy), extensions={"code": ErrorCode.TIMEOUT}) from busy


def _without_name(problem: api.Problem) -> api.Problem:
    """Return the problem without the name of what is in the way, which the viewer may not see."""
    taken = problem.code is api.ProblemCode.ALREADY_EXISTS
    return replace(problem, message="The code is taken.") if taken else problem


def require(allowed: bool) -> None:
    """Raise PermissionDenied unless it is allowed."""
    if not allowed:
        raise PermissionDenied("You may not do this.")


def require_action(info: Info, action: Action, row: Model) -> None:
    """Raise PermissionDenied unless the viewer may do this to the object, and ObjectDoesNotExist where it is gone."""
    if not may(info.context.policy, action, row):
        row.refresh_from_db(fields=["pk"])
        require(False)


def user_errors(problems: Iterable[api.Problem]) -> list[UserError]:
    """Return the problems in the words of the API."""
    return [
        UserError(
            code=UserErrorCode[problem.code],
            message=problem.message,
            field=[to_camel_case(step) for step in problem.field] or None,
        )
        for problem in problems
    ]


def log_change(info: Info, key: str) -> None:
    """Log who did what to which object."""
    logger.info("%s %s by user %s", info.field_name, key, info.context.user.pk)


def read(info: Info, name: str, row: Model) -> Any:
    """Return the object behind a field of the payload as any query reads it, if the viewer may see it."""
    type_name = type(row).__name__

    def rows(context: Context) -> QuerySet[Any]:
        return LOOKUPS[type_name].with_key(context.visible(type(row)._default_manager.filter(pk=row.pk)))

    return next(iter(object_answers(info, type_name, rows, to_camel_case(name), single=True).values()), None)


def read_runs(info: Info, path: Sequence[str], course_keys: Collection[str]) -> dict[str, Any]:
    """Return the runs behind a field of the payload as any query reads them, by key, as far as the viewer may see."""
    return object_answers(info, "CourseRun", lambda context: LOOKUPS["CourseRun"].find(course_keys, context), *path)


def find(info: Info, type_name: str, key: str, *, field: str) -> Any:
    """Return the object of this key, for a command. Raises RefusedError where the viewer may see none."""
    for row in LOOKUPS[type_name].find([key], info.context):
        if row.node_key == key:
            return row
    raise api.RefusedError([api.Problem(api.ProblemCode.NOT_FOUND, f"There is no {key}.", (field,))])


def find_organization(info: Info, org_code: str) -> Organization:
    """Return the organization of this code, case aside. Raises RefusedError where the viewer may see none."""
    visible = info.context.visible(Organization.objects.all())
    with suppress(Organization.DoesNotExist):
        return visible.get(pk=api.find_organization(org_code.strip()).pk)
    message = f"There is no organization {org_code}."
    raise api.RefusedError([api.Problem(api.ProblemCode.NOT_FOUND, message, ("org_code",))])


def given(value: ValueT | None) -> ValueT | None:
    """Return None for what was left out."""
    return None if value is UNSET else value


def text(value: str | None) -> str | None:
    """Return what a command takes for a text: None where it was left out, blank where it is null."""
    return None if value is UNSET else value or ""


def schedule(value: CourseScheduleInput | None) -> dict[str, Any] | None:
    """Return what a command takes for a schedule: None where it was left out, all fields cleared where it is null."""
    if value is UNSET:
        return None
    if value is None:
        return {field.name: None for field in fields(CourseScheduleInput)}
    return {name: instant for name, instant in vars(value).items() if instant is not UNSET}
