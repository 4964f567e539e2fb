"""The reference engine: strawberry-django's optimizer, which reads model instances for GraphQL's own executor.

Requests do not need it. Tests compare the plans with its responses, and the setting `CATALOG_READ_PLAN` can make it
read everything.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.constants import LOOKUP_SEP

from catalog_graphql.context import Info
from catalog_graphql.django_internals import optimize, prefetches
from catalog_graphql.graphql_internals import resolve_info
from catalog_graphql.reading.columns import stored
from catalog_graphql.reading.listing import ListField
from catalog_graphql.reading.pages import Page
from catalog_graphql.reading.selections import selected_at

RowT = TypeVar("RowT", bound=Model)


def objects(rows: QuerySet[Any], info: Info, path: Sequence[str]) -> dict[str, Any]:
    """Return the rows by their `node_key`, with what is selected at a path within the field."""
    found = _optimized_at(rows, info, path) if path else _optimized(rows, info)
    return {row.node_key: row for row in found}


class List:
    """The list that a field selects, of this parent if it has one: its page, read at most once, and its count.

    Raises BadUserInputError for contradictory arguments, and for a foreign cursor.
    """

    def __init__(self, list_field: ListField, info: Info, arguments: Mapping[str, Any], parent: Any) -> None:
        self._rows, self._scope = list_field.rows(info.context, arguments), f"{info.path.typename}.{info.field_name}"
        self._request = request = list_field.page_request(arguments)
        if list_field.parent:
            self._rows = self._rows.filter(**{list_field.parent: parent})
            self._scope += f":{parent.pk}"
        order, keys = request.reading_order, request.order.keys
        rows = _optimized_at(request.beyond(self._rows, self._scope), info, ["nodes"], ["edges", "node"])
        self._sort_values = {f"sort_{index}": stored(rows.model, key.path) for index, key in enumerate(keys)}
        self._page = order.apply(rows.annotate(**self._sort_values))[request.start : request.stop]

    @cached_property
    def page(self) -> Page[Any]:
        """The requested page."""
        return Page(
            self._request, self._scope, list(self._page), lambda row: [getattr(row, name) for name in self._sort_values]
        )

    def count(self) -> int:
        """Return the total number of rows in the list."""
        return self._rows.count()


def _optimized_at(rows: QuerySet[RowT], info: Info, *paths: Sequence[str]) -> QuerySet[RowT]:
    """Return the rows with what is selected at the paths. For a connection: `["nodes"]` and `["edges", "node"]`."""
    raw = resolve_info(info)
    selected = [selected_at(raw, path) for path in paths]
    field_nodes = [node for one in selected for above in one.field_nodes.values() for node in above]
    if not field_nodes:
        return rows
    field: dict[str, Any] = {
        "field_name": paths[-1][-1],
        "field_nodes": field_nodes,
        "return_type": selected[-1].type,
        "parent_type": selected[-1].parent,
    }
    return _optimized(rows, raw._replace(**field))


def _optimized(rows: QuerySet[RowT], info: Any) -> QuerySet[RowT]:
    """Return the rows with what is selected within the field being resolved."""
    rows = optimize(rows, info)
    _read_apart(rows)
    return rows


def _read_apart(rows: QuerySet[Any]) -> None:
    """Remove prefetched relations from the joins, since Django does not prefetch a relation that was joined.

    The optimizer joins a relation for a field that needs it, but prefetches it for the sake of its annotations.
    """
    for lookup in prefetches(rows):
        if lookup.queryset is not None:
            joined: Any = rows.query.select_related or {}
            *steps, relation = lookup.prefetch_through.split(LOOKUP_SEP)
            for step in steps:
                joined = joined.get(step) or {}
            if relation in joined:
                # The fields that required the join need columns and joins that are not selected here.
                lookup.queryset.query.clear_deferred_loading()
                lookup.queryset.query.add_select_related(list(joined.pop(relation)))
            _read_apart(lookup.queryset)
