"""The number of queries for checking access does not grow with the viewer's roles or with the rows."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.keys import CourseKey

from catalog_graphql.standalone.models import CourseAccessRole, Role
from tests.catalog_graphql.access.conftest import A

HOME = """{
    viewer { username creatableOrganizations { totalCount nodes { orgCode } } }
    catalogCourses(first: 20, filter: {status: ACTIVE, search: "x"}) {
        totalCount
        nodes {
            key title viewerCanEdit viewerCanDelete
            org { orgCode name viewerCanCreateCourses }
            runs { totalCount nodes { courseKey title status viewerCanEdit viewerCanDelete } }
        }
    }
}"""
MANY = 5_000


def give_many_roles(username: str) -> None:
    """Give a user 5,000 more roles, on unrelated runs and organizations."""
    user = get_user_model().objects.get(username=username)
    CourseAccessRole.objects.bulk_create(
        CourseAccessRole(
            user=user,
            role=Role.STAFF,
            org=f"Org{number % 500}",
            course_key=CourseKey.from_string(f"course-v1:Org{number % 500}+CS+{number}"),
        )
        for number in range(MANY - 500)
    )
    CourseAccessRole.objects.bulk_create(
        CourseAccessRole(user=user, role=Role.STAFF, org=f"Org{number}", course_key=CourseAccessRole.NO_COURSE)
        for number in range(500)
    )


@pytest.fixture
def queries(ask_as):
    """Return a function that returns the queries that a viewer's document takes, and the response."""

    def queries(viewer: str, query: str) -> tuple[list[str], dict[str, Any]]:
        ask_as(viewer, "{ __typename }")  # Signs in.
        with CaptureQueriesContext(connection) as captured:
            answer = ask_as(viewer, query)
        return [row["sql"] for row in captured], answer

    return queries


class TestViewer:
    @pytest.mark.parametrize("viewer", ["nobody", "run_author", "org_author", "creator", "global_staff"])
    def test_takes_the_session_the_user_and_nothing_else(self, queries, viewer):
        sql, answer = queries(viewer, "{ viewer { isAuthenticated username isGlobalStaff canCreateOrganizations } }")

        assert answer["data"]["viewer"]["username"] == viewer
        assert [
            statement for statement in sql if "django_session" not in statement and "auth_user" not in statement
        ] == []
        assert len(sql) == 2

    @pytest.mark.parametrize("viewer", ["nobody", "run_author", "org_author", "creator"])
    def test_takes_two_queries_more_than_global_staff_at_most(self, queries, viewer):
        """One for the viewer's roles on organizations, and one for the organizations, if there are any."""
        of_staff, _ = queries("global_staff", "{ courseRuns { totalCount nodes { courseKey viewerCanEdit } } }")

        of_viewer, _ = queries(viewer, "{ courseRuns { totalCount nodes { courseKey viewerCanEdit } } }")

        assert len(of_viewer) - len(of_staff) == (2 if viewer in ("org_author", "creator") else 1)


class TestManyRoles:
    @pytest.mark.parametrize("viewer", ["run_author", "org_author", "creator"])
    def test_cost_what_one_does(self, queries, viewer):
        of_one, before = queries(viewer, HOME)
        give_many_roles(viewer)

        of_many, after = queries(viewer, HOME)

        assert after == before
        # A role on an organization takes two queries: for the roles, and for the organizations.
        assert len(of_many) == len(of_one) + (viewer == "run_author")

    def test_cost_what_one_does_in_a_change(self, ask_as, queries):
        mutation = (
            f'mutation {{ updateCourseRun(input: {{courseKey: "{A}", title: "%s"}}) '
            "{ courseRun { title viewerCanDelete } errors { code } } }"
        )
        of_one, _ = queries("run_author", mutation % "once")
        give_many_roles("run_author")

        of_many, answer = queries("run_author", mutation % "more")

        assert answer["data"]["updateCourseRun"] == {
            "courseRun": {"title": "more", "viewerCanDelete": False},
            "errors": [],
        }
        assert len(of_many) == len(of_one) + 1


class TestManyRows:
    def test_cost_what_few_do(self, queries, make_run):
        """The runs of each catalog course are a separate list, with the cost of a list."""
        query = """{ courseRuns(first: 100) { totalCount nodes {
            courseKey viewerCanEdit viewerCanDelete
            catalogCourse { key viewerCanEdit viewerCanDelete org { orgCode viewerCanCreateCourses } }
        } } }"""
        of_few, _ = queries("org_author", query)
        for number in range(10):
            make_run("MITx", f"8.0{number}x", f"R{number}")

        of_many, answer = queries("org_author", query)

        assert answer["data"]["courseRuns"]["totalCount"] == 12
        assert len(of_many) == len(of_few)
