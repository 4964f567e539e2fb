"""The planner: makes the plan that answers a selection.

It looks at the same things in types as strawberry-django's optimizer: model field names, `only=` and `annotate=`.
"""

import copy
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any, cast

from django.db.models import OuterRef, QuerySet, Subquery
from graphql import FieldNode, GraphQLError, GraphQLObjectType, get_named_type

from catalog_graphql.context import Context, Info
from catalog_graphql.django_internals import StrawberryDjangoField
from catalog_graphql.errors import QueryTimeoutError, blame_variable
from catalog_graphql.graphql_internals import (
    INFO_PARAMSPEC,
    PARENT_PARAMSPEC,
    arguments,
    in_context,
    resolve_info,
    subfields,
)
from catalog_graphql.reading.conversion import (
    AsText,
    Complete,
    completer,
    is_shown_as_stored,
    is_text_in_database,
    show_instant,
)
from catalog_graphql.reading.listing import ListField
from catalog_graphql.reading.output import (
    Answering,
    Bind,
    Read,
    always,
    bind_object,
    converted,
    each,
    edges_of,
    failing,
    if_there,
    of_edge,
)
from catalog_graphql.reading.places import Place, stand_in_at
from catalog_graphql.reading.plan import ListPlan, ObjectsPlan
from catalog_graphql.reading.sql import Now

_TEXT = 32  # The approximate bytes of a value in a connection or a page, such as a cursor.


@dataclass(frozen=True)
class _Field:
    """A selected field: its parent type, its definition, and its nodes."""

    type: GraphQLObjectType
    field_nodes: Sequence[FieldNode]

    @property
    def name(self) -> str:
        return self.field_nodes[0].name.value

    @property
    def full_name(self) -> str:
        return f"{self.type.name}.{self.name}"

    @property
    def is_typename(self) -> bool:
        return self.name == "__typename"

    @property
    def graphql_type(self) -> Any:
        return self.type.fields[self.name].type

    @property
    def below(self) -> Any:
        return get_named_type(self.graphql_type)

    @property
    def definition(self) -> Any:
        return self.type.fields[self.name].extensions["strawberry-definition"]

    def completer(self) -> Complete:
        return completer(self.graphql_type, self.full_name)


class Planner:
    """Plans the selection of a field.

    Invalid arguments of nested fields become errors of the plan, raised only for an object that has the field. Raises
    NotImplementedError for an unsupported kind of field; tests make sure that the schema has none.
    """

    def __init__(self, info: Info) -> None:
        # A plan outlives its first request, so leave the current time open.
        context = copy.copy(info.context)
        context.now = cast(Any, Now())
        self._info = in_context(info, context)
        self._raw = resolve_info(self._info)

    @property
    def context(self) -> Context:
        """The context of the request, with the current time left open."""
        return cast(Context, self._raw.context)

    def objects(
        self, rows: QuerySet[Any], type_name: str, field_nodes: Sequence[FieldNode], *, single: bool
    ) -> ObjectsPlan:
        """Plan the objects of a type, from rows with a `node_key`; `single` says that there is at most one."""
        plan = ObjectsPlan(rows)
        place = Place(plan.select, rows.model, single=single)
        self.context.deadline.check()
        plan.bind = self._object(place, cast(GraphQLObjectType, self._raw.schema.type_map[type_name]), field_nodes)
        return plan

    def list(
        self,
        type_: GraphQLObjectType,
        field_nodes: Sequence[FieldNode],
        list_field: ListField,
        asked: Mapping[str, Any],
        *,
        single: bool = False,
    ) -> ListPlan:
        """Plan a list field of this type, with its arguments; `single` says that it has at most one parent."""
        self.context.deadline.check()
        field = _Field(type_, field_nodes)
        plan = ListPlan(
            self._once((id(list_field), repr(asked.get("filter"))), lambda: list_field.rows(self.context, asked)),
            list_field.page_request(asked),
            scope=field.full_name,
            parent=list_field.parent,
            single=single,
        )
        plan.fields = dict(self._connection(plan, field))
        return plan

    def _once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Make something once per request, for all its plans, since making it is most of the work."""
        planned = self.context.planned
        if key not in planned:
            planned[key] = make()
        return planned[key]

    def _selected(self, type_: GraphQLObjectType, field_nodes: Sequence[FieldNode]) -> Iterator[tuple[str, _Field]]:
        for name, selected in subfields(self._raw, type_, field_nodes).items():
            yield name, _Field(type_, selected)

    def _connection(self, plan: ListPlan, of: _Field) -> Iterator[tuple[str, Bind]]:
        """Return a bind for each field of a connection."""
        for name, field in self._selected(of.below, of.field_nodes):
            plan.add_name(name, _TEXT)
            if field.is_typename:
                yield name, _typename(field)
            elif field.name == "totalCount":
                plan.has_total = True
                yield name, always(attrgetter(field.definition.python_name))
            else:
                plan.has_rows = True
                yield name, self._page(plan, field)

    def _page(self, plan: ListPlan, field: _Field) -> Bind:
        """Return a bind for `nodes`, `edges` or `pageInfo`."""
        row = Place(plan.select, plan.select.rows.model)
        if field.name == "nodes":
            return each(attrgetter("nodes"), self._object(row, field.below, field.field_nodes))
        fields: dict[str, Bind] = {}
        for name, below in self._selected(field.below, field.field_nodes):
            if field.name == "edges":
                row.select.shown.add_name(name)
            else:
                plan.add_name(name, _TEXT)
            if below.is_typename:
                fields[name] = _typename(below)
            elif below.name == "node":
                fields[name] = of_edge(self._object(row, below.below, below.field_nodes))
            elif field.name == "edges":
                plan.show_cursor()
                fields[name] = always(lambda edge: edge[0].cursor(edge[1]))
            else:
                plan.has_cursors |= below.name.endswith("Cursor")
                fields[name] = always(attrgetter(below.definition.python_name))
        return each(edges_of, bind_object(fields)) if field.name == "edges" else bind_object(fields)

    def _object(self, place: Place, type_: GraphQLObjectType, field_nodes: Sequence[FieldNode]) -> Bind:
        """Return a bind for an object."""
        fields: dict[str, Bind] = {}
        for name, field in self._selected(type_, field_nodes):
            place.select.shown.add_name(name)
            try:
                fields[name] = self._field(place, field)
            except QueryTimeoutError:
                raise
            except GraphQLError as error:
                blame_variable(error)
                fields[name] = failing(error)
        return bind_object(fields)

    def _field(self, place: Place, field: _Field) -> Bind:
        if field.is_typename:
            return _typename(field)
        list_field = field.definition.metadata.get(ListField)
        if list_field is not None:
            return self._list_below(place, field, list_field)
        definition = field.definition
        if (
            not isinstance(definition, StrawberryDjangoField)
            or definition.store.prefetch_related
            or definition.extensions
        ):
            raise NotImplementedError(f"{field.full_name} is of a kind that has no plan")
        if definition.base_resolver is not None:
            return self._computed(place, field)
        if definition.store.annotate:
            return self._annotated(place, field)
        if isinstance(field.below, GraphQLObjectType):
            return self._related(place, field)
        return self._leaf(place, field, place.field(str(definition.django_name)))

    def _leaf(self, place: Place, field: _Field, column: Any) -> Bind:
        name = field.definition.django_name
        if is_text_in_database(column, place.select.rows.db):
            text = place.select.column(f"{place.path}{name} as text", AsText(place.path + name))
            return converted(text, show_instant)
        place.select.shown.add_text(place.column(name), column)
        if is_shown_as_stored(field.graphql_type, column):
            return always(itemgetter(place.column(name)))
        return converted(place.column(name), field.completer())

    def _list_below(self, place: Place, field: _Field, list_field: ListField) -> Bind:
        asked = arguments(self._raw, field.type, field.field_nodes[0])
        plan = self.list(field.type, field.field_nodes, list_field, asked, single=place.single)
        column = place.select.list_below(plan, place.path + "pk")

        def bind(answering: Answering) -> Read:
            found = answering.found[plan]
            return lambda row: found[row[column]]

        return bind

    def _related(self, place: Place, field: _Field) -> Bind:
        name = field.definition.django_name
        bind, presence = self._object(place.related(name), field.below, field.field_nodes), place.presence(name)
        return lambda answering: if_there(bind(answering), presence)

    def _annotated(self, place: Place, field: _Field) -> Bind:
        [expression] = field.definition.store.annotate.values()
        if callable(expression):
            expression = self._once(id(expression), partial(expression, self._info))
        if place.path:
            expression = self._once((id(expression), place.path), lambda: _looked_up(place, expression))
        column = place.select.column(place.path + field.definition.python_name, expression)
        return converted(column, field.completer())

    def _computed(self, place: Place, field: _Field) -> Bind:
        """Return a bind that calls the resolver with a stand-in for the model that has the columns in its `only=`."""
        resolver = field.definition.base_resolver
        call, complete = resolver.wrapped_func, field.completer()
        make_parent = stand_in_at(place, field.definition.store.only)
        for path in field.definition.store.only:
            place.select.shown.add_text(place.column(path), place.field(path))
        asked = arguments(self._raw, field.type, field.field_nodes[0])
        parent, info = (resolver.reserved_parameters[spec] for spec in (PARENT_PARAMSPEC, INFO_PARAMSPEC))
        if next(iter(resolver.signature.parameters.values())) != parent:
            raise NotImplementedError(f"{field.full_name} takes something before its parent")
        info_name = info and info.name

        def bind(answering: Answering) -> Read:
            resolve = partial(call, **asked, **({info_name: answering.info} if info_name else {}))
            return lambda row: complete(resolve(make_parent(row)))

        return bind


def _looked_up(place: Place, expression: Any) -> Subquery:
    """Convert an expression on the model at the place to one on the select's rows."""
    rows = place.model._default_manager.filter(pk=OuterRef(place.path + "pk"))
    return Subquery(rows.values_list(expression))


def _typename(field: _Field) -> Bind:
    name = field.type.name  # Not the field: its nodes would keep the document alive.
    return always(lambda row: name)
