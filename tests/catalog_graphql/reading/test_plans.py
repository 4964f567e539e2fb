"""Read plans: which queries they take, and that every field has one."""

import datetime
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from graphql import GraphQLField, GraphQLObjectType, get_named_type

from catalog_graphql.execution import executor
from catalog_graphql.execution.cache import BoundedCache
from catalog_graphql.schema.ids import encode_id
from catalog_graphql.schema.schema import schema
from catalog_graphql.standalone.policy import StudioPolicy
from tests.catalog_graphql.answers import answer_of
from tests.catalog_graphql.conftest import Ask

SCHEMA = schema._schema
NODES = ("Organization", "CatalogCourse", "CourseRun")
RUN = "course-v1:MITx+6.002x+3T2012"
ROWS = f'{{rows: [{{courseKey: "{RUN}", title: "A"}}]}}'
IDS = {
    "Organization": encode_id("Organization", "MITx"),
    "CatalogCourse": encode_id("CatalogCourse", "catalog-course:MITx:6.002x"),
    "CourseRun": encode_id("CourseRun", RUN),
}
ENDED = {"end": datetime.datetime(2013, 1, 1, tzinfo=datetime.UTC)}


@pytest.fixture
def catalog(make_run):
    """Some organizations with some courses of some runs."""
    for org_code in ("MITx", "HarvardX"):
        for course_code in ("6.002x", "7.00x", "8.01x"):
            for run_code in ("3T2012", "1T2013", "3T2013", "1T2014"):
                make_run(org_code, course_code, run_code, schedule=ENDED if "2012" in run_code else None)


@pytest.fixture
def ask_planned(ask: Ask) -> Ask:
    """Return a function that sends a query, and asserts that there are no errors."""

    def ask_planned(query: str, **variables: Any) -> dict[str, Any]:
        answer = ask(query, **variables)
        assert "errors" not in answer
        return answer

    return ask_planned


def selection(field: GraphQLField, depth: int = 2) -> str:
    """Return a selection after a field's name: all fields, to this depth, and a few further down."""
    type_ = get_named_type(field.type)
    if not isinstance(type_, GraphQLObjectType):
        return ""
    below = {
        name: selection(field, depth - 1) for name, field in type_.fields.items() if depth > 0 or not is_deep(field)
    }
    return "{ __typename " + " ".join(name + rest for name, rest in below.items()) + " }"


def is_deep(field: GraphQLField) -> bool:
    return isinstance(get_named_type(field.type), GraphQLObjectType)


class TestEveryField:
    @pytest.mark.parametrize(
        ("type_name", "name"), [(name, field) for name in NODES for field in SCHEMA.type_map[name].fields]
    )
    def test_of_a_node_has_a_plan(self, catalog, ask_planned, type_name, name):
        field = SCHEMA.type_map[type_name].fields[name]

        answer = ask_planned(
            f"query ($id: ID!) {{ node(id: $id) {{ ... on {type_name} {{ {name} {selection(field)} }} }} }}",
            id=IDS[type_name],
        )

        assert name in answer["data"]["node"]

    @pytest.mark.parametrize("name", ["organizations", "catalogCourses", "courseRuns"])
    def test_of_a_list_has_a_plan(self, catalog, ask_planned, name):
        answer = ask_planned(f"{{ {name} {selection(SCHEMA.query_type.fields[name], 4)} }}")

        assert answer["data"][name]["nodes"]

    def test_of_a_payload_has_a_plan(self, catalog, ask_planned):
        field = SCHEMA.mutation_type.fields["updateCourseRun"]

        answer = ask_planned(
            f'mutation {{ updateCourseRun(input: {{courseKey: "{RUN}", title: "New"}}) {selection(field, 3)} }}'
        )

        assert answer["data"]["updateCourseRun"]["courseRun"]["title"] == "New"

    def test_of_a_payloads_list_has_a_plan(self, catalog, ask_planned):
        field = SCHEMA.mutation_type.fields["importCourseRuns"]

        answer = ask_planned(f"mutation {{ importCourseRuns(input: {ROWS}) {selection(field, 4)} }}")

        assert answer["data"]["importCourseRuns"]["results"][0]["courseRun"]["courseKey"] == RUN

    def test_of_a_payload_is_told_by_its_alias(self, catalog, ask_planned):
        answer = ask_planned(
            f'mutation {{ updateCourseRun(input: {{courseKey: "{RUN}", title: "New"}}) '
            "{ a: courseRun { title } b: courseRun { runCode } } }"
        )

        assert answer["data"]["updateCourseRun"] == {"a": {"title": "New"}, "b": {"runCode": "3T2012"}}

    def test_of_a_payloads_list_is_told_by_its_aliases(self, catalog, ask_planned):
        answer = ask_planned(
            f"mutation {{ importCourseRuns(input: {ROWS}) "
            "{ a: results { courseRun { title } } b: results { c: courseRun { runCode } d: courseRun { orgCode } } } }"
        )

        assert answer["data"]["importCourseRuns"] == {
            "a": [{"courseRun": {"title": "A"}}],
            "b": [{"c": {"runCode": "3T2012"}, "d": {"orgCode": "MITx"}}],
        }


# The number of queries for each, whatever the catalog contains. The session and its user take two more.
BUDGETS = [
    ("{ viewer { username isGlobalStaff } }", 0),
    ("{ courseRuns { totalCount } }", 1),
    ("{ courseRuns { edges { cursor } pageInfo { hasNextPage endCursor } } }", 1),
    (
        "{ courseRuns { nodes { id status warnings viewerCanEdit schedule { end } catalogCourse { org { id } } } } }",
        1,
    ),
    ('{ courseRuns(filter: {search: "x", status: ACTIVE, languages: ["en"]}) { totalCount nodes { title } } }', 2),
    ("{ courseRuns(first: 2, offset: 3, orderBy: {field: START}) { totalCount nodes { title } } }", 2),
    ("{ catalogCourses { nodes { title viewerCanEdit viewerCanDelete org { name viewerCanCreateCourses } } } }", 1),
    ("{ catalogCourses { totalCount nodes { title runs(first: 3) { totalCount nodes { title } } } } }", 4),
    (
        "{ catalogCourses { nodes { active: runs(filter: {status: ACTIVE}) { totalCount } "
        "archived: runs(filter: {status: ARCHIVED}, last: 1) { totalCount nodes { title } } } } }",
        4,
    ),
    (
        "{ organizations(first: 5) { nodes { catalogCourses(first: 5) { nodes { runs(first: 5) { nodes { "
        "catalogCourse { runs { nodes { title } } } } } } } } } }",
        4,
    ),
    ("{ organizations { nodes { courseRuns(first: 1) { nodes { catalogCourse { viewerCanEdit } } } } } }", 2),
    ("{ viewer { creatableOrganizations { nodes { orgCode } } } }", 1),
    (f'{{ courseRun(courseKey: "{RUN}") {{ title catalogCourse {{ runs {{ nodes {{ title }} }} }} }} }}', 2),
    ('{ catalogCourse(key: "catalog-course:MITx:6.002x") { title runs(first: 2) { totalCount nodes { title } } } }', 3),
    ('{ organization(orgCode: "mitx") { catalogCourses { nodes { title } } } }', 2),
    (f'{{ node(id: "{IDS["CourseRun"]}") {{ id ... on CourseRun {{ title }} }} }}', 1),
    (f"{{ nodes(ids: {json.dumps([*IDS.values()])}) {{ id }} }}", 3),
]


class TestBudget:
    @pytest.mark.parametrize(("query", "budget"), BUDGETS)
    def test_is_kept_whatever_the_rows(self, catalog, ask_planned, query, budget):
        ask_planned(query)

        with CaptureQueriesContext(
            connection,
        ) as captured:
            ask_planned(query)

        sql = [query["sql"] for query in captured if "session" not in query["sql"] and "auth_user" not in query["sql"]]
        assert len(sql) == budget, "\n".join(sql)


class TestCursor:
    """A cursor below many parents belongs to one of them, and is foreign to the others; with one parent, it works."""

    RUNS = (
        "query ($parents: Int, $after: String, $last: Int) { organizations(first: $parents) { nodes { "
        "courseRuns(first: $last, after: $after, orderBy: {field: COURSE_KEY}) { pageInfo { endCursor } "
        "nodes { courseKey } } } } }"
    )

    def test_of_the_only_parent_is_kept_to(self, catalog, ask_planned):
        def read(**variables: Any) -> Any:
            [organization] = ask_planned(self.RUNS, parents=1, **variables)["data"]["organizations"]["nodes"]
            return organization["courseRuns"]

        one_page = read(last=6)["nodes"]
        first_half = read(last=3)
        second_half = read(last=3, after=first_half["pageInfo"]["endCursor"])

        assert first_half["nodes"] + second_half["nodes"] == one_page

    def test_is_foreign_to_other_parents(self, catalog, ask):
        cursor = ask(self.RUNS, parents=1)["data"]["organizations"]["nodes"][0]["courseRuns"]["pageInfo"]["endCursor"]

        [error] = ask(self.RUNS, parents=2, after=cursor)["errors"]

        assert error["path"] == ["organizations"]
        assert error["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": ["after"]}


class TestReference:
    @override_settings(CATALOG_READ_PLAN=False)
    def test_answers_all_when_plans_are_off(self, catalog, ask, monkeypatch):
        executor._plans.clear()

        answer = ask("{ courseRuns { totalCount } }")

        assert answer == {"data": {"courseRuns": {"totalCount": 24}}}
        assert len(executor._plans) == 0


class PolicyWithoutKey(StudioPolicy):
    """A policy that does not say what its conditions depend on."""

    cache_key = None


class TestPlans:
    def test_are_made_once(self, catalog, ask_planned):
        executor._plans.clear()
        query = "query ($n: Int) { courseRuns(first: $n) { nodes { title } } }"

        for size in (1, 2, 1, 2):
            ask_planned(query, n=size)

        assert len(executor._plans) == 2

    def test_are_not_those_of_another_viewer(self, catalog, ask_planned, sign_in, post):
        query = "{ courseRuns { totalCount } }"
        assert ask_planned(query) == {"data": {"courseRuns": {"totalCount": 24}}}

        sign_in("somebody")

        assert answer_of(post(query)) == {"data": {"courseRuns": {"totalCount": 0}}}

    def test_are_forgotten_when_they_take_too_much(self, catalog, ask_planned, monkeypatch):
        monkeypatch.setattr(executor, "_plans", BoundedCache(500_000))

        for size in range(20):
            ask_planned(f"{{ courseRuns {{ alias{size}: totalCount }} }}")

        assert 0 < len(executor._plans) < 20
        assert executor._plans.bytes <= 500_000

    @override_settings(CATALOG_ACCESS_POLICY=f"{__name__}.{PolicyWithoutKey.__name__}")
    def test_are_not_kept_where_the_policy_has_no_key(self, catalog, ask_planned):
        executor._plans.clear()

        ask_planned("{ courseRuns { totalCount } }")

        assert len(executor._plans) == 0

    def test_leave_the_instant_open(self, make_run, ask_planned):
        query = "{ courseRuns(filter: {status: ACTIVE}) { nodes { status } } }"
        ask_planned(query)

        make_run(schedule={"end": datetime.datetime.now(datetime.UTC)})

        assert ask_planned(query)["data"]["courseRuns"]["nodes"] == []
