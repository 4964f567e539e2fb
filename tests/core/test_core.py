"""What makes up for what openedx-core's tables lack."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from opaque_keys.edx.keys import CourseKey

from catalog_graphql.catalog import audit, indexes
from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.checks import check_mariadb, check_one_catalog
from tests.conftest import MakeRun
from tests.core.differences import DIFFERENT

KEY = "course-v1:MITx+6.002x+3T2012"


def run(command: str, *arguments: str) -> list[str]:
    stdout = StringIO()
    call_command(command, *arguments, stdout=stdout)
    return stdout.getvalue().splitlines()


def indexed() -> set[tuple[str, ...]]:
    """Return what the catalog's tables have indexes of."""
    with connection.cursor() as cursor:
        return {
            (model.__name__, *constraint["columns"])
            for model in (CatalogCourse, CourseRun)
            for constraint in connection.introspection.get_constraints(cursor, model._meta.db_table).values()
            if constraint["index"]
        }


@pytest.mark.django_db(transaction=True)
class TestIndexCatalog:
    def test_creates_the_indexes_and_takes_them_back(self) -> None:
        before = indexed()
        wanted = [(model, index) for model, of_model in indexes.WANTED.items() for index in of_model]
        columns = {
            (model.__name__, *(model._meta.get_field(field).column for field in index.fields))  # type: ignore[union-attr]
            for model, index in wanted
        }

        created = run("index_catalog")
        with_them = indexed()
        again = run("index_catalog")
        dropped = run("index_catalog", "--drop")
        nothing = run("index_catalog", "--drop")

        assert created == [f"{index.name} created." for _, index in wanted]
        assert with_them - before == columns
        assert again == ["All indexes are there."]
        assert dropped == [f"{index.name} dropped." for _, index in wanted]
        assert nothing == ["There is nothing to drop."]
        assert indexed() == before


@pytest.mark.django_db
class TestCheckCatalog:
    def test_finds_nothing_wrong_with_a_catalog(self, make_run: MakeRun) -> None:
        make_run()

        assert not [finding for finding in audit.findings() if "oex_catalog" not in finding.message]

    def test_finds_titles_of_spaces(self, make_run: MakeRun) -> None:
        make_run()
        CourseRun.objects.update(title="  ")

        assert audit.Finding("openedx_catalog_courserun", "The title of 1 row should hold more than spaces.") in list(
            audit.findings()
        )

    def test_finds_keys_and_codes_that_differ_by_case_alone(self, make_run: MakeRun) -> None:
        """Where the unique indexes are missing, as MariaDB leaves them out."""
        run = make_run()
        if connection.vendor != "sqlite":
            pytest.skip("needs SQLite, whose unique indexes are easily dropped")
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX oex_catalog_courserun_course_key_ci")
            cursor.execute("DROP INDEX oex_catalog_catalogcourse_org_code_uniq_ci")
        CatalogCourse.objects.bulk_create([CatalogCourse(org=run.catalog_course.org, course_code="6.002X", title="T")])
        CourseRun.objects.bulk_create(
            [
                CourseRun(
                    catalog_course=CatalogCourse.objects.get(course_code="6.002X"),
                    course_key=CourseKey.from_string("course-v1:MITx+6.002X+3T2012"),
                    run_code="3T2012",
                    title="T",
                )
            ]
        )

        found = {finding for finding in audit.findings() if "case aside" in finding.message}

        assert found == {
            audit.Finding(KEY.lower(), "The key should be that of one run, case aside, and is that of 2."),
            audit.Finding(
                "catalog-course:MITx:6.002x", "The key should be that of one course, case aside, and is that of 2."
            ),
        }


@pytest.mark.django_db
class TestConstraints:
    @pytest.mark.parametrize(
        "write",
        [
            lambda run: CourseRun.objects.filter(pk=run.pk).update(title=""),
            lambda run: CatalogCourse.objects.update(course_code=""),
            lambda run: CatalogCourse.objects.update(language="EN"),
        ],
    )
    def test_hold_below_the_models(self, make_run: MakeRun, write: Callable[[CourseRun], Any]) -> None:
        run = make_run()

        with pytest.raises(IntegrityError), transaction.atomic():
            write(run)


@pytest.mark.django_db
class TestChecks:
    def test_take_openedx_core_alone(self) -> None:
        assert check_one_catalog() == []

    def test_refuse_it_beside_our_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("catalog_graphql.checks.metadata.distribution", lambda name: name)

        assert [error.id for error in check_one_catalog()] == ["catalog_graphql.E003"]

    @pytest.mark.parametrize(("is_mariadb", "ids"), [(True, ["catalog_graphql.W001"]), (False, [])])
    def test_warn_of_mariadb(self, is_mariadb: bool, ids: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection, "mysql_is_mariadb", is_mariadb, raising=False)

        assert [warning.id for warning in check_mariadb(databases=["default"])] == ids


class TestDocs:
    def test_list_what_does_not_hold(self) -> None:
        page = (Path(__file__).parents[2] / "docs/reference/openedx-core.md").read_text()

        assert [difference.reason for difference in DIFFERENT if difference.reason not in page] == []
