"""Which operation of a document is executed: GetOperation of the GraphQL specification."""

import gc

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from organizations.models import Organization

from catalog_graphql.context import Context
from catalog_graphql.limits.deadlines import Deadline
from catalog_graphql.schema.schema import schema
from tests.catalog_graphql.answers import answer_of

CREATE = 'createOrganization(input: {orgCode: "MITx", name: "MIT"}) { errors { code } }'
SEVERAL = f"mutation Create {{ {CREATE} }} query Look {{ __typename }}"


@pytest.fixture
def send(sign_in, client):
    """Return a function that posts a body as global staff, and returns the response."""
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


class EndingDeadline(Deadline):
    """A deadline that passes after it has been checked this many times."""

    def __init__(self, looks):
        super().__init__(10)
        self._looks = looks

    @property
    def has_passed(self):
        self._looks -= 1
        return self._looks < 0


class CollectingDeadline(EndingDeadline):
    """A deadline that runs the garbage collector instead."""

    @property
    def has_passed(self):
        if super().has_passed:
            gc.collect()
        return False


class TestDeadline:
    QUERY = "query ($f: CourseRunFilter) { courseRuns(filter: $f) { nodes { title catalogCourse { title } } } }"

    @pytest.mark.parametrize("looks", [0, 1, 5, 12])
    def test_ends_the_validation_of_a_document(self, looks):
        context = Context(RequestFactory().get("/"), AnonymousUser(), deadline=EndingDeadline(looks))

        result = schema.execute_sync(self.QUERY + f" # {looks}", context_value=context)

        assert [error.extensions for error in result.errors] == [{"code": "TIMEOUT"}]

    @pytest.mark.parametrize("looks", [0, 1, 5, 12])
    def test_that_ended_a_validation_leaves_the_next_one_alone(self, looks):
        def execute(deadline, number):
            context = Context(RequestFactory().get("/"), AnonymousUser(), deadline=deadline)
            return schema.execute_sync(f"{self.QUERY} # {looks} {number}", context_value=context).errors

        gc.disable()
        gc.freeze()  # Makes collections fast: they ignore all older objects.
        try:
            execute(EndingDeadline(3), "ended")  # What its errors refer to stays garbage until it is collected.
            errors = execute(CollectingDeadline(looks), "next")
        finally:
            gc.unfreeze()
            gc.enable()

        assert [error.extensions for error in errors] == [{"code": "UNAUTHENTICATED"}]

    def test_ends_a_request_before_variables_are_looked_into(self, sign_in, post, settings):
        sign_in(is_staff=True)
        settings.CATALOG_LIMITS = {"seconds": 1e-9}

        answer = answer_of(post(self.QUERY, f={"unknown": 1}))

        assert [error["extensions"] for error in answer["errors"]] == [{"code": "TIMEOUT"}]
