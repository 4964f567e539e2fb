"""Requests that fail outside of a view."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client


def errors_of(response):
    return [error["extensions"]["code"] for error in response.json()["errors"]]


class TestHost:
    @pytest.mark.parametrize("host", ["elsewhere.example.org", "a b", "[", "\\"])
    def test_is_one_of_ours(self, client, host):
        response = client.get("/graphql/", {"query": "{ __typename }"}, headers={"host": host})

        assert response.status_code == 400
        assert errors_of(response) == ["BAD_USER_INPUT"]

    def test_is_refused_by_a_page_elsewhere(self, client):
        response = client.get("/login/", headers={"host": "elsewhere.example.org"})

        assert response.status_code == 400
        assert response["Content-Type"].startswith("text/html")


@pytest.mark.django_db
class TestMiddleware:
    @pytest.fixture
    def break_sessions(self, monkeypatch):
        """Return a function that makes saving sessions fail."""

        def break_sessions(error):
            def save(*_args, **_kwargs):
                raise error

            monkeypatch.setattr(SessionStore, "save", save)

        return break_sessions

    @pytest.mark.parametrize(
        ("error", "status", "code"),
        [
            (RuntimeError("the password is swordfish"), 500, "INTERNAL_SERVER_ERROR"),
            (OperationalError(2006, "the password is swordfish"), 503, "SERVICE_UNAVAILABLE"),
        ],
    )
    def test_that_fails_is_answered_without_detail(
        self, settings, django_user_model, break_sessions, error, status, code
    ):
        settings.SESSION_SAVE_EVERY_REQUEST = True
        client = Client(raise_request_exception=False)
        client.force_login(django_user_model.objects.create_user("ada"))
        break_sessions(error)

        response = client.get("/graphql/", {"query": "{ __typename }"})

        assert response.status_code == status
        assert errors_of(response) == [code]
        assert b"swordfish" not in response.content


class TestMissingSlash:
    @pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS"])
    def test_is_told_to_a_program(self, client, method):
        response = client.generic(method, "/graphql", b'{"query": "{ __typename }"}', content_type="application/json")

        assert response.status_code == 404
        assert response["Content-Type"] == "application/json; charset=utf-8"
        assert response.json()["errors"] == [
            {
                "message": "The address of the endpoint is /graphql/, with a slash at the end.",
                "extensions": {"code": "BAD_USER_INPUT"},
            }
        ]

    @pytest.mark.parametrize("query", ["", "?query=%7B__typename%7D"])
    def test_is_put_right_for_who_follows(self, client, query):
        response = client.get(f"/graphql{query}")

        assert (response.status_code, response["Location"]) == (302, f"/graphql/{query}")
