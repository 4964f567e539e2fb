"""What mutations have in common: an input becomes one command, its outcome a payload."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from functools import partial, wraps
from typing import Annotated, Any, NamedTuple, TypeVar

import strawberry
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from organizations.models import Organization
from strawberry import UNSET
from strawberry.extensions import SchemaExtension
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case

from catalog_graphql.access import Action, may
from catalog_graphql.catalog import api
from catalog_graphql.context import Context, Info
from catalog_graphql.errors import UnauthenticatedError
from catalog_graphql.execution.executor import object_answers
from catalog_graphql.graphql_internals import paragraph
from catalog_graphql.reading.lookups import LOOKUPS
from catalog_graphql.schema.inputs import Change, CourseScheduleInput
from catalog_graphql.schema.payloads import Payload, UserError, UserErrorCode

logger = logging.getLogger(__name__)

ValueT = TypeVar("ValueT")
InputT = TypeVar("InputT", bound=Change)

Input = Annotated[InputT, strawberry.argument(description="The input of the mutation.")]


class Done(NamedTuple):
    """What a change has done: the keys of what is another now, and a function that reads the fields of the payload."""

    changed: Collection[str]
    answer: Callable[[], Mapping[str, Any]]


def mutation(payload: type[Payload]) -> Callable[[Callable[[Any, Info, InputT], Done]], StrawberryField]:
    """Make a root field of a function that changes something; its docstring becomes the description.

    The function runs in one transaction: it finds the object, asks whether the viewer may, and commands. It runs again,
    whole, where another writer got in the way, so it has no other effects. What is wrong with the input goes into the
    payload. The answer is read once the change is committed, as any query would read it: if that fails, the change
    stays done, and `Changes` tells.
    """

    def make(function: Callable[[Any, Info, InputT], Done]) -> StrawberryField:
        @wraps(function)
        def resolve(self: Any, info: Info, input: InputT) -> Payload:
            if not info.context.is_authenticated:  # No transaction for strangers: SQLite has one writer at a time.
                raise UnauthenticatedError
            answer: dict[str, Any] = {"client_mutation_id": input.client_mutation_id or None}
            try:
                with api.made(api.By.API, info.context.user):
                    done = api.in_transaction(partial(function, self, info, input))
                _note(info, done)
                return payload(**answer, **_found(done.answer()))
            except PermissionDenied as denied:
                answer["errors"] = [UserError(code=UserErrorCode.FORBIDDEN, message=str(denied))]
            except ObjectDoesNotExist:
                message = _("Somebody has deleted it meanwhile.")
                answer["errors"] = [UserError(code=UserErrorCode.NOT_FOUND, message=message)]
            except api.RefusedError as refused:
                problems = refused.problems
                if refused.existing is not None and "existing" in payload.__annotations__:
                    answer |= read(info, existing=refused.existing)
                    problems = problems if answer["existing"] else tuple(map(_without_name, problems))
                answer["errors"] = user_errors(problems)
            return payload(**answer)

        return strawberry.mutation(resolve, description=paragraph(function), graphql_type=payload)

    return make


class Changes(SchemaExtension):
    """Tell, beside errors, which changes were made for all that: `done`, by their names in the answer."""

    def get_results(self) -> dict[str, Any]:
        """Return the changes that were made, if there are errors beside them."""
        result = self.execution_context.result
        done = self.execution_context.context.done
        return {"done": done} if done and result is not None and result.errors else {}


def _note(info: Info, done: Done) -> None:
    """Note what is committed, and log who did what to which object."""
    if done.changed:
        info.context.done.append(str(info.path.key))
    for key in done.changed:
        logger.info("%s %s by user %s", info.field_name, key, info.context.user.pk)


def _found(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    if None in fields.values():
        raise ObjectDoesNotExist
    return fields


def _without_name(problem: api.Problem) -> api.Problem:
    """Return the problem without the name of what is in the way, which the viewer may not see."""
    taken = problem.code is api.ProblemCode.ALREADY_EXISTS
    return replace(problem, message=_("The code is taken.")) if taken else problem


def require(allowed: bool) -> None:
    """Raise PermissionDenied unless it is allowed."""
    if not allowed:
        raise PermissionDenied(_("You may not do this."))


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


def read(info: Info, **rows: Model) -> dict[str, Any]:
    """Return the objects behind fields of the payload as any query reads them; None for what the viewer may not see."""
    return {name: _read(info, name, row) for name, row in rows.items()}


def _read(info: Info, name: str, row: Model) -> Any:
    type_name = type(row).__name__

    def rows(context: Context) -> QuerySet[Any]:
        return LOOKUPS[type_name].with_key(context.visible(type(row)._default_manager.filter(pk=row.pk)))

    return next(iter(object_answers(info, type_name, rows, to_camel_case(name), single=True).values()), None)


def read_runs(info: Info, path: Sequence[str], course_keys: Collection[str]) -> dict[str, Any]:
    """Return the runs behind a field of the payload as any query reads them, by key, as far as the viewer may see."""
    return object_answers(info, "CourseRun", lambda context: LOOKUPS["CourseRun"].find(course_keys, context), *path)


def find(info: Info, type_name: str, key: str, *, field: str) -> Any:
    """Return the object of this key, for a command. Raises RefusedError where the viewer may see none."""
    rows = LOOKUPS[type_name].find([key], info.context)
    if type_name == "CatalogCourse":
        rows = rows.select_related("org")  # The log names the course by its key.
    for row in rows:
        if row.node_key == key:
            return row
    message = _("There is no %(key)s.") % {"key": key}
    raise api.RefusedError([api.Problem(api.ProblemCode.NOT_FOUND, message, (field,))])


def find_organization(info: Info, org_code: str) -> Organization:
    """Return the organization of this code, case aside. Raises RefusedError where the viewer may see none."""
    visible = info.context.visible(Organization.objects.all())
    with suppress(Organization.DoesNotExist):
        return visible.get(pk=api.find_organization(org_code.strip()).pk)
    message = _("There is no organization %(org_code)s.") % {"org_code": org_code}
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
