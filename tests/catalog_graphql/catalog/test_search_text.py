import importlib
from collections.abc import Callable
from io import StringIO
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from organizations.models import Organization

from catalog_graphql.catalog import audit, imports
from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.catalog.search_text import CatalogCourseSearchText, CourseRunSearchText, OrganizationSearchText
from catalog_graphql.catalog.text import fold_text
from tests.conftest import MakeRun
from tests.titles import TITLES

SEARCH_TEXTS = (OrganizationSearchText, CatalogCourseSearchText, CourseRunSearchText)


def texts() -> list[list[str]]:
    """Return the search texts of organizations, catalog courses and course runs."""
    return [list(model._default_manager.order_by("pk").values_list("text", flat=True)) for model in SEARCH_TEXTS]


def titles() -> list[str]:
    """Return the titles in the search texts of course runs."""
    return [text.partition("\n")[0] for text in texts()[2]]


def keys_of_runs() -> list[str]:
    return list(CourseRunSearchText.objects.order_by("pk").values_list("key", flat=True))


def written(queries: CaptureQueriesContext) -> list[str]:
    """Return the verbs of the statements on search texts."""
    return [query["sql"].split()[0] for query in queries if "searchtext" in query["sql"]]


def mend() -> list[str]:
    stdout = StringIO()
    call_command("rebuild_search", stdout=stdout)
    return stdout.getvalue().splitlines()


@pytest.mark.django_db
class TestSearchText:
    def test_is_written_with_its_owner(self, make_run: MakeRun) -> None:
        make_run("MITx", "6.002x", "3T2012", title="Straße")

        assert texts() == [["mitx\nmitx"], ["mitx\n6.002x\n6.002x"], ["strasse\n3t2012"]]
        assert CourseRunSearchText.objects.get().key == "course-v1:mitx+6.002x+3t2012"

    def test_of_a_custom_course_holds_its_key(self, make_run: MakeRun) -> None:
        make_run("MITx", "6.002x", "3T2012", course_key="ccx-v1:MITx+6.002x+3T2012+ccx@7", title="Mine")

        assert texts()[2] == ["mine\nccx-v1:mitx+6.002x+3t2012+ccx@7"]

    @pytest.mark.parametrize("title", TITLES)
    def test_holds_every_title(self, make_run: MakeRun, title: str) -> None:
        make_run(title=title)

        assert titles() == [fold_text(title)]

    def test_holds_the_longest_title(self, make_run: MakeRun) -> None:
        make_run(title="\ufb03" * 255)

        assert titles() == ["ffi" * 255]

    def test_follows_a_title(self, make_run: MakeRun) -> None:
        run = make_run("MITx", "6.002x", "3T2012")
        run.title, run.catalog_course.title, run.catalog_course.org.name = "Å", "SS", "Ñ"

        for saved in (run, run.catalog_course, run.catalog_course.org):
            saved.save()

        assert texts() == [["mitx\nñ"], ["mitx\n6.002x\nss"], ["å\n3t2012"]]

    def test_follows_the_code_of_an_organization(self, make_catalog_course: Callable[..., CatalogCourse]) -> None:
        for course_code in ("6.002x", "8.02x"):
            make_catalog_course("MITx", course_code)
        make_catalog_course("HarvardX", "CB22x")
        organization = Organization.objects.get(short_name="MITx")
        organization.short_name = "ETHx"

        with CaptureQueriesContext(connection) as queries:
            organization.save()

        assert sorted(text.rpartition("\n")[0] for text in texts()[1]) == [
            "ethx\n6.002x",
            "ethx\n8.02x",
            "harvardx\ncb22x",
        ]
        assert written(queries).count("INSERT") == 2  # The organization's, and those of its courses.

    def test_follows_a_course_code_and_an_organization(
        self, make_catalog_course: Callable[..., CatalogCourse], make_organization: Callable[..., Organization]
    ) -> None:
        catalog_course = make_catalog_course("MITx", "6.002x", title="Circuits")
        catalog_course.course_code = "8.02x"
        catalog_course.save(update_fields=["course_code"])
        changed = texts()[1]
        catalog_course.org = make_organization("ETHx")
        catalog_course.save()

        assert [changed, texts()[1]] == [["mitx\n8.02x\ncircuits"], ["ethx\n8.02x\ncircuits"]]

    def test_takes_one_statement_where_the_title_may_have_changed(self, make_run: MakeRun) -> None:
        run = make_run()

        with CaptureQueriesContext(connection) as whole:
            run.save()
        with CaptureQueriesContext(connection) as title:
            run.save(update_fields=["title"])
        with CaptureQueriesContext(connection) as created:
            run.save(update_fields=["created"])

        assert [written(whole), written(title), written(created)] == [["INSERT"], ["INSERT"], []]

    def test_goes_with_its_owner(self, make_run: MakeRun) -> None:
        run = make_run()

        with CaptureQueriesContext(connection) as queries:
            run.delete()
        run.catalog_course.delete()
        run.catalog_course.org.delete()

        assert written(queries) == ["DELETE"]
        assert texts() == [[], [], []]

    def test_is_written_by_imports(self) -> None:
        def take(title: str) -> None:
            row = imports.make_row(line=1, course_key="course-v1:MITx+6.002x+A", title=title)
            imports.sync_course_runs([row], all_or_nothing=False, dry_run=False)

        take("Älter")
        take("Jünger")

        assert texts() == [["mitx\nmitx"], ["mitx\n6.002x\nälter"], ["jünger\na"]]
        assert CourseRunSearchText.objects.get().key == "course-v1:mitx+6.002x+a"

    def test_is_written_by_fixtures(self, make_run: MakeRun) -> None:
        run = make_run("MITx", "6.002x", "3T2012", title="Été")
        before = texts()
        owners: list[models.Model] = [run.catalog_course.org, run.catalog_course, run]
        fixture = serializers.serialize("json", owners)
        for owner in reversed(owners):
            owner.delete()

        for restored in serializers.deserialize("json", fixture):
            restored.save()

        assert texts() == before


@pytest.mark.django_db
class TestRebuildSearch:
    @pytest.fixture(autouse=True)
    def stale(self, make_run: MakeRun) -> None:
        """A run that SQL has renamed, and another one whose search text is missing."""
        make_run(run_code="A", title="Right")
        make_run(run_code="B", title="Renamed")
        make_run(run_code="C", title="Gone")
        CourseRun.objects.filter(run_code="B").update(title="ÄNDERUNG")
        CourseRunSearchText.objects.filter(owner__run_code="C").delete()

    def test_writes_what_is_missing_or_wrong(self) -> None:
        tables = [model._meta.db_table for model in (CatalogCourse, CourseRun, Organization)]

        assert mend() == [f"{tables[0]}: 0 rewritten.", f"{tables[1]}: 2 rewritten.", f"{tables[2]}: 0 rewritten."]
        assert mend() == [f"{table}: 0 rewritten." for table in tables]
        assert titles() == ["right", "änderung", "gone"]

    def test_is_what_check_catalog_asks_for(self) -> None:
        found = list(audit.findings())
        mend()

        message = "The search text of 2 rows is outdated: run rebuild_search."
        assert found == [audit.Finding("openedx_catalog_courserun", message)]
        assert list(audit.findings()) == []

    def test_goes_through_them_in_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("catalog_graphql.catalog.search_text._BATCH", 1)

        mend()

        assert titles() == ["right", "änderung", "gone"]


@pytest.mark.django_db
class TestMigrations:
    def test_fill_what_is_missing(self, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
        migration = importlib.import_module("catalog_graphql.migrations.0004_write_codes_into_search_texts")
        monkeypatch.setattr(migration, "_BATCH", 1)
        for run_code in "ABC":
            make_run("MITx", "6.002x", run_code, title=f"{run_code} Ü")
        before = texts(), keys_of_runs()
        for model in SEARCH_TEXTS:
            model._default_manager.all()[:1].get().delete()
        CourseRunSearchText.objects.update(text="only the title", key="")

        for _ in range(2):
            migration.write(apps, SimpleNamespace(connection=connection))

        assert (texts(), keys_of_runs()) == before
