"""Assumptions about private parts of libraries; `graphql_internals` and `django_internals` give the reasons.

If a test fails after an upgrade, its assumption no longer holds.
"""

import logging
from enum import Enum
from typing import Any

import pytest
import strawberry
from django.db.models import Prefetch
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response
from graphql import FieldNode, GraphQLObjectType, GraphQLSchema, NameNode
from rest_framework.request import Request
from strawberry.extensions import SchemaExtension
from strawberry.schema import schema as strawberry_schema

from catalog_graphql import django_internals, graphql_internals
from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.schema.schema import schema


class TestGraphqlSchema:
    def test_is_graphql_cores(self):
        found = graphql_internals.graphql_schema(schema)

        assert isinstance(found, GraphQLSchema)
        assert isinstance(found.type_map["CourseRun"], GraphQLObjectType)


class TestDescribed:
    def test_publishes_the_docstring_in_one_paragraph(self):
        @graphql_internals.described
        @strawberry.type
        class Query:
            """What can be asked.

            Little, in this
            test.
            """

            @strawberry.field
            def tone(self) -> Tone:
                return Tone.POLITE

        type_map = graphql_internals.graphql_schema(strawberry.Schema(query=Query)).type_map
        assert type_map["Query"].description == "What can be asked. Little, in this test."
        assert type_map["Tone"].description == "How to say it."


@graphql_internals.described
@strawberry.enum
class Tone(Enum):
    """How to say it."""

    POLITE = "polite"


class TestExecutorBase:
    def test_is_what_strawberry_executes_with(self):
        made = []

        class Executor(graphql_internals.ExecutorBase):
            def execute_collected_root_fields(self, *args: Any) -> Any:
                made.append(type(self))
                return super().execute_collected_root_fields(*args)

        strawberry.Schema(query=Query, execution_context_class=Executor).execute_sync("{ echo(text: 1) }")

        assert made == [Executor]


class TestStrawberryRules:
    def test_are_all_that_strawberry_adds(self, monkeypatch):
        ruled = []
        validate = strawberry_schema.validate

        def look(schema, document, rules, *args, **kwargs):
            ruled.extend(rules)
            return validate(schema, document, rules, *args, **kwargs)

        monkeypatch.setattr(strawberry_schema, "validate", look)
        strawberry.Schema(query=Query).execute_sync("{ echo(text: 1) }")

        added = tuple(rule for rule in ruled if rule.__module__.startswith("strawberry"))
        assert added == graphql_internals.STRAWBERRY_RULES


@strawberry.type
class Query:
    @strawberry.field
    def echo(self, info: strawberry.Info, text: int | None = None, size: int = 7) -> str:
        seen.append(graphql_internals.resolve_info(info))
        moved = graphql_internals.in_context(info, "elsewhere")
        return f"{graphql_internals.resolve_info(moved).context} {moved.context}"


seen: list[Any] = []


class TestResolveInfo:
    QUERY = """
        query ($n: Int, $yes: Boolean!) { a: echo(text: $n) ...F ... @skip(if: $yes) { b: echo } }
        fragment F on Query { c: echo a: echo(text: $n) }
    """

    @pytest.fixture(autouse=True)
    def resolved(self):
        seen.clear()
        schema = strawberry.Schema(query=Query)
        self.answer = schema.execute_sync(self.QUERY, {"n": 3, "yes": True}, context_value="here")

    def test_knows_the_fields_nodes_and_path(self):
        assert [(info.path.key, len(info.field_nodes)) for info in seen] == [("a", 2), ("c", 1)]

    def test_can_be_put_into_another_context(self):
        assert self.answer.data == {"a": "elsewhere elsewhere", "c": "elsewhere elsewhere"}

    def test_gives_arguments_as_resolvers_take_them(self):
        info = seen[0]

        assert graphql_internals.arguments(info, info.parent_type, info.field_nodes[0]) == {"text": 3, "size": 7}

    def test_gives_subfields_as_the_executor_collects_them(self):
        info = seen[0]
        root = FieldNode(name=NameNode(value="root"), selection_set=info.operation.selection_set)

        found = graphql_internals.subfields(info, info.parent_type, [root])

        assert {name: len(nodes) for name, nodes in found.items()} == {"a": 2, "c": 1}


class TestAskedOperationName:
    @pytest.mark.parametrize("name", [None, "B"])
    def test_is_the_requests_own(self, name):
        asked = []

        class Look(SchemaExtension):
            def on_parse(self):
                yield
                asked.append(graphql_internals.asked_operation_name(self.execution_context))

        schema = strawberry.Schema(query=Query, extensions=[Look])
        schema.execute_sync("query A { echo } query B { echo }", operation_name=name)

        assert asked == [name]


class TestDjangoRequest:
    def test_is_the_one_that_is_wrapped(self):
        request = RequestFactory().get("/")

        assert django_internals.django_request(Request(request)) is request


class TestMarkAsLogged:
    def test_keeps_django_from_logging(self, caplog):
        response, other = HttpResponse(status=401), HttpResponse(status=401)
        django_internals.mark_as_logged(response)

        with caplog.at_level(logging.WARNING, logger="django.request"):
            log_response("refused", response=response)
            log_response("refused, too", response=other)

        assert [record.getMessage() for record in caplog.records] == ["refused, too"]


class TestPrefetches:
    def test_are_those_that_were_asked_for(self):
        prefetch = Prefetch("runs", CourseRun.objects.all())

        assert django_internals.prefetches(CatalogCourse.objects.prefetch_related("org", prefetch)) == [prefetch]
