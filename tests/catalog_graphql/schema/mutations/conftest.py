"""Helpers to send a mutation as global staff, or many at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client

from tests.catalog_graphql.conftest import Ask
from tests.databases import many_connections

SECONDS = 60

Mutate = Callable[..., dict[str, Any]]
Send = Callable[..., dict[str, Any]]
Ride = Callable[[Send], Any]
Race = Callable[..., list[Any]]


@pytest.fixture
def mutate(ask: Ask) -> Mutate:
    """Return a function that sends a mutation, given its name, selection and input, and returns the payload."""

    def mutate(name: str, selection: str, /, **fields: Any) -> dict[str, Any]:
        type_name = name[0].upper() + name[1:]
        answer = ask(
            f"mutation ($input: {type_name}Input!) {{ {name}(input: $input) {{ "
            f"{selection} errors {{ code message field }} clientMutationId }} }}",
            input=fields,
        )
        assert "errors" not in answer, answer["errors"]
        payload: dict[str, Any] = answer["data"][name]
        return payload

    return mutate


def found(payload: dict[str, Any]) -> list[tuple[str, list[str] | None]]:
    """Return the codes and paths of a payload's errors."""
    return [(error["code"], error["field"]) for error in payload["errors"]]


def connect(user: Any) -> Send:
    """Sign the user in with a new client, and return a function that sends a mutation and returns its payload."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    token = client.get("/login/").cookies["csrftoken"].value

    def send(name: str, selection: str, /, **fields: Any) -> dict[str, Any]:
        type_name = name[0].upper() + name[1:]
        query = (
            f"mutation ($input: {type_name}Input!) {{ {name}(input: $input) {{ "
            f"{selection} errors {{ code field }} }} }}"
        )
        response = client.post(
            "/graphql/",
            {"query": query, "variables": {"input": fields}},
            content_type="application/json",
            headers={"x-csrftoken": token},
        )
        assert response.status_code == 200
        answer = response.json()
        assert "errors" not in answer, answer["errors"]
        payload: dict[str, Any] = answer["data"][name]
        return payload

    return send


@pytest.fixture
def race(db: None, tmp_path: Path) -> Race:
    """Return a function that calls functions at the same moment, and returns their results."""
    user = get_user_model().objects.create_user("staff", is_staff=True)

    def race(*rides: Ride) -> list[Any]:
        sends = [connect(user) for _ in rides]
        start = Barrier(len(rides))

        def go(ride: Ride, send: Send) -> Any:
            try:
                start.wait(SECONDS)
                return ride(send)
            finally:
                connections.close_all()

        with many_connections(tmp_path / "catalog.sqlite3"), ThreadPoolExecutor(max_workers=len(rides)) as pool:
            futures = [pool.submit(go, ride, send) for ride, send in zip(rides, sends, strict=True)]
            return [future.result(timeout=SECONDS) for future in futures]

    return race
