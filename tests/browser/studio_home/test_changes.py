"""The Studio home page changes the catalog: forms, menus, and error cases."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.standalone.models import CourseAccessRole, Role
from tests.browser.studio_home.looking import card, menu, problems_of_accessibility, titles


class TestCreateCourse:
    def test_adds_it_to_the_list(self, visit, catalog, complaints):
        page = visit("/studio-home/?search=circuits", who="author")

        page.get_by_role("button", name="New course").click()
        page.get_by_label("Course code").fill("6.003x")
        page.get_by_role("textbox", name="Title").fill("Signals and Systems")
        page.get_by_role("button", name="Create course").click()

        expect(page.get_by_text("Created the course Signals and Systems.")).to_be_visible()
        expect(titles(page).first).to_have_text("Signals and Systems")
        assert CatalogCourse.objects.get(course_code="6.003x").org.short_name == "MITx"
        assert complaints == []

    def test_creates_the_organization_too_where_the_viewer_may(self, visit, catalog, asked, complaints):
        page = visit(who="staff")

        page.get_by_role("button", name="New course").click()
        page.get_by_label("Organization").last.fill("NewX")
        page.get_by_label("Course code").fill("N1")
        page.get_by_role("button", name="Create course").click()

        expect(page.get_by_text("Created the course N1.")).to_be_visible()
        assert CatalogCourse.objects.get(course_code="N1").org.short_name == "NewX"
        assert asked[1:4] == ["CreateCatalogCourse", "CreateOrganization", "CreateCatalogCourse"]
        assert complaints == []

    @pytest.mark.parametrize("width", [1440, 360])
    def test_says_what_is_wrong_beside_the_fields(self, visit, catalog, width, complaints):
        page = visit(width=width)

        page.get_by_role("button", name="New course").click()
        page.get_by_label("Organization").last.fill("MITx")
        page.get_by_label("Course code").fill("6.002X")
        page.get_by_role("button", name="Create course").click()

        field = page.get_by_label("Course code")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_be_focused()
        expect(field).to_have_accessible_description(re.compile("already"))
        assert problems_of_accessibility(page) == []
        assert complaints == []

    def test_says_what_is_wrong_in_the_language_of_the_page(self, visit, catalog, complaints):
        page = visit("/studio-home/?lang=ar")

        page.get_by_role("button", name="مقرر جديد").click()
        page.get_by_label("المؤسسة").last.fill("MITx")
        page.get_by_label("رمز المقرر").fill("6.002X")
        page.get_by_role("button", name="إنشاء المقرر").click()

        found = "يوجد مقرر \u2068catalog-course:MITx:6.002x\u2069 من قبل: يجب ألا تختلف الرموز في حالة الأحرف وحدها."
        expect(page.get_by_label("رمز المقرر")).to_have_accessible_description(re.compile(re.escape(found)))
        assert complaints == []

    def test_says_it_in_a_language_that_was_chosen_meanwhile(self, visit, catalog):
        page = visit("/studio-home/?lang=ar")
        page.get_by_label("لغة هذه الصفحة").select_option("en")

        page.get_by_role("button", name="New course").click()
        page.get_by_label("Organization").last.fill("MITx")
        page.get_by_label("Course code").fill("6.002X")
        page.get_by_role("button", name="Create course").click()

        expect(page.get_by_label("Course code")).to_have_accessible_description(re.compile("There is already a course"))


class TestCreateRun:
    def test_adds_it_to_the_course(self, visit, catalog, complaints):
        page = visit(who="author")

        menu(page, "Actions for Next year").get_by_text("New run").click()
        page.get_by_label("Run code").fill("2030_T1")
        page.get_by_label("Start (UTC)").fill("2030-01-01T08:00")
        page.get_by_role("button", name="Create run").click()

        run = card(page, "Next year").locator(".run")
        expect(run).to_contain_text("2030_T1")
        expect(run).to_contain_text("From Jan 1, 2030")
        assert CourseRun.objects.get(run_code="2030_T1").title == "Next year"
        assert complaints == []

    def test_says_what_is_wrong_beside_the_fields(self, visit, catalog, complaints):
        page = visit()

        menu(page, "Actions for Circuits and Electronics").get_by_text("New run").click()
        page.get_by_label("Run code").fill("R00")
        page.get_by_label("Start (UTC)").fill("2030-02-01T08:00")
        page.get_by_label("End (UTC)").fill("2030-01-01T08:00")
        page.get_by_role("button", name="Create run").click()

        for label in ("Run code", "End (UTC)"):
            expect(page.get_by_label(label)).to_have_attribute("aria-invalid", "true")
        assert complaints == []


class TestRename:
    def test_changes_the_title_of_a_run(self, visit, catalog, complaints):
        page = visit(who="author")

        menu(page, "Actions for run Past").get_by_text("Edit title").click()
        page.get_by_role("textbox", name="Title").fill("Electromagnetism")
        page.get_by_role("button", name="Save").click()

        expect(card(page, "Electricity and Magnetism").locator(".run-title")).to_have_text("Electromagnetism")
        assert complaints == []

    def test_leaves_the_choice_where_somebody_else_was_faster(self, visit, catalog, complaints):
        page = visit()
        menu(page, "Actions for Next year").get_by_text("Edit title").click()
        page.get_by_role("textbox", name="Title").fill("My title")
        CatalogCourse.objects.filter(course_code="NEXT").update(title="Their title")

        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Their title")
        page.get_by_role("button", name="Save mine instead").click()

        expect(card(page, "My title")).to_be_visible()
        assert CatalogCourse.objects.get(course_code="NEXT").title == "My title"
        assert complaints == []

    def test_can_leave_it_to_somebody_else(self, visit, catalog):
        page = visit()
        menu(page, "Actions for Next year").get_by_text("Edit title").click()
        page.get_by_role("textbox", name="Title").fill("My title")
        CatalogCourse.objects.filter(course_code="NEXT").update(title="Their title")
        page.get_by_role("button", name="Save").click()

        page.get_by_role("button", name="Keep theirs").click()

        expect(card(page, "Their title")).to_be_visible()
        assert CatalogCourse.objects.get(course_code="NEXT").title == "Their title"


class TestDelete:
    def test_asks_first(self, visit, catalog, complaints):
        page = visit()
        menu(page, "Actions for run Past").get_by_text("Delete run").click()
        expect(page.get_by_role("dialog")).to_contain_text("Run Past of Electricity and Magnetism")
        page.get_by_role("button", name="Cancel").click()
        assert CourseRun.objects.filter(run_code="Past").exists()

        menu(page, "Actions for run Past").get_by_text("Delete run").click()
        page.get_by_role("button", name="Delete run").click()

        expect(card(page, "Electricity and Magnetism")).to_contain_text("No runs yet")
        assert not CourseRun.objects.filter(run_code="Past").exists()
        assert complaints == []

    def test_says_what_is_in_the_way(self, visit, catalog, make_run):
        page = visit()
        menu(page, "Actions for Next year").get_by_text("Delete course").click()
        make_run("MITx", "NEXT", "R1")

        page.get_by_role("button", name="Delete course").click()

        expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
        assert CatalogCourse.objects.filter(course_code="NEXT").exists()


class TestMenus:
    def test_offer_what_the_viewer_may_do(self, visit, catalog):
        page = visit(who="author")

        expect(titles(page)).to_have_text(["Circuits and Electronics", "Electricity and Magnetism", "Next year"])
        expect(menu(page, "Actions for Circuits and Electronics")).to_have_text(["New run", "Edit title"])
        page.keyboard.press("Escape")
        expect(menu(page, "Actions for run Past")).to_have_text(["Edit title"])

    def test_are_left_out_where_there_is_nothing_to_do(self, page, sign_in, catalog):
        sign_in("author")
        course_key = CourseRun.objects.get(run_code="session1").course_key
        creator, staff = CourseAccessRole.objects.all()
        creator.delete()
        CourseAccessRole.objects.filter(pk=staff.pk).update(org="SorbonneX", course_key=course_key, role=Role.STAFF)

        page.goto("/studio-home/")

        expect(titles(page)).to_have_text(["Algèbre linéaire"])
        expect(page.get_by_role("button", name="New course")).to_have_count(0)
        expect(page.get_by_role("button", name="Actions for Algèbre linéaire")).to_have_count(0)
        expect(menu(page, "Actions for run session1")).to_have_text(["Edit title"])


class TestFailure:
    def test_is_told_and_can_be_tried_again(self, page, visit, catalog):
        page.route("**/graphql/", lambda route: route.fulfill(status=502, body="Bad gateway"))
        visit()
        expect(page.get_by_role("alert")).to_contain_text("Something went wrong on the server.")
        page.unroute("**/graphql/")

        page.get_by_role("button", name="Try again").click()

        expect(titles(page)).to_have_count(4)
        expect(page.get_by_role("alert")).to_have_count(0)

    def test_of_the_connection_is_told(self, page, visit, catalog):
        page.route("**/graphql/", lambda route: route.abort())

        visit()

        expect(page.get_by_role("alert")).to_contain_text("The server could not be reached.")

    def test_of_a_change_leaves_the_form_as_it_was(self, page, visit, catalog):
        visit(who="author")
        page.get_by_role("button", name="New course").click()
        page.get_by_label("Course code").fill("6.003x")
        page.route("**/graphql/", lambda route: route.abort())
        page.get_by_role("button", name="Create course").click()
        expect(page.get_by_role("dialog")).to_contain_text("The server could not be reached.")
        page.unroute("**/graphql/")

        page.get_by_role("button", name="Create course").click()

        expect(titles(page).first).to_have_text("6.003x")

    def test_leads_who_was_signed_out_to_where_one_signs_in(self, visit, catalog):
        page = visit()
        page.context.clear_cookies(name="sessionid")
        page.get_by_label("Search courses").fill("circuits")
        expect(page.get_by_role("alert")).to_contain_text("You are signed out.")

        page.get_by_role("button", name="Sign in").click()

        expect(page.get_by_label("User name")).to_be_visible()
        assert parse_qs(urlsplit(page.url).query)["next"] == ["/studio-home/?search=circuits"]
