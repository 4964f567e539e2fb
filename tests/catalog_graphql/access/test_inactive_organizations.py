"""Inactive organizations: they keep what they have, and get only history."""

import pytest
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from tests.catalog_graphql.access.conftest import CIRCUITS, CS50, SIGNED_IN, A, outcome

FLAGS = "viewerCanEdit viewerCanDelete"
KEPT = f"""{{
    organizations {{ nodes {{ orgCode name catalogCourses {{ nodes {{ key }} }} courseRuns {{ nodes {{ title }} }} }} }}
    catalogCourses {{ totalCount nodes {{ key title {FLAGS} runs {{ totalCount }} org {{ orgCode }} }} }}
    courseRuns(filter: {{includeCcx: true}}) {{ totalCount nodes {{ courseKey status {FLAGS} }} }}
}}"""
OFFERED = """{
    viewer { creatableOrganizations { totalCount nodes { orgCode viewerCanCreateCourses } } }
    organizations { nodes { orgCode viewerCanCreateCourses } }
}"""
INACTIVE = "The organization MITx is inactive: nothing new is created in it."


@pytest.fixture
def close(ask_as):
    """Return a function that makes MITx inactive after its users have signed in."""
    return lambda: Organization.objects.filter(short_name="MITx").update(active=False)


class TestInactiveOrganization:
    @pytest.mark.parametrize("viewer", SIGNED_IN)
    def test_keeps_what_it_has(self, ask_as, close, viewer):
        before = ask_as(viewer, KEPT)

        close()

        assert ask_as(viewer, KEPT) == before
        assert "errors" not in before

    @pytest.mark.parametrize(("viewer", "others"), [("creator", []), ("global_staff", ["HarvardX"]), ("nobody", [])])
    def test_is_not_offered_for_anything_new(self, ask_as, close, viewer, others):
        close()

        data = ask_as(viewer, OFFERED)["data"]

        offered = [{"orgCode": code, "viewerCanCreateCourses": True} for code in others]
        assert data == {
            "viewer": {"creatableOrganizations": {"totalCount": len(others), "nodes": offered}},
            "organizations": {
                "nodes": [{"orgCode": code, "viewerCanCreateCourses": code in others} for code in ("HarvardX", "MITx")]
            },
        }

    def test_is_offered_again_once_it_is_active(self, ask_as, close, mutate_as):
        close()
        before = ask_as("creator", OFFERED)["data"]["viewer"]["creatableOrganizations"]["totalCount"]

        mutate_as("global_staff", "updateOrganization", orgCode="MITx", isActive=True)

        after = ask_as("creator", OFFERED)["data"]["viewer"]["creatableOrganizations"]["totalCount"]
        assert (before, after) == (0, 1)

    @pytest.mark.parametrize("viewer", ["creator", "global_staff", "superuser"])
    @pytest.mark.parametrize(
        ("mutation", "fields", "path"),
        [
            ("createCatalogCourse", {"orgCode": "MITx", "courseCode": "new"}, ["orgCode"]),
            ("createCatalogCourse", {"orgCode": "mitX", "courseCode": "new"}, ["orgCode"]),
            ("createCourseRun", {"catalogCourseKey": CIRCUITS, "runCode": "N"}, ["catalogCourseKey"]),
        ],
    )
    def test_gets_no_course_and_no_run(self, mutate_as, close, viewer, mutation, fields, path):
        close()

        payload = mutate_as(viewer, mutation, **fields)

        assert payload["errors"] == [{"code": "INVALID", "message": INACTIVE, "field": path}]
        assert (CatalogCourse.objects.count(), CourseRun.objects.count()) == (4, 4)

    def test_is_told_with_all_else_that_is_wrong(self, mutate_as, close):
        close()

        payload = mutate_as("creator", "createCatalogCourse", orgCode="MITx", courseCode="6.002x", title="a\nb")

        found = [(error["code"], error["field"]) for error in payload["errors"]]
        assert sorted(found) == [
            ("ALREADY_EXISTS", ["courseCode"]),
            ("INVALID", ["orgCode"]),
            ("INVALID", ["title"]),
        ]

    @pytest.mark.parametrize("viewer", ["nobody", "org_author", "org_instructor"])
    def test_says_first_who_may_not_create_anything(self, mutate_as, close, viewer):
        close()

        payload = mutate_as(viewer, "createCatalogCourse", orgCode="MITx", courseCode="new")

        assert outcome(payload) == "FORBIDDEN"

    @pytest.mark.parametrize(
        ("mutation", "fields"),
        [
            ("syncCourseRun", {"courseKey": "course-v1:MITx+new+N", "title": "New"}),
            ("importCourseRuns", {"rows": [{"courseKey": "course-v1:MITx+new+N", "title": "New"}]}),
        ],
    )
    def test_gets_history_by_sync_and_import(self, mutate_as, close, mutation, fields):
        close()

        payload = mutate_as("global_staff", mutation, **fields)

        assert payload["errors"] == []
        assert CourseRun.objects.filter(catalog_course__course_code="new").count() == 1

    @pytest.mark.parametrize(
        ("viewer", "mutation", "fields"),
        [
            ("run_author", "updateCourseRun", {"courseKey": A, "title": "New"}),
            ("org_author", "updateCatalogCourse", {"key": CIRCUITS, "title": "New"}),
            ("run_instructor", "deleteCourseRun", {"courseKey": A}),
            ("global_staff", "createCourseRun", {"catalogCourseKey": CS50, "runCode": "N"}),
        ],
    )
    def test_hinders_nothing_else(self, mutate_as, close, viewer, mutation, fields):
        close()

        assert outcome(mutate_as(viewer, mutation, **fields)) == "ok"
