"""Random documents: valid queries for any schema, with values that are meaningful to the server.

The writer walks the schema's types, so that it also selects new fields. `hypothesis-graphql` is no alternative: it has
no variables, no named fragments, no directives, and chooses values by type only.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import indent
from typing import Any, NamedTuple

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
)
from hypothesis import strategies as st

from tests.catalog_graphql.reading.values import Chooser, Known, ValueWriter

# How large a document may grow: nested fields, nested lists, all selections, choices.
DEPTH = 10
LISTS = 3
SIZE = 400
CHOICES = 1000

KINDS = ["field"] * 8 + ["__typename", "inline", "spread"]
KINDS_OF_ABSTRACT = ["field", "__typename", "inline", "inline", "inline", "spread"]

PAGE_ARGUMENTS = {"first", "last", "after", "before", "offset"}
PAGES = [(), ("first",), ("last",), ("first", "offset"), ("offset",), ("first",)]
PAGES_BY_CURSOR = [
    ("after",),
    ("first", "after"),
    ("before",),
    ("last", "before"),
    ("first", "before"),
    ("last", "after"),
    ("first", "after", "before"),
]
ODD_PAGES = [("first", "last"), ("first", "offset", "after"), ("last", "offset"), ("last", "first", "after", "before")]


class Document(NamedTuple):
    """A document, and its variables for the first and the second request."""

    query: str
    variables: tuple[dict[str, Any], dict[str, Any]]

    def __str__(self) -> str:
        return "\n".join([self.query, *map(json.dumps, self.variables)])


@st.composite
def documents(draw: st.DrawFn, schema: GraphQLSchema, known: Sequence[Known]) -> Document:
    """Draw a document that uses the values in one of the `known`.

    All choices are drawn at once. If they were drawn one by one, Hypothesis would vary only some of them, and four of
    five documents would be near copies of others. It could not shrink them, either: see `smaller.py`.
    """
    chooser = Chooser(draw(st.binary(min_size=CHOICES, max_size=CHOICES)))
    return _Writer(chooser, schema, ValueWriter(chooser, chooser.one(known))).document()


class _Room(NamedTuple):
    """How large selections may grow, and whether they apply to several objects."""

    depth: int = DEPTH
    lists: int = LISTS
    size: int = SIZE
    several: bool = False

    def shared(self, count: int) -> "_Room":
        return self._replace(depth=self.depth - 1, size=self.size // count)

    def within(self, field: GraphQLField) -> "_Room":
        several = self.several or is_list_type(get_nullable_type(field.type))
        return self._replace(lists=self.lists - ("first" in field.args), several=several)

    def fits(self, other: "_Room") -> bool:
        smaller = self.depth <= other.depth and self.lists <= other.lists and self.size <= other.size
        return smaller and self.several == other.several

    @property
    def is_spent(self) -> bool:
        return self.depth <= 0 or self.size <= 1

    def holds(self, field: GraphQLField) -> bool:
        return not self.is_spent and (self.lists > 0 or "first" not in field.args)


class _Slot(NamedTuple):
    """What a response name stands for."""

    field_name: str
    arguments: str


@dataclass
class _Writer:
    """The meaning of each response name of a type, chosen once per document, so that all selections can be merged."""

    choose: Chooser
    schema: GraphQLSchema
    values: ValueWriter
    slots: dict[tuple[str, str, bool], _Slot] = field(default_factory=dict)
    fragments: list[tuple[GraphQLNamedType, _Room, str]] = field(default_factory=list)

    def document(self) -> Document:
        selections = self.selection_set(self.schema.query_type, _Room())
        definitions = ", ".join(self.values.definitions)
        header = f"query Random({definitions})" if definitions else ""
        fragments = [text for *_, text in self.fragments]
        return Document("\n\n".join([header + selections, *fragments]), self.values.sent)

    def selection_set(self, type_: Any, room: _Room) -> str:
        count = self.choose.one([1, 2, 3, 2]) if room.size > 1 else 1
        if self.choose.once_in(100):
            return " {}"  # graphql-core allows it.
        selections = "\n".join(self.selection(type_, room.shared(count)) for _ in range(count))
        return f" {{\n{indent(selections, '  ')}\n}}"

    def selection(self, type_: Any, room: _Room) -> str:
        kind = self.choose.one(KINDS_OF_ABSTRACT if is_abstract_type(type_) else KINDS)
        if kind == "field" or room.is_spent:
            return self.field(type_, room)
        if kind == "__typename":
            return self.choose.one(["", "typename: "]) + "__typename" + self.directives()
        if kind == "spread":
            return f"...{self.spread(type_, room)}{self.directives()}"
        condition = self.condition(type_)
        on = "" if condition is type_ and self.choose.once_in(3) else f" on {condition.name}"
        return f"...{on}{self.directives()}{self.selection_set(condition, room)}"

    def condition(self, type_: Any) -> Any:
        """Choose a type for a fragment within the type."""
        others = self.schema.get_possible_types(type_) if is_abstract_type(type_) else type_.interfaces
        return self.choose.one([type_, *others])

    def spread(self, type_: Any, room: _Room) -> str:
        """Return the name of a fragment, either an existing or a new one."""
        condition = self.condition(type_)
        usable = [
            f"F{number}"
            for number, (on, needed, _) in enumerate(self.fragments)
            if on is condition and needed.fits(room)
        ]
        if usable and self.choose.once_in(2):
            return self.choose.one(usable)
        selections = self.selection_set(condition, room)
        name = f"F{len(self.fragments)}"  # Nested fragments have already been added, so none spreads itself.
        self.fragments.append((condition, room, f"fragment {name} on {condition.name}{selections}"))
        return name

    def field(self, type_: Any, room: _Room) -> str:
        name = self.field_name(type_, room)
        if name is None:
            return "__typename"
        response_name = self.response_name(type_, name)
        key = (type_.name, response_name, room.several)
        slot = self.slots.get(key) or _Slot(name, self.arguments(type_, name, room))
        self.slots[key] = slot
        alias = "" if response_name == slot.field_name else f"{response_name}: "
        field = type_.fields[slot.field_name]
        of = get_named_type(field.type)
        selections = "" if is_leaf_type(of) else self.selection_set(of, room.within(field))
        return f"{alias}{slot.field_name}{slot.arguments}{self.directives()}{selections}"

    def field_name(self, type_: Any, room: _Room) -> str | None:
        """Choose a field for which there is room, mostly one with selections, and preferably a list."""
        leaves, nested = [], []
        for name, of in type_.fields.items():
            if is_leaf_type(get_named_type(of.type)):
                leaves.append(name)
            elif room.holds(of):
                is_list = "first" in of.args or is_list_type(get_nullable_type(of.type))
                nested += [name, name] if is_list else [name]
        names = self.choose.one([leaves or nested] + [nested or leaves] * 3)
        return self.choose.one(names) if names else None

    def response_name(self, type_: Any, name: str) -> str:
        """Choose the field's name or an alias: a new one, or the name of another field with the same kind of values."""
        if not self.choose.once_in(3):
            return name
        field = type_.fields[name]
        alike = [other for other, of in type_.fields.items() if str(of.type) == str(field.type) and not of.args]
        return self.choose.one([f"{name}A", f"{name}B", f"{name}C", *([] if field.args else alike)])

    def directives(self) -> str:
        names = self.choose.one([()] * 18 + [("include",), ("skip",), ("skip", "include")])
        boolean = GraphQLNonNull(self.schema.type_map["Boolean"])
        return "".join(f" @{name}(if: {self.values.write(boolean, 'if')[0]})" for name in names)

    def arguments(self, type_: Any, field_name: str, room: _Room) -> str:
        arguments = type_.fields[field_name].args
        page = self.page(room) if "first" in arguments else ()
        order, texts = "", []
        # The order comes first: cursors depend on it.
        for name, argument in sorted(arguments.items(), key=lambda pair: pair[0] != "orderBy"):
            is_wanted = is_required_argument(argument) or self.choose.once_in(3)
            if name in page or (name not in PAGE_ARGUMENTS and is_wanted):
                known_as = f"{type_.name}.{field_name}{order}" if name in ("after", "before") else name
                text, value = self.values.write(argument.type, known_as)
                if name == "orderBy" and value:
                    order = f" {value['field']} {value.get('direction', 'ASC')}"
                texts.append(f"{name}: {text}")
        return f"({', '.join(texts)})" if texts else ""

    def page(self, room: _Room) -> tuple[str, ...]:
        """Choose the arguments of a page. A cursor is valid only for the list of a single object."""
        if self.choose.once_in(50):
            return self.choose.one(ODD_PAGES)
        return self.choose.one(PAGES_BY_CURSOR if self.choose.once_in(25 if room.several else 2) else PAGES)
