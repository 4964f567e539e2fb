"""Roles in Django's admin: granting, revoking and listing them."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.keys import CourseKey

from catalog_graphql.standalone.models import CourseAccessRole
from tests.catalog_graphql.access.conftest import insert_role

LIST, ADD = (
    "/admin/catalog_graphql_standalone/courseaccessrole/",
    "/admin/catalog_graphql_standalone/courseaccessrole/add/",
)
KEY = "course-v1:MITx+6.002x+3T2012"
CSRF = "t" * 32


@pytest.fixture
def browser(db: None) -> Client:
    """Return a browser in which a superuser is signed in, with CSRF protection."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(get_user_model().objects.create_superuser("root"))
    browser.cookies["csrftoken"] = CSRF
    return browser


@pytest.fixture
def ada(db: None) -> Any:
    return get_user_model().objects.create_user("ada", email="ada@lovelace.example")


@pytest.fixture
def grant(browser: Client, ada: Any):
    """Return a function that fills in the form for a role of Ada's, and submits it."""

    def grant(**fields: str) -> Any:
        data = {"user": ada.pk, "role": "staff", "org": "", "course_key": "", "csrfmiddlewaretoken": CSRF, **fields}
        return browser.post(ADD, data)

    return grant


def held() -> set[tuple[str, str, str, str]]:
    """Return the existing roles."""
    return {
        (role.user.username, role.role, role.org, str(role.course_key or "")) for role in CourseAccessRole.objects.all()
    }


def errors(response: Any) -> dict[str, list[str]]:
    """Return a form's errors."""
    return dict(response.context["adminform"].form.errors)


class TestGrant:
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"org": "MITx"}, ("ada", "staff", "MITx", "")),
            ({"org": " MITx "}, ("ada", "staff", "MITx", "")),
            ({"course_key": KEY}, ("ada", "staff", "MITx", KEY)),
            ({"course_key": "MITx/6.002x/2012"}, ("ada", "staff", "MITx", "MITx/6.002x/2012")),
            ({"role": "instructor", "org": "mitx", "course_key": KEY}, ("ada", "instructor", "mitx", KEY)),
            ({"role": "org_course_creator_group", "org": "MITx"}, ("ada", "org_course_creator_group", "MITx", "")),
        ],
    )
    def test_gives_a_role_on_an_organization_or_a_run(self, grant, fields, expected):
        response = grant(**fields)

        assert (response.status_code, response["location"]) == (302, LIST)
        assert held() == {expected}

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, {"org": ["Give an organization code, or a course key."]}),
            (
                {"org": "MITx", "course_key": "nonsense"},
                {"course_key": ["A course key looks like course-v1:MITx+6.002x+3T2012."]},
            ),
            (
                {"role": "org_course_creator_group", "course_key": KEY},
                {"course_key": ["A course creator's role is on an organization."]},
            ),
            (
                {"role": "owner", "org": "MITx"},
                {"role": ["Select a valid choice. owner is not one of the available choices."]},
            ),
            ({"user": "", "org": "MITx"}, {"user": ["This field is required."]}),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong(self, grant, fields, expected):
        response = grant(**fields)

        assert response.status_code == 200
        assert errors(response) == expected
        assert held() == set()

    @pytest.mark.parametrize("course_key", ["nonsense", "course-v1:MITx", "lib:MITx:box", "course-v1:MITx+a b+c", "\0"])
    def test_refuses_what_is_no_course_key(self, grant, course_key):
        response = grant(course_key=course_key)

        assert "course_key" in errors(response)
        assert held() == set()

    @pytest.mark.parametrize(
        ("fields", "again"),
        [
            ({"org": "MITx"}, {"org": "MITx"}),
            ({"org": "MITx"}, {"org": "mitx"}),
            ({"course_key": KEY}, {"course_key": KEY}),
            ({"course_key": KEY}, {"org": "MITx", "course_key": KEY}),
        ],
    )
    def test_refuses_to_give_a_role_twice(self, grant, fields, again):
        grant(**fields)

        response = grant(**again)

        assert response.status_code == 200
        assert list(errors(response)) == ["__all__"]
        assert len(held()) == 1

    def test_is_for_those_who_may(self, browser, django_user_model, ada):
        browser.force_login(django_user_model.objects.create_user("grace", is_staff=True))

        assert browser.get(ADD).status_code == 403


class TestTake:
    def test_takes_a_role(self, browser, grant):
        grant(org="MITx")
        role = CourseAccessRole.objects.get()

        response = browser.post(f"{LIST}{role.pk}/delete/", {"post": "yes", "csrfmiddlewaretoken": CSRF})

        assert response.status_code == 302
        assert held() == set()

    def test_changes_one_for_another(self, browser, grant, ada):
        grant(course_key=KEY)
        role = CourseAccessRole.objects.get()
        page = browser.get(f"{LIST}{role.pk}/change/").content.decode()
        data = {"user": ada.pk, "role": "instructor", "org": "MITx", "course_key": KEY, "csrfmiddlewaretoken": CSRF}

        browser.post(f"{LIST}{role.pk}/change/", data)

        assert f'value="{KEY}"' in page
        assert held() == {("ada", "instructor", "MITx", KEY)}

    def test_goes_with_the_user(self, grant, ada):
        grant(org="MITx")

        ada.delete()

        assert held() == set()


class TestList:
    @pytest.fixture(autouse=True)
    def roles(self, grant):
        grant(org="HarvardX", role="instructor")
        grant(course_key=KEY)

    def shown(self, browser: Client, **query: str) -> list[tuple[str, str]]:
        rows = browser.get(LIST, query).context["cl"].result_list
        return [(row.role, str(row.course_key or row.org)) for row in rows]

    def test_shows_who_holds_what(self, browser):
        page = browser.get(LIST).content.decode()

        assert self.shown(browser) == [("instructor", "HarvardX"), ("staff", KEY)]
        assert ">ada<" in page
        assert "instructor: sees, edits and deletes" in page

    @pytest.mark.parametrize(
        ("words", "found"),
        [("ada", 2), ("LOVELACE", 2), ("harvardx", 1), ("6.002x", 1), ("6.002X", 1), (KEY, 1), ("grace", 0)],
    )
    def test_is_searched(self, browser, words, found):
        assert len(self.shown(browser, q=words)) == found

    def test_is_filtered_by_role(self, browser):
        assert self.shown(browser, role__exact="staff") == [("staff", KEY)]

    def test_takes_no_query_a_row(self, browser):
        with CaptureQueriesContext(connection) as of_few:
            browser.get(LIST)
        for number in range(10):
            user = get_user_model().objects.create_user(f"user{number}")
            key = CourseKey.from_string(f"{KEY}{number}")
            CourseAccessRole.objects.create(user=user, org="MITx", course_key=key, role="staff")

        with CaptureQueriesContext(connection) as of_many:
            page = browser.get(LIST).content.decode()

        assert "user9" in page
        assert len(of_many) == len(of_few)


class TestOddRow:
    """Rows from scripts may have neither a valid role nor a course key. They are shown as such, and can be deleted."""

    @pytest.fixture
    def insert(self, browser, ada):
        """Return a function that inserts a row as a script might, and returns its primary key."""

        def insert(course_id: str, role: str) -> int:
            insert_role(ada, "MITx", course_id, role)
            pk: int = CourseAccessRole.objects.latest("pk").pk
            return pk

        return insert

    ODD = [
        ("nonsense", "staff"),
        ("a/b", "staff"),
        (" ", "instructor"),
        (f"{KEY} ", "staff"),
        (KEY, "Instructor"),
        ("", "staff "),
    ]

    @pytest.mark.parametrize(
        ("course_id", "role", "shown"),
        [
            ("nonsense", "staff", "nonsense (no course key)"),
            ("library-v1:MITx+box", "staff", "library-v1:MITx+box (no course key)"),
            (KEY, "Staff", "Staff (no role here)"),
            (KEY, "beta_testers", "beta_testers (no role here)"),
            ("", "staff ", "staff  (no role here)"),
            ("<b>", "staff", "&lt;b&gt; (no course key)"),
        ],
    )
    def test_is_shown_as_such(self, browser, insert, course_id, role, shown):
        insert(course_id, role)

        response = browser.get(LIST)

        assert response.status_code == 200
        assert shown in response.content.decode()

    @pytest.mark.parametrize(("course_id", "role"), ODD)
    def test_can_be_deleted(self, browser, insert, course_id, role):
        pk = insert(course_id, role)

        page = browser.get(f"{LIST}{pk}/delete/")
        response = browser.post(f"{LIST}{pk}/delete/", {"post": "yes", "csrfmiddlewaretoken": CSRF})

        assert (page.status_code, response.status_code) == (200, 302)
        assert not CourseAccessRole.objects.exists()

    def test_can_be_deleted_with_others(self, browser, insert):
        pks = [insert(course_id, role) for course_id, role in self.ODD]
        data = {"action": "delete_selected", "_selected_action": pks, "csrfmiddlewaretoken": CSRF}

        page = browser.post(LIST, data)
        response = browser.post(LIST, data | {"post": "yes"})

        assert (page.status_code, response.status_code) == (200, 302)
        assert not CourseAccessRole.objects.exists()

    @pytest.mark.parametrize(("course_id", "role"), ODD)
    def test_can_be_put_right(self, browser, insert, ada, course_id, role):
        pk = insert(course_id, role)
        data = {"user": ada.pk, "role": "instructor", "org": "MITx", "course_key": KEY, "csrfmiddlewaretoken": CSRF}

        page = browser.get(f"{LIST}{pk}/change/")
        response = browser.post(f"{LIST}{pk}/change/", data)

        assert (page.status_code, response.status_code) == (200, 302)
        assert held() == {("ada", "instructor", "MITx", KEY)}

    def test_is_not_saved_as_it_is(self, browser, insert, ada):
        pk = insert("nonsense", "Staff")
        data = {"user": ada.pk, "role": "Staff", "org": "MITx", "course_key": "nonsense", "csrfmiddlewaretoken": CSRF}

        response = browser.post(f"{LIST}{pk}/change/", data)

        assert errors(response) == {
            "role": ["Select a valid choice. Staff is not one of the available choices."],
            "course_key": ["A course key looks like course-v1:MITx+6.002x+3T2012."],
        }

    @pytest.mark.parametrize(("words", "found"), [("nonsense", 1), ("NONSENSE", 1), ("mitx", 1), ("else", 0)])
    def test_is_found(self, browser, insert, words, found):
        insert("nonsense", "Staff")

        assert len(browser.get(LIST, {"q": words}).context["cl"].result_list) == found
