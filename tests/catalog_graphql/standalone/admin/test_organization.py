from collections.abc import Callable

import pytest
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse
from tests.catalog_graphql.standalone.admin.browsing import ORGANIZATIONS, Browser, count_queries, listed, page_of
from tests.conftest import MakeRun

MakeOrganization = Callable[..., Organization]
MakeCatalogCourse = Callable[..., CatalogCourse]


class TestOrganizationPage:
    def test_says_which_run_a_new_code_would_contradict(self, browser: Browser, make_run: MakeRun) -> None:
        organization = make_run("MITx").catalog_course.org

        page = browser.open(page_of(organization)).submit("organization_form", short_name="MIT")

        assert page.errors == ["The code MIT would contradict the run course-v1:MITx+6.002x+3T2012."]
        assert Organization.objects.get().short_name == "MITx"

    @pytest.mark.parametrize("org_code", ["mitx", "MITX"])
    def test_allows_other_capitals(self, browser: Browser, make_run: MakeRun, org_code: str) -> None:
        organization = make_run("MITx").catalog_course.org

        page = browser.open(page_of(organization)).submit("organization_form", short_name=org_code, name="MIT")

        assert page.errors == []
        assert list(Organization.objects.values_list("short_name", "name")) == [(org_code, "MIT")]

    def test_adds_an_organization(self, browser: Browser) -> None:
        browser.open(f"{ORGANIZATIONS}add/").submit("organization_form", short_name="MITx", name="MIT", active="on")

        assert list(Organization.objects.values_list("short_name", "name", "active")) == [("MITx", "MIT", True)]

    def test_refuses_deletion_while_there_are_catalog_courses(
        self, browser: Browser, make_catalog_course: MakeCatalogCourse
    ) -> None:
        organization = make_catalog_course("MITx").org

        page = browser.open(f"{ORGANIZATIONS}{organization.pk}/delete/")

        assert "MITx (MITx) has 1 catalog course, to be deleted first." in page.text


class TestOrganizationList:
    def test_asks_as_many_queries_for_thirty_rows_as_for_three(
        self, browser: Browser, make_organization: MakeOrganization
    ) -> None:
        for number in range(3):
            make_organization(f"Org{number}")
        queries_for_three = count_queries(browser, ORGANIZATIONS)
        for number in range(3, 30):
            make_organization(f"Org{number}")

        assert count_queries(browser, ORGANIZATIONS) == queries_for_three
        assert len(listed(browser, ORGANIZATIONS)) == 30
