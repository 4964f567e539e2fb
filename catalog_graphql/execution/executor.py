"""The executor, and the plans that answer lists and objects.

An error of a plan is that of the field it answers, mostly a root field, wherever in the selection it came up. The
setting `CATALOG_READ_PLAN` switches plans off.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import orjson
from django.db import router
from django.db.models import QuerySet
from graphql import FieldNode, is_non_null_type, located_error
from graphql.pyutils import Path

from catalog_graphql import conf
from catalog_graphql.access import plan_key
from catalog_graphql.catalog import records as models
from catalog_graphql.context import Context, Info
from catalog_graphql.errors import QueryTooComplexError
from catalog_graphql.execution.cache import BoundedCache, asked
from catalog_graphql.execution.costs import Cost, Costs
from catalog_graphql.graphql_internals import ExecutorBase, resolve_info
from catalog_graphql.limits import rates
from catalog_graphql.limits.answers import AnswerSize
from catalog_graphql.reading import reference
from catalog_graphql.reading.listing import ListField
from catalog_graphql.reading.output import Answering
from catalog_graphql.reading.plan import ListPlan, ObjectsPlan
from catalog_graphql.reading.planner import Planner
from catalog_graphql.reading.selections import selected_at

PlanT = TypeVar("PlanT", ListPlan, ObjectsPlan)


@dataclass(frozen=True)
class Completed:
    """A finished part of the response, which the executor takes as it is.

    Below a field that was resolved already, it is by the response names that lead there, `depth` being the length of
    that field's path: an object may be shown under several aliases, which select different fields of it.
    """

    values: dict[tuple[str, ...], Any]
    depth: int = 0
    shown: dict[tuple[str, ...], int] = field(default_factory=dict)
    """The bytes of those parts that have been shown more than once, -1 of those that have been once."""

    def at(self, path: Path, answer_size: AnswerSize) -> Any:
        """Return the part that belongs at this path of the response, and count it where it is shown again.

        Raises QueryTooComplexError where the answer gets too large.
        """
        names: tuple[str, ...] = next(iter(self.values))
        if len(self.values) > 1:
            names = tuple(key for key in path.as_list()[self.depth :] if isinstance(key, str))
        value = self.values[names]
        size = self.shown.get(names)
        if size is not None:
            self.shown[names] = size = len(orjson.dumps(value)) if size < 0 else size
            answer_size.add(size)
        else:
            self.shown[names] = -1
        return value


class Executor(ExecutorBase):
    """The executor. It refuses documents that cost too much, and takes what plans have answered as completed."""

    @classmethod
    def build(cls, *args: Any, **options: Any) -> Any:
        """Return the executor for a request, or the errors in its variables."""
        _schema, _document, _root_value, context, *_ = args
        return super().build(*args, **options | {"hide_suggestions": not context.may_explore})

    def execute_collected_root_fields(self, root_type: Any, root_value: Any, fields: Any, *rest: Any) -> Any:
        """Execute the root fields. Raises QueryTooComplexError, and RateLimitedError, before any of them is."""
        context: Context = self.context_value
        question = asked(self.operation, self.variable_values.coerced)
        found = _costs.get(question, lambda: Costs(self).of_operation(root_type, fields), lambda _: _size(question))
        context.cost, context.statements = found.total, found.statements
        for name in ("cost", "statements"):
            if (count := getattr(context, name)) > (limit := getattr(context.limits, name)):
                raise QueryTooComplexError(name, count, limit)
        rates.charge(context.request, context.user, context.cost)
        return super().execute_collected_root_fields(root_type, root_value, fields, *rest)

    def complete_value(
        self, return_type: Any, field_details_list: Any, info: Any, path: Any, result: Any, *rest: Any
    ) -> Any:
        """Return the value as the response shows it.

        Raises QueryTimeoutError once the time is over, and QueryTooComplexError once the answer is too large.
        """
        context: Context = self.context_value
        context.deadline.check()
        if type(result) is Completed:
            return result.at(path, context.answer_size)
        if type(path.key) is str and not is_non_null_type(return_type):
            context.answer_size.add(len(path.key))
        return super().complete_value(return_type, field_details_list, info, path, result, *rest)

    def complete_leaf_value(self, return_type: Any, result: Any) -> Any:  # type: ignore[override]
        """Return the value as the response shows it. Raises QueryTooComplexError once the answer is too large."""
        value = super().complete_leaf_value(return_type, result)
        self.context_value.answer_size.add(len(value) if type(value) is str else _VALUE)
        return value

    def handle_field_error(self, raw_error: Exception, return_type: Any, field_details_list: Any, path: Path) -> None:
        """Set a failed field to null, or give up the whole answer if it is too large."""
        if isinstance(getattr(raw_error, "original_error", None) or raw_error, QueryTooComplexError):
            # Each of thousands of fields would say so, too.
            raise located_error(raw_error, [details.node for details in field_details_list], path.as_list())
        super().handle_field_error(raw_error, return_type, field_details_list, path)


def list_answer(info: Info, list_field: ListField, arguments: Mapping[str, Any]) -> Completed:
    """Return the connection that a root field selects."""
    raw = resolve_info(info)
    plan = _planned(
        info, "", lambda planner: planner.list(raw.parent_type, raw.field_nodes, list_field, arguments, single=True)
    )
    return Completed({(): plan.read(Answering(info))[None]})


def object_answers(
    info: Info, type_name: str, rows: Callable[[Context], QuerySet[Any]], *path: str, single: bool = False
) -> dict[str, Any]:
    """Return what was selected of the objects of a type, by their `node_key`: at a path within the field.

    `single` says that there is one object at most.
    """
    if not conf.plans_reads():
        return reference.objects(rows(info.context), info, path)
    raw = resolve_info(info)

    def plan(field_nodes: Sequence[FieldNode]) -> ObjectsPlan:
        return _planned(
            info,
            type_name,
            lambda planner: planner.objects(rows(planner.context), type_name, field_nodes, single=single),
        )

    found: dict[str, dict[tuple[str, ...], Any]] = defaultdict(dict)
    for names, field_nodes in (selected_at(raw, path).field_nodes or {(): []}).items():
        for key, value in plan(field_nodes).read(Answering(info)).items():
            found[key][names] = value
    depth = len(raw.path.as_list())
    return {key: Completed(values, depth) for key, values in found.items()}


_MIB = 1_048_576
_STATEMENT = 20_000  # Bytes of a statement of a plan, with what it is made of: 11,000 to 15,000 were measured.
_FIELD = 600  # Bytes of what reads a field.
_VALUE = 8  # Bytes of a value in an answer that is no text: about.

_plans: BoundedCache[Any] = BoundedCache(32 * _MIB)
_costs: BoundedCache[Cost] = BoundedCache(4 * _MIB)


def _planned(info: Info, part: str, make: Callable[[Planner], PlanT]) -> PlanT:
    """Return the plan for a part of the field that is being resolved, made now or for a request like this one."""
    key = _plan_key(info, part)

    def size(plan: PlanT) -> int:
        statements, fields = plan.select.count_statements(), plan.select.count_fields()
        # What the key holds, each statement may hold as well.
        return statements * (_STATEMENT + _size(key)) + fields * _FIELD + _size(key)

    return cast(PlanT, _plans.get(key, lambda: make(Planner(info)), size))


def _size(key: Hashable) -> int:
    """Estimate the bytes of a key, which holds a document, variables, and what the policy depends on."""
    return len(repr(key))


def _plan_key(info: Info, part: str) -> Hashable:
    """Return everything that a plan depends on; None if that is unknown, or if no other request can share the plan."""
    raw, policy = resolve_info(info), info.context.policy
    policy_key = plan_key(policy)
    question = asked(raw.operation, cast(Any, raw).variable_values)
    if question is None or policy_key is None:
        return None
    return (*question, *raw.path.as_list(), part, type(policy), policy_key, router.db_for_read(models.CourseRun))
