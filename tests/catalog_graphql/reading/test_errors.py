"""Errors of a plan: each belongs to the root field, wherever in its selection it occurred."""

import pytest
from graphql import GraphQLError
from strawberry.extensions import FieldExtension

from catalog_graphql.catalog.records import CourseRun
from catalog_graphql.execution import executor
from catalog_graphql.schema.schema import schema

TYPES = schema._schema.type_map
RUN = "course-v1:MITx+6.002x+3T2012"
WRONG_ORDER = (
    "query ($field: CourseRunOrderField = TITLE) { catalogCourses { nodes { title runs(%s) { totalCount } } } }"
)
WRONG = [
    (WRONG_ORDER % "first: 101, orderBy: {field: $field}", {}, "first"),
    (WRONG_ORDER % "orderBy: {field: $field}", {"field": None}, "field"),
    (WRONG_ORDER % 'after: "x", orderBy: {field: $field}', {}, "after"),
]


@pytest.fixture
def run(make_run):
    """The only run."""
    return make_run()


class TestError:
    @pytest.mark.parametrize(("query", "variables", "at_fault"), WRONG)
    def test_in_an_argument_is_the_root_fields(self, run, ask, query, variables, at_fault):
        first, again = (ask(query, **variables) for _ in range(2))

        [error] = first["errors"]
        assert again == first
        assert first["data"] is None
        assert error["path"] == ["catalogCourses"]
        assert error["locations"] == [{"line": 1, "column": query.index("catalogCourses") + 1}]
        assert error["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": [at_fault]}

    @pytest.mark.parametrize(("query", "variables", "at_fault"), WRONG)
    def test_in_an_argument_is_none_where_there_is_no_object(self, ask, query, variables, at_fault):
        assert ask(query, **variables) == {"data": {"catalogCourses": {"nodes": []}}}

    @pytest.mark.parametrize("is_planned", [True, False])
    @pytest.mark.parametrize(
        "selection", ["courseRuns(%s) { totalCount }", "catalogCourses { nodes { runs(%s) { totalCount } } }"]
    )
    def test_in_a_variable_is_not_ours(self, run, ask, caplog, settings, is_planned, selection):
        settings.CATALOG_READ_PLAN = is_planned
        fields = selection % "orderBy: {field: $field}"

        [error] = ask(f"query ($field: CourseRunOrderField = TITLE) {{ {fields} }}", field=None)["errors"]

        assert error["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": ["field"]}
        assert caplog.records == []

    def test_leaves_other_root_fields_alone(self, run, ask):
        answer = ask(
            '{ a: organization(orgCode: "MITx") { courseRuns(first: 101) { totalCount } } '
            'b: organization(orgCode: "MITx") { orgCode } }'
        )

        assert answer["data"] == {"a": None, "b": {"orgCode": "MITx"}}
        assert [error["path"] for error in answer["errors"]] == [["a"]]

    def test_in_a_payload_leaves_the_change_done(self, run, sign_in, post):
        sign_in(is_staff=True)

        answer = post(
            f'mutation {{ a: updateCourseRun(input: {{courseKey: "{RUN}", title: "New"}}) '
            "{ courseRun { title catalogCourse { runs(first: 101) { totalCount } } } } }"
        ).json()

        assert [error["path"] for error in answer["errors"]] == [["a"]]
        assert answer["extensions"]["done"] == ["a"]
        assert CourseRun.objects.filter(title="New").count() == 1

    @pytest.mark.parametrize(
        ("read", "error"),
        [(lambda _row: 1 / 0, ZeroDivisionError), (lambda _row: None, TypeError), (lambda _row: {}, GraphQLError)],
    )
    def test_of_a_row_that_cannot_be_read_is_ours(self, run, ask, caplog, monkeypatch, read, error):
        definition = TYPES["Organization"].fields["id"].extensions["strawberry-definition"]
        monkeypatch.setattr(definition.base_resolver, "wrapped_func", read)
        executor._plans.clear()

        answer = ask('{ organization(orgCode: "MITx") { orgCode id } }')
        executor._plans.clear()

        assert answer["data"] == {"organization": None}
        assert [(error["path"], error["extensions"]) for error in answer["errors"]] == [
            (["organization"], {"code": "INTERNAL_SERVER_ERROR"})
        ]
        assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [error]

    def test_of_a_field_that_has_no_plan_is_ours(self, run, ask, caplog, monkeypatch):
        title = TYPES["CourseRun"].fields["title"].extensions["strawberry-definition"]
        monkeypatch.setattr(title, "extensions", [FieldExtension()])
        executor._plans.clear()

        [error] = ask("{ courseRuns { nodes { runCode title } } }")["errors"]

        assert (error["path"], error["extensions"]) == (["courseRuns"], {"code": "INTERNAL_SERVER_ERROR"})
        assert "CourseRun.title is of a kind that has no plan" in caplog.text
