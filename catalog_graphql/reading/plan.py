"""Plans: the statements that answer a selection, and how their rows become the response.

A plan is made once for a selection (see `planner`) and serves any number of requests and threads, because it holds no
state of a request. That state is in an `Answering`, to which the plan's fields are bound for each request.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from operator import itemgetter
from types import MappingProxyType
from typing import Any, cast

from django.db import connections
from django.db.models import Count, F, Func, IntegerField, QuerySet, Subquery, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import RowNumber
from django.db.models.lookups import In

from catalog_graphql.context import Context
from catalog_graphql.reading.columns import find_field, stored
from catalog_graphql.reading.output import Answering, Bind, Row, Shown, bind_object
from catalog_graphql.reading.pages import Page, PageRequest
from catalog_graphql.reading.sql import Parents, Statement

_NO_PARENT: Mapping[Any, int] = MappingProxyType({None: 1})


class Select:
    """The columns that a statement reads from the rows of one model, each once, and the lists below the rows.

    `shown` measures the size of a row in the response.
    """

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows
        self.shown = Shown()
        self._columns: dict[str, Combinable] = {}
        self._below: list[tuple[int, ListPlan]] = []

    def column(self, path: str, expression: Combinable | None = None) -> int:
        """Return the index of the column at this path, or of an expression with that name. Adds it if it is missing."""
        if path not in self._columns:
            self._columns[path] = stored(self.rows.model, path) if expression is None else expression
        return list(self._columns).index(path)

    def list_below(self, plan: "ListPlan", path: str) -> int:
        """Add a list below the objects whose primary key is at this path. Returns the index of that column."""
        place = self.column(path)
        self._below.append((place, plan))
        return place

    def count_statements(self) -> int:
        """Return the most statements it can take, here and below: for each list, one for rows and one for the count."""
        return 2 + sum(plan.select.count_statements() for _, plan in self._below)

    def count_fields(self) -> int:
        """Return the number of fields, here and below."""
        return self.shown.names + sum(plan.select.count_fields() for _, plan in self._below)

    def statement(self, rows: QuerySet[Any]) -> Statement:
        """Return the statement that reads the columns of the rows."""
        return Statement(rows.values_list(*self._columns.values()))

    def find_below(self, answering: Answering, rows: Iterable[Row]) -> None:
        """Read the lists below these rows. A row may be there several times, if the response shows it several times."""
        rows = list(rows) if self._below else ()
        for place, plan in self._below:
            answering.found[plan] = plan.read(answering, Counter(map(itemgetter(place), rows)))


class ObjectsPlan:
    """A plan for objects by key. The rows have their key in `node_key`."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.select = Select(rows)
        self.bind: Bind = bind_object({})
        self._key = self.select.column("node_key", F("node_key"))
        self._statement: Statement | None = None

    def read(self, answering: Answering) -> dict[str, Any]:
        """Return the objects by key."""
        context = answering.info.context
        self._statement = self._statement or self.select.statement(self.select.rows)
        rows: list[Row] = []
        for some in self._statement.run(context.now):
            context.answer_size.add_at_most(self.select.shown.most * len(some), partial(self.select.shown.count, some))
            rows += some
        self.select.find_below(answering, rows)
        read = self.bind(answering)
        return {row[self._key]: read(row) for row in rows}


class _Found(Subquery):
    """A subquery wrapped in a derived table, because MySQL and MariaDB accept no LIMIT in the subquery of an IN."""

    template = "(SELECT * FROM (%(subquery)s) AS found)"


class _Placed(Subquery):
    """A subquery's rows within a range of row numbers. Django's own filter on a window function would sort twice."""

    template = "(SELECT pk FROM (%(subquery)s) AS placed WHERE place > %(above)s AND place <= %(up_to)s)"


class PlannedPage(Page[Row]):
    """A page with the total count of its list."""

    def __init__(
        self, rows: Sequence[Row], total: int, request: PageRequest, scope: str, sort_places: Sequence[int]
    ) -> None:
        super().__init__(request, scope, rows, lambda row: [row[place] for place in sort_places])
        self.total_count = total


class ListPlan:
    """A page of a list for each parent, read by one statement; the total counts take another.

    `parent` is the lookup that leads to the parent, or None for a list without one. `scope` names the list, without its
    parent. `single` says that there is at most one parent. `fields` are the connection's; they read a `PlannedPage`.
    """

    def __init__(
        self, rows: QuerySet[Any], request: PageRequest, *, scope: str, parent: str | None, single: bool
    ) -> None:
        self._all = rows.filter(In(F(parent), Parents())) if parent else rows
        self.select = Select(self._all)
        self.fields: dict[str, Bind] = {}
        self.has_rows = self.has_cursors = self.has_total = False
        self._request = request
        self._scope = scope
        self._parent = parent
        self._around = 0
        self._single = single or parent is None
        self._statement: Statement | None = None
        self._count: Statement | None = None

    def read(self, answering: Answering, parents: Mapping[Any, int] = _NO_PARENT) -> dict[Any, Any]:
        """Return the connections by their parents' primary keys. Raises BadUserInputError for a foreign cursor.

        `parents` has the number of times that the response shows each parent, and so its list.
        """
        context = answering.info.context
        context.answer_size.add(self._around * sum(parents.values()))
        times = {parent: often for parent, often in parents.items() if parent is not None or self._parent is None}
        rows: dict[Any, list[Row]] = {parent: [] for parent in times}
        totals: dict[Any, int] = {}
        if not times:
            return rows
        # A cursor belongs to one parent's list: with several, it is foreign to all but one.
        for parent in times if self._request.is_bounded else ():
            self._request.check_cursors(self._scope_of(parent))
        if self.has_rows:
            self._statement = self._statement or self._page_statement(self._scope_of(next(iter(times))))
            self._read_rows(context, rows, times)
        if self.has_total:
            self._count = self._count or self._count_statement()
            for some in self._count.run(context.now, times):
                for *parent, count in some:
                    totals[parent[0] if parent else None] = count
        places = self._sort_places() if self.has_cursors else ()
        pages = {
            parent: PlannedPage(rows[parent], totals.get(parent, 0), self._request, self._scope_of(parent), places)
            for parent in times
        }
        self.select.find_below(
            answering, (row for parent, page in pages.items() for row in page.nodes for _ in range(times[parent]))
        )
        read = bind_object(self.fields)(answering)
        return {parent: read(page) for parent, page in pages.items()}

    def add_name(self, name: str, value: int = 0) -> None:
        """Add a field of the connection with this response name, whose value takes about this many bytes."""
        self._around += len(name) + value

    def show_cursor(self) -> None:
        """Show each row with its cursor, which is made from the columns of the sort order."""
        self.has_cursors = True
        for key, place in zip(self._request.order.keys, self._sort_places(), strict=True):
            self.select.shown.add_text(place, find_field(self._all.model, key.path))

    def _read_rows(self, context: Context, rows: Mapping[Any, list[Row]], times: Mapping[Any, int]) -> None:
        """Sort the rows by parent, and add their size to the answer's."""
        place = self.select.column(self._parent) if self._parent else None
        most = self.select.shown.most * max(times.values())
        for some in cast(Statement, self._statement).run(context.now, times):
            if place is None:
                rows[None] += some
            else:
                for row in some:
                    rows[row[place]].append(row)
            context.answer_size.add_at_most(most * len(some), partial(self._bytes_on_pages, some, place, rows, times))

    def _bytes_on_pages(
        self, some: Sequence[Row], place: int | None, rows: Mapping[Any, Sequence[Row]], times: Mapping[Any, int]
    ) -> int:
        """Return the number of bytes that these rows take, without the extra row that is read after each page."""
        size, shown = self._request.size, []
        for row in some:
            parent = None if place is None else row[place]
            is_beyond = len(rows[parent]) > size and rows[parent][size] is row
            shown += [] if is_beyond else [row] * times[parent]
        return self.select.shown.count(shown)

    def _scope_of(self, parent: Any) -> str:
        return self._scope if self._parent is None else f"{self._scope}:{parent}"

    def _sort_places(self) -> list[int]:
        return [self.select.column(key.path) for key in self._request.order.keys]

    def _page_statement(self, scope: str) -> Statement:
        self.select.column(self._parent or "pk")  # A statement needs at least one column.
        if self.has_cursors:
            self._sort_places()
        return self.select.statement(self._page(scope) if self._single else self._pages(scope))

    def _page(self, scope: str) -> QuerySet[Any]:
        """Return the page of the only list."""
        request = self._request
        (rows, order), *rest = parts = request.parts(self._all, scope)
        if not rest and not request.start and connections[rows.db].vendor != "mysql":
            return order.apply(rows)[: request.stop]
        every = rows.model._default_manager.all()
        if not rest:  # Skipped rows need no joins, and MySQL and MariaDB may otherwise start with the other table.
            page = order.apply(rows)[request.start : request.stop]
            return order.apply(every.filter(pk__in=_Found(page.values("pk"))))
        pages = [order.apply(rows)[: request.stop].values("pk") for rows, order in parts]
        # The models of openedx-core have a default order, which SQLite refuses in a union.
        one, other = (every.filter(pk__in=_Found(page)).order_by().values("pk") for page in pages)
        both = every.filter(pk__in=_Found(one.union(other, all=True)))
        return request.reading_order.apply(both)[request.start : request.stop]

    def _pages(self, scope: str) -> QuerySet[Any]:
        """Return the pages of many lists, all in one order."""
        request, order = self._request, self._request.reading_order
        keys = [key.ordering() for key in order.keys]
        place = Window(RowNumber(), partition_by=F(str(self._parent)), order_by=keys)
        placed = request.beyond(self._all, scope).order_by().values("pk", place=place)
        found = _Placed(placed, above=request.start, up_to=request.stop)
        return order.apply(placed.model._default_manager.filter(pk__in=found))

    def _count_statement(self) -> Statement:
        rows = self._all.order_by()
        if self._parent:
            return Statement(rows.values_list(self._parent).annotate(_count=Count("*")))
        # One of Django's aggregates would add GROUP BY.
        return Statement(rows.values_list(Func(template="COUNT(*)", output_field=IntegerField())))
