"""A catalog with two organizations, and viewers of every kind.

    MITx      circuits  runs A (active), B (archived), and C, a custom course's
              empty     no runs
    HarvardX  cs50      run H (archived)
              void      no runs

Titles are the names used here. Roles spell organizations in a different case than the organizations do.
"""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from opaque_keys.edx.keys import CourseKey

from catalog_graphql.catalog.records import CatalogCourse
from catalog_graphql.catalog.search_text import mend
from catalog_graphql.standalone.models import CourseAccessRole, Role
from tests.catalog_graphql.answers import answer_of

A, B = "course-v1:MITx+6.002x+A", "course-v1:MITx+6.002x+B"
C, H = "ccx-v1:MITx+6.002x+A+ccx@1", "course-v1:HarvardX+CS50x+H"
CIRCUITS, EMPTY = "catalog-course:MITx:6.002x", "catalog-course:MITx:8.02x"
CS50, VOID = "catalog-course:HarvardX:CS50x", "catalog-course:HarvardX:PH207x"

PAST = {"end": datetime.datetime(2013, 1, 1, tzinfo=datetime.UTC)}
ON_NO_RUN = CourseAccessRole.NO_COURSE

# Each viewer's roles on organizations and runs; the other viewers have none.
ROLES: dict[str, list[tuple[str, str]]] = {
    "nobody": [],
    "misspelled": [("instructor", key) for key in ("course-v1:mitx+6.002x+A", A.lower(), H.lower())],
    "run_author": [("staff", A)],
    "run_instructor": [("instructor", A)],
    "ccx_coach": [("staff", C)],
    "org_author": [("staff", "mitX")],
    "org_instructor": [("instructor", "mitx")],
    "creator": [("org_course_creator_group", "MITX")],
}
FLAGS: dict[str, dict[str, bool]] = {
    "global_staff": {"is_staff": True},
    "superuser": {"is_superuser": True},
    "inactive": {"is_staff": True, "is_superuser": True, "is_active": False},
}
SIGNED_IN = [*ROLES, "global_staff", "superuser"]

AskAs = Callable[..., dict[str, Any]]


def grant(user: Any, role: str, on: str) -> None:
    """Give a user a role on a run, by its key, or on an organization, by its code."""
    key = CourseKey.from_string(on) if ":" in on else None
    CourseAccessRole.objects.create(user=user, role=Role(role), org=key.org if key else on, course_key=key or ON_NO_RUN)


def insert_role(user: Any, org: str, course_id: str, role: str) -> None:
    """Insert a row in any spelling, as the platform or a script might."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalog_graphql_courseaccessrole (user_id, org, course_id, role) VALUES (%s, %s, %s, %s)",
            [user.pk, org, course_id, role],
        )


def roles(username: str) -> set[tuple[str, str, str]]:
    """Return a user's role rows as they are stored: organization, key and role."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT org, course_id, role FROM catalog_graphql_courseaccessrole WHERE user_id = %s",
            [get_user_model().objects.get(username=username).pk],
        )
        rows = cursor.fetchall()
    assert len(set(rows)) == len(rows)
    return set(rows)


@pytest.fixture
def catalog(make_run, make_catalog_course) -> None:
    """Make the catalog."""
    make_run("MITx", "6.002x", "A", title="A")
    make_run("MITx", "6.002x", "B", title="B", schedule=PAST)
    make_run("MITx", "6.002x", "A", title="C", course_key=CourseKey.from_string(C))
    make_run("HarvardX", "CS50x", "H", title="H", schedule=PAST)
    make_catalog_course("MITx", "8.02x", title="empty")
    make_catalog_course("HarvardX", "PH207x", title="void")
    for course_code, title in (("6.002x", "circuits"), ("CS50x", "cs50")):
        CatalogCourse.objects.filter(course_code=course_code).update(title=title)
    mend(CatalogCourse)


@pytest.fixture
def ask_as(catalog: None) -> AskAs:
    """Return a function that sends a query as a viewer, over HTTP with a session, and returns the response."""
    clients: dict[str, Client] = {}

    def sign_in(viewer: str) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.cookies["csrftoken"] = "t" * 32
        if viewer != "anonymous":
            user = get_user_model().objects.create_user(viewer, **FLAGS.get(viewer, {}))
            for role, on in ROLES.get(viewer, [("instructor", "MITx")]):
                grant(user, role, on)
            client.force_login(user)
        return client

    def ask(viewer: str, query: str, /, **variables: Any) -> dict[str, Any]:
        client = clients.get(viewer) or clients.setdefault(viewer, sign_in(viewer))
        response = client.post(
            "/graphql/",
            {"query": query, "variables": variables},
            content_type="application/json",
            headers={"x-csrftoken": "t" * 32},
        )
        return answer_of(response)

    return ask


@pytest.fixture
def mutate_as(ask_as: AskAs) -> AskAs:
    """Return a function that sends a mutation as one of the viewers, and returns the payload, or else the response."""

    def mutate(viewer: str, name: str, selection: str = "", /, **fields: Any) -> dict[str, Any]:
        query = (
            f"mutation ($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) "
            f"{{ {selection} errors {{ code message field }} }} }}"
        )
        answer = ask_as(viewer, query, input=fields)
        payload: dict[str, Any] = answer if "errors" in answer else answer["data"][name]
        return payload

    return mutate


def outcome(payload: dict[str, Any]) -> str:
    """Return the code of the error, or "ok"."""
    [code] = {error.get("code") or error["extensions"]["code"] for error in payload["errors"]} or {"ok"}
    return str(code)


@contextmanager
def undone() -> Iterator[None]:
    """Roll back whatever happens in this block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
