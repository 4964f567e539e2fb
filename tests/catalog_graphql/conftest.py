"""A client that sends requests like a browser: over HTTP, with a session and with CSRF protection."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.catalog_graphql.answers import answer_of

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def sign_in(db: None, client: Client) -> Callable[..., Any]:
    """Return a function that signs a new user in."""

    def sign_in(username: str = "staff", **fields: Any) -> Any:
        user = get_user_model().objects.create_user(username, **fields)
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def post(client: Client) -> Callable[..., Any]:
    """Return a function that posts a query and returns the response."""

    def post(query: str, **variables: Any) -> Any:
        # The login page sets the cookie with the token.
        token = client.get("/login/").cookies["csrftoken"].value
        return client.post(
            "/graphql/",
            {"query": query, "variables": variables},
            content_type="application/json",
            headers={"x-csrftoken": token},
        )

    return post


@pytest.fixture
def ask(sign_in: Callable[..., Any], post: Callable[..., Any]) -> Ask:
    """Return a function that sends a query as global staff, and returns the response without its cost."""
    sign_in(is_staff=True)

    def ask(query: str, **variables: Any) -> dict[str, Any]:
        return answer_of(post(query, **variables))

    return ask
