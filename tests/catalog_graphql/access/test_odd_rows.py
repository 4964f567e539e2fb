"""Role rows in odd spellings: a row grants nothing unless its role and target match exactly."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from tests.catalog_graphql.access.conftest import A, B, H, insert_role

EVERYTHING = """{
    viewer { isGlobalStaff creatableOrganizations { totalCount } }
    organizations { nodes { orgCode viewerCanCreateCourses } }
    catalogCourses { totalCount nodes { title viewerCanEdit viewerCanDelete } }
    courseRuns(filter: {includeCcx: true}) { totalCount nodes { title viewerCanEdit viewerCanDelete } }
}"""
NOTHING = {
    "viewer": {"isGlobalStaff": False, "creatableOrganizations": {"totalCount": 0}},
    "organizations": {
        "nodes": [{"orgCode": code, "viewerCanCreateCourses": False} for code in ("HarvardX", "MITx")],
    },
    "catalogCourses": {"totalCount": 0, "nodes": []},
    "courseRuns": {"totalCount": 0, "nodes": []},
}
CREATOR = "org_course_creator_group"
ODD_ROLES = ["Staff", "STAFF", "staff ", " staff", "staff\t", "stäff", "\uff53taff", "", "Instructor", "instructor  "]
ODD_KEYS = [
    f"{A} ", f" {A}", f"{A}\t", A.upper(), A.lower(), A.replace("course", "Course"), f"{A}é", "nonsense", "a/b",
    "course-v1:MITx", "library-v1:MITx+box", "  ", "%", f"{A}\u200b",
]  # fmt: skip
ODD_CODES = ["MITx ", " MITx", "MÍTx", "MITx\t", "", "\uff2dITx", "%", "MIT_"]


@pytest.fixture
def viewer(ask_as) -> Any:
    """Return a client of a user without roles, signed in."""
    ask_as("nobody", "{ __typename }")
    return get_user_model().objects.get(username="nobody")


class TestOddRow:
    @pytest.mark.parametrize("role", ODD_ROLES)
    @pytest.mark.parametrize("on", [A, "MITx"])
    def test_of_no_role_shows_nothing(self, ask_as, viewer, role, on):
        insert_role(viewer, "MITx", on if ":" in on else "", role)

        assert ask_as("nobody", EVERYTHING) == {"data": NOTHING}

    @pytest.mark.parametrize("role", [f"{CREATOR} ", CREATOR.upper(), CREATOR.title()])
    def test_of_no_creator_creates_nothing(self, ask_as, mutate_as, viewer, role):
        insert_role(viewer, "MITx", "", role)

        assert ask_as("nobody", EVERYTHING) == {"data": NOTHING}
        payload = mutate_as("nobody", "createCatalogCourse", orgCode="MITx", courseCode="new")
        assert [error["code"] for error in payload["errors"]] == ["FORBIDDEN"]

    @pytest.mark.parametrize("course_id", ODD_KEYS)
    def test_on_no_run_shows_nothing(self, ask_as, viewer, course_id):
        insert_role(viewer, "MITx", course_id, "instructor")

        assert ask_as("nobody", EVERYTHING) == {"data": NOTHING}

    @pytest.mark.parametrize("org", ODD_CODES)
    def test_on_no_organization_shows_nothing(self, ask_as, viewer, org):
        for role in ("instructor", CREATOR):
            insert_role(viewer, org, "", role)

        assert ask_as("nobody", EVERYTHING) == {"data": NOTHING}

    def test_hides_nothing_that_others_show(self, ask_as, viewer):
        insert_role(viewer, "MITx", B, "Staff")
        insert_role(viewer, "MITx", "nonsense", "staff")
        insert_role(viewer, "mitX ", "", "staff")
        insert_role(viewer, "", H, "instructor")
        insert_role(viewer, "MITX", A, "staff")

        nodes = ask_as("nobody", EVERYTHING)["data"]["courseRuns"]["nodes"]

        assert sorted(nodes, key=str) == [
            {"title": "A", "viewerCanEdit": True, "viewerCanDelete": False},
            {"title": "H", "viewerCanEdit": True, "viewerCanDelete": True},
        ]

    @pytest.mark.parametrize("org", ["MITx", "mitx", "MITX", "mItX"])
    def test_is_none_where_only_the_capitals_of_the_organization_are_others(self, ask_as, viewer, org):
        insert_role(viewer, org, "", "staff")

        assert ask_as("nobody", EVERYTHING)["data"]["courseRuns"]["totalCount"] == 3


def check_catalog() -> list[str]:
    """Return the command's findings, without the rows' numbers."""
    stdout = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_catalog", stdout=stdout)
    return [line.partition(": ")[2] or line for line in stdout.getvalue().splitlines()]


class TestCheckCatalog:
    def test_reports_rows_that_lead_nowhere(self, viewer):
        insert_role(viewer, "MITx", A, "staff")
        insert_role(viewer, "", B, "instructor")
        insert_role(viewer, "mitX", "", CREATOR)
        insert_role(viewer, "MITx", A, "beta_testers")
        insert_role(viewer, "MITx", B, "Staff")
        insert_role(viewer, "HarvardX", H, "instructor ")
        insert_role(viewer, "MITx", "course-v1:MITx+6.002x+gone", "staff")
        insert_role(viewer, "MITx", A.lower(), "staff")
        insert_role(viewer, "MITx", f"{A} ", "instructor")
        insert_role(viewer, "MITx", "nonsense", "staff")
        insert_role(viewer, "ETHx", "", "staff")
        insert_role(viewer, "", "", "staff")

        assert check_catalog() == [
            "The role 'Staff' should be spelled 'staff': it is nobody's as it is.",
            "The role 'instructor ' should be spelled 'instructor': it is nobody's as it is.",
            "It should be on a run, and there is none of the key 'course-v1:MITx+6.002x+gone'.",
            "It should be on a run, and there is none of the key 'course-v1:mitx+6.002x+a'.",
            "It should be on a run, and there is none of the key 'course-v1:MITx+6.002x+A '.",
            "It should be on a run, and there is none of the key 'nonsense'.",
            "It should be on an organization, and there is none of the code 'ETHx'.",
            "It should be on an organization, and there is none of the code ''.",
            "8 findings.",
        ]

    def test_finds_nothing_wrong_with_what_the_api_does(self, mutate_as):
        mutate_as("creator", "createCourseRun", catalogCourseKey="catalog-course:MITx:6.002x", runCode="N")
        mutate_as("org_instructor", "deleteCourseRun", courseKey=A)

        stdout = StringIO()
        call_command("check_catalog", stdout=stdout)

        assert stdout.getvalue() == "The catalog is as it should be.\n"
