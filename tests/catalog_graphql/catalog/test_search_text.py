import importlib
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


def written(queries: CaptureQueriesContext) -> list[str]:
    """Return the verbs of the statements on search texts."""
    return [query["sql"].split()[0] for query in queries if "searchtext" in query["sql"]]


def mend() -> list[str]:
    stdout = StringIO()
    call_command("mend_search_text", stdout=stdout)
    return stdout.getvalue().splitlines()


@pytest.mark.django_db
class TestSearchText:
    def test_is_written_with_its_owner(self, make_run: MakeRun) -> None:
        make_run("MITx", title="Straße")

        assert texts() == [["mitx"], ["6.002x"], ["strasse"]]

    @pytest.mark.parametrize("title", TITLES)
    def test_holds_every_title(self, make_run: MakeRun, title: str) -> None:
        make_run(title=title)

        assert texts()[2] == [fold_text(title)]

    def test_holds_the_longest_title(self, make_run: MakeRun) -> None:
        make_run(title="\ufb03" * 255)

        assert texts()[2] == ["ffi" * 255]

    def test_follows_a_title(self, make_run: MakeRun) -> None:
        run = make_run()
        run.title, run.catalog_course.title, run.catalog_course.org.name = "Å", "SS", "Ñ"

        for saved in (run, run.catalog_course, run.catalog_course.org):
            saved.save()

        assert texts() == [["ñ"], ["ss"], ["å"]]

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

        assert texts() == [["mitx"], ["älter"], ["jünger"]]

    def test_is_written_by_fixtures(self, make_run: MakeRun) -> None:
        run = make_run(title="Été")
        owners: list[models.Model] = [run.catalog_course.org, run.catalog_course, run]
        fixture = serializers.serialize("json", owners)
        for owner in reversed(owners):
            owner.delete()

        for restored in serializers.deserialize("json", fixture):
            restored.save()

        assert texts() == [["mitx"], ["6.002x"], ["été"]]


@pytest.mark.django_db
class TestMendSearchText:
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

        assert mend() == [f"{tables[0]}: 0 mended.", f"{tables[1]}: 2 mended.", f"{tables[2]}: 0 mended."]
        assert mend() == [f"{table}: 0 mended." for table in tables]
        assert texts()[2] == ["right", "änderung", "gone"]

    def test_is_what_check_catalog_asks_for(self) -> None:
        found = list(audit.findings())
        mend()

        message = "The title of 2 rows is not what a search looks through: run mend_search_text."
        assert found == [audit.Finding("openedx_catalog_courserun", message)]
        assert list(audit.findings()) == []

    def test_goes_through_them_in_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("catalog_graphql.catalog.search_text._BATCH", 1)

        mend()

        assert texts()[2] == ["right", "änderung", "gone"]


@pytest.mark.django_db
class TestMigrations:
    def test_fill_what_is_missing(self, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
        migration = importlib.import_module("catalog_graphql.migrations.0002_fill_search_texts")
        monkeypatch.setattr(migration, "_BATCH", 1)
        for run_code in "ABC":
            make_run(run_code=run_code, title=f"{run_code} Ü")
        for model in SEARCH_TEXTS:
            model._default_manager.all()[:1].get().delete()

        for _ in range(2):
            migration.fill(apps, SimpleNamespace(connection=connection))

        assert texts() == [["mitx"], ["6.002x"], ["a ü", "b ü", "c ü"]]
