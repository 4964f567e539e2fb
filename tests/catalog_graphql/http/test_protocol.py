"""GraphQL over HTTP: methods, media types, bodies. The response is always GraphQL's."""

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.catalog_graphql.answers import answer_of

JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"
TYPENAME = {"query": "{ __typename }"}
DEEP = b'{"query": ' + b"[" * 100_000


def post(client: Client, body: Any, content_type: str = JSON, **headers: str) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.generic("POST", "/graphql/", content, content_type=content_type, headers=headers)


class TestMethod:
    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"])
    def test_is_get_or_post(self, client, method):
        response = client.generic(method, "/graphql/?query={__typename}")

        assert response.status_code == 405
        assert response["Allow"] == "GET, POST"

    def test_get_asks_queries(self, client):
        response = client.get(
            "/graphql/",
            {
                "query": "query A { __typename } query B($no: Boolean!) { b: __typename @skip(if: $no) c: __typename }",
                "operationName": "B",
                "variables": '{"no": true}',
                "extensions": "{}",
            },
        )

        assert response.status_code == 200
        assert answer_of(response) == {"data": {"c": "Query"}}

    @pytest.mark.parametrize(
        ("accept", "is_answered"),
        [(None, True), (JSON, True), (f"{RESPONSE_JSON};q=0.9, */*", True), ("*/*", False), ("application/*", False)],
    )
    def test_get_is_no_page_of_another_site(self, client, accept, is_answered):
        response = client.get("/graphql/", TYPENAME, headers={"accept": accept} if accept else {})

        assert response.status_code == 200
        assert ("data" in response.json()) is is_answered
        if not is_answered:
            assert [error["extensions"] for error in response.json()["errors"]] == [{"code": "BAD_USER_INPUT"}]

    def test_get_changes_nothing(self, client):
        response = client.get("/graphql/", {"query": "mutation { __typename }"})

        assert response.status_code == 405
        assert response["Allow"] == "POST"
        assert response.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}


class TestMediaType:
    @pytest.mark.parametrize(
        ("accept", "expected"),
        [
            (None, JSON),
            ("*/*", JSON),
            ("application/*", JSON),
            (JSON, JSON),
            (RESPONSE_JSON, RESPONSE_JSON),
            (f"{RESPONSE_JSON}, {JSON};q=0.9", RESPONSE_JSON),
            (f"{RESPONSE_JSON};q=0.1, {JSON}", JSON),
            (f"{RESPONSE_JSON}; charset=utf-8, {JSON}; charset=utf-8; q=0.5", RESPONSE_JSON),
            (f"text/html, {RESPONSE_JSON}", RESPONSE_JSON),
        ],
    )
    def test_is_what_the_request_accepts(self, client, accept, expected):
        response = post(client, TYPENAME, **({"accept": accept} if accept else {}))

        assert response.status_code == 200
        assert response["Content-Type"] == f"{expected}; charset=utf-8"
        assert answer_of(response) == {"data": {"__typename": "Query"}}

    @pytest.mark.parametrize("accept", ["text/html", "image/*", f"{JSON};q=0", "nonsense", ","])
    def test_that_nobody_has_is_refused(self, client, accept):
        response = post(client, TYPENAME, accept=accept)

        assert response.status_code == 406
        assert response.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}


NOT_EXECUTED = [
    ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
    ({"query": "{ nothing }"}, "GRAPHQL_VALIDATION_FAILED"),
    ({"query": "query ($id: ID!) { node(id: $id) { id } }", "variables": {"id": [1, 2]}}, "BAD_USER_INPUT"),
    (
        {"query": "query ($no: Boolean = true) { __typename @skip(if: $no) }", "variables": {"no": None}},
        "BAD_USER_INPUT",
    ),
    ({"query": "query A { __typename } query B { __typename }"}, "BAD_USER_INPUT"),
    ({"query": "{ __typename }", "operationName": "Nobody"}, "BAD_USER_INPUT"),
    ({"query": "{ __typename }", "variables": {"list": [None] * 1_001}}, "QUERY_TOO_COMPLEX"),
    ({"query": "{ __typename }", "variables": {"half": "\ud800"}}, "BAD_USER_INPUT"),
]


class TestStatus:
    @pytest.mark.parametrize(("body", "code"), NOT_EXECUTED)
    @pytest.mark.parametrize(("accept", "status"), [(RESPONSE_JSON, 400), (JSON, 200)])
    def test_of_what_is_not_executed(self, client, body, code, accept, status):
        response = post(client, body, accept=accept)

        assert response.status_code == status
        assert "data" not in response.json()
        assert [error["extensions"]["code"] for error in response.json()["errors"]] == [code]

    @pytest.mark.parametrize("accept", [RESPONSE_JSON, JSON])
    def test_of_what_failed_in_execution(self, client, db, accept):
        response = post(client, {"query": "{ courseRuns { totalCount } }"}, accept=accept)

        assert response.status_code == 200
        assert response.json()["data"] is None
        assert response.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}


class TestBody:
    @pytest.mark.parametrize(
        "content_type",
        [
            "text/plain",
            "application/graphql",
            "foo/application/json",
            "",
            "application/json; charset=latin-1",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
        ],
    )
    def test_is_json_in_utf8(self, client, content_type):
        response = post(client, TYPENAME, content_type)

        assert response.status_code == 415
        assert response["Accept"] == JSON
        assert response.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}

    @pytest.mark.parametrize(
        "content_type", [JSON, "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"]
    )
    def test_may_say_so(self, client, content_type):
        assert answer_of(post(client, TYPENAME, content_type)) == {"data": {"__typename": "Query"}}

    @pytest.mark.parametrize(
        "body",
        [
            b" ", b"nonsense", b"{", b"\xff\xfe", b'{"query": "\xff"}', DEEP, b"NaN", b'"x"', b"123", b"null", b"true",
            b"[]", b'[{"query": "{ __typename }"}]', b"{}", b'{"query": null}', b'{"query": ""}', b'{"query": 1}',
            b'{"query": ["{ __typename }"]}', b'{"query": "{ __typename }", "variables": []}',
            b'{"query": "{ __typename }", "variables": "{}"}', b'{"query": "{ __typename }", "operationName": 1}',
            b'{"query": "{ __typename }", "extensions": 1}',
        ],
    )  # fmt: skip
    def test_is_an_object_that_asks_something(self, client, body):
        response = post(client, body)

        assert response.status_code == 400
        assert "data" not in response.json()
        assert response.json()["errors"][0]["extensions"]["code"] in ("BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED")

    @pytest.mark.parametrize("length", ["abc", "-1", "1.5", "1 2", "\u0661", "9" * 5_000])
    def test_is_as_long_as_a_number_says(self, client, length):
        response = client.generic("POST", "/graphql/", b"{}", content_type=JSON, CONTENT_LENGTH=length)

        assert response.status_code == (413 if length.startswith("9") else 400)
        assert response.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}

    def test_is_not_too_large(self, client, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

        at, over = (post(client, json.dumps(TYPENAME).ljust(size).encode()) for size in (100, 101))

        assert at.status_code == 200
        assert over.status_code == 413
        assert over.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
bodies = st.one_of(
    st.binary(),
    anything.map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries(
        {"query": st.sampled_from(["{ __typename }", "{ viewer { username } }"]) | st.text() | anything},
        optional={"variables": anything, "operationName": anything, "extensions": anything},
    ).map(lambda value: json.dumps(value).encode()),
)
words = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=20)
content_types = st.sampled_from([JSON, JSON, JSON, "text/plain", f"{JSON}; charset=utf-8"]) | words
accepts = st.sampled_from([JSON, RESPONSE_JSON, "*/*", "text/html"]) | words
methods = st.sampled_from(["POST", "POST", "GET", "PUT"])


class TestWhateverComes(TestCase):
    @settings(max_examples=300, deadline=None)
    @given(
        body=bodies, content_type=content_types, accept=accepts, method=st.sampled_from(["POST", "POST", "GET", "PUT"])
    )
    def test_is_answered_as_graphql_does(self, body, content_type, accept, method):
        response = Client(enforce_csrf_checks=True).generic(
            method, "/graphql/?query={__typename}", body, content_type=content_type, headers={"accept": accept}
        )

        assert response.status_code < 500
        assert response["Content-Type"].split(";")[0] in (JSON, RESPONSE_JSON)
        for error in response.json().get("errors", ()):
            assert error["extensions"]["code"] != "INTERNAL_SERVER_ERROR"
