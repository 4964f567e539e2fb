"""The endpoint: errors, CSRF protection, GraphiQL."""

import logging

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from catalog_graphql import errors
from catalog_graphql.http import view
from catalog_graphql.reading.plan import ListPlan


class TestErrors:
    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("{", "GRAPHQL_PARSE_FAILED"),
            ("", "BAD_USER_INPUT"),
            ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
            ("{ courseRuns { totalCount(of: 1) } }", "GRAPHQL_VALIDATION_FAILED"),
            ("{ courseRuns(first: true) { totalCount } }", "BAD_USER_INPUT"),
            ("query ($id: ID!) { node(id: $id) { id } }", "BAD_USER_INPUT"),
            ('query ($n: Int = "x") { courseRuns(first: $n) { totalCount } }', "BAD_USER_INPUT"),
            ("query A { __typename } query A { __typename } subscription { __typename }", "BAD_USER_INPUT"),
            ("query A { __typename } fragment F on Query { __typename }", "GRAPHQL_VALIDATION_FAILED"),
            ("query ($n: Int = 1%s) { courseRuns(first: $n) { totalCount } }" % ("0" * 5_000), "BAD_USER_INPUT"),
        ],
    )
    def test_have_a_code(self, ask, query, code):
        answer = ask(query)

        assert not answer.get("data")
        assert {error["extensions"]["code"] for error in answer["errors"]} == {code}

    @pytest.mark.parametrize(
        "query",
        [
            "query ($null: Boolean = true) { courseRuns @skip(if: $null) { totalCount } }",
            "query ($null: Boolean = true) { courseRuns { totalCount @skip(if: $null) } }",
            'query ($null: [ID!] = ["x"]) { nodes(ids: $null) { id } }',
            "query ($null: CourseRunOrderField = TITLE) { courseRuns(orderBy: {field: $null}) { totalCount } }",
        ],
    )
    def test_of_a_null_where_there_is_none_name_the_variable(self, ask, query):
        answer = ask(query, null=None)

        [error] = answer["errors"]
        assert error["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": ["null"]}

    def test_of_ours_show_no_detail_and_are_logged(self, ask, monkeypatch, caplog):
        def fail(*args):
            raise RuntimeError("the password is swordfish")

        monkeypatch.setattr(ListPlan, "read", fail)

        with caplog.at_level(logging.ERROR, logger="catalog_graphql.errors"):
            answer = ask("{ courseRuns { totalCount } }")

        assert answer == {
            "data": None,
            "errors": [
                {
                    "message": errors.INTERNAL_MESSAGE,
                    "locations": [{"line": 1, "column": 3}],
                    "path": ["courseRuns"],
                    "extensions": {"code": "INTERNAL_SERVER_ERROR"},
                }
            ],
        }
        assert [(record.levelname, record.exc_info[0]) for record in caplog.records] == [("ERROR", RuntimeError)]

    def test_of_ours_show_their_message_in_debug(self, ask, monkeypatch, settings):
        def fail(*args):
            raise RuntimeError("what went wrong")

        monkeypatch.setattr(ListPlan, "read", fail)
        settings.DEBUG = True

        answer = ask("{ courseRuns { totalCount } }")

        assert answer["errors"][0]["message"] == "what went wrong"
        assert answer["errors"][0]["extensions"] == {"code": "INTERNAL_SERVER_ERROR"}

    def test_of_the_request_are_not_logged(self, ask, caplog):
        with caplog.at_level(logging.DEBUG, logger="catalog_graphql"):
            ask('{ node(id: "nonsense") { id } nothing }')
            ask('{ node(id: "nonsense") { id } }')

        assert caplog.records == []


class TestCsrf:
    def test_is_asked_of_a_session(self, client, sign_in):
        sign_in(is_staff=True)

        response = client.post("/graphql/", {"query": "{ __typename }"}, content_type="application/json")

        assert response.status_code == 403


class TestGraphiql:
    def get(self, client: Client, **headers: str):
        return client.get("/graphql/", headers={"accept": "text/html", **headers})

    def test_asks_who_has_not_signed_in_to_do_so(self, client):
        response = self.get(client)

        assert (response.status_code, response["location"]) == (302, "/login/?next=/graphql/")

    def test_is_shown_without_inline_script_and_with_a_csrf_cookie(self, client, sign_in):
        if finders.find(view.GRAPHIQL_SCRIPT) is None:
            pytest.skip("needs the built pages: make frontend")
        sign_in("ada", is_staff=True)

        response = self.get(client)

        page = response.content.decode()
        assert response.status_code == 200
        assert 'data-endpoint="/graphql/"' in page
        assert 'data-username="ada"' in page
        assert "<script>" not in page
        assert response.cookies["csrftoken"].value
        assert response["content-security-policy"] == (
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
            "img-src data:; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
            "worker-src 'self'"
        )
        assert "http:" not in page
        assert "https:" not in page

    def test_says_how_it_is_built_where_it_is_not(self, client, sign_in, monkeypatch):
        monkeypatch.setattr(view, "GRAPHIQL_SCRIPT", "catalog_graphql/graphiql/nothing.js")
        sign_in(is_staff=True)

        response = self.get(client)

        assert (response.status_code, response.content) == (404, b"GraphiQL is not built: run `make frontend`.\n")

    def test_comes_after_signing_in(self, client, django_user_model, db):
        django_user_model.objects.create_user("ada", password="lovelace")
        token = client.get("/login/").cookies["csrftoken"].value

        response = client.post(
            "/login/",
            {"username": "ada", "password": "lovelace", "next": "/graphql/", "csrfmiddlewaretoken": token},
        )

        assert (response.status_code, response["location"]) == (302, "/graphql/")
