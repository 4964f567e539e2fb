"""A read-only database: a replica, or one that is being moved."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from organizations.models import Organization

SAYS = "The site is read-only at present: nothing can be changed. Ask again later."
RETRY = {"code": "SERVICE_UNAVAILABLE", "retryAfter": 5}
ON = {
    "sqlite": "PRAGMA query_only = ON",
    "postgresql": "SET default_transaction_read_only = ON",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
}
OFF = {
    "sqlite": "PRAGMA query_only = OFF",
    "postgresql": "SET default_transaction_read_only = OFF",
    "mysql": "SET SESSION TRANSACTION READ WRITE",
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def staff(sign_in: Any, make_catalog_course: Any) -> Any:
    """Return a client of global staff, signed in."""
    make_catalog_course("MITx", "6.002x", title="Circuits")
    return sign_in("staff", is_staff=True, is_superuser=True, password="of staff")


@pytest.fixture
def read_only(staff: Any) -> Iterator[None]:
    """Make the tests' connection read-only from now on."""
    with connection.cursor() as cursor:
        cursor.execute(ON[connection.vendor])
    yield
    with connection.cursor() as cursor:
        cursor.execute(OFF[connection.vendor])


def send(client: Client, address: str, **fields: str) -> Any:
    """Submit a form like a browser, with the token of the login page."""
    token = client.get("/login/").cookies["csrftoken"].value
    return client.post(address, fields, headers={"x-csrftoken": token})


@pytest.mark.usefixtures("read_only")
class TestReadOnlyDatabase:
    def test_answers_queries(self, post: Any) -> None:
        response = post("{ catalogCourses { nodes { title } } }")

        assert response.status_code == 200
        assert response.json()["data"] == {"catalogCourses": {"nodes": [{"title": "Circuits"}]}}

    @pytest.mark.parametrize(
        "mutation",
        [
            'createOrganization(input: {orgCode: "HarvardX", name: "Harvard"}) { errors { code } }',
            'updateOrganization(input: {orgCode: "MITx", name: "MIT"}) { errors { code } }',
            'createCatalogCourse(input: {orgCode: "MITx", courseCode: "8.01x"}) { errors { code } }',
            'updateCatalogCourse(input: {key: "catalog-course:MITx:6.002x", title: "T"}) { errors { code } }',
            'deleteCatalogCourse(input: {key: "catalog-course:MITx:6.002x"}) { errors { code } }',
            'createCourseRun(input: {catalogCourseKey: "catalog-course:MITx:6.002x", runCode: "R"}) { __typename }',
            'syncCourseRun(input: {courseKey: "course-v1:MITx+C+R", title: "T"}) { errors { code } }',
            'importCourseRuns(input: {rows: [{courseKey: "course-v1:MITx+C+R", title: "T"}]}) { errors { code } }',
        ],
        ids=lambda mutation: mutation.partition("(")[0],
    )
    def test_refuses_changes_and_says_why(self, post: Any, caplog: pytest.LogCaptureFixture, mutation: str) -> None:
        response = post(f"mutation {{ {mutation} }}")

        [error] = response.json()["errors"]
        assert (response.status_code, response["Retry-After"]) == (503, "5")
        assert (error["message"], error["extensions"]) == (SAYS, RETRY)
        assert [record for record in caplog.records if record.exc_info] == []

    @pytest.mark.parametrize("address", ["/login/", "/admin/login/?next=/admin/"])
    def test_refuses_signing_in_by_a_page_that_says_why(self, client: Client, address: str) -> None:
        client.cookies.clear()

        response = send(client, address, username="staff", password="of staff")

        assert (response.status_code, response["Retry-After"]) == (503, "5")
        assert response["Content-Type"].startswith("text/html")
        assert SAYS in response.content.decode()

    def test_shows_the_admin_and_refuses_its_changes(self, client: Client) -> None:
        organization = Organization.objects.get()
        page = f"/admin/organizations/organization/{organization.pk}/change/"

        shown = client.get(page)
        refused = send(client, page, name="Other", short_name="MITx", active="on")

        assert shown.status_code == 200
        assert refused.status_code == 503
        assert SAYS in refused.content.decode()
        assert Organization.objects.get().name == "MITx"


@pytest.mark.usefixtures("staff")
class TestDatabaseThatIsAway:
    @pytest.mark.parametrize("address", ["/admin/", "/studio-home/"])
    def test_is_told_by_a_page(self, client: Client, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
        away = {"HOST": "127.0.0.1", "PORT": "1"} if connection.vendor != "sqlite" else {"NAME": "/nowhere/db"}
        database = connections["default"]
        monkeypatch.setattr(database, "settings_dict", database.settings_dict | away)
        monkeypatch.setattr(database, "connection", None)

        response = client.get(address)

        assert (response.status_code, response["Retry-After"]) == (503, "5")
        assert "The database does not answer. Ask again later." in response.content.decode()
