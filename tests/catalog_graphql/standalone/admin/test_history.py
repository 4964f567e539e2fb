from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from organizations.models import Organization

from catalog_graphql.catalog.history import By, entries, made
from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from tests.catalog_graphql.standalone.admin.browsing import COURSES, RUNS, Browser, Page, count_queries, page_of
from tests.conftest import MakeRun

START, LATER = datetime(2012, 9, 5, 12, tzinfo=UTC), datetime(2012, 9, 12, 12, tzinfo=UTC)

MakeOrganization = Callable[..., Organization]
MakeCatalogCourse = Callable[..., CatalogCourse]


@pytest.fixture
def other_browser(db: None) -> Browser:
    """Return a browser in which another superuser is signed in."""
    return Browser(get_user_model().objects.create_superuser("grace"))


def history_of(obj: CatalogCourse | CourseRun | Organization) -> str:
    """Return the URL of an object's history; the object may be deleted."""
    return page_of(obj).replace("/change/", "/history/")


def told(page: Page) -> list[list[str]]:
    """Return who changed what from what to what, newest first: the rows without their dates."""
    return [row[1:] for row in page.rows if row[0] != "When"]


class TestHistoryOfCatalogCourse:
    def test_says_who_changed_the_title_from_what(
        self, browser: Browser, other_browser: Browser, make_catalog_course: MakeCatalogCourse
    ) -> None:
        catalog_course = make_catalog_course(title="Circuits", language="en")

        browser.open(page_of(catalog_course)).submit("catalogcourse_form", title="Circuits <i>")
        other_browser.open(page_of(catalog_course)).submit("catalogcourse_form", title="Électronique", language="fr")
        page = browser.open(page_of(catalog_course))

        assert page.links["History"] == history_of(catalog_course)
        assert browser.open(page.links["History"]).links["Catalog courses"] == COURSES
        assert told(browser.open(page.links["History"])) == [
            ["grace", "Changed", "Language: en → fr Title: Circuits <i> → Électronique"],
            ["ada", "Changed", "Title: Circuits → Circuits <i>"],
            ["Created"],
        ]

    def test_says_who_created_and_who_deleted_even_where_the_organization_is_gone(
        self, browser: Browser, other_browser: Browser, make_organization: MakeOrganization
    ) -> None:
        organization = make_organization("MITx")
        browser.open(f"{COURSES}add/").submit("catalogcourse_form", org=str(organization.pk), course_code="6.002x")
        catalog_course = CatalogCourse.objects.get()
        other_browser.open(f"{COURSES}{catalog_course.pk}/delete/").submit("", "post")
        organization.delete()

        page = browser.open(history_of(catalog_course))

        assert told(page) == [["grace", "Deleted"], ["ada", "Created"]]
        assert set(entries(CatalogCourse, catalog_course.pk).values_list("additional_data__by")) == {("admin",)}
        assert "View history: catalog-course:MITx:6.002x" in page.text

    def test_offers_no_way_back(self, browser: Browser, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course(title="Circuits")
        catalog_course.title = "Circuits and Electronics"
        catalog_course.save()

        page = browser.open(history_of(catalog_course))
        record = f"{page.path}{entries(CatalogCourse, catalog_course.pk)[0].pk}/"
        browser.post(record, page.fields["logout-form"] | {"title": "Circuits", "language": "en"})

        assert "revert" not in page.text.lower()
        assert browser.open(record).path == "/admin/"
        assert CatalogCourse.objects.get().title == "Circuits and Electronics"

    def test_goes_on_from_page_to_page(self, browser: Browser, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course(title="Title 0")
        for number in range(1, 101):
            catalog_course.title = f"Title {number}"
            catalog_course.save(update_fields=["title"])

        page = browser.open(history_of(catalog_course))
        older = browser.open(page.path + page.links["Older"])

        assert told(page) == [
            ["Changed", f"Title: Title {number - 1} → Title {number}"] for number in range(100, 0, -1)
        ]
        assert told(older) == [["Created"]]

    def test_asks_as_many_queries_for_thirty_changes_as_for_three(
        self, browser: Browser, make_catalog_course: MakeCatalogCourse, make_organization: MakeOrganization
    ) -> None:
        catalog_course = make_catalog_course("MITx")
        organizations = [catalog_course.org, make_organization("HarvardX")]

        def change(numbers: range) -> None:
            for number in numbers:
                catalog_course.org = organizations[(number + 1) % 2]
                with made(By.ADMIN, get_user_model().objects.create_user(f"user{number}")):
                    catalog_course.save()

        change(range(3))
        queries_for_three = count_queries(browser, history_of(catalog_course))
        change(range(3, 30))

        assert count_queries(browser, history_of(catalog_course)) == queries_for_three
        assert len(told(browser.open(history_of(catalog_course)))) == 31

    @pytest.mark.parametrize("pk", ["0", "6.002x", "999999999999999999999999999999"])
    def test_is_not_found_where_there_was_no_such_course(self, browser: Browser, pk: str) -> None:
        assert browser.open(f"{COURSES}{pk}/history/").status == 404

    def test_is_for_those_who_may_see_the_course(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course()
        browser = Browser(get_user_model().objects.create_user("eve", is_staff=True))

        assert browser.open(history_of(catalog_course)).status == 403


class TestHistoryOfCourseRun:
    def test_tells_of_the_schedule_too(self, browser: Browser, other_browser: Browser, make_run: MakeRun) -> None:
        course_run = make_run(title="Circuits", schedule={"start": START})

        browser.open(page_of(course_run)).submit("courserun_form", title="Electronics")
        other_browser.open(page_of(course_run)).submit("courserun_form", **{"schedule-0-start_0": "2012-09-12"})

        assert told(browser.open(history_of(course_run))) == [
            ["ada", "Changed", "Title: Circuits → Electronics"],
            ["Created"],
            ["grace", "Changed", f"Start: {START} → {LATER}"],
            ["Created"],
        ]

    @pytest.mark.parametrize(("also", "rows"), [((), 1), (("view_courseschedule",), 2)])
    def test_tells_of_the_schedule_to_those_only_who_may_see_it(
        self, make_run: MakeRun, also: tuple[str, ...], rows: int
    ) -> None:
        course_run = make_run(schedule={"start": START})
        eve = get_user_model().objects.create_user("eve", is_staff=True)
        eve.user_permissions.set(Permission.objects.filter(codename__in=["view_courserun", *also]))

        page = Browser(eve).open(history_of(course_run))

        assert told(page) == [["Created"]] * rows

    def test_tells_of_a_deleted_run(self, browser: Browser, make_run: MakeRun) -> None:
        course_run = make_run(schedule={"start": START})

        browser.open(f"{RUNS}{course_run.pk}/delete/").submit("", "post")

        assert told(browser.open(history_of(course_run))) == [
            ["ada", "Deleted"],
            ["Created"],
            ["ada", "Deleted"],
            ["Created"],
        ]

    def test_asks_as_many_queries_for_thirty_changes_as_for_three(
        self, needs_org_codes_that_differ_by_case: None, browser: Browser, make_run: MakeRun
    ) -> None:
        course_run = make_run("MITx", schedule={"start": START})
        catalog_courses = [course_run.catalog_course, make_run("mitx", run_code="1T2013").catalog_course]

        def change(numbers: range) -> None:
            for number in numbers:
                course_run.catalog_course = catalog_courses[(number + 1) % 2]
                course_run.save()
                course_run.schedule.start = START.replace(day=number + 1)
                course_run.schedule.save()

        change(range(3))
        queries_for_three = count_queries(browser, history_of(course_run))
        change(range(3, 30))

        assert count_queries(browser, history_of(course_run)) == queries_for_three
        assert len(told(browser.open(history_of(course_run)))) == 62


class TestHistoryOfOrganization:
    def test_says_who_changed_the_name_from_what(self, browser: Browser, make_organization: MakeOrganization) -> None:
        organization = make_organization("MITx", name="MIT", description="", active=False)

        browser.open(page_of(organization)).submit("organization_form", name="Massachusetts")

        assert told(browser.open(history_of(organization))) == [
            ["ada", "Changed", "Name: MIT → Massachusetts"],
            ["Created"],
        ]
