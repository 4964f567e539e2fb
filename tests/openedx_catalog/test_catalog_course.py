from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from organizations.models import Organization
from pytest_django import DjangoAssertNumQueries, Settings

from openedx_catalog.models import CatalogCourse, CourseRun
from openedx_catalog.models.catalog_course import find_organization
from tests.conftest import MakeRun

MakeCatalogCourse = Callable[..., CatalogCourse]
MakeOrganization = Callable[..., Organization]


class TestFindOrganization:
    @pytest.mark.parametrize("active", [True, False])
    @pytest.mark.parametrize("org_code", ["MITx", "mitx"])
    def test_finds_it_without_case_active_or_not(
        self, make_organization: MakeOrganization, org_code: str, active: bool
    ) -> None:
        organization = make_organization("MITx", active=active)

        assert find_organization(org_code) == organization

    @pytest.mark.parametrize("org_code", ["", "MIT", "MIT_", "MIT%"])
    def test_refuses_any_other(self, make_organization: MakeOrganization, org_code: str) -> None:
        make_organization("MITx")

        with pytest.raises(Organization.DoesNotExist):
            find_organization(org_code)

    @pytest.mark.parametrize("org_code", ["x" * 256, "MITx\0"])
    def test_does_not_ask_for_what_not_every_database_can_be_asked(
        self, db: None, django_assert_num_queries: DjangoAssertNumQueries, org_code: str
    ) -> None:
        with django_assert_num_queries(0), pytest.raises(Organization.DoesNotExist):
            find_organization(org_code)

    @pytest.mark.parametrize(("org_code", "found"), [("MITX", "MITX"), ("MITx", "MITx"), ("mitx", "MITX")])
    def test_prefers_the_spelling_then_the_oldest(
        self, make_organization: MakeOrganization, needs_org_codes_that_differ_by_case: None, org_code: str, found: str
    ) -> None:
        make_organization("MITX")
        make_organization("MITx")

        assert find_organization(org_code).short_name == found


class TestSave:
    @pytest.mark.parametrize("title", ["", " ", "\t\n"])
    def test_makes_a_blank_title_the_course_code(self, make_catalog_course: MakeCatalogCourse, title: str) -> None:
        catalog_course = make_catalog_course(course_code="6.002x", title=title)

        catalog_course.refresh_from_db()

        assert catalog_course.title == "6.002x"

    @pytest.mark.parametrize(("spelling", "language"), [("zh-hans", "zh-cn"), ("zh-hant", "zh-hk"), ("fr-ca", "fr-ca")])
    def test_spells_chinese_as_the_catalog_does(
        self, make_catalog_course: MakeCatalogCourse, spelling: str, language: str
    ) -> None:
        catalog_course = make_catalog_course(language=spelling)

        catalog_course.refresh_from_db()

        assert catalog_course.language == language

    @pytest.mark.parametrize(
        ("language_code", "language"), [("fr", "fr"), ("en-us", "en-us"), ("pt_BR", "pt-br"), ("zh-hans", "zh-cn")]
    )
    def test_takes_the_sites_language_by_default(
        self,
        make_catalog_course: MakeCatalogCourse,
        settings: Settings,
        language_code: str,
        language: str,
    ) -> None:
        settings.LANGUAGE_CODE = language_code

        catalog_course = make_catalog_course()

        assert catalog_course.language == language

    @pytest.mark.parametrize("course_code", ["8.01", "6.002X"])
    def test_refuses_a_course_code_that_contradicts_a_run(self, make_run: MakeRun, course_code: str) -> None:
        catalog_course = make_run("MITx", "6.002x", "3T2012").catalog_course

        catalog_course.course_code = course_code
        with pytest.raises(ValidationError) as refused:
            catalog_course.save()

        assert refused.value.messages == [
            f"catalog-course:MITx:{course_code} would contradict the run course-v1:MITx+6.002x+3T2012."
        ]
        assert CatalogCourse.objects.get().course_code == "6.002x"

    def test_refuses_an_organization_that_contradicts_a_run(
        self, make_run: MakeRun, make_organization: MakeOrganization
    ) -> None:
        catalog_course = make_run("MITx", "6.002x", "3T2012").catalog_course

        catalog_course.org = make_organization("HarvardX")
        with pytest.raises(ValidationError) as refused:
            catalog_course.save(update_fields=["org"])

        assert refused.value.messages == [
            "catalog-course:HarvardX:6.002x would contradict the run course-v1:MITx+6.002x+3T2012."
        ]
        assert CatalogCourse.objects.get().org_code == "MITx"

    def test_takes_any_codes_while_there_are_no_runs(
        self, make_catalog_course: MakeCatalogCourse, make_organization: MakeOrganization
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x")

        catalog_course.org = make_organization("HarvardX")
        catalog_course.course_code = "8.01"
        catalog_course.save()

        assert CatalogCourse.objects.get().key_str == "catalog-course:HarvardX:8.01"

    def test_takes_codes_that_put_wrong_keys_right(
        self, make_run: MakeRun, make_organization: MakeOrganization
    ) -> None:
        catalog_course = make_run("MITx", "6.002x", "3T2012").catalog_course
        CatalogCourse.objects.update(org=make_organization("HarvardX"), course_code="8.01")

        catalog_course.save()

        assert CatalogCourse.objects.get().key_str == "catalog-course:MITx:6.002x"

    def test_takes_another_title_where_the_codes_were_wrong_before(
        self, make_run: MakeRun, make_organization: MakeOrganization
    ) -> None:
        make_run("MITx", "6.002x", "3T2012")
        CatalogCourse.objects.update(org=make_organization("HarvardX"))
        catalog_course = CatalogCourse.objects.get()

        catalog_course.title = "Circuits"
        catalog_course.full_clean()
        catalog_course.save()

        assert CatalogCourse.objects.get().title == "Circuits"

    def test_checks_the_organization_as_it_is_now(self, make_run: MakeRun) -> None:
        catalog_course = make_run("MITx", "6.002x", "3T2012").catalog_course
        Organization.objects.update(short_name="HarvardX")

        catalog_course.course_code = "8.01"
        with pytest.raises(ValidationError, match=r"catalog-course:HarvardX:8\.01 would contradict"):
            catalog_course.save()

    def test_looks_at_no_run_where_the_codes_are_not_saved(
        self,
        make_run: MakeRun,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        catalog_course = make_run().catalog_course

        catalog_course.title = "Circuits"
        with django_assert_num_queries(6) as queries:  # a savepoint, two for the history, the search text
            catalog_course.save(update_fields=["title"])

        assert not any(CourseRun._meta.db_table in query["sql"] for query in queries.captured_queries)


class TestFullClean:
    def test_completes_what_is_blank(self, make_organization: MakeOrganization) -> None:
        catalog_course = CatalogCourse(org=make_organization(), course_code="6.002x", language="zh-hans")

        catalog_course.full_clean()

        assert (catalog_course.title, catalog_course.language) == ("6.002x", "zh-cn")

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"course_code": ""}, "This field cannot be blank."),
            ({"course_code": "6.002X"}, "The organization already has a course of this code, case aside."),
            ({"course_code": "6+002x"}, "The course code may hold letters, digits, - . _ ~ and :."),
            ({"language": "EN"}, "A language is lowercase and hyphenated, such as en, fr-ca or zh-cn."),
        ],
    )
    def test_says_what_the_database_would_refuse(
        self, make_catalog_course: MakeCatalogCourse, fields: dict[str, str], message: str
    ) -> None:
        org = make_catalog_course("MITx", "6.002x").org
        catalog_course = CatalogCourse(**{"org": org, "course_code": "8.01", **fields})

        with pytest.raises(ValidationError) as refused:
            catalog_course.full_clean()

        assert refused.value.messages == [message]

    def test_says_which_run_another_code_would_contradict(self, make_run: MakeRun) -> None:
        catalog_course = make_run("MITx", "6.002x", "3T2012").catalog_course

        catalog_course.course_code = "8.01"
        with pytest.raises(ValidationError) as refused:
            catalog_course.full_clean()

        assert refused.value.messages == [
            "catalog-course:MITx:8.01 would contradict the run course-v1:MITx+6.002x+3T2012."
        ]


class TestDelete:
    def test_is_refused_while_there_are_runs(self, make_run: MakeRun) -> None:
        catalog_course = make_run().catalog_course

        with pytest.raises(ProtectedError):
            catalog_course.delete()

    def test_of_its_organization_is_refused(self, make_catalog_course: MakeCatalogCourse) -> None:
        organization = make_catalog_course().org

        with pytest.raises(ProtectedError):
            organization.delete()


class TestOrgCode:
    def test_is_the_organizations_own_spelling(self, make_run: MakeRun) -> None:
        course_run = make_run("MITx", "6.002x", "3T2012")

        Organization.objects.update(short_name="MITX")

        assert CatalogCourse.objects.get().org_code == "MITX"
        assert course_run.org_code == "MITx"

    @pytest.mark.parametrize("active", [True, False])
    @pytest.mark.parametrize("org_code", ["HarvardX", "harvardx", "HARVARDX"])
    def test_set_finds_the_organization_without_case_active_or_not(
        self,
        make_catalog_course: MakeCatalogCourse,
        make_organization: MakeOrganization,
        org_code: str,
        active: bool,
    ) -> None:
        organization = make_organization("HarvardX", active=active)
        catalog_course = make_catalog_course("MITx")

        catalog_course.org_code = org_code

        assert catalog_course.org == organization
        assert catalog_course.org_code == "HarvardX"

    def test_set_is_refused_where_there_is_no_such_organization(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course("MITx")

        with pytest.raises(Organization.DoesNotExist, match="There is no organization 'MIT_'"):
            catalog_course.org_code = "MIT_"


class TestLanguageShort:
    @pytest.mark.parametrize(
        ("language", "language_short"),
        [("en", "en"), ("fr-ca", "fr"), ("zh-cn", "zh_HANS"), ("zh-hk", "zh_HANT")],
    )
    def test_is_the_older_spelling(self, language: str, language_short: str) -> None:
        assert CatalogCourse(language=language).language_short == language_short

    @pytest.mark.parametrize(
        ("language_short", "language"), [("en", "en"), ("zh_HANS", "zh-cn"), ("zh_HANT", "zh-hk"), ("pt_BR", "pt-br")]
    )
    def test_set_sets_the_language(self, language_short: str, language: str) -> None:
        catalog_course = CatalogCourse()

        catalog_course.language_short = language_short

        assert catalog_course.language == language


class TestKeyStr:
    def test_is_made_of_the_codes(self, make_catalog_course: MakeCatalogCourse) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x", title="Circuits")

        assert catalog_course.key_str == "catalog-course:MITx:6.002x"
        assert str(catalog_course) == "Circuits (catalog-course:MITx:6.002x)"
