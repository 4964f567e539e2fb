"""Which operation of a document is executed: GetOperation of the GraphQL specification."""

import pytest
from organizations.models import Organization

from tests.catalog_graphql.answers import answer_of

CREATE = 'createOrganization(input: {orgCode: "MITx", name: "MIT"}) { errors { code } }'
SEVERAL = f"mutation Create {{ {CREATE} }} query Look {{ __typename }}"


@pytest.fixture
def send(sign_in, client):
    """Return a function that posts a body as global staff, and returns the answer."""
    sign_in(is_staff=True)
    token = client.get("/login/").cookies["csrftoken"].value

    def send(**body):
        response = client.post("/graphql/", body, content_type="application/json", headers={"x-csrftoken": token})
        return answer_of(response)

    return send


class TestOperation:
    @pytest.mark.parametrize("named", [{}, {"operationName": None}, {"operationName": ""}, {"operationName": "Nobody"}])
    @pytest.mark.parametrize(
        "document", [SEVERAL, f"mutation {{ {CREATE} }} query Look {{ __typename }}", SEVERAL + SEVERAL]
    )
    def test_of_several_is_named(self, send, document, named):
        answer = send(query=document, **named)

        assert [error["extensions"] for error in answer["errors"]] == [{"code": "BAD_USER_INPUT"}]
        assert "data" not in answer
        assert not Organization.objects.exists()

    def test_is_the_one_that_is_named(self, send):
        assert send(query=SEVERAL, operationName="Look") == {"data": {"__typename": "Query"}}
        assert not Organization.objects.exists()
        assert send(query=SEVERAL, operationName="Create") == {"data": {"createOrganization": {"errors": []}}}

    @pytest.mark.parametrize("named", [{}, {"operationName": None}, {"operationName": ""}])
    @pytest.mark.parametrize("document", ["{ __typename }", "query Look { __typename }"])
    def test_needs_no_name_where_it_is_the_only_one(self, send, document, named):
        assert send(query=document, **named) == {"data": {"__typename": "Query"}}

    @pytest.mark.parametrize("named", [{}, {"operationName": "F"}])
    def test_is_no_fragment(self, send, named):
        answer = send(query="fragment F on Query { __typename }", **named)

        assert [error["extensions"] for error in answer["errors"]] == [{"code": "BAD_USER_INPUT"}]
