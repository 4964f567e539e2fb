from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from opaque_keys.edx.keys import CourseKey
from organizations.models import Organization
from pytest_django import DjangoAssertNumQueries, Settings

from openedx_catalog import api, models_api
from openedx_catalog.models import CatalogCourse, CourseRun
from tests.conftest import MakeRun

MakeCatalogCourse = Callable[..., CatalogCourse]
MakeOrganization = Callable[..., Organization]

COURSE_KEY = CourseKey.from_string("course-v1:MITx+6.002x+3T2012")


class TestModelsApi:
    def test_exports_the_models(self) -> None:
        assert (models_api.CatalogCourse, models_api.CourseRun) == (CatalogCourse, CourseRun)


class TestGetCatalogCourse:
    @pytest.mark.parametrize(
        "asked",
        [
            {"key_str": "catalog-course:MITx:6.002x"},
            {"org_code": "MITx", "course_code": "6.002x"},
            {"org_code": "MITX", "course_code": "6.002X"},
        ],
    )
    def test_finds_it_by_its_codes_without_case(
        self, make_catalog_course: MakeCatalogCourse, asked: dict[str, str]
    ) -> None:
        make_catalog_course("MITx", "8.01")
        make_catalog_course("HarvardX", "6.002x")
        catalog_course = make_catalog_course("MITx", "6.002x")

        assert api.get_catalog_course(**asked) == catalog_course

    def test_finds_it_by_its_primary_key_with_its_organization(
        self, make_catalog_course: MakeCatalogCourse, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")

        with django_assert_num_queries(1):
            found = api.get_catalog_course(pk=catalog_course.pk)

            assert found.key_str == "catalog-course:MITx:6.002x"

    @pytest.mark.parametrize(
        "asked",
        [
            {"pk": 0},
            {"key_str": "catalog-course:MITx:8.01"},
            {"key_str": "catalog-course:HarvardX:6.002x"},
            {"key_str": "catalog-course:mitx:6.002X"},
            {"org_code": "MITx", "course_code": "6.002"},
        ],
    )
    def test_refuses_what_is_not_there(self, make_catalog_course: MakeCatalogCourse, asked: dict[str, Any]) -> None:
        make_catalog_course("MITx", "6.002x")

        with pytest.raises(CatalogCourse.DoesNotExist):
            api.get_catalog_course(**asked)

    def test_refuses_a_malformed_key(self) -> None:
        with pytest.raises(ValueError, match="looks like catalog-course:"):
            api.get_catalog_course(key_str="MITx:6.002x")

    @pytest.mark.parametrize("asked", [{}, {"org_code": "MITx"}, {"course_code": "6.002x"}])
    def test_asks_for_enough(self, asked: dict[str, str]) -> None:
        with pytest.raises(TypeError, match="or both org_code and course_code"):
            api.get_catalog_course(**asked)


class TestUpdateCatalogCourse:
    @pytest.mark.parametrize(
        ("changes", "stored"),
        [
            ({}, ("Circuits", "en")),
            ({"title": "Electronics"}, ("Electronics", "en")),
            ({"title": "", "language_short": ""}, ("Circuits", "en")),
            ({"language_short": "zh_HANS"}, ("Circuits", "zh-cn")),
            ({"title": "Electronics", "language_short": "fr"}, ("Electronics", "fr")),
        ],
    )
    def test_changes_what_is_given(
        self, make_catalog_course: MakeCatalogCourse, changes: dict[str, str], stored: tuple[str, str]
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x", title="Circuits", language="en")

        api.update_catalog_course(catalog_course, **changes)

        assert CatalogCourse.objects.values_list("title", "language").get() == stored

    def test_finds_it_by_its_primary_key(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course(title="Circuits")

        api.update_catalog_course(catalog_course.pk, title="Electronics")

        assert CatalogCourse.objects.get().title == "Electronics"

    def test_leaves_what_somebody_else_changed_meanwhile(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course(title="Circuits", language="en")
        CatalogCourse.objects.update(language="fr")

        api.update_catalog_course(catalog_course, title="Electronics")

        assert CatalogCourse.objects.values_list("title", "language").get() == ("Electronics", "fr")

    def test_refuses_a_language_that_is_none(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course(language="en")

        with pytest.raises(IntegrityError), transaction.atomic():
            api.update_catalog_course(catalog_course, language_short="k")

        assert CatalogCourse.objects.get().language == "en"


class TestDeleteCatalogCourse:
    @pytest.mark.parametrize("given", [lambda catalog_course: catalog_course, lambda catalog_course: catalog_course.pk])
    def test_deletes_it(self, make_catalog_course: MakeCatalogCourse, given: Callable[[CatalogCourse], Any]) -> None:
        api.delete_catalog_course(given(make_catalog_course()))

        assert not CatalogCourse.objects.exists()

    def test_is_refused_while_it_has_runs(self, make_run: MakeRun) -> None:
        course_run = make_run()

        with pytest.raises(ProtectedError) as refused:
            api.delete_catalog_course(course_run.catalog_course)

        assert refused.value.protected_objects == {course_run}
        assert CatalogCourse.objects.exists()


class TestGetCourseRun:
    @pytest.mark.parametrize(
        "spelling",
        ["course-v1:MITx+6.002x+3T2012", "ccx-v1:MITx+6.002x+3T2012+ccx@7", "MITx/6.002x/3T2012"],
    )
    def test_finds_it_with_what_it_belongs_to(
        self, make_run: MakeRun, django_assert_num_queries: DjangoAssertNumQueries, spelling: str
    ) -> None:
        make_run("MITx", "6.002x", "3T2012", course_key=spelling)

        with django_assert_num_queries(1):
            found = api.get_course_run(CourseKey.from_string(spelling))

            assert (str(found.course_key), found.catalog_course.key_str) == (spelling, "catalog-course:MITx:6.002x")

    @pytest.mark.parametrize("spelling", ["course-v1:MITx+6.002x+1T2013", "course-v1:MITx+6.002x+3t2012"])
    def test_refuses_what_is_not_there_capitals_included(self, make_run: MakeRun, spelling: str) -> None:
        make_run("MITx", "6.002x", "3T2012")

        with pytest.raises(CourseRun.DoesNotExist):
            api.get_course_run(CourseKey.from_string(spelling))


class TestSyncCourseRunDetails:
    def test_brings_the_runs_title_up_to_date_and_no_other(self, make_run: MakeRun) -> None:
        make_run("MITx", "6.002x", "3T2012", title="Circuits")

        api.sync_course_run_details(COURSE_KEY, title="Electronics")

        assert CourseRun.objects.values_list("title", "catalog_course__title").get() == ("Electronics", "6.002x")

    def test_writes_nothing_where_it_is(
        self, make_run: MakeRun, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        make_run("MITx", "6.002x", "3T2012", title="Circuits")

        with django_assert_num_queries(1):
            api.sync_course_run_details(COURSE_KEY, title="Circuits")

    @pytest.mark.django_db
    def test_refuses_what_is_not_there(self) -> None:
        with pytest.raises(CourseRun.DoesNotExist):
            api.sync_course_run_details(COURSE_KEY, title="Circuits")


@pytest.mark.django_db
class TestCreateCourseRunForModulestoreCourseWith:
    def test_creates_organization_and_catalog_course_as_needed(self, settings: Settings) -> None:
        settings.LANGUAGE_CODE = "fr"

        course_run = api.create_course_run_for_modulestore_course_with(COURSE_KEY, title="Circuits")

        assert CourseRun.objects.get() == course_run
        assert (course_run.course_key, course_run.run_code, course_run.title) == (COURSE_KEY, "3T2012", "Circuits")
        assert CatalogCourse.objects.values_list("org__short_name", "course_code", "title", "language").get() == (
            "MITx",
            "6.002x",
            "Circuits",
            "fr",
        )

    @pytest.mark.parametrize(("language_short", "language"), [("es", "es"), ("zh_HANS", "zh-cn")])
    def test_gives_a_new_catalog_course_the_language(self, language_short: str, language: str) -> None:
        api.create_course_run_for_modulestore_course_with(COURSE_KEY, title="Circuits", language_short=language_short)

        assert CatalogCourse.objects.get().language == language

    def test_gives_a_run_without_a_title_the_course_code(self) -> None:
        course_run = api.create_course_run_for_modulestore_course_with(COURSE_KEY, title="")

        assert (course_run.title, course_run.catalog_course.title) == ("6.002x", "6.002x")

    def test_never_renames_a_catalog_course(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x", title="Electronics", language="en")

        course_run = api.create_course_run_for_modulestore_course_with(
            COURSE_KEY, title="Circuits", language_short="fr"
        )

        assert (course_run.catalog_course, course_run.title) == (catalog_course, "Circuits")
        assert CatalogCourse.objects.values_list("title", "language").get() == ("Electronics", "en")

    @pytest.mark.parametrize("active", [True, False])
    def test_finds_the_organization_without_case_active_or_not(
        self, make_organization: MakeOrganization, caplog: pytest.LogCaptureFixture, active: bool
    ) -> None:
        organization = make_organization("MITX", active=active)

        course_run = api.create_course_run_for_modulestore_course_with(COURSE_KEY, title="Circuits")

        assert course_run.catalog_course.org == organization
        assert caplog.messages == ["The organization of course-v1:MITx+6.002x+3T2012 spells its code MITX."]

    @pytest.mark.parametrize("spelling", ["ccx-v1:MITx+6.002x+3T2012+ccx@7", "MITx/6.002x/3T2012"])
    def test_takes_every_spelling_of_a_key(self, spelling: str) -> None:
        course_run = api.create_course_run_for_modulestore_course_with(
            CourseKey.from_string(spelling), title="Circuits"
        )

        assert (str(course_run.course_key), course_run.run_code) == (spelling, "3T2012")

    def test_returns_the_run_that_is_there_with_a_warning(
        self, make_run: MakeRun, caplog: pytest.LogCaptureFixture
    ) -> None:
        course_run = make_run("MITx", "6.002x", "3T2012", title="Circuits")

        found = api.create_course_run_for_modulestore_course_with(COURSE_KEY, title="Electronics")

        assert (found, found.title) == (course_run, "Circuits")
        assert caplog.messages == ["The run course-v1:MITx+6.002x+3T2012 exists already."]

    def test_refuses_a_course_code_in_other_capitals(self, make_catalog_course: MakeCatalogCourse) -> None:
        make_catalog_course("MITx", "6.002X")

        with pytest.raises(ValidationError, match="is not that of a run 3T2012"):
            api.create_course_run_for_modulestore_course_with(COURSE_KEY, title="Circuits")

        assert not CourseRun.objects.exists()

    @pytest.mark.parametrize(
        "spelling",
        ["course-v1:É+6.002x+3T2012", "library-v1:MITx+6.002x", "course-v1:MITx+6.002x+3T2012+branch@draft"],
    )
    def test_refuses_a_key_that_the_catalog_cannot_hold(self, spelling: str) -> None:
        with pytest.raises(ValidationError) as refused:
            api.create_course_run_for_modulestore_course_with(CourseKey.from_string(spelling), title="Circuits")

        assert refused.value.messages == [f"{spelling} is not the key of a course run, in ASCII."]
        assert not Organization.objects.exists()


class TestDeleteCourseRun:
    def test_deletes_the_run_and_leaves_the_rest(self, make_run: MakeRun) -> None:
        make_run("MITx", "6.002x", "3T2012")
        other = make_run("MITx", "6.002x", "1T2013")

        api.delete_course_run(COURSE_KEY)

        assert CourseRun.objects.get() == other

    @pytest.mark.django_db
    def test_refuses_what_is_not_there(self) -> None:
        with pytest.raises(CourseRun.DoesNotExist):
            api.delete_course_run(COURSE_KEY)
