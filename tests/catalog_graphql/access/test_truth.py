"""What the API says a viewer can do matches what they can really do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.catalog_graphql.access.conftest import CIRCUITS, SIGNED_IN, A, outcome, undone

FLAGS = "viewerCanEdit viewerCanDelete"
EVERYTHING = f"""{{
    viewer {{ isGlobalStaff canCreateOrganizations creatableOrganizations {{ nodes {{ orgCode }} }} }}
    organizations {{ nodes {{ orgCode viewerCanCreateCourses }} }}
    catalogCourses {{ nodes {{ key orgCode {FLAGS} }} }}
    courseRuns(filter: {{includeCcx: true}}) {{
        nodes {{ courseKey {FLAGS} catalogCourse {{ key {FLAGS} org {{ orgCode viewerCanCreateCourses }} }} }}
    }}
}}"""


@pytest.mark.parametrize("viewer", SIGNED_IN)
class TestWhatTheViewerCan:
    @pytest.fixture
    def shown(self, ask_as, viewer):
        return ask_as(viewer, EVERYTHING)["data"]

    @pytest.fixture
    def can(self, mutate_as, viewer):
        """Return a function that says whether a mutation works, and takes it back."""

        def can(mutation, **fields):
            with undone():
                return outcome(mutate_as(viewer, mutation, **fields)) == "ok"

        return can

    def test_edit_of_runs_is_true(self, shown, can):
        runs = {run["courseKey"]: run["viewerCanEdit"] for run in shown["courseRuns"]["nodes"]}

        assert runs == {key: can("updateCourseRun", courseKey=key, title="New") for key in runs}

    def test_delete_of_runs_is_true(self, shown, can):
        runs = {run["courseKey"]: run["viewerCanDelete"] for run in shown["courseRuns"]["nodes"]}

        assert runs == {key: can("deleteCourseRun", courseKey=key) for key in runs}

    def test_edit_of_catalog_courses_is_true(self, shown, can):
        courses = {course["key"]: course["viewerCanEdit"] for course in shown["catalogCourses"]["nodes"]}

        assert courses == {key: can("updateCatalogCourse", key=key, title="New") for key in courses}

    def test_delete_of_catalog_courses_is_true(self, shown, can):
        courses = {course["key"]: course["viewerCanDelete"] for course in shown["catalogCourses"]["nodes"]}

        assert courses == {key: can("deleteCatalogCourse", key=key) for key in courses}

    def test_create_courses_is_true_of_catalog_courses(self, shown, can):
        organizations = {
            organization["orgCode"]: organization["viewerCanCreateCourses"]
            for organization in shown["organizations"]["nodes"]
        }

        done = {code: can("createCatalogCourse", orgCode=code, courseCode="new") for code in organizations}
        assert organizations == done
        assert [code for code, created in done.items() if created] == [
            organization["orgCode"] for organization in shown["viewer"]["creatableOrganizations"]["nodes"]
        ]

    def test_create_courses_is_true_of_runs(self, shown, can):
        allowed = [organization["orgCode"] for organization in shown["viewer"]["creatableOrganizations"]["nodes"]]
        courses = {course["key"]: course["orgCode"] in allowed for course in shown["catalogCourses"]["nodes"]}

        assert courses == {key: can("createCourseRun", catalogCourseKey=key, runCode="N") for key in courses}

    def test_create_organizations_is_true(self, shown, can):
        claimed = shown["viewer"]["canCreateOrganizations"]

        assert claimed == can("createOrganization", orgCode="ETHx", name="ETH")
        assert claimed == can("updateOrganization", orgCode="MITx", name="MIT")
        assert claimed == shown["viewer"]["isGlobalStaff"]

    def test_is_the_same_on_every_path(self, shown):
        courses = {course["key"]: course for course in shown["catalogCourses"]["nodes"]}
        organizations = {organization["orgCode"]: organization for organization in shown["organizations"]["nodes"]}

        nested = [run["catalogCourse"] for run in shown["courseRuns"]["nodes"]]
        assert nested == [
            {
                "key": course["key"],
                "viewerCanEdit": courses[course["key"]]["viewerCanEdit"],
                "viewerCanDelete": courses[course["key"]]["viewerCanDelete"],
                "org": organizations[courses[course["key"]]["orgCode"]],
            }
            for course in nested
        ]


class TestWhatAPayloadSays:
    def test_is_true_of_what_has_just_changed(self, mutate_as):
        payload = mutate_as(
            "creator",
            "createCatalogCourse",
            f"catalogCourse {{ key {FLAGS} org {{ viewerCanCreateCourses }} }}",
            orgCode="MITx",
            courseCode="new",
        )

        assert payload["catalogCourse"] == {
            "key": "catalog-course:MITx:new",
            "viewerCanEdit": False,
            "viewerCanDelete": False,
            "org": {"viewerCanCreateCourses": True},
        }
        assert outcome(mutate_as("creator", "deleteCatalogCourse", key="catalog-course:MITx:new")) == "FORBIDDEN"


class TestOnEveryPath:
    @pytest.mark.parametrize(
        "query",
        [
            "{ catalogCourses { nodes { key orgCode org { viewerCanCreateCourses } } } }",
            "{ courseRuns { nodes { catalogCourse { id org { viewerCanCreateCourses } } } } }",
            "{ courseRuns { nodes { warnings catalogCourse { viewerCanEdit viewerCanDelete } } } }",
            "{ courseRuns { nodes { warnings catalogCourse { org { viewerCanCreateCourses } } } } }",
            f'{{ courseRun(courseKey: "{A}") {{ warnings catalogCourse {{ key {FLAGS} org {{ orgCode name }} }} }} }}',
            f'{{ catalogCourse(key: "{CIRCUITS}") {{ key org {{ viewerCanCreateCourses }} {FLAGS} }} }}',
        ],
    )
    def test_needs_no_query_a_row(self, ask_as, make_run, django_assert_num_queries, query):
        ask_as("global_staff", query)
        with CaptureQueriesContext(connection) as of_few:
            few = ask_as("global_staff", query)
        for number in range(3):
            make_run("ETHx", f"C{number}", "R")

        with django_assert_num_queries(len(of_few)):
            many = ask_as("global_staff", query)

        assert "errors" not in few
        assert "errors" not in many
