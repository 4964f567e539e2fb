"""The size limit of responses, counted while they are built, by plans and by the reference engine."""

import json

import pytest
from organizations.models import Organization

from catalog_graphql.catalog.records import CourseRun
from catalog_graphql.errors import QueryTooComplexError
from catalog_graphql.limits.answers import AnswerSize
from catalog_graphql.schema.ids import encode_id

MITX = encode_id("Organization", "MITx")
TEXT = "Ünïcödé " * 100

EVERYTHING = """{
  courseRuns(first: 20) {
    totalCount
    edges { cursor node { ...Run } }
    nodes { ...Run schedule { start end } catalogCourse { key title org { name description } } }
    pageInfo { endCursor hasNextPage }
  }
  catalogCourses { nodes { runs(first: 3) { totalCount nodes { ...Run } } org { a: description b: description } } }
}
fragment Run on CourseRun { id courseKey title created status warnings viewerCanEdit }
"""
# The same list below each of several runs of a course: it is read once, and shown for each run.
SHOWN_AGAIN = "{ courseRuns { nodes { catalogCourse { runs { nodes { a: title b: title c: title } } } } } }"
REPEATED = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Organization { a: description b: description } } }"
SYNCED = """mutation ($rows: [ImportCourseRunRow!]!) {
  importCourseRuns(input: {rows: $rows, dryRun: true}) { results { courseRun { title } } }
}"""
BY_PATH = pytest.mark.parametrize("planned", [True, False], ids=["by a plan", "by the reference engine"])


@pytest.fixture
def catalog(make_run):
    """Some runs of some courses of an organization with a long description."""
    for course_code in ("6.002x", "7.00x"):
        for number in range(8):
            make_run("MITx", course_code, f"R{number}", title=f"Ünïcödé {number} " * 10)
    Organization.objects.update(description=TEXT)


@pytest.mark.django_db
class TestAnswer:
    @BY_PATH
    @pytest.mark.parametrize("query", [EVERYTHING, SHOWN_AGAIN])
    def test_is_counted_about_as_it_is(self, catalog, ask, settings, planned, query):
        settings.CATALOG_READ_PLAN = planned
        actual = len(json.dumps(ask(query)["data"], ensure_ascii=False, separators=(",", ":")).encode())

        settings.CATALOG_LIMITS = {"answer_bytes": int(actual * 1.3)}
        assert "errors" not in ask(query)

        settings.CATALOG_LIMITS = {"answer_bytes": int(actual * 0.6)}
        assert [error["extensions"]["code"] for error in ask(query)["errors"]] == ["QUERY_TOO_COMPLEX"]

    @BY_PATH
    def test_that_is_too_large_is_given_up_with_a_name(self, catalog, ask, settings, planned):
        settings.CATALOG_READ_PLAN = planned
        settings.CATALOG_LIMITS = {"answer_bytes": 5_000}

        answer = ask("{ organizations { nodes { " + " ".join(f"a{i}: description" for i in range(20)) + " } } }")

        [error] = answer["errors"]
        assert answer["data"] is None
        assert error["path"][0] == "organizations"
        assert error["extensions"].pop("answer_bytes") > 5_000
        assert error["extensions"] == {"code": "QUERY_TOO_COMPLEX", "limit": 5_000}

    @BY_PATH
    @pytest.mark.parametrize(("times", "is_answered"), [(10, True), (100, False)])
    def test_counts_an_object_as_often_as_it_is_shown(self, catalog, ask, settings, planned, times, is_answered):
        settings.CATALOG_READ_PLAN = planned
        settings.CATALOG_LIMITS = {"answer_bytes": 100_000}

        answer = ask(REPEATED, ids=[MITX] * times)

        if is_answered:
            assert answer == {"data": {"nodes": [{"a": TEXT, "b": TEXT}] * times}}
        else:
            assert [error["extensions"]["code"] for error in answer["errors"]] == ["QUERY_TOO_COMPLEX"]

    def test_counts_a_run_as_often_as_it_is_imported(self, catalog, ask, settings):
        settings.CATALOG_LIMITS = {"answer_bytes": 4_000}
        [key] = CourseRun.objects.values_list("course_key", flat=True)[:1]

        few, many = (
            ask(SYNCED, rows=[{"courseKey": str(key), "title": "T" * 200}] * times).get("errors") for times in (5, 50)
        )

        assert few is None
        assert [error["extensions"]["code"] for error in many] == ["QUERY_TOO_COMPLEX"]

    @BY_PATH
    def test_counts_names(self, catalog, ask, settings, planned):
        settings.CATALOG_READ_PLAN = planned
        settings.CATALOG_LIMITS = {"answer_bytes": 50_000}

        answer = ask(f"{{ courseRuns {{ nodes {{ {'a' * 10_000}: runCode }} }} }}")

        assert [error["extensions"]["code"] for error in answer["errors"]] == ["QUERY_TOO_COMPLEX"]

    def test_does_not_count_the_row_that_tells_whether_more_follow(self, catalog, ask, settings):
        settings.CATALOG_LIMITS = {"answer_bytes": 10_000}
        Organization.objects.update(description="d" * 3_000)

        answer = ask("{ courseRuns(first: 2) { nodes { catalogCourse { org { description } } } } }")

        assert len(answer["data"]["courseRuns"]["nodes"]) == 2

    @BY_PATH
    def test_is_given_up_whole(self, catalog, ask, settings, planned):
        settings.CATALOG_READ_PLAN = planned
        settings.CATALOG_LIMITS = {"answer_bytes": 5_000}

        answer = ask(
            'query ($ids: [ID!]!) { nodes(ids: $ids) { id } organization(orgCode: "MITx") { name } }', ids=[MITX] * 99
        )
        too_large = ask(REPEATED, ids=[MITX] * 99)

        assert answer["data"]["organization"] == {"name": "MITx"}
        assert (too_large["data"], len(too_large["errors"])) == (None, 1)


class TestAnswerSize:
    def test_is_not_counted_while_it_fits_anyway(self):
        counted = []
        size = AnswerSize(100)

        size.add_at_most(60, lambda: counted.append("first") or 10)
        size.add(30)

        assert counted == []

    def test_is_counted_once_it_might_not_fit(self):
        size = AnswerSize(100)
        size.add_at_most(60, lambda: 10)
        size.add_at_most(60, lambda: 20)
        size.add(70)

        with pytest.raises(QueryTooComplexError) as raised:
            size.add(1)

        assert raised.value.extensions == {"code": "QUERY_TOO_COMPLEX", "answer_bytes": 101, "limit": 100}
