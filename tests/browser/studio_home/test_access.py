"""The Studio home page works with keyboards, screen readers, right-to-left languages, and many courses."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.studio_home.looking import card, make_courses, menu, problems_of_accessibility, titles


class TestKeyboard:
    def test_is_enough_to_rename_a_course(self, visit, catalog, complaints):
        page = visit("/studio-home/?search=Next")
        button = page.get_by_role("button", name="Actions for Next year")
        button.focus()

        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        field = page.get_by_role("textbox", name="Title")
        expect(field).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("Next decade")
        page.keyboard.press("Enter")

        expect(card(page, "Next decade")).to_be_visible()
        assert complaints == []

    def test_comes_back_to_where_a_dialog_was_opened_from(self, visit, catalog):
        page = visit()
        menu(page, "Actions for Next year").get_by_text("Edit title").click()
        expect(page.get_by_role("dialog")).to_be_visible()

        page.keyboard.press("Escape")

        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("button", name="Actions for Next year")).to_be_focused()

    def test_reaches_search_and_filters_one_after_the_other(self, visit, catalog):
        page = visit()
        page.get_by_role("button", name="New course").focus()
        reached = []

        for _ in range(5):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent"))

        assert reached == ["Search courses", "Organization", "Language", "Status", "Sort by"]


class TestAccessibility:
    @pytest.mark.parametrize("width", [1440, 360])
    @pytest.mark.parametrize("address", ["/studio-home/", "/studio-home/?lang=ar", "/studio-home/?search=nothing"])
    def test_has_nothing_serious_in_the_list(self, visit, catalog, many_courses, address, width):
        page = visit(address, width=width)

        assert problems_of_accessibility(page) == []

    def test_has_nothing_serious_in_menus_and_dialogs(self, visit, catalog):
        page = visit()

        page.get_by_role("button", name="Organization").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found = problems_of_accessibility(page)
        page.keyboard.press("Escape")
        items = menu(page, "Actions for run Past")
        found += problems_of_accessibility(page)
        items.get_by_text("Delete run").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found += problems_of_accessibility(page)

        assert found == []


class TestRightToLeft:
    @pytest.mark.parametrize("width", [1440, 360])
    def test_mirrors_the_page(self, visit, catalog, many_courses, width, complaints):
        page = visit("/studio-home/?lang=ar", width=width)

        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
        expect(page.get_by_role("heading", name="المقررات", exact=True)).to_be_visible()
        heading, button = page.locator("h1").bounding_box(), page.get_by_role("button", name="مقرر جديد").bounding_box()
        assert heading is not None
        assert button is not None
        assert heading["x"] > button["x"]
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert complaints == []

    def test_can_be_chosen_and_is_kept(self, visit, catalog):
        page = visit()

        page.get_by_label("Language of this page").select_option("ar")
        page.get_by_role("searchbox").fill("circuits")

        expect(titles(page)).to_have_count(1)
        assert parse_qs(urlsplit(page.url).query) == {"lang": ["ar"], "search": ["circuits"]}


class TestFiveThousandCourses:
    def test_are_no_more_work_than_fifty(self, visit, make_organization, asked):
        make_courses(make_organization("BigX"), 5_000)
        page = visit()
        expect(page.get_by_text("Showing 20 of 5,000 courses")).to_be_visible()

        with page.expect_response("**/graphql/") as answer:
            page.get_by_role("button", name="Page 250").click()

        expect(titles(page).last).to_have_text("Course 5000")
        expect(titles(page)).to_have_count(20)
        assert len(answer.value.body()) < 50_000
        assert asked == ["StudioHome", "CatalogCourses"]
