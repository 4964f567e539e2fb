"""Who may see the schema: by introspection, by suggestions in errors, and by GraphiQL."""

import pytest
from django.contrib.staticfiles import finders
from django.core.checks import run_checks
from django.test import Client

from catalog_graphql.http import view

INTROSPECTION = ['{ __type(name: "CourseRun") { name } }', "{ __schema { queryType { name } } }"]
MISSPELLED = [
    ("{ courseRunz { totalCount } }", {}, "Cannot query field 'courseRunz' on type 'Query'."),
    ("{ courseRuns(frist: 1) { totalCount } }", {}, "Unknown argument 'frist' on field 'Query.courseRuns'."),
    ("{ node(id: 1) { ... on CourseRum { id } } }", {}, "Unknown type 'CourseRum'."),
    (
        "query ($by: CourseRunOrder) { courseRuns(orderBy: $by) { totalCount } }",
        {"by": {"field": "TITEL"}},
        "Variable '$by' has invalid value at .field: Value 'TITEL' does not exist in 'CourseRunOrderField' enum.",
    ),
]
WHO = {"anonymous": None, "author": {}, "staff": {"is_staff": True}, "superuser": {"is_superuser": True}}
SHOWN = [
    (setting, debug, who, shown)
    for setting, debug, shown_to in [
        (None, False, {"staff", "superuser"}),
        (None, True, {"anonymous", "author", "staff", "superuser"}),
        ("everyone", False, {"anonymous", "author", "staff", "superuser"}),
        ("staff", True, {"staff", "superuser"}),
        ("nobody", True, set()),
    ]
    for who in WHO
    for shown in [who in shown_to]
]


@pytest.fixture
def viewer(settings, client, django_user_model, db):
    """Return a function that sets the setting, and signs a user in."""

    def viewer(setting: str | None, debug: bool, who: str) -> Client:
        settings.DEBUG = debug
        if setting is None:
            del settings.CATALOG_EXPLORERS
        else:
            settings.CATALOG_EXPLORERS = setting
        if WHO[who] is not None:
            client.force_login(django_user_model.objects.create_user("ada", **WHO[who]))
        return client

    return viewer


def ask(client, query, variables=None):
    body = {"query": query, "variables": variables}
    return client.post("/graphql/", body, content_type="application/json", headers={"x-csrftoken": "t" * 32}).json()


@pytest.fixture
def client():
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "t" * 32
    return client


@pytest.mark.parametrize(("setting", "debug", "who", "shown"), SHOWN)
class TestSchema:
    @pytest.mark.parametrize("query", INTROSPECTION)
    def test_answers_introspection(self, viewer, setting, debug, who, shown, query):
        answer = ask(viewer(setting, debug, who), query)

        assert ("data" in answer) is shown
        if not shown:
            assert {error["extensions"]["code"] for error in answer["errors"]} == {"GRAPHQL_VALIDATION_FAILED"}

    @pytest.mark.parametrize(("query", "variables", "message"), MISSPELLED)
    def test_is_suggested(self, viewer, setting, debug, who, shown, query, variables, message):
        answer = ask(viewer(setting, debug, who), query, variables)

        [error] = answer["errors"]
        assert error["message"].startswith(message)
        assert (error["message"] != message) is shown
        assert ("Did you mean" in error["message"]) is shown

    def test_is_shown_in_graphiql(self, viewer, setting, debug, who, shown):
        client = viewer(setting, debug, who)

        response = client.get("/graphql/", headers={"accept": "text/html"})

        if who == "anonymous":
            assert (response.status_code, response["location"]) == (302, "/login/?next=/graphql/")
        elif shown:
            assert response.status_code == (200 if finders.find(view.GRAPHIQL_SCRIPT) else 404)
        else:
            assert response.status_code == 403
            assert response.json()["errors"][0]["extensions"] == {"code": "FORBIDDEN"}


@pytest.mark.django_db
class TestTypename:
    def test_is_for_everybody(self, client):
        assert ask(client, "{ __typename }")["data"] == {"__typename": "Query"}


class TestSetting:
    def test_is_checked(self, settings):
        settings.CATALOG_EXPLORERS = "somebody"

        assert [check.msg for check in run_checks(tags=["security"])] == [
            "CATALOG_EXPLORERS must be one of everyone, staff, nobody."
        ]


class TestLogin:
    def test_does_not_say_what_comes_after_it(self, client):
        assert "graphiql" not in client.get("/login/").content.decode().lower()
