"""Random documents are valid, select everything, and are answered."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
from django.test import Client
from graphql import (
    FieldNode,
    Node,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_abstract_type,
    parse,
    print_ast,
    visit,
)

from tests.catalog_graphql.reading.catalog import post
from tests.catalog_graphql.reading.conftest import SCHEMA, Everybody
from tests.catalog_graphql.reading.documents import Document
from tests.catalog_graphql.reading.smaller import is_valid, smallest

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class Sample(NamedTuple):
    """Some documents, and the response to each."""

    documents: list[Document]
    answers: list[dict[str, Any]]


@pytest.fixture(scope="module")
def sample(everybody: Everybody) -> Sample:
    """A few hundred documents, the same each time."""
    drawn = Sample([], [])

    def collect(viewers: Sequence[Client], document: Document) -> None:
        drawn.documents.append(document)
        drawn.answers.append(post(viewers[0], document.query, document.variables[0]).json())

    everybody.ask(collect, count=250, number=0)
    return drawn


class Features(Visitor):
    """Count the contents of a document: nodes by kind, fields by type, and combinations of fields."""

    def __init__(self, type_info: TypeInfo) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        self._type_info = type_info

    def enter(self, node: Node, *_args: object) -> None:
        self.counts[node.kind] += 1
        if isinstance(node, FieldNode):
            self.counts[f"{self._type_info.get_parent_type()}.{node.name.value}"] += 1
            self.counts["alias"] += node.alias is not None
        if isinstance(node, SelectionSetNode):
            fields = [field for field in node.selections if isinstance(field, FieldNode)]
            by_response_name = {(field.alias or field.name).value: field for field in fields}
            lists = Counter(field.name.value for field in by_response_name.values() if field.arguments)
            self.counts["a field twice"] += len(fields) > len(by_response_name)
            self.counts["a list under two names"] += max(lists.values(), default=0) > 1


@pytest.fixture(scope="module")
def features(sample: Sample) -> Counter[str]:
    """The contents of all documents, and their frequencies."""
    type_info = TypeInfo(SCHEMA)
    found = Features(type_info)
    for document in sample.documents:
        visit(parse(document.query), TypeInfoVisitor(type_info, found))
    return found.counts


def all_fields() -> set[str]:
    """Return the fields of all types that a query can reach."""
    types, found = {SCHEMA.query_type}, set()
    while types:
        type_ = types.pop()
        if is_abstract_type(type_):
            types |= set(SCHEMA.get_possible_types(type_))
        for name, field in getattr(type_, "fields", {}).items():
            if f"{type_}.{name}" not in found:
                found.add(f"{type_}.{name}")
                types.add(get_named_type(field.type))
    return found


def depth_of_lists(value: Any) -> int:
    """Return how deeply lists are nested, ignoring empty ones."""
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max(map(depth_of_lists, values), default=0) + (isinstance(value, list) and value != [])


class TestDocuments:
    def test_are_valid(self, sample):
        assert [document for document in sample.documents if not is_valid(SCHEMA, document)] == []

    def test_ask_for_every_field(self, features):
        assert all_fields() - set(features) == set()

    @pytest.mark.parametrize(
        "feature",
        [
            *("alias", "a field twice", "a list under two names", "inline_fragment", "fragment_spread", "directive"),
            *("variable", "object_value", "list_value", "null_value", "Query.__typename", "Node.id"),
        ],
    )
    def test_have_what_a_plan_has_to_understand(self, features, feature):
        assert features[feature] >= 10

    def test_are_answered(self, sample):
        answered = [answer["data"] for answer in sample.answers if "errors" not in answer]
        depths = Counter(map(depth_of_lists, answered))

        assert len(answered) > 0.7 * len(sample.answers)
        assert len(answered) - depths[0] > 0.3 * len(sample.answers)
        assert depths.total() - depths[0] - depths[1] > 10


class TestSmallest:
    def test_is_what_is_left_when_nothing_can_be_taken_away(self):
        document = Document(
            """query ($first: Int, $with: Boolean!) { viewer { username } ...Lists }
            fragment Lists on Query { courseRuns(first: $first, filter: {search: "a"}) {
                totalCount nodes @include(if: $with) { title ...Run } } }
            fragment Run on CourseRun { ...Status id }
            fragment Status on CourseRun { status }""",
            ({"first": 1, "with": True}, {"first": 2, "with": False}),
        )

        smaller = smallest(SCHEMA, document, lambda smaller: "first: $first" in smaller.query and "id" in smaller.query)

        query = (
            "query ($first: Int) { ...Lists } "
            "fragment Lists on Query { courseRuns(first: $first) { nodes { ...Run } } } "
            "fragment Run on CourseRun { id }"
        )
        assert smaller == Document(print_ast(parse(query)), ({"first": 1}, {"first": 2}))
