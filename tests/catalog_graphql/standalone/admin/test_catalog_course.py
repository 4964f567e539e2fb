from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models.signals import pre_save
from organizations.models import Organization

from catalog_graphql.catalog import keys
from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from tests.catalog_graphql.standalone.admin.browsing import COURSES, Browser, count_queries, listed, page_of
from tests.conftest import MakeRun

CREATED = datetime(2012, 3, 5, tzinfo=UTC)

MakeOrganization = Callable[..., Organization]
MakeCatalogCourse = Callable[..., CatalogCourse]


class TestCatalogCourseList:
    def test_shows_each_course(
        self, browser: Browser, make_catalog_course: MakeCatalogCourse, make_run: MakeRun
    ) -> None:
        make_catalog_course(title="Circuits", created=CREATED)
        make_run(run_code="3T2012")
        make_run(run_code="1T2013")

        page = browser.open(COURSES)

        assert page.rows == [
            ["Title", "Course code", "Organization", "Language", "Runs", "Created"],
            ["Circuits", "6.002x", "MITx (MITx)", "en", "2", "March 5, 2012, midnight"],
        ]
        assert listed(browser, page.links["2"]) == ["Circuits", "Circuits"]

    def test_asks_as_many_queries_for_thirty_rows_as_for_three(self, browser: Browser, make_run: MakeRun) -> None:
        for number in range(3):
            make_run(f"Org{number}", f"C{number}")
        queries_for_three = count_queries(browser, COURSES)
        for number in range(3, 30):
            make_run(f"Org{number}", f"C{number}")

        assert count_queries(browser, COURSES) == queries_for_three
        assert len(listed(browser, COURSES)) == 30

    @pytest.mark.parametrize("words", ["circuits", "6.002X", "mitx", "massachusetts", "Circuits MITx"])
    def test_is_searched_by_title_course_code_and_organization(
        self, browser: Browser, make_organization: MakeOrganization, make_catalog_course: MakeCatalogCourse, words: str
    ) -> None:
        make_organization("MITx", name="Massachusetts")
        make_catalog_course(title="Circuits")
        make_catalog_course("HarvardX", "CB22x", title="Heroes")

        assert listed(browser, f"{COURSES}?q={words}") == ["Circuits"]

    def test_is_filtered_by_language(self, browser: Browser, make_catalog_course: MakeCatalogCourse) -> None:
        make_catalog_course(title="Circuits", language="en")
        make_catalog_course(course_code="C2", title="Circuits électriques", language="fr")

        page = browser.open(COURSES)

        assert listed(browser, COURSES + page.links["fr"]) == ["Circuits électriques"]

    def test_is_filtered_by_an_organization_found_by_typing(
        self, browser: Browser, make_catalog_course: MakeCatalogCourse
    ) -> None:
        organization = make_catalog_course(title="Circuits").org
        make_catalog_course("HarvardX", "CB22x", title="Heroes")

        address = f"{COURSES}?org__id__exact={organization.pk}"

        assert listed(browser, address) == ["Circuits"]
        assert "HarvardX (HarvardX)" in browser.open(COURSES).text
        assert "HarvardX" not in browser.open(address).text

    def test_ignores_an_organization_that_is_none(
        self, browser: Browser, make_catalog_course: MakeCatalogCourse
    ) -> None:
        make_catalog_course(title="Circuits")

        assert listed(browser, f"{COURSES}?org__id__exact=MITx") == ["Circuits"]


class TestCatalogCoursePage:
    def test_shows_the_newest_runs_and_leads_to_all(
        self, browser: Browser, make_run: MakeRun, make_catalog_course: MakeCatalogCourse
    ) -> None:
        catalog_course = make_catalog_course(title="Circuits")
        for number in range(12):
            make_run(run_code=f"R{number}", title=f"Run {number}", created=CREATED + timedelta(days=number))
        make_run("HarvardX")

        page = browser.open(page_of(catalog_course))

        assert page.rows == [
            ["Title", "Course key", "Status", "Created", "Warnings"],
            *(
                [f"Run {number}", f"course-v1:MITx+6.002x+R{number}", "Active", f"March {5 + number}, 2012, midnight"]
                for number in range(11, 1, -1)
            ),
        ]
        assert page.links["Run 11"] == page_of(CourseRun.objects.get(run_code="R11"))
        assert len(listed(browser, page.links["See all 12 runs"])) == 12

    def test_leads_to_a_new_run_of_the_course(self, browser: Browser, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course(title="Circuits")

        page = browser.open(page_of(catalog_course))
        browser.open(page.links["Add a run"]).submit("courserun_form", run_code="3T2012")

        assert "There is no run yet." in page.text
        assert [str(run) for run in catalog_course.runs.all()] == ["Circuits (course-v1:MITx+6.002x+3T2012)"]

    def test_asks_as_many_queries_for_ten_runs_as_for_one(self, browser: Browser, make_run: MakeRun) -> None:
        address = page_of(make_run(run_code="R0").catalog_course)
        queries_for_one = count_queries(browser, address)
        for number in range(1, 10):
            make_run(run_code=f"R{number}")

        assert count_queries(browser, address) == queries_for_one

    def test_changes_title_and_language_but_no_code(
        self, browser: Browser, make_catalog_course: MakeCatalogCourse
    ) -> None:
        catalog_course = make_catalog_course(title="Circuits")

        browser.open(page_of(catalog_course)).submit(
            "catalogcourse_form", title="Circuits électriques", language="fr_CA", course_code="C1"
        )

        assert list(CatalogCourse.objects.values_list("course_code", "title", "language")) == [
            ("6.002x", "Circuits électriques", "fr-ca")
        ]


class TestAddCatalogCourse:
    def test_needs_an_organization_and_a_code(self, browser: Browser, make_organization: MakeOrganization) -> None:
        organization = make_organization("MITx")

        browser.open(f"{COURSES}add/").submit("catalogcourse_form", org=str(organization.pk), course_code="6.002x")

        assert list(CatalogCourse.objects.values_list("org__short_name", "course_code", "title", "language")) == [
            ("MITx", "6.002x", "6.002x", "en")
        ]

    @pytest.mark.parametrize(
        ("typed", "errors"),
        [
            ({"course_code": "6.002X"}, ["The organization already has a course of this code, case aside."]),
            ({"course_code": "6 002x"}, ["The course code may hold letters, digits, - . _ ~ and :."]),
            ({"course_code": " "}, ["This field is required."]),
            ({"org": ""}, ["This field is required."]),
            ({"org": "0"}, ["Select a valid choice. That choice is not one of the available choices."]),
            ({"language": "English"}, ["A language is lowercase and hyphenated, such as en, fr-ca or zh-cn."]),
            ({"title": "a" * 256}, ["Ensure this value has at most 255 characters (it has 256)."]),
        ],
    )
    def test_says_what_is_wrong(
        self, browser: Browser, make_catalog_course: MakeCatalogCourse, typed: dict[str, str], errors: list[str]
    ) -> None:
        organization = make_catalog_course("MITx", "6.002x").org

        page = browser.open(f"{COURSES}add/").submit(
            "catalogcourse_form", **{"org": str(organization.pk), "course_code": "8.01", **typed}
        )

        assert (page.status, page.errors) == (200, errors)
        assert CatalogCourse.objects.count() == 1

    def test_refuses_one_of_an_inactive_organization(
        self, browser: Browser, make_organization: MakeOrganization
    ) -> None:
        organization = make_organization("MITx", active=False)

        page = browser.open(f"{COURSES}add/").submit(
            "catalogcourse_form", org=str(organization.pk), course_code="6.002x"
        )

        assert page.errors == ["The organization MITx is inactive: nothing new is created in it."]
        assert CatalogCourse.objects.count() == 0

    def test_refuses_one_of_an_organization_that_no_key_can_name(
        self, browser: Browser, make_organization: MakeOrganization
    ) -> None:
        organization = make_organization("Org With Space")

        page = browser.open(f"{COURSES}add/").submit(
            "catalogcourse_form", org=str(organization.pk), course_code="6.002x"
        )

        assert page.errors == [f"The organization code may hold {keys.ORG_CODE_CHARACTERS}."]
        assert CatalogCourse.objects.count() == 0

    @pytest.mark.django_db(transaction=True)
    def test_says_what_somebody_else_was_quicker_with(
        self, needs_row_locks: None, make_organization: MakeOrganization
    ) -> None:
        browser = Browser(get_user_model().objects.create_superuser("ada"))
        organization = make_organization("MITx")

        def add_meanwhile(**_kwargs: Any) -> None:
            pre_save.disconnect(in_another_thread, sender=CatalogCourse)
            CatalogCourse.objects.create(org=organization, course_code="6.002x")
            connection.close()

        def in_another_thread(**kwargs: Any) -> None:
            with ThreadPoolExecutor(max_workers=1) as pool:
                pool.submit(add_meanwhile, **kwargs).result(timeout=20)

        page = browser.open(f"{COURSES}add/")
        pre_save.connect(in_another_thread, sender=CatalogCourse)
        try:
            page = page.submit("catalogcourse_form", org=str(organization.pk), course_code="6.002X")
        finally:
            pre_save.disconnect(in_another_thread, sender=CatalogCourse)

        assert page.errors == ["The organization already has a course of this code, case aside."]
        assert [course.course_code for course in CatalogCourse.objects.all()] == ["6.002x"]


class TestDeleteCatalogCourse:
    def test_deletes_what_has_no_runs(self, browser: Browser, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course()

        browser.open(f"{COURSES}{catalog_course.pk}/delete/").submit("", "post")

        assert not CatalogCourse.objects.exists()

    def test_is_refused_while_there_are_runs(
        self, browser: Browser, make_catalog_course: MakeCatalogCourse, make_run: MakeRun
    ) -> None:
        catalog_course = make_catalog_course(title="Circuits")
        make_run(run_code="3T2012")
        make_run(run_code="1T2013")

        page = browser.open(f"{COURSES}{catalog_course.pk}/delete/")
        browser.post(
            page.path, {"post": "yes", "csrfmiddlewaretoken": page.fields["logout-form"]["csrfmiddlewaretoken"]}
        )

        assert "Circuits (catalog-course:MITx:6.002x) has 2 course runs, to be deleted first." in page.text
        assert len(listed(browser, page.links["2 course runs"])) == 2
        assert CatalogCourse.objects.count() == 1

    def test_asks_as_many_queries_for_thirty_runs_as_for_three(self, browser: Browser, make_run: MakeRun) -> None:
        for number in range(3):
            make_run(run_code=f"R{number}")
        address = f"{COURSES}{CatalogCourse.objects.get().pk}/delete/"
        queries_for_three = count_queries(browser, address)
        for number in range(3, 30):
            make_run(run_code=f"R{number}")

        assert count_queries(browser, address) == queries_for_three

    def test_is_refused_for_the_selected_ones(
        self, browser: Browser, make_catalog_course: MakeCatalogCourse, make_run: MakeRun
    ) -> None:
        without = make_catalog_course("HarvardX", "CB22x")
        catalog_course = make_catalog_course(title="Circuits")
        make_run(run_code="3T2012")

        page = browser.open(COURSES).submit(
            "changelist-form",
            "index",
            action="delete_selected",
            _selected_action=[str(without.pk), str(catalog_course.pk)],
        )

        assert "Circuits (catalog-course:MITx:6.002x) has 1 course run, to be deleted first." in page.text
        assert CatalogCourse.objects.count() == 2

    def test_names_a_few_of_many(self, browser: Browser, make_run: MakeRun) -> None:
        for number in range(21):
            make_run(course_code=f"C{number}")

        page = browser.open(COURSES).submit(
            "changelist-form",
            "index",
            action="delete_selected",
            _selected_action=[str(pk) for pk in CatalogCourse.objects.values_list("pk", flat=True)],
        )

        assert page.text.count("to be deleted first") == 20
        assert "And others." in page.text

    def test_deletes_the_selected_ones_that_have_no_runs(
        self, browser: Browser, make_catalog_course: MakeCatalogCourse
    ) -> None:
        catalog_course = make_catalog_course()

        page = browser.open(COURSES).submit(
            "changelist-form", "index", action="delete_selected", _selected_action=str(catalog_course.pk)
        )
        page.submit("", "post")

        assert not CatalogCourse.objects.exists()
