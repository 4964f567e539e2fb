"""The parameters of a request, before anything looks into them: their size, and valid Unicode."""

import json

import pytest
from organizations.models import Organization

from catalog_graphql.catalog import api
from catalog_graphql.limits.limits import Limits
from tests.catalog_graphql.answers import answer_of

JSON = "application/json"
LIST = "query ($f: CourseRunFilter) { courseRuns(filter: $f) { totalCount } }"
CREATE = "mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { clientMutationId } }"
IMPORT = """
    mutation ($input: ImportCourseRunsInput!) { importCourseRuns(input: $input) { createdCount errors { code field } } }
"""
HALF = "Text must not hold half of a surrogate pair."


def nested(depth):
    """Return a value nested in this many alternating lists and objects."""
    value = 1
    for level in range(depth):
        value = [value] if level % 2 else {"in": value}
    return value


def post(client, **body):
    return client.post("/graphql/", json.dumps(body), content_type=JSON)


@pytest.mark.django_db
class TestMeasures:
    MEASURES = {
        "variable_depth": lambda size: {"f": nested(size - 1)},
        "variable_values": lambda size: {"f": [1] * 3, "g": [1] * (size - 5)},
        "variable_fields": lambda size: {"f": {f"field{i}": 1 for i in range(size)}},
        "list_items": lambda size: {"f": {"g": [1] * size}},
    }

    @pytest.mark.parametrize("parameter", ["variables", "extensions"])
    @pytest.mark.parametrize(("name", "made"), MEASURES.items())
    @pytest.mark.parametrize(("size", "is_answered"), [(6, True), (7, True), (8, False)])
    def test_is_at_most_what_is_allowed(self, client, settings, parameter, name, made, size, is_answered):
        # Parameters count as values, too.
        settings.CATALOG_LIMITS = {name: 7 + 2 * (name == "variable_values")}
        query = {"query": "{ __typename }", parameter: made(size)}

        answers = [
            answer_of(post(client, **query)),
            answer_of(client.get("/graphql/", {**query, parameter: json.dumps(query[parameter])})),
        ]

        for answer in answers:
            if is_answered:
                assert answer == {"data": {"__typename": "Query"}}
            else:
                [limit] = settings.CATALOG_LIMITS.values()
                assert [error["extensions"] for error in answer["errors"]] == [
                    {"code": "QUERY_TOO_COMPLEX", name: limit + 1, "limit": limit}
                ]

    @pytest.mark.parametrize(("size", "is_answered"), [(59_999, True), (60_000, True), (60_001, False)])
    def test_of_a_document_is_at_most_what_is_allowed(self, client, size, is_answered):
        answer = answer_of(post(client, query="{ __typename }".ljust(size)))

        if is_answered:
            assert answer == {"data": {"__typename": "Query"}}
        else:
            assert [error["extensions"] for error in answer["errors"]] == [
                {"code": "QUERY_TOO_COMPLEX", "characters": 60_001, "limit": 60_000}
            ]

    @pytest.mark.parametrize("rows", [api.MAX_ROWS, api.MAX_ROWS + 1, api.MAX_ROWS * 3 // 2])
    def test_lets_imports_through(self, ask, rows):
        schedule = {"start": None, "end": None, "enrollmentStart": None, "enrollmentEnd": "2030-01-01T00:00:00Z"}
        row = {"courseKey": "course-v1:A+B+C", "title": "", "language": "en", "schedule": schedule}

        answer = ask(IMPORT, input={"rows": [row] * rows, "onError": "REJECT_ALL", "dryRun": True})

        codes = {error["code"] for error in answer["data"]["importCourseRuns"]["errors"]}
        assert codes == ({"TOO_LONG"} if rows > api.MAX_ROWS else {"REQUIRED"})


@pytest.mark.django_db
class TestErrorsOfVariables:
    def test_are_few_and_short(self, ask):
        answer = ask(LIST, f={"x" * 1_000 + str(i): "y" * 10_000 for i in range(50)})

        assert len(answer["errors"]) == Limits().errors
        for error in answer["errors"]:
            assert len(error["message"]) <= 503
            assert error["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": ["f"]}

    def test_suggest_nothing_to_whom_the_schema_is_hidden(self, client):
        answer = answer_of(post(client, query=LIST, variables={"f": {"language": []}}))

        [error] = answer["errors"]
        assert "Did you mean" not in error["message"]

    def test_name_each_place(self, ask):
        answer = ask(LIST, f={"status": "x", "languages": ["en", None, 5], "orgCodes": {}})

        assert [error["extensions"]["inputPath"] for error in answer["errors"]] == [
            ["f", "orgCodes"], ["f", "languages", "1"], ["f", "languages", "2"], ["f", "status"],
        ]  # fmt: skip


@pytest.mark.django_db
class TestHalvesOfPairs:
    @pytest.mark.parametrize(
        ("variables", "path"),
        [
            ({"f": {"search": "\ud800"}}, ["f", "search"]),
            ({"f": {"orgCodes": ["MITx", "a\udfff"]}}, ["f", "orgCodes", "1"]),
            ({"f": {"status": "\ud800"}}, ["f", "status"]),
            ({"f": {"\ud800": 1}}, ["f"]),
            ({"\ud800": 1}, []),
            ({"unused": "\udc00\ud800"}, ["unused"]),
        ],
    )
    def test_are_refused_in_variables(self, client, variables, path):
        by_get = {"query": LIST, "variables": json.dumps(variables)}

        for response in (post(client, query=LIST, variables=variables), client.get("/graphql/", by_get)):
            assert answer_of(response) == {
                "errors": [{"message": HALF, "extensions": {"code": "BAD_USER_INPUT", "inputPath": path}}]
            }

    @pytest.mark.parametrize(
        "body",
        [
            {"query": "\ud800"},
            {"query": "{ __typename } # \ud800"},
            {"query": '{ node(id: "\udfff") { id } }'},
            {"query": "{ __typename }", "operationName": "\ud800"},
            {"query": "{ __typename }", "extensions": {"a": ["\ud800"]}},
            {"query": "{ __typename }", "\ud800": None},
            {"query": "{ __typename }", "else": "\ud800"},
            {"documentId": "\ud800"},
        ],
    )
    def test_are_refused_anywhere_else(self, client, body):
        response = post(client, **body)

        assert response.status_code == 400
        assert answer_of(response) == {"errors": [{"message": HALF, "extensions": {"code": "BAD_USER_INPUT"}}]}

    @pytest.mark.parametrize("literal", ['"\\ud800"', '"\\udc00\\ud800"', '"\\u{D800}"', '"a\\udfffb"'])
    def test_are_no_graphql_in_a_document(self, client, literal):
        answer = answer_of(post(client, query=f"{{ node(id: {literal}) {{ id }} }}"))

        assert [error["extensions"]["code"] for error in answer["errors"]] == ["GRAPHQL_PARSE_FAILED"]

    def test_in_the_id_of_a_change_leave_it_undone(self, sign_in, post):
        sign_in(is_staff=True)

        answer = answer_of(post(CREATE, input={"orgCode": "MITx", "name": "MIT", "clientMutationId": "\ud800"}))

        assert [error["extensions"] for error in answer["errors"]] == [
            {"code": "BAD_USER_INPUT", "inputPath": ["input", "clientMutationId"]}
        ]
        assert not Organization.objects.exists()

    def test_in_an_address_are_only_bytes(self, client):
        response = client.get("/graphql/?query=%7B__typename%7D&operationName=%ED%A0%80")

        assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["BAD_USER_INPUT"]

    def test_are_not_what_whole_pairs_are(self, client):
        query = 'query ($id: ID!) { a: node(id: $id) { id } b: node(id: "\\ud83d\\ude00") { id } }'

        answer = answer_of(post(client, query=query, variables={"id": "\U0001f600"}))

        assert [error["extensions"]["inputPath"] for error in answer["errors"]] == [["id"], ["id"]]
