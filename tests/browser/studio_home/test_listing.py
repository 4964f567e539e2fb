"""The Studio home page lists courses with their runs: pages, search, filters."""

from urllib.parse import parse_qs, urlsplit

import pytest
from organizations.models import Organization
from playwright.sync_api import Route, expect

from catalog_graphql.catalog.search_text import mend
from tests.browser.studio_home.looking import PACKAGE, card, menu, titles


class TestOpening:
    def test_asks_who_has_not_signed_in_to_do_so_and_comes_back(self, page, catalog, django_user_model, complaints):
        django_user_model.objects.create_user("staff", password="staff", is_staff=True)

        page.goto("/")
        page.get_by_label("User name").fill("staff")
        page.get_by_label("Password").fill("staff")
        page.get_by_role("button", name="Sign in").click()

        expect(titles(page)).to_have_count(4)
        assert urlsplit(page.url).path == "/studio-home/"
        assert complaints == []

    def test_takes_one_request(self, visit, catalog, asked, complaints):
        page = visit()

        expect(titles(page)).to_have_text(
            ["Algèbre linéaire", "Circuits and Electronics", "Electricity and Magnetism", "Next year"]
        )
        page.wait_for_load_state("networkidle")
        assert asked == ["StudioHome"]
        assert complaints == []

    @pytest.mark.parametrize("width", [1440, 360])
    def test_fits_the_window(self, visit, catalog, many_courses, width):
        page = visit(width=width)

        expect(titles(page)).to_have_count(20)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.get_by_role("button", name="Language").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert page.evaluate("[document.documentElement.scrollWidth, scrollX]") == [width, 0]
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Language")).to_be_focused()

    def test_shows_what_the_list_will_look_like_meanwhile(self, page, sign_in, catalog):
        held: list[Route] = []
        page.route("**/graphql/", lambda route: held.append(route))
        sign_in("staff")
        page.goto("/studio-home/")
        skeletons = page.get_by_role("status", name="Loading courses")
        expect(skeletons).to_be_visible()

        held[0].continue_()

        expect(titles(page)).to_have_count(4)
        expect(skeletons).to_have_count(0)

    def test_asks_nothing_but_trusted_documents(self, visit, catalog, settings, complaints):
        settings.CATALOG_TRUSTED_DOCUMENTS = [PACKAGE.parent / "src/generated/persisted-documents.json"]
        settings.CATALOG_TRUSTED_DOCUMENTS_ONLY = True
        page = visit()

        page.get_by_role("button", name="and 7 more").click()
        expect(page.locator(".run")).to_have_count(12)
        page.get_by_label("Search courses").fill("Next")
        expect(titles(page)).to_have_text(["Next year"])
        menu(page, "Actions for Next year").get_by_text("Edit title").click()
        page.get_by_role("textbox", name="Title").fill("Next decade")
        page.get_by_role("button", name="Save").click()

        expect(titles(page)).to_have_text(["Next decade"])
        assert complaints == []

    def test_signs_out(self, visit, catalog):
        page = visit()

        page.get_by_role("button", name="Sign out").click()

        expect(page.get_by_label("User name")).to_be_visible()


class TestRuns:
    def test_are_listed_newest_first_and_the_rest_on_demand(self, visit, catalog, asked):
        page = visit()
        circuits = card(page, "Circuits and Electronics")
        runs = circuits.locator(".run-name")
        expect(runs).to_have_text(["R00", "R01", "R02"])

        circuits.get_by_role("button", name="and 7 more").click()

        expect(runs).to_have_text([f"R{number:02}" for number in range(10)])
        assert asked == ["StudioHome", "CatalogCourseRuns"]
        circuits.get_by_role("button", name="Show fewer").click()
        expect(runs).to_have_count(3)

    def test_link_to_the_platform_where_it_is_known(self, visit, catalog, settings):
        settings.LMS_ROOT_URL, settings.CMS_ROOT_URL = "https://lms.example", "https://studio.example"
        page = visit()

        items = menu(page, "Actions for run Past")

        expect(items).to_have_text(["Open in Studio", "View live", "Re-run", "Edit title", "Delete run"])
        expect(items.nth(1)).to_have_attribute("href", "https://lms.example/courses/course-v1:MITx+8.02x+Past")


class TestPages:
    def test_are_numbered_and_in_the_address(self, visit, many_courses, complaints):
        page = visit()
        expect(page.get_by_text("Showing 20 of 45 courses")).to_be_visible()

        page.get_by_role("button", name="Page 3").click()

        expect(page.get_by_text("Showing 5 of 45 courses")).to_be_visible()
        expect(titles(page).first).to_have_text("Course 0041")
        assert parse_qs(urlsplit(page.url).query) == {"page": ["3"]}
        page.go_back()
        expect(titles(page).first).to_have_text("Course 0001")
        page.go_forward()
        expect(titles(page).first).to_have_text("Course 0041")
        assert complaints == []

    def test_beyond_the_last_lead_to_the_last(self, visit, many_courses):
        page = visit("/studio-home/?page=9")

        expect(titles(page)).to_have_count(5)
        assert parse_qs(urlsplit(page.url).query) == {"page": ["3"]}


class TestSearch:
    def test_waits_for_the_typing_to_pause(self, visit, catalog, asked):
        page = visit()

        page.get_by_label("Search courses").press_sequentially("circuits", delay=60)

        expect(titles(page)).to_have_text(["Circuits and Electronics"])
        page.wait_for_load_state("networkidle")
        assert asked == ["StudioHome", "CatalogCourses"]
        assert parse_qs(urlsplit(page.url).query) == {"search": ["circuits"]}

    def test_drops_an_answer_that_comes_late(self, page, visit, catalog, complaints):
        late: list[Route] = []

        def hold_back(route: Route) -> None:
            if '"search":"Next"' in (route.request.post_data or ""):
                late.append(route)
            else:
                route.continue_()

        page.route("**/graphql/", hold_back)
        visit()
        box = page.get_by_label("Search courses")
        box.fill("Next")
        page.wait_for_url("**/?search=Next")
        box.fill("Circuits")
        expect(titles(page)).to_have_text(["Circuits and Electronics"])

        for route in late:
            route.continue_()
        page.wait_for_load_state("networkidle")

        expect(titles(page)).to_have_text(["Circuits and Electronics"])
        assert complaints == []

    def test_is_undone_by_back_at_once(self, visit, catalog):
        page = visit()
        box = page.get_by_label("Search courses")
        box.fill("Circ")
        expect(titles(page)).to_have_count(1)
        box.fill("Electr")
        expect(titles(page)).to_have_count(2)

        page.go_back()

        expect(titles(page)).to_have_count(4)
        expect(box).to_have_value("")

    def test_that_finds_nothing_can_be_cleared(self, visit, catalog, complaints):
        page = visit("/studio-home/?search=nothing&status=archived&order=-title")
        expect(page.get_by_role("heading", name="No courses found")).to_be_visible()

        page.get_by_role("button", name="Clear filters").click()

        expect(titles(page)).to_have_count(4)
        expect(page.get_by_label("Search courses")).to_have_value("")
        assert parse_qs(urlsplit(page.url).query) == {"order": ["-title"]}
        expect(page.get_by_role("heading", name="Courses")).to_be_focused()
        assert complaints == []


class TestFilters:
    def test_by_organization_and_language(self, visit, catalog, complaints):
        page = visit()

        page.get_by_role("button", name="Organization").click()
        page.get_by_role("checkbox", name="MITx").check()
        page.get_by_role("button", name="Done").click()
        expect(titles(page)).to_have_count(3)
        page.get_by_role("button", name="Language").click()
        page.get_by_label("Find in the list").fill("fren")
        page.get_by_role("checkbox", name="French", exact=True).check()
        page.keyboard.press("Escape")

        expect(page.get_by_role("heading", name="No courses found")).to_be_visible()
        assert parse_qs(urlsplit(page.url).query) == {"org": ["MITx"], "language": ["fr"]}
        page.go_back()
        expect(titles(page)).to_have_count(3)
        page.go_back()
        expect(titles(page)).to_have_count(4)
        assert complaints == []

    def test_find_organizations_beyond_the_first_hundred(self, visit, catalog, make_catalog_course, asked):
        Organization.objects.bulk_create(Organization(short_name=f"Org{n:03}X", name=f"Org {n}") for n in range(120))
        mend(Organization)
        make_catalog_course("Org119X", "LAST", title="The last one")
        page = visit()

        page.get_by_role("button", name="Organization").click()
        page.get_by_label("Find in the list").press_sequentially("119", delay=20)
        page.get_by_role("checkbox", name="Org119X").check()
        page.get_by_role("button", name="Done").click()

        expect(titles(page)).to_have_text(["The last one"])
        assert asked == ["StudioHome", "Organizations", "CatalogCourses"]

    def test_by_status_of_courses_and_their_runs(self, visit, catalog, make_run):
        make_run("MITx", "8.02x", "Present")
        page = visit()

        page.get_by_label("Status").select_option("Archived")

        expect(titles(page)).to_have_text(["Electricity and Magnetism"])
        expect(page.locator(".run-name")).to_have_text(["Past"])
        assert parse_qs(urlsplit(page.url).query) == {"status": ["archived"]}

    @pytest.mark.parametrize(
        ("order", "first"),
        [
            ("Title, A-Z", "Algèbre linéaire"),
            ("Title, Z-A", "Next year"),
            ("Newest first", "Next year"),
            ("Oldest first", "Circuits and Electronics"),
        ],
    )
    def test_orders(self, visit, catalog, order, first):
        page = visit()

        page.get_by_label("Sort by").select_option(order)

        expect(titles(page).first).to_have_text(first)
