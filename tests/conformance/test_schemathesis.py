"""Documents that Schemathesis generates from the published schema: the server's responses conform to it."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import override_settings
from graphql import parse
from hypothesis import given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error, response_schema_conformance
from schemathesis.graphql import nodes

from catalog_graphql.http.protocol import JSON, RESPONSE_JSON
from catalog_graphql.schema.schema import schema as served
from catalog_graphql.standalone.wsgi import application
from tests.catalog_graphql.reading.catalog import make_catalog, make_clients, worth_asking
from tests.catalog_graphql.reading.conftest import SITES
from tests.conformance.answers import PUBLISHED, SCHEMA, problems
from tests.conformance.seeding import seeded

CASES = 2000 if settings.get_current_profile_name() == "ci" else 200

# It would use strings from the server's source as ids.
CONFIG = schemathesis.Config.from_dict({"analysis": {"constants": {"enabled": False}}})
ASKED = schemathesis.graphql.from_path(PUBLISHED, config=CONFIG)
ASKED.app, ASKED.location = application, "/graphql/"
OPERATIONS = {result.ok().label: result.ok() for result in ASKED.get_all_operations()}
for scalar in ("CatalogCourseKey", "CourseKey", "DateTime"):
    schemathesis.graphql.scalar(scalar, st.text().map(nodes.String))

# The documents are valid, and nothing makes the server fail.
NEVER = {"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "INTERNAL_SERVER_ERROR"}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cookies(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The cookies of global staff, after creating a catalog that documents can name."""
    with django_db_blocker.unblock(), override_settings(**SITES), transaction.atomic():
        make_catalog()
        staff = make_clients()["global_staff"]
        known = worth_asking(staff, served._schema)

        @ASKED.hook
        def before_generate_body(_context: object, documents: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
            seeds = st.binary(min_size=16, max_size=16)
            return st.builds(seeded, st.just(SCHEMA), documents, st.sampled_from(known), seeds)

        # As Django's test client does: otherwise, requests would close the connection, and so end the transaction.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield {name: cookie.value for name, cookie in staff.cookies.items()}
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        ASKED.hooks.unregister_all()
        transaction.set_rollback(True)


def post(case: Any, cookies: dict[str, str], **headers: str) -> Any:
    """Send a case through the whole WSGI application, and undo its changes."""
    with transaction.atomic():
        response = case.call(cookies=cookies, headers=headers)
        transaction.set_rollback(True)
    return response


class TestServer:
    @pytest.mark.parametrize("label", OPERATIONS)
    def test_answers_whatever_the_schema_allows(self, label, cookies):
        answers = []

        @settings(max_examples=-(-CASES // len(OPERATIONS)), deadline=None)
        @given(case=OPERATIONS[label].as_strategy(), accept=st.sampled_from([JSON, RESPONSE_JSON]))
        def ask(case, accept):
            response = post(case, cookies, **{"accept": accept, "x-csrftoken": cookies["csrftoken"]})

            case.validate_response(response, checks=[not_a_server_error, response_schema_conformance])
            assert response.headers["content-type"] == [f"{accept}; charset=utf-8"]
            answer = response.json()
            assert problems(parse(case.body), answer) == []
            assert not NEVER & {error["extensions"]["code"] for error in answer.get("errors", ())}
            assert response.status_code == 200 or "data" not in answer
            answers.append(answer)

        ask()
        answered = sum("errors" not in answer for answer in answers)
        assert answered > (len(answers) / 3 if CASES > 200 else 0)  # Of a dozen, most may be refused.

    def test_is_asked_as_browsers_do(self, cookies):
        case = ASKED["Query"]["viewer"].Case(body="{ viewer { isGlobalStaff } }", media_type=JSON)

        without_token = post(case, cookies)
        with_token = post(case, cookies, **{"x-csrftoken": cookies["csrftoken"]})

        assert without_token.status_code == 403
        assert with_token.json()["data"] == {"viewer": {"isGlobalStaff": True}}
