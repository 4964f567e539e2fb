from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from tests.catalog_graphql.standalone.admin.browsing import RUNS, Browser, count_queries, listed, page_of
from tests.conftest import MakeRun

CREATED = datetime(2012, 3, 5, tzinfo=UTC)

MakeCatalogCourse = Callable[..., CatalogCourse]


class TestAddCourseRun:
    def test_makes_the_key_of_the_codes(self, browser: Browser, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course(title="Circuits")

        browser.open(f"{RUNS}add/").submit("courserun_form", catalog_course=str(catalog_course.pk), run_code="3T2012")

        assert [str(run) for run in CourseRun.objects.all()] == ["Circuits (course-v1:MITx+6.002x+3T2012)"]
        assert not CourseSchedule.objects.exists()

    @pytest.mark.parametrize(
        "course_key",
        [
            "ccx-v1:MITx+6.002x+3T2012+ccx@7",
            "MITx/6.002x/3T2012",
            "course-v1:mitx+6.002x+3T2012",
        ],
    )
    def test_takes_a_key_of_another_kind(
        self, browser: Browser, make_catalog_course: MakeCatalogCourse, course_key: str
    ) -> None:
        catalog_course = make_catalog_course()

        browser.open(f"{RUNS}add/").submit(
            "courserun_form", catalog_course=str(catalog_course.pk), run_code="3T2012", course_key=course_key
        )

        assert [str(run.course_key) for run in CourseRun.objects.all()] == [course_key]

    def test_takes_the_schedule_along(self, browser: Browser, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course()

        browser.open(f"{RUNS}add/").submit(
            "courserun_form",
            catalog_course=str(catalog_course.pk),
            run_code="3T2012",
            **{"schedule-0-start_0": "2012-09-05", "schedule-0-start_1": "12:00"},
        )

        assert list(CourseSchedule.objects.values_list("course_run__run_code", "start", "end")) == [
            ("3T2012", datetime(2012, 9, 5, 12, tzinfo=UTC), None)
        ]

    @pytest.mark.parametrize(
        ("typed", "errors"),
        [
            (
                {"run_code": "3t2012"},
                [
                    "There is already a run of this key, case aside.",
                    "The catalog course already has a run of this code, case aside.",
                ],
            ),
            ({"run_code": "3T 2012"}, ["The run code may hold letters, digits, - . _ ~ and :."]),
            ({"run_code": "3T+2012"}, ["The run code may hold letters, digits, - . _ ~ and :."]),
            ({"run_code": " "}, ["This field is required."]),
            ({"catalog_course": ""}, ["This field is required."]),
            (
                {"catalog_course": "6.002x"},
                ["Select a valid choice. That choice is not one of the available choices."],
            ),
            (
                {"catalog_course": "0"},
                ["Select a valid choice. That choice is not one of the available choices."],
            ),
            (
                {"course_key": "MITx 6.002x"},
                [
                    "A key looks like course-v1:MITx+6.002x+3T2012, ccx-v1:MITx+6.002x+3T2012+ccx@1 or org/course/run.",
                ],
            ),
            (
                {"course_key": "course-v1:HarvardX+6.002x+1T2013"},
                [
                    "The key course-v1:HarvardX+6.002x+1T2013 is not that of a run 1T2013 of"
                    " catalog-course:MITx:6.002x.",
                ],
            ),
            (
                {"course_key": "course-v1:MITx+6.002x+" + "1" * 255},
                ["Ensure this value has at most 255 characters (it has 277)."],
            ),
            (
                {"schedule-0-start_0": "2012-09-05", "schedule-0-start_1": "12:00"}
                | {"schedule-0-end_0": "2012-09-04", "schedule-0-end_1": "12:00"},
                ["The end must not be before the start."],
            ),
            (
                {"schedule-0-start_0": "soon"},
                ["Enter a valid date."],
            ),
        ],
    )
    def test_says_what_is_wrong(
        self, browser: Browser, make_run: MakeRun, typed: dict[str, str], errors: list[str]
    ) -> None:
        catalog_course = make_run(run_code="3T2012").catalog_course

        page = browser.open(f"{RUNS}add/").submit(
            "courserun_form", **{"catalog_course": str(catalog_course.pk), "run_code": "1T2013", **typed}
        )

        assert (page.status, page.errors) == (200, errors)
        assert CourseRun.objects.count() == 1

    def test_refuses_one_of_an_inactive_organization(self, browser: Browser, make_run: MakeRun) -> None:
        catalog_course = make_run(run_code="3T2012").catalog_course
        Organization.objects.update(active=False)

        page = browser.open(f"{RUNS}add/").submit(
            "courserun_form", catalog_course=str(catalog_course.pk), run_code="1T2013"
        )

        assert page.errors == ["The organization MITx is inactive: nothing new is created in it."]
        assert CourseRun.objects.count() == 1

    def test_lets_what_an_inactive_organization_has_be_changed(self, browser: Browser, make_run: MakeRun) -> None:
        run = make_run(run_code="3T2012")
        Organization.objects.update(active=False)

        browser.open(f"{RUNS}{run.pk}/change/").submit("courserun_form", title="Circuits")

        assert CourseRun.objects.get().title == "Circuits"

    @pytest.mark.parametrize("preselected", ["6.002x", "0", "9" * 30])
    def test_preselects_no_catalog_course_that_is_none(self, browser: Browser, preselected: str) -> None:
        page = browser.open(f"{RUNS}add/?catalog_course={preselected}")

        assert page.fields["courserun_form"].get("catalog_course", "") == ""

    def test_finds_catalog_courses_with_as_many_queries_for_ten_as_for_one(
        self, browser: Browser, make_catalog_course: MakeCatalogCourse
    ) -> None:
        address = "/admin/autocomplete/?app_label=openedx_catalog&model_name=courserun&field_name=catalog_course&term=C"
        make_catalog_course("Org0", "C0")
        queries_for_one = count_queries(browser, address)
        for number in range(1, 10):
            make_catalog_course(f"Org{number}", f"C{number}")

        assert count_queries(browser, address) == queries_for_one
        assert "C9 (catalog-course:Org9:C9)" in browser.open(address).text


class TestCourseRunPage:
    def test_changes_title_and_schedule_but_neither_code_nor_key(self, browser: Browser, make_run: MakeRun) -> None:
        course_run = make_run(title="Circuits", schedule={"start": CREATED})

        browser.open(page_of(course_run)).submit(
            "courserun_form",
            title="Circuits and Electronics",
            run_code="1T2013",
            course_key="course-v1:MITx+6.002x+1T2013",
            **{"schedule-0-end_0": "2013-09-05", "schedule-0-end_1": "12:00"},
        )

        assert [str(run) for run in CourseRun.objects.all()] == [
            "Circuits and Electronics (course-v1:MITx+6.002x+3T2012)"
        ]
        assert list(CourseSchedule.objects.values_list("start", "end")) == [
            (CREATED, datetime(2013, 9, 5, 12, tzinfo=UTC))
        ]

    def test_says_what_about_the_key_to_look_at(self, browser: Browser, make_run: MakeRun) -> None:
        course_run = make_run("MITx", course_key="course-v1:mitx+6.002x+3T2012")

        page = browser.open(page_of(course_run))

        assert "Warnings: The organization spells its code MITx." in page.text

    def test_warns_that_a_key_contradicts_its_catalog_course_and_still_takes_a_title(
        self, browser: Browser, make_run: MakeRun
    ) -> None:
        course_run = make_run("MITx")
        Organization.objects.update(short_name="Wrong")
        CatalogCourse.objects.update(course_code="8.01")

        page = browser.open(page_of(course_run))
        page.submit("courserun_form", title="Circuits")

        assert "Warnings: The organization's code is Wrong. The course's code is 8.01." in page.text
        assert CourseRun.objects.get().title == "Circuits"

    def test_deletes_the_run_with_its_schedule(self, browser: Browser, make_run: MakeRun) -> None:
        course_run = make_run(schedule={"start": CREATED})

        browser.open(f"{RUNS}{course_run.pk}/delete/").submit("", "post")

        assert not CourseRun.objects.exists()
        assert not CourseSchedule.objects.exists()


class TestCourseRunList:
    def test_shows_each_run(self, browser: Browser, make_catalog_course: MakeCatalogCourse, make_run: MakeRun) -> None:
        make_catalog_course(title="Circuits")
        make_run(
            course_key="course-v1:mitx+6.002x+3T2012",
            title="Circuits, fall",
            created=CREATED,
            schedule={"end": CREATED},
        )

        assert browser.open(RUNS).rows == [
            ["Title", "Course key", "Catalog course", "Run code", "Status", "Warnings", "Created"],
            [
                "Circuits, fall",
                "course-v1:mitx+6.002x+3T2012",
                "Circuits",
                "3T2012",
                "Archived",
                "The organization spells its code MITx.",
                "March 5, 2012, midnight",
            ],
        ]

    def test_asks_as_many_queries_for_thirty_rows_as_for_three(self, browser: Browser, make_run: MakeRun) -> None:
        for number in range(3):
            make_run(f"Org{number}", schedule={} if number % 2 else None)
        queries_for_three = count_queries(browser, RUNS)
        for number in range(3, 30):
            make_run(f"Org{number}", schedule={} if number % 2 else None)

        assert count_queries(browser, RUNS) == queries_for_three
        assert len(listed(browser, RUNS)) == 30

    @pytest.mark.parametrize("words", ["fall", "course-v1:MITx%2B6.002x%2B3T2012", "mitx 3t2012"])
    def test_is_searched_by_title_and_key(self, browser: Browser, make_run: MakeRun, words: str) -> None:
        make_run(run_code="3T2012", title="Circuits, fall")
        make_run(run_code="1T2013", title="Circuits, spring")

        assert listed(browser, f"{RUNS}?q={words}") == ["Circuits, fall"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("status=active", ["ended never", "ends later", "unscheduled"]),
            ("status=archived", ["ended"]),
            ("status=unknown", ["ended", "ended never", "ends later", "unscheduled"]),
        ],
    )
    def test_is_filtered_by_status(self, browser: Browser, make_run: MakeRun, query: str, found: list[str]) -> None:
        hour = timedelta(hours=1)
        make_run(run_code="R1", title="ended", schedule={"end": timezone.now() - hour})
        make_run(run_code="R2", title="ends later", schedule={"end": timezone.now() + hour})
        make_run(run_code="R3", title="ended never", schedule={"start": CREATED})
        make_run(run_code="R4", title="unscheduled")

        assert sorted(listed(browser, f"{RUNS}?{query}")) == found

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("ccx=yes", ["custom"]),
            ("ccx=no", ["agreeing", "contradicting", "in capitals", "old"]),
            ("warnings=yes", ["contradicting", "in capitals"]),
            ("warnings=no", ["agreeing", "custom", "old"]),
            ("warnings=no&ccx=yes", ["custom"]),
        ],
    )
    def test_is_filtered_by_what_the_key_says(
        self, browser: Browser, make_run: MakeRun, query: str, found: list[str]
    ) -> None:
        make_run(run_code="R1", title="agreeing")
        make_run(run_code="R1", title="custom", course_key="ccx-v1:MITx+6.002x+R1+ccx@1")
        make_run(run_code="R2", title="old", course_key="MITx/6.002x/R2")
        make_run(run_code="R3", title="in capitals", course_key="course-v1:MITX+6.002x+R3")
        make_run("HarvardX", run_code="R4", title="contradicting")
        Organization.objects.filter(short_name="HarvardX").update(short_name="Harvard")

        assert sorted(listed(browser, f"{RUNS}?{query}")) == found

    def test_is_filtered_by_organization_and_catalog_course(self, browser: Browser, make_run: MakeRun) -> None:
        course_run = make_run("MITx", "6.002x", title="Circuits")
        make_run("MITx", "8.01", title="Mechanics")
        make_run("HarvardX", "6.002x", title="Heroes")
        by_organization = f"{RUNS}?catalog_course__org__id__exact={course_run.catalog_course.org_id}"
        by_catalog_course = f"{RUNS}?catalog_course__id__exact={course_run.catalog_course_id}"

        assert sorted(listed(browser, by_organization)) == ["Circuits", "Mechanics"]
        assert listed(browser, by_catalog_course) == ["Circuits"]
