"""Answers: what was selected of lists and objects, by a plan, or by the reference path where there is none.

The reference path is strawberry-django's optimizer. It also answers whatever cannot be answered without an error: it
knows where in the response an error belongs, but is slow, and not asked where there is much. The setting
`CATALOG_READ_PLAN` switches plans off.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import router
from django.db.models import QuerySet
from graphql import FieldNode, GraphQLError, OperationType
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from catalog_graphql import rates
from catalog_graphql.access import plan_key
from catalog_graphql.context import Context, Info
from catalog_graphql.errors import QueryTimeoutError, QueryTooComplexError
from catalog_graphql.reading.binds import Answering, UnplannableError
from catalog_graphql.reading.costs import Costs
from catalog_graphql.reading.kept import Kept, asked
from catalog_graphql.reading.lists import ListField
from catalog_graphql.reading.planning import Planner
from catalog_graphql.reading.plans import ListPlan, ObjectsPlan
from catalog_graphql.reading.selections import optimized, optimized_for, selected_at
from openedx_catalog import models_api as models

logger = logging.getLogger(__name__)

PLACED_SHARE = 10
"""Which share of the most expensive document is answered by the reference path where it has an error."""

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
    """The executor: it executes nothing that costs too much, and takes what plans have answered as completed."""

    @classmethod
    def build(cls, *args: Any, **options: Any) -> Any:
        """Return the executor of a request, or what is wrong with its variables."""
        _schema, _document, _root_value, context, *_ = args
        return super().build(*args, **options | {"hide_suggestions": not context.may_explore})

    def execute_collected_root_fields(self, root_type: Any, root_value: Any, fields: Any, *rest: Any) -> Any:
        """Execute the root fields. Raises QueryTooComplexError, and RateLimitedError, before any of them is."""
        context: Context = self.context_value
        question = asked(self.operation, self.variable_values.coerced)
        context.cost = _costs.get(question, lambda: Costs(self).of_operation(root_type, fields))
        if context.cost > context.limits.cost:
            raise QueryTooComplexError("cost", context.cost, context.limits.cost)
        rates.charge(context.request, context.user, context.cost)
        return super().execute_collected_root_fields(root_type, root_value, fields, *rest)

    def complete_value(
        self, return_type: Any, field_details_list: Any, info: Any, path: Any, result: Any, *rest: Any
    ) -> Any:
        """Return the value as the response shows it. Raises QueryTimeoutError once the time is over."""
        self.context_value.deadline.check()
        if type(result) is Completed:
            return result.at(path)
        return super().complete_value(return_type, field_details_list, info, path, result, *rest)


def list_answer(info: Info, list_field: ListField, arguments: Mapping[str, Any]) -> Completed | None:
    """Return the connection that a root field with these arguments selects; None where the reference path must."""
    raw = info._raw_info

    def answer() -> Completed:
        plan = _planned(
            info, "", lambda planner: planner.list(raw.parent_type, raw.field_nodes, list_field, arguments, single=True)
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
        except QueryTimeoutError:
            raise
        except GraphQLError:
            # Of much, the place of an error is not looked for: it is the root field's.
            is_query = info._raw_info.operation.operation is OperationType.QUERY
            if is_query and info.context.cost > info.context.limits.cost // PLACED_SHARE:
                raise
    return None


_plans: Kept[Any] = Kept()
_costs: Kept[int] = Kept()


def _planned(info: Info, part: str, make: Callable[[Planner], PlanT]) -> PlanT:
    """Return the plan for a part of the field that is being resolved, made now or for a request like this one."""
    plan: PlanT = _plans.get(_plan_key(info, part), lambda: make(Planner(info)))
    return plan


def _plan_key(info: Info, part: str) -> Hashable:
    """Return all that a plan depends on; None where that is not known, or no other request will be like this one."""
    raw, policy = info._raw_info, info.context.policy
    policy_key = plan_key(policy)
    question = asked(raw.operation, cast(Any, raw).variable_values)
    if question is None or policy_key is None:
        return None
    return (*question, *raw.path.as_list(), part, type(policy), policy_key, router.db_for_read(models.CourseRun))
