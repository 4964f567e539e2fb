"""Django's admin, as administrators use it: with scripts, under the content security policy."""

import pytest
from playwright.sync_api import Page, expect

from catalog_graphql.catalog.records import CatalogCourse, CourseRun

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin(page: Page, django_user_model) -> Page:
    """The admin's first page, after signing in."""
    django_user_model.objects.create_superuser("admin", password="admin")
    page.goto("/admin/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill("admin")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Administration")).to_be_visible()
    return page


class TestAdmin:
    def test_creates_a_run_of_a_course_found_by_typing(self, admin: Page, complaints, make_catalog_course):
        make_catalog_course("MITx", "6.002x", title="Circuits")
        make_catalog_course("MITx", "8.02x", title="Magnetism")
        admin.get_by_role("row", name="Course runs").get_by_role("link", name="Add").click()

        admin.locator(".field-catalog_course .select2-selection").click()
        admin.get_by_role("searchbox").fill("circ")
        admin.get_by_role("option", name="Circuits").click()
        admin.get_by_label("Run code").fill("3T2012")
        admin.get_by_role("link", name="Today").first.click()
        admin.get_by_role("link", name="Now").first.click()
        admin.get_by_role("button", name="Save", exact=True).click()

        expect(admin.get_by_text("was added successfully")).to_be_visible()
        assert [str(run.course_key) for run in CourseRun.objects.all()] == ["course-v1:MITx+6.002x+3T2012"]
        assert CourseRun.objects.get().schedule.start is not None
        assert complaints == []

    def test_says_what_is_wrong_beside_it(self, admin: Page, complaints, make_run):
        run = make_run("MITx", "6.002x", "3T2012")
        admin.goto(f"/admin/openedx_catalog/courserun/add/?catalog_course={run.catalog_course.pk}")

        admin.get_by_label("Run code").fill("3t2012")
        admin.get_by_role("button", name="Save", exact=True).click()

        expect(admin.get_by_text("Please correct the error below.")).to_be_visible()
        expect(admin.locator(".errorlist").first).to_be_visible()
        assert CourseRun.objects.count() == 1
        assert complaints == []

    def test_searches_and_filters_lists(self, admin: Page, complaints, make_run):
        make_run("MITx", "6.002x", "3T2012", title="Circuits")
        make_run("HarvardX", "CS50x", "2015", title="Computer Science")
        admin.get_by_role("link", name="Course runs").click()

        admin.locator("#searchbar").fill("circuits")
        admin.get_by_role("button", name="Search").click()

        expect(admin.locator("#result_list tbody tr")).to_have_count(1)
        expect(admin.locator("#result_list")).to_contain_text("course-v1:MITx+6.002x+3T2012")
        assert complaints == []

    def test_deletes_no_course_that_has_runs(self, admin: Page, complaints, make_run):
        course = make_run("MITx", "6.002x", "3T2012").catalog_course
        admin.goto(f"/admin/openedx_catalog/catalogcourse/{course.pk}/change/")

        admin.get_by_role("link", name="Delete").click()

        expect(admin.get_by_text("to be deleted first")).to_be_visible()
        expect(admin.get_by_role("button", name="Yes")).to_have_count(0)
        assert CatalogCourse.objects.exists()
        assert complaints == []

    def test_shows_who_changed_what(self, admin: Page, complaints, make_catalog_course):
        course = make_catalog_course("MITx", "6.002x", title="Circuits")
        admin.goto(f"/admin/openedx_catalog/catalogcourse/{course.pk}/change/")
        admin.get_by_label("Title").fill("Electronics")
        admin.get_by_role("button", name="Save and continue editing").click()

        admin.get_by_role("link", name="History").click()

        expect(admin.locator("#content")).to_contain_text("Electronics")
        expect(admin.locator("#content")).to_contain_text("admin")
        assert complaints == []
