"""Role rows are deleted with their run or organization, and move with the organization, on every path."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from opaque_keys.edx.keys import CourseKey
from organizations.models import Organization

from catalog_graphql.catalog import api
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, org_code_changed
from tests.catalog_graphql.access.conftest import CIRCUITS, CS50, A, B, C, H, insert_role, outcome, roles

CREATOR = "org_course_creator_group"
CSRF = "t" * 32


@pytest.fixture
def ada(db: None) -> Any:
    return get_user_model().objects.create_user("ada")


@pytest.fixture
def browser(db: None) -> Client:
    """Return a browser in which a superuser is signed in."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(get_user_model().objects.create_superuser("root"))
    browser.cookies["csrftoken"] = CSRF
    return browser


def delete_in_admin(browser: Client, row: Any) -> None:
    """Delete an object on its page."""
    address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/delete/"
    assert browser.post(address, {"post": "yes", "csrfmiddlewaretoken": CSRF}).status_code == 302


def delete_many_in_admin(browser: Client, row: Any) -> None:
    """Delete objects with the action of their list."""
    address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/"
    data = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes", "csrfmiddlewaretoken": CSRF}
    assert browser.post(address, data).status_code == 302


DELETE_RUN: dict[str, Callable[..., Any]] = {
    "the API": lambda run, mutate_as, **_: mutate_as("superuser", "deleteCourseRun", courseKey=str(run.course_key)),
    "api": lambda run, **_: api.delete_course_run(run.course_key),
    "the model": lambda run, **_: run.delete(),
    "a queryset": lambda run, **_: CourseRun.objects.filter(pk=run.pk).delete(),
    "the admin": lambda run, browser, **_: delete_in_admin(browser, run),
    "the admin's action": lambda run, browser, **_: delete_many_in_admin(browser, run),
}
DELETE_ORGANIZATION: dict[str, Callable[..., Any]] = {
    "the model": lambda organization, **_: organization.delete(),
    "a queryset": lambda organization, **_: Organization.objects.filter(pk=organization.pk).delete(),
    "the admin": lambda organization, browser, **_: delete_in_admin(browser, organization),
}


def save_as(organization: Organization, org_code: str, **options: Any) -> None:
    """Change an organization's code through its model."""
    organization.short_name = org_code
    organization.save(**options)


def rename_in_admin(browser: Client, organization: Organization, org_code: str) -> None:
    """Change an organization's code on its page."""
    data = {"short_name": org_code, "name": organization.name, "active": "on", "csrfmiddlewaretoken": CSRF}
    address = f"/admin/organizations/organization/{organization.pk}/change/"
    assert browser.post(address, data).status_code == 302


RENAME: dict[str, Callable[..., Any]] = {
    "the API": lambda organization, code, mutate_as, **_: mutate_as(
        "superuser", "updateOrganization", orgCode=organization.short_name, newOrgCode=code
    ),
    "api": lambda organization, code, **_: api.update_organization(organization, new_org_code=code),
    "the model": lambda organization, code, **_: save_as(organization, code),
    "one field of the model": lambda organization, code, **_: save_as(organization, code, update_fields=["short_name"]),
    "the admin": lambda organization, code, browser, **_: rename_in_admin(browser, organization, code),
}


class TestDeleteRun:
    @pytest.fixture
    def rows(self, catalog: None, ada: Any) -> None:
        """Grant roles on everything, in every spelling that the platform uses."""
        insert_role(ada, "MITx", A, "instructor")
        insert_role(ada, "", A, "staff")
        insert_role(ada, "mitX", A, "beta_testers")
        insert_role(ada, "MITx", A.lower(), "staff")
        insert_role(ada, "MITx", B, "staff")
        insert_role(ada, "MITx", C, "staff")
        insert_role(ada, "HarvardX", H, "staff")
        insert_role(ada, "MITx", "", "staff")
        insert_role(ada, "mitx", "", CREATOR)
        insert_role(ada, "MITx", f"{A}2", "staff")

    @pytest.mark.parametrize("path", DELETE_RUN)
    def test_takes_the_roles_on_it(self, rows, browser, mutate_as, path):
        run = CourseRun.objects.get(course_key=A)

        DELETE_RUN[path](run, browser=browser, mutate_as=mutate_as)

        assert not CourseRun.objects.filter(pk=run.pk).exists()
        assert roles("ada") == {
            ("MITx", B, "staff"),
            ("MITx", C, "staff"),
            ("HarvardX", H, "staff"),
            ("MITx", "", "staff"),
            ("mitx", "", CREATOR),
            ("MITx", f"{A}2", "staff"),
        }

    @pytest.mark.parametrize("key", [C, "MITx/6.002x/D"])
    def test_takes_those_on_a_key_of_another_kind(self, catalog, ada, make_run, key):
        run = CourseRun.objects.filter(course_key=key).first() or make_run(
            "MITx", "6.002x", "D", course_key=CourseKey.from_string(key)
        )
        insert_role(ada, "", key, "staff")
        insert_role(ada, "", A, "staff")

        run.delete()

        assert roles("ada") == {("", A, "staff")}

    def test_leaves_them_where_it_is_undone(self, rows):
        before = roles("ada")

        with transaction.atomic():
            CourseRun.objects.get(course_key=A).delete()
            during = roles("ada")
            transaction.set_rollback(True)

        assert len(during) == len(before) - 4
        assert roles("ada") == before

    @pytest.mark.parametrize("viewer", ["run_author", "run_instructor"])
    def test_leaves_nothing_to_inherit_for_who_had_a_role(self, ask_as, mutate_as, viewer):
        asked = f'{{ courseRun(courseKey: "{A}") {{ title viewerCanDelete }} courseRuns {{ totalCount }} }}'
        before = ask_as(viewer, asked)["data"]

        mutate_as("org_instructor", "deleteCourseRun", courseKey=A)
        created = mutate_as(
            "creator", "createCourseRun", "courseRun { courseKey }", catalogCourseKey=CIRCUITS, runCode="A"
        )

        assert before["courseRun"]["title"] == "A"
        assert created == {"courseRun": {"courseKey": A}, "errors": []}
        assert ask_as(viewer, asked)["data"] == {"courseRun": None, "courseRuns": {"totalCount": 0}}
        assert outcome(mutate_as(viewer, "deleteCourseRun", courseKey=A)) == "NOT_FOUND"
        assert roles("creator") == {("MITX", "", CREATOR), ("MITx", A, "instructor"), ("MITx", A, "staff")}


class TestDeleteOrganization:
    @pytest.mark.parametrize("path", DELETE_ORGANIZATION)
    def test_takes_the_roles_on_it(self, make_organization, ada, browser, path):
        organization = make_organization("ETHx")
        insert_role(ada, "ETHx", "", "staff")
        insert_role(ada, "ethX", "", CREATOR)
        insert_role(ada, "", "course-v1:ethx+gone+1", "staff")
        insert_role(ada, "ETHxx", "", "staff")

        DELETE_ORGANIZATION[path](organization, browser=browser)

        assert not Organization.objects.exists()
        assert roles("ada") == {("ETHxx", "", "staff")}

    def test_leaves_those_of_another_that_differs_by_case(
        self, make_organization, ada, needs_org_codes_that_differ_by_case
    ):
        make_organization("ethx")
        insert_role(ada, "ETHx", "", "staff")

        make_organization("ETHx").delete()

        assert roles("ada") == {("ETHx", "", "staff")}


class TestRenameOrganization:
    @pytest.fixture
    def organization(self, make_catalog_course) -> Organization:
        return make_catalog_course("ETHx", "C1").org

    @pytest.mark.parametrize("path", RENAME)
    def test_moves_the_roles_on_it(self, organization, ada, browser, request, path):
        mutate_as = request.getfixturevalue("mutate_as")
        insert_role(ada, "ETHx", "", "staff")
        insert_role(ada, "ethX", "", CREATOR)
        insert_role(ada, "ETHx", "", "finance_admin")
        insert_role(ada, "ETHxx", "", "staff")
        insert_role(ada, "MITx", A, "staff")

        RENAME[path](organization, "EPFLx", browser=browser, mutate_as=mutate_as)

        assert Organization.objects.get(pk=organization.pk).short_name == "EPFLx"
        assert roles("ada") == {
            ("EPFLx", "", "staff"),
            ("EPFLx", "", CREATOR),
            ("EPFLx", "", "finance_admin"),
            ("ETHxx", "", "staff"),
            ("MITx", A, "staff"),
        }

    def test_keeps_everybody_who_sees_it_and_nobody_else(self, ask_as, mutate_as):
        """Rename an organization, and give its old code to another one."""
        visible = "{ catalogCourses { nodes { key viewerCanEdit org { viewerCanCreateCourses } } } }"
        mutate_as("superuser", "createOrganization", orgCode="ETHx", name="ETH")
        mutate_as("superuser", "createCatalogCourse", orgCode="ETHx", courseCode="C1")
        ada = get_user_model().objects.create_user("ada")
        insert_role(ada, "ETHx", "", "staff")
        insert_role(ada, "ethx", "", CREATOR)

        mutate_as("superuser", "updateOrganization", orgCode="ETHx", newOrgCode="EPFLx")
        mutate_as("superuser", "createOrganization", orgCode="ethx", name="Another")
        mutate_as("superuser", "createCatalogCourse", orgCode="ethx", courseCode="C2")

        client = Client()
        client.force_login(ada)
        data = client.get("/graphql/", {"query": visible}, headers={"accept": "application/json"}).json()["data"]
        assert data["catalogCourses"]["nodes"] == [
            {"key": "catalog-course:EPFLx:C1", "viewerCanEdit": True, "org": {"viewerCanCreateCourses": True}}
        ]

    def test_moves_them_to_the_longest_code(self, organization, ada):
        insert_role(ada, "ETHx", "", "staff")

        save_as(organization, "x" * 255)

        assert roles("ada") == {("x" * 255, "", "staff")}

    @pytest.mark.parametrize("org_code", ["ETHX", "ethx"])
    def test_leaves_them_where_only_capitals_change(self, organization, ada, org_code):
        insert_role(ada, "ETHx", "", "staff")

        save_as(organization, org_code)

        assert roles("ada") == {("ETHx", "", "staff")}

    def test_moves_those_on_runs_whose_keys_it_puts_right(self, make_run, ada):
        organization = make_run("MITx", "6.002x", "A").catalog_course.org
        Organization.objects.update(short_name="Wrong")
        organization.refresh_from_db()
        insert_role(ada, "wrong", A, "staff")
        insert_role(ada, "", A, "instructor")
        insert_role(ada, "Wrong", "", "staff")
        insert_role(ada, "MITx", "", "instructor")  # From when the organization had this code.

        save_as(organization, "MITx")

        assert roles("ada") == {
            ("MITx", A, "staff"),
            ("", A, "instructor"),
            ("MITx", "", "staff"),
            ("MITx", "", "instructor"),
        }

    def test_lets_nobody_inherit_what_others_had_under_the_new_code(self, organization, ada):
        grace = get_user_model().objects.create_user("grace")
        insert_role(ada, "ETHx", "", "staff")
        insert_role(grace, "epflX", "", "instructor")
        insert_role(grace, "", "course-v1:EPFLx+C1+1", "instructor")

        save_as(organization, "EPFLx")

        assert (roles("ada"), roles("grace")) == ({("EPFLx", "", "staff")}, set())

    def test_leaves_nothing_on_runs_that_whoever_gets_the_old_code_may_create(self, organization, ada):
        insert_role(ada, "ETHx", "course-v1:ETHx+C1+gone", "staff")
        insert_role(ada, "", "ETHx/C1/gone", "staff")

        save_as(organization, "EPFLx")

        assert roles("ada") == set()

    def test_makes_one_of_two_that_become_alike(self, organization, ada):
        if connection.vendor == "mysql":
            pytest.skip("MySQL and MariaDB hold no two that differ by case")
        insert_role(ada, "ETHx", "", "staff")
        insert_role(ada, "ethx", "", "staff")
        insert_role(ada, "ETHX", "", "instructor")

        save_as(organization, "EPFLx")

        assert roles("ada") == {("EPFLx", "", "staff"), ("EPFLx", "", "instructor")}

    def test_leaves_those_of_another_that_differs_by_case(
        self, organization, make_organization, ada, needs_org_codes_that_differ_by_case
    ):
        """The roles are on both organizations, so both keep them."""
        make_organization("ethx")
        insert_role(ada, "ETHX", "", "staff")

        save_as(organization, "EPFLx")

        assert roles("ada") == {("ETHX", "", "staff"), ("EPFLx", "", "staff")}

    def test_changes_nothing_where_it_is_refused(self, make_run, ada):
        organization = make_run("MITx").catalog_course.org
        insert_role(ada, "MITx", "", "staff")

        with pytest.raises(ValidationError):
            save_as(organization, "EPFLx")

        assert roles("ada") == {("MITx", "", "staff")}

    @pytest.mark.django_db(transaction=True)
    def test_does_all_or_nothing(self, organization, ada):
        """Also without a transaction of the caller's."""
        insert_role(ada, "ETHx", "", "staff")

        def fail(**kwargs: Any) -> None:
            raise RuntimeError("the power fails")

        org_code_changed.connect(fail)
        try:
            with pytest.raises(RuntimeError):
                save_as(organization, "EPFLx")
        finally:
            org_code_changed.disconnect(fail)

        assert Organization.objects.get().short_name == "ETHx"
        assert roles("ada") == {("ETHx", "", "staff")}


class TestCreateRun:
    def test_gives_roles_where_the_same_are_spelled_otherwise(self, mutate_as):
        mutate_as("creator", "createCourseRun", catalogCourseKey=CS50, runCode="N")  # Signs in.
        creator = get_user_model().objects.get(username="creator")
        key = "course-v1:MITx+6.002x+N"
        insert_role(creator, "MITx", key, "Staff")

        mutate_as("creator", "createCourseRun", catalogCourseKey=CIRCUITS, runCode="N")

        held = roles("creator")
        assert {("MITx", key, "staff"), ("MITx", key, "instructor")} <= held
        assert CatalogCourse.objects.count() == 4
