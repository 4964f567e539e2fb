"""Answers: what was selected of lists and objects, by a plan, or by the reference path where there is none.

The reference path is strawberry-django's optimizer. It also answers whatever cannot be answered without an error: it
knows where in the response an error belongs. The setting `CATALOG_READ_PLAN` switches plans off.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
from django.conf import settings
from django.db import router
from django.db.models import QuerySet
from graphql import FieldNode, GraphQLError, OperationType
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from catalog_graphql.context import Context, Info
from catalog_graphql.reading.binds import Answering, UnplannableError
from catalog_graphql.reading.lists import ListField
from catalog_graphql.reading.planning import Planner
from catalog_graphql.reading.plans import ListPlan, ObjectsPlan
from catalog_graphql.reading.selections import optimized, optimized_for, selected_at
from openedx_catalog import models_api as models

logger = logging.getLogger(__name__)

MAX_PLANS = 256

AnswerT = TypeVar("AnswerT")
PlanT = TypeVar("PlanT", ListPlan, ObjectsPlan)


@dataclass(frozen=True)
class Completed:
    """A part of the response that the executor need not look into.

    Below a field that was resolved already, it is by the response names that lead there, `depth` being the length of
    that field's path: an object may be shown under several aliases, which select different fields of it.
    """

    values: dict[tuple[str, ...], Any]
    depth: int = 0

    def at(self, path: Path) -> Any:
        """Return the part that belongs at this path of the response."""
        if len(self.values) == 1:
            return next(iter(self.values.values()))
        return self.values[tuple(key for key in path.as_list()[self.depth :] if isinstance(key, str))]


class Executor(StrawberryGraphQLCoreExecutionContext):
    """The executor, which takes what plans have answered as completed."""

    def complete_value(
        self, return_type: Any, field_details_list: Any, info: Any, path: Any, result: Any, *rest: Any
    ) -> Any:
        """Return the value as the response shows it."""
        if type(result) is Completed:
            return result.at(path)
        return super().complete_value(return_type, field_details_list, info, path, result, *rest)


def list_answer(info: Info, list_field: ListField, asked: Mapping[str, Any]) -> Completed | None:
    """Return the connection that a root field with these arguments selects; None where the reference path must."""
    raw = info._raw_info

    def answer() -> Completed:
        plan = _planned(
            info, "", lambda planner: planner.list(raw.parent_type, raw.field_nodes, list_field, asked, single=True)
        )
        return Completed({(): plan.read(Answering(info))[None]})

    return _unless_unplannable(info, answer)


def object_answers(
    info: Info, type_name: str, rows: Callable[[Context], QuerySet[Any]], *path: str, single: bool = False
) -> dict[str, Any]:
    """Return what was selected of the objects of a type, by their `node_key`: at a path within the field.

    `single` says that there is one object at most.
    """

    def plan(nodes: Sequence[FieldNode]) -> ObjectsPlan:
        return _planned(
            info, type_name, lambda planner: planner.objects(rows(planner.context), type_name, nodes, single=single)
        )

    def answer() -> dict[str, Completed]:
        found: dict[str, dict[tuple[str, ...], Any]] = defaultdict(dict)
        for names, nodes in (selected_at(info._raw_info, path).nodes or {(): []}).items():
            for key, value in plan(nodes).read(Answering(info)).items():
                found[key][names] = value
        depth = len(info._raw_info.path.as_list())
        return {key: Completed(values, depth) for key, values in found.items()}

    answers = _unless_unplannable(info, answer)
    if answers is not None:
        return answers
    found = optimized_for(rows(info.context), info._raw_info, path) if path else optimized(rows(info.context), info)
    return {row.node_key: row for row in found}


def _unless_unplannable(info: Info, answer: Callable[[], AnswerT]) -> AnswerT | None:
    if getattr(settings, "CATALOG_READ_PLAN", True):
        try:
            return answer()
        except UnplannableError as error:
            logger.warning("No plan for %s: %s", info.field_name, error, exc_info=error.__cause__)
        except GraphQLError:
            pass
    return None


_plans: dict[Hashable, Any] = {}
_lock = threading.Lock()


def _planned(info: Info, part: str, make: Callable[[Planner], PlanT]) -> PlanT:
    """Return the plan for a part of the field that is being resolved, made now or for a request like this one."""
    key = _plan_key(info, part)
    plan: PlanT | None = _plans.get(key)
    if plan is None:
        plan = make(Planner(info))
        if key is not None:
            with _lock:
                while len(_plans) >= MAX_PLANS:
                    del _plans[next(iter(_plans))]
                _plans[key] = plan
    return plan


def _plan_key(info: Info, part: str) -> Hashable:
    """Return all that a plan depends on; None where that is not known, or no other request will be like this one."""
    raw, policy = info._raw_info, info.context.policy
    policy_key = getattr(policy, "cache_key", None)
    if raw.operation.operation is not OperationType.QUERY or raw.operation.loc is None or policy_key is None:
        return None
    try:
        variables = orjson.dumps(raw.variable_values)
    except TypeError:  # Half of a surrogate pair, which is refused later.
        return None
    asked = (raw.operation.loc.source.body, raw.operation.name and raw.operation.name.value, variables)
    return (*asked, *raw.path.as_list(), part, type(policy), policy_key, router.db_for_read(models.CourseRun))
