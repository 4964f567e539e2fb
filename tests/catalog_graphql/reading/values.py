"""Random values as they are written in documents, and the variables for some of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_nullable_type,
    is_required_input_field,
)

ItemT = TypeVar("ItemT")


@dataclass(frozen=True)
class Known:
    """Values to use in documents, including odd ones, by argument or input field, or else by type.

    The cursors of a list in an order have a key such as `Organization.courseRuns TITLE ASC`; in its default order,
    `Organization.courseRuns`.
    """

    values: dict[str, list[Any]]
    odd: dict[str, list[Any]]


class Chooser:
    """Choices by the bytes of a text; after its end, always the first choice."""

    def __init__(self, choices: bytes) -> None:
        self._choices = iter(choices)

    def one(self, of: Sequence[ItemT]) -> ItemT:
        assert 0 < len(of) <= 256
        return of[next(self._choices, 0) * len(of) // 256]

    def once_in(self, times: int) -> bool:
        return self.one(range(times)) == times - 1


class _Variable(NamedTuple):
    """A defined variable, and the value that arguments get from it."""

    name: str
    value: Any


class ValueWriter:
    """Writes values, and records the variables: the definition of each, and its values for both requests."""

    def __init__(self, choose: Chooser, known: Known) -> None:
        self.definitions: list[str] = []
        self.sent: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
        self._choose = choose
        self._known = known
        self._variables: dict[tuple[str, str], list[_Variable]] = {}

    def write(self, type_: GraphQLInputType, known_as: str, *, constant: bool = False) -> tuple[str, Any]:
        """Choose a value: return how it is written, and the value itself."""
        if not constant and self._choose.once_in(4):
            return self._variable(type_, known_as)
        if not isinstance(type_, GraphQLNonNull) and self._choose.once_in(20):
            return "null", None
        type_ = get_nullable_type(type_)
        if isinstance(type_, GraphQLList):
            count = self._choose.one([1, 2, 3, 0])
            items = [self.write(type_.of_type, known_as, constant=constant) for _ in range(count)]
            return f"[{', '.join(text for text, _ in items)}]", [value for _, value in items]
        if isinstance(type_, GraphQLInputObjectType):
            fields = {
                name: self.write(field.type, name, constant=constant)
                for name, field in type_.fields.items()
                if is_required_input_field(field) or self._choose.once_in(6)
            }
            text = ", ".join(f"{name}: {text}" for name, (text, _) in fields.items())
            return f"{{{text}}}", {name: value for name, (_, value) in fields.items()}
        if isinstance(type_, GraphQLEnumType):
            name = self._choose.one(list(type_.values))
            return name, name
        value = self._scalar(type_.name, known_as)
        return json.dumps(value, ensure_ascii=False), value

    def _scalar(self, type_name: str, known_as: str) -> Any:
        if self._choose.once_in(50):
            odd = self._known.odd.get(known_as) or self._known.odd.get(type_name)
            if odd:
                return self._choose.one(odd)
        values = self._known.values.get(known_as) or self._known.values.get(type_name)
        return self._choose.one(values or [""])

    def _variable(self, type_: GraphQLInputType, known_as: str) -> tuple[str, Any]:
        """Choose a variable, either an existing or a new one: return it, and its value."""
        alike = self._variables.setdefault((str(type_), known_as), [])
        if alike and self._choose.once_in(2):
            variable = self._choose.one(alike)
        else:
            variable = self._new_variable(type_, known_as)
            alike.append(variable)
        return f"${variable.name}", variable.value

    def _new_variable(self, type_: GraphQLInputType, known_as: str) -> _Variable:
        nullable = get_nullable_type(type_)
        is_required = isinstance(type_, GraphQLNonNull)
        # The declaration, whether it has a default, and whether it is sent.
        forms = [(f"{nullable}!", False, True), (f"{nullable}", True, True), (f"{nullable}", True, False)]
        if not is_required:
            forms += [(f"{nullable}", False, True), (f"{nullable}", False, False)]
        declared, has_default, is_sent = self._choose.one(forms)
        name = f"v{len(self.definitions)}"
        default, value = self.write(GraphQLNonNull(nullable), known_as, constant=True)
        self.definitions.append(f"${name}: {declared}" + (f" = {default}" if has_default else ""))
        for sent in self.sent if is_sent else ():
            # Its default makes the variable valid where null is not allowed, but null may be sent nevertheless.
            is_null = declared == f"{nullable}" and self._choose.once_in(50 if is_required else 5)
            sent[name] = None if is_null else self.write(GraphQLNonNull(nullable), known_as, constant=True)[1]
        return _Variable(name, self.sent[0][name] if is_sent else value if has_default else None)
