"""The measures of a document's size, counted before validation, in time linear in its length."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)

from catalog_graphql.limits.limits import Limits

_MOST = 2**31 - 1  # The most that is counted, since GraphQL's Int can show no more.

Definition = OperationDefinitionNode | FragmentDefinitionNode


class Measures:
    """The size of a document, by the name of each limit.

    Fragments are followed only if none of them spreads itself, and if their fields do not exceed the limit.
    """

    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        self.found = Counter(fields=0)
        self.is_cyclic = False
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._count_nodes(document)
        try:
            roots = self._count_fields(document)
        except CycleError:
            self.is_cyclic = True
        else:
            if self.found["fields"] <= limits.fields:
                self._follow(roots, limits.depth)

    def _count_nodes(self, document: DocumentNode) -> None:
        """Count directives and aliases in each definition."""
        pending: list[Any] = list(document.definitions)
        while pending:
            node = pending.pop()
            self.found["directives"] += len(getattr(node, "directives", None) or ())
            self.found["aliases"] += getattr(node, "alias", None) is not None
            pending += _selections(node)
            pending += getattr(node, "variable_definitions", None) or ()

    def _count_fields(self, document: DocumentNode) -> list[Definition]:
        """Count the fields of the operations, with their fragments, and of the fragments that no operation spreads.

        Return these definitions. Raises CycleError.
        """
        own, spreads = {}, {}
        for name, fragment in self._fragments.items():
            own[name], spreads[name] = self._count_own(fragment)
        totals: dict[str, int] = {}
        for name in TopologicalSorter(spreads).static_order():
            total = own[name] + sum(totals[below] * times for below, times in spreads[name].items())
            totals[name] = min(total, _MOST)  # Totals can double with each fragment.
        roots: list[Definition] = []
        spread: set[str] = set()
        # Operations come first, since fragments that they spread are counted with them.
        definitions = [node for node in document.definitions if isinstance(node, Definition)]
        for node in sorted(definitions, key=lambda node: isinstance(node, FragmentDefinitionNode)):
            if isinstance(node, FragmentDefinitionNode) and self._is_in(node, spread):
                continue
            roots.append(node)
            count, below = self._count_own(node)
            total = count + sum(totals[name] * times for name, times in below.items())
            self.found["fields"] = min(self.found["fields"] + total, _MOST)
            names = list(below)
            while names:
                if (name := names.pop()) not in spread:
                    spread.add(name)
                    names += spreads[name]
        return roots

    def _is_in(self, fragment: FragmentDefinitionNode, names: Collection[str]) -> bool:
        """Return whether the fragment is one of these, not a duplicate with the same name."""
        return fragment.name.value in names and self._fragments[fragment.name.value] is fragment

    def _count_own(self, definition: Definition) -> tuple[int, Counter[str]]:
        """Return how many fields and fragments the definition selects directly, and how often it spreads each."""
        count, spreads, pending = 0, Counter[str](), list(_selections(definition))
        while pending:
            node = pending.pop()
            count += 1
            if isinstance(node, FragmentSpreadNode) and node.name.value in self._fragments:
                spreads[node.name.value] += 1
            pending += _selections(node)
        return count, spreads

    def _follow(self, roots: Iterable[Definition], up_to: int) -> None:
        """Measure what requires following fragments: depth, and repeatedly selected fields.

        Stops at a depth of `up_to` + 1.
        """
        level = [([root.selection_set], False) for root in roots]
        for root in roots:
            if isinstance(root, OperationDefinitionNode) and root.operation is OperationType.MUTATION:
                mutations = len(self._in_place([root.selection_set]))
                self.found["mutations"] = max(self.found["mutations"], mutations)
        while level and self.found["depth"] <= up_to:
            below = []
            self.found["depth"] += any(not is_introspection for _, is_introspection in level)
            for selection_sets, is_introspection in level:
                for fields in self._in_place(selection_sets).values():
                    self.found["repeats"] += len(fields) - 1
                    further = [field.selection_set for field in fields if field.selection_set]
                    if further:
                        is_hidden = is_introspection or fields[0].name.value.startswith("__")
                        below.append((further, is_hidden))
            level = below

    def _in_place(self, selection_sets: Iterable[SelectionSetNode]) -> Mapping[str, list[FieldNode]]:
        """Return the fields selected in one place of the response, by response name."""
        pending = [node for selection_set in selection_sets for node in selection_set.selections]
        fields: dict[str, list[FieldNode]] = defaultdict(list)
        seen = set()
        while pending:
            node = pending.pop()
            if isinstance(node, FieldNode):
                fields[(node.alias or node.name).value].append(node)
            elif isinstance(node, InlineFragmentNode):
                pending += node.selection_set.selections
            elif isinstance(node, FragmentSpreadNode) and (name := node.name.value) not in seen:
                seen.add(name)
                pending += _selections(self._fragments.get(name))
        return fields


def _selections(node: Any) -> Sequence[Any]:
    return node.selection_set.selections if getattr(node, "selection_set", None) else ()
