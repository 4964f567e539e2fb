from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from organizations.models import Organization
from pytest_django import DjangoAssertNumQueries

from openedx_catalog.models import CatalogCourse, CourseRun
from tests.conftest import MakeRun

MakeOrganization = Callable[..., Organization]


class TestGuardRenaming:
    @pytest.mark.parametrize("org_code", ["MITX", "mitx"])
    def test_allows_other_capitals(self, make_run: MakeRun, org_code: str) -> None:
        organization = make_run("MITx").catalog_course.org

        organization.short_name = org_code
        organization.save()

        assert Organization.objects.get().short_name == org_code

    @pytest.mark.parametrize(
        "course_key",
        [
            "course-v1:MITx+6.002x+3T2012",
            "course-v1:mitx+6.002x+3T2012",
            "ccx-v1:MITx+6.002x+3T2012+ccx@7",
            "MITx/6.002x/3T2012",
        ],
    )
    def test_refuses_what_contradicts_a_run(self, make_run: MakeRun, course_key: str) -> None:
        organization = make_run("MITx", "6.002x", "3T2012", course_key=course_key).catalog_course.org

        organization.short_name = "HarvardX"
        with pytest.raises(ValidationError) as refused:
            organization.save()

        assert refused.value.message_dict == {
            "short_name": [f"The code HarvardX would contradict the run {course_key}."]
        }
        assert Organization.objects.get().short_name == "MITx"

    def test_allows_anything_while_there_are_no_runs(
        self, make_catalog_course: Callable[..., CatalogCourse], make_run: MakeRun
    ) -> None:
        make_run("HarvardX")
        organization = make_catalog_course("MITx").org

        organization.short_name = "MIT"
        organization.save()

        assert Organization.objects.get(pk=organization.pk).short_name == "MIT"

    def test_allows_what_puts_wrong_keys_right(self, make_run: MakeRun) -> None:
        organization = make_run("MITx").catalog_course.org
        Organization.objects.update(short_name="Wrong")
        organization.refresh_from_db()

        organization.short_name = "mitx"
        organization.save()

        assert Organization.objects.get().short_name == "mitx"

    def test_refuses_what_puts_only_some_wrong_keys_right(
        self, make_run: MakeRun, make_organization: MakeOrganization
    ) -> None:
        organization = make_organization("Wrong")
        make_run("MITx", "6.002x", "3T2012")
        make_run("HarvardX", "CB22x", "2013_Spring")
        CatalogCourse.objects.update(org=organization)

        organization.short_name = "MITx"
        with pytest.raises(ValidationError) as refused:
            organization.save()

        assert refused.value.messages == [
            "The code MITx would contradict the run course-v1:HarvardX+CB22x+2013_Spring."
        ]

    def test_lets_an_organization_with_wrong_keys_change_the_rest(self, make_run: MakeRun) -> None:
        organization = make_run("MITx").catalog_course.org
        Organization.objects.update(short_name="Wrong")
        organization.refresh_from_db()

        organization.name = "MIT on edX"
        organization.save()

        assert Organization.objects.get().name == "MIT on edX"

    @pytest.mark.parametrize("update_fields", [["name"], {"name", "active"}, []])
    def test_does_not_check_what_leaves_the_short_name_alone(
        self,
        make_run: MakeRun,
        django_assert_num_queries: DjangoAssertNumQueries,
        update_fields: list[str],
    ) -> None:
        organization = make_run("MITx").catalog_course.org

        organization.short_name = "HarvardX"
        with django_assert_num_queries(3 if update_fields else 0):  # the update, its history and its search text
            organization.save(update_fields=update_fields)

        assert Organization.objects.get().short_name == "MITx"

    def test_costs_the_same_few_queries_for_any_number_of_runs(self, make_run: MakeRun) -> None:
        organization = make_run("MITx", run_code="0T2012").catalog_course.org
        organization.short_name = "HarvardX"

        with CaptureQueriesContext(connection) as for_one_run, pytest.raises(ValidationError):
            organization.save()
        for number in range(1, 5):
            make_run("MITx", run_code=f"{number}T2012")
        with CaptureQueriesContext(connection) as for_five, pytest.raises(ValidationError):
            organization.save()

        assert len(for_one_run) == len(for_five) <= 5  # a savepoint and its end, the lock, the runs

    def test_leaves_a_new_organization_alone(self, make_run: MakeRun, make_organization: MakeOrganization) -> None:
        make_run("MITx")

        make_organization("HarvardX")
        Organization(pk=4321, short_name="EdX", name="EdX").save()

        assert set(Organization.objects.values_list("short_name", flat=True)) == {"MITx", "HarvardX", "EdX"}

    def test_leaves_a_loaded_fixture_alone(self, make_run: MakeRun) -> None:
        organization = make_run("MITx").catalog_course.org

        organization.short_name = "HarvardX"
        organization.save_base(raw=True)

        assert Organization.objects.get().short_name == "HarvardX"
        assert CourseRun.objects.get().org_code == "MITx"
