from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from opaque_keys.edx.keys import CourseKey
from organizations.models import Organization
from pytest_django import DjangoAssertNumQueries

from openedx_catalog.models import CatalogCourse, CourseRun
from tests.conftest import MakeRun

MakeCatalogCourse = Callable[..., CatalogCourse]

COURSE_V1 = "course-v1:MITx+6.002x+3T2012"
CCX_V1 = "ccx-v1:MITx+6.002x+3T2012+ccx@7"
SLASHES = "MITx/6.002x/3T2012"


class TestSave:
    def test_makes_the_key_that_is_missing(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")

        CourseRun.objects.create(catalog_course=catalog_course, run_code="3T2012")

        assert CourseRun.objects.get().course_key == CourseKey.from_string(COURSE_V1)

    @pytest.mark.parametrize("title", ["", " ", "\t\n"])
    def test_makes_a_blank_title_the_catalog_courses(self, make_catalog_course: MakeCatalogCourse, title: str) -> None:
        catalog_course = make_catalog_course(title="Circuits")

        CourseRun.objects.create(catalog_course=catalog_course, run_code="3T2012", title=title)

        assert CourseRun.objects.get().title == "Circuits"

    @pytest.mark.parametrize("course_key", [COURSE_V1, CCX_V1, SLASHES])
    def test_takes_every_spelling_of_a_key(self, make_run: MakeRun, course_key: str) -> None:
        make_run("MITx", "6.002x", "3T2012", course_key=course_key)

        assert CourseRun.objects.get().course_key == CourseKey.from_string(course_key)

    @pytest.mark.parametrize(
        "course_key",
        ["course-v1:mitx+6.002x+3T2012", "ccx-v1:mitx+6.002x+3T2012+ccx@7", "mitx/6.002x/3T2012"],
    )
    def test_takes_an_organization_in_other_capitals_with_a_warning(
        self, make_run: MakeRun, caplog: pytest.LogCaptureFixture, course_key: str
    ) -> None:
        make_run("MITx", "6.002x", "3T2012", course_key=course_key)

        assert str(CourseRun.objects.get().course_key) == course_key
        assert caplog.messages == [f"The organization of {course_key} spells its code MITx."]

    def test_does_not_warn_where_the_capitals_agree(self, make_run: MakeRun, caplog: pytest.LogCaptureFixture) -> None:
        make_run("MITx", "6.002x", "3T2012", course_key=COURSE_V1)

        assert caplog.messages == []

    @pytest.mark.parametrize(
        "course_key",
        [
            "course-v1:HarvardX+6.002x+3T2012",
            "course-v1:MITx+8.01+3T2012",
            "course-v1:MITx+6.002X+3T2012",
            "course-v1:MITx+6.002x+3t2012",
            "course-v1:MITx+6.002x+1T2013",
            "ccx-v1:MITx+6.002X+3T2012+ccx@7",
            "ccx-v1:MITx+6.002x+3t2012+ccx@7",
            "MITx/6.002X/3T2012",
            "MITx/6.002x/3t2012",
        ],
    )
    def test_refuses_a_key_of_something_else(self, make_catalog_course: MakeCatalogCourse, course_key: str) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")

        with pytest.raises(ValidationError) as refused:
            CourseRun.objects.create(catalog_course=catalog_course, run_code="3T2012", course_key=course_key)

        assert refused.value.messages == [
            f"The key {course_key} is not that of a run 3T2012 of catalog-course:MITx:6.002x."
        ]
        assert not CourseRun.objects.exists()

    @pytest.mark.parametrize(
        "course_key",
        ["course-v1:É+6.002x+3T2012", "library-v1:MITx+6.002x", "course-v1:MITx+6.002x+3T2012+branch@draft"],
    )
    def test_refuses_a_key_that_the_catalog_cannot_hold(
        self, make_catalog_course: MakeCatalogCourse, course_key: str
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")

        with pytest.raises(ValidationError) as refused:
            CourseRun.objects.create(catalog_course=catalog_course, run_code="3T2012", course_key=course_key)

        assert refused.value.messages == [f"{course_key} is not the key of a course run, in ASCII."]

    @pytest.mark.parametrize("run_code", ["", "3T 2012", "3T+2012", "3T/2012", "3T2012\n"])
    def test_refuses_a_run_code_that_no_key_could_spell(
        self, make_catalog_course: MakeCatalogCourse, run_code: str
    ) -> None:
        catalog_course = make_catalog_course()

        with pytest.raises(ValidationError) as refused:
            CourseRun.objects.create(catalog_course=catalog_course, run_code=run_code)

        assert refused.value.message_dict == {"run_code": ["The run code may hold letters, digits, - . _ ~ and :."]}

    @pytest.mark.parametrize("changed", [{"run_code": "1T2013"}, {"course_key": "course-v1:MITx+8.01+3T2012"}])
    @pytest.mark.parametrize("named", [True, False])
    def test_refuses_a_change_to_something_else(self, make_run: MakeRun, changed: dict[str, str], named: bool) -> None:
        course_run = make_run("MITx", "6.002x", "3T2012")

        for field, value in changed.items():
            setattr(course_run, field, value)
        with pytest.raises(ValidationError, match="is not that of a run"):
            course_run.save(update_fields=list(changed) if named else None)

    def test_refuses_another_catalog_course(self, make_run: MakeRun, make_catalog_course: MakeCatalogCourse) -> None:
        course_run = make_run("MITx", "6.002x", "3T2012")

        course_run.catalog_course = make_catalog_course("MITx", "8.01")
        with pytest.raises(ValidationError) as refused:
            course_run.save(update_fields=["catalog_course"])

        assert refused.value.messages == [
            f"The key {COURSE_V1} is not that of a run 3T2012 of catalog-course:MITx:8.01."
        ]

    def test_goes_by_the_codes_as_they_are_now(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")
        Organization.objects.update(short_name="HarvardX")
        CatalogCourse.objects.update(course_code="8.01")

        CourseRun.objects.create(catalog_course=catalog_course, run_code="3T2012")

        assert str(CourseRun.objects.get().course_key) == "course-v1:HarvardX+8.01+3T2012"

    def test_takes_another_title_where_the_key_was_wrong_before(self, make_run: MakeRun) -> None:
        make_run("MITx", "6.002x", "3T2012")
        CatalogCourse.objects.update(course_code="8.01")
        course_run = CourseRun.objects.get()

        course_run.title = "Circuits"
        course_run.full_clean()
        course_run.save()

        assert CourseRun.objects.get().title == "Circuits"

    def test_changes_a_title_in_one_update(
        self,
        make_run: MakeRun,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        course_run = make_run()

        course_run.title = "Circuits"
        with django_assert_num_queries(6):  # a savepoint around it, two for its history, and its search text
            course_run.save(update_fields=["title"])

        assert CourseRun.objects.get().title == "Circuits"


class TestFullClean:
    def test_completes_what_is_blank(self, make_catalog_course: MakeCatalogCourse) -> None:
        course_run = CourseRun(
            catalog_course=make_catalog_course("MITx", "6.002x", title="Circuits"), run_code="3T2012"
        )

        course_run.full_clean()

        assert (str(course_run.course_key), course_run.title) == (COURSE_V1, "Circuits")

    @pytest.mark.parametrize(
        ("fields", "messages"),
        [
            ({"run_code": ""}, ["This field cannot be blank."]),
            (
                {"run_code": "3t2012"},
                [
                    "There is already a run of this key, case aside.",
                    "The catalog course already has a run of this code, case aside.",
                ],
            ),
            (
                {"run_code": "3T2012", "course_key": SLASHES},
                [
                    "The catalog course already has a run of this code, case aside.",
                ],
            ),
            (
                {"run_code": "1T2013", "course_key": CCX_V1},
                [
                    f"The key {CCX_V1} is not that of a run 1T2013 of catalog-course:MITx:6.002x.",
                    "The run code must be the run of the course key, capitals included.",
                ],
            ),
            ({"run_code": "3T 2012"}, ["The run code may hold letters, digits, - . _ ~ and :."]),
        ],
    )
    def test_says_what_saving_would_refuse(
        self, make_run: MakeRun, fields: dict[str, str], messages: list[str]
    ) -> None:
        catalog_course = make_run("MITx", "6.002x", "3T2012").catalog_course
        course_run = CourseRun(catalog_course=catalog_course, **fields)

        with pytest.raises(ValidationError) as refused:
            course_run.full_clean()

        assert refused.value.messages == messages


class TestCodes:
    @pytest.mark.parametrize(
        "course_key",
        ["course-v1:mitx+6.002x+3T2012", "ccx-v1:mitx+6.002x+3T2012+ccx@7", "mitx/6.002x/3T2012"],
    )
    def test_are_those_of_the_key(self, make_run: MakeRun, course_key: str) -> None:
        course_run = make_run("MITx", "6.002x", "3T2012", course_key=course_key)

        assert (course_run.org_code, course_run.course_code, course_run.run_code) == ("mitx", "6.002x", "3T2012")

    def test_are_shown_with_the_title(self, make_run: MakeRun) -> None:
        course_run = make_run("MITx", "6.002x", "3T2012", title="Circuits")

        assert str(course_run) == f"Circuits ({COURSE_V1})"
