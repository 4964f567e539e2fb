from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, models
from organizations.models import Organization

from catalog_graphql.catalog import audit
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from tests.conftest import MakeRun


def check_catalog() -> tuple[int, list[str]]:
    """Return the command's exit code and the lines it printed, none of them about search texts."""
    call_command("rebuild_search", stdout=StringIO())
    stdout = StringIO()
    try:
        call_command("check_catalog", stdout=stdout)
    except SystemExit as end:
        return int(end.code or 0), stdout.getvalue().splitlines()
    return 0, stdout.getvalue().splitlines()


@pytest.mark.django_db
class TestCheckCatalog:
    def test_finds_nothing_in_an_empty_catalog(self) -> None:
        assert check_catalog() == (0, ["The catalog is as it should be."])

    def test_finds_nothing_wrong_with_what_save_allows(self, make_run: MakeRun) -> None:
        make_run("MITx", "6.002x", "3T2012", schedule={})
        make_run("MITx", "6.002x", "3T2012", course_key="ccx-v1:MITx+6.002x+3T2012+ccx@7")
        make_run("MITx", "6.002x", "1T2013", course_key="MITx/6.002x/1T2013")
        make_run("MITx", "6.002x", "2T2013", course_key="course-v1:mitx+6.002x+2T2013")

        assert check_catalog() == (0, ["The catalog is as it should be."])

    @pytest.mark.parametrize(
        "course_key",
        ["course-v1:MITx+6.002x+3T2012", "ccx-v1:MITx+6.002x+3T2012+ccx@7", "MITx/6.002x/3T2012"],
    )
    def test_finds_a_key_of_another_organization(self, make_run: MakeRun, course_key: str) -> None:
        make_run("HarvardX", "CB22x", "2013_Spring")
        organization = make_run("MITx", "6.002x", "3T2012", course_key=course_key).catalog_course.org

        Organization.objects.filter(pk=organization.pk).update(short_name="Wrong")

        assert check_catalog() == (
            1,
            [
                f"{course_key}: The key should name the organization Wrong,"
                " as its catalog course is catalog-course:Wrong:6.002x.",
                "1 finding.",
            ],
        )

    @pytest.mark.parametrize("org_code", ["Org With Space", "plus+org", "slash/org", "co:lon", "Éco", "", "a\x1bb"])
    def test_finds_an_organization_that_no_key_can_name(
        self, make_organization: Callable[..., Organization], org_code: str
    ) -> None:
        make_organization(org_code, name="Old")

        assert check_catalog() == (
            1,
            [
                f"{org_code!r}: The organization's code should hold letters, digits, - . and _, and at least one of "
                "them.",
                "1 finding.",
            ],
        )

    @pytest.mark.parametrize("course_code", ["8.01", "6.002X"])
    def test_finds_a_key_of_another_course(self, make_run: MakeRun, course_code: str) -> None:
        make_run("MITx", "6.002x", "3T2012")

        CatalogCourse.objects.update(course_code=course_code)

        assert check_catalog() == (
            1,
            [
                f"course-v1:MITx+6.002x+3T2012: The key should name the course {course_code},"
                f" as its catalog course is catalog-course:MITx:{course_code}.",
                "1 finding.",
            ],
        )

    def test_finds_both_in_one_key(self, make_run: MakeRun) -> None:
        make_run("MITx", "6.002x", "3T2012")

        CourseRun.objects.update(course_key="course-v1:HarvardX+CB22x+3T2012")

        assert check_catalog() == (
            1,
            [
                "course-v1:HarvardX+CB22x+3T2012: The key should name the organization MITx,"
                " as its catalog course is catalog-course:MITx:6.002x.",
                "course-v1:HarvardX+CB22x+3T2012: The key should name the course 6.002x,"
                " as its catalog course is catalog-course:MITx:6.002x.",
                "2 findings.",
            ],
        )

    def test_finds_organizations_that_differ_by_case_alone(
        self, make_organization: Callable[..., Organization], needs_org_codes_that_differ_by_case: None
    ) -> None:
        for org_code in ("MITx", "HarvardX", "MITX", "mitx"):
            make_organization(org_code)

        assert check_catalog() == (
            1,
            [
                "MITX: The code should differ from that of the organization MITx by more than case.",
                "mitx: The code should differ from that of the organization MITx by more than case.",
                "2 findings.",
            ],
        )

    def test_looks_at_every_run_in_batches(self, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(audit, "_BATCH", 2)
        for number in range(5):
            make_run("MITx", "6.002x", f"{number}T2012")

        Organization.objects.update(short_name="Wrong")

        exit_code, lines = check_catalog()
        assert exit_code == 1
        assert [line.partition(": ")[0] for line in lines] == [
            *(f"course-v1:MITx+6.002x+{number}T2012" for number in range(5)),
            "5 findings.",
        ]

    def test_parses_no_key(self, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
        make_run("MITx", "6.002x", "3T2012")
        parsed: list[object] = []
        monkeypatch.setattr("opaque_keys.edx.keys.CourseKey.from_string", parsed.append)

        check_catalog()

        assert parsed == []


@pytest.fixture
def without() -> Iterator[Callable[[type[models.Model], str], None]]:
    """Return a function that drops a constraint or index of a model until the test ends."""
    if connection.vendor == "sqlite":
        pytest.skip("needs PostgreSQL, MySQL or MariaDB, whose tables are audited: set DATABASE_URL")
    dropped: list[tuple[type[models.Model], models.BaseConstraint | models.Index]] = []

    def drop(model: type[models.Model], name: str) -> None:
        declared = next(it for it in (*model._meta.constraints, *model._meta.indexes) if it.name == name)
        with connection.schema_editor() as schema_editor:
            if isinstance(declared, models.Index):
                schema_editor.remove_index(model, declared)
            else:
                schema_editor.remove_constraint(model, declared)
        dropped.append((model, declared))

    yield drop

    for model, declared in dropped:
        model._default_manager.all().delete()
        with connection.schema_editor() as schema_editor:
            if isinstance(declared, models.Index):
                schema_editor.add_index(model, declared)
            else:
                schema_editor.add_constraint(model, declared)


@pytest.mark.django_db(transaction=True)
class TestCheckCatalogOfTables:
    @pytest.mark.parametrize(
        ("model", "name", "described"),
        [
            (CourseRun, "oex_catalog_courserun_title", "the index"),
            (CourseRun, "oex_catalog_courserun_course_key_unique", "the unique constraint"),
            (CourseRun, "oex_catalog_courserun_course_key_run_code_match_exactly", "the constraint"),
            (CatalogCourse, "oex_catalog_catalogcourse_org_course_code_unique", "the unique constraint"),
            (CatalogCourse, "oex_catalog_catalogcourse_title_not_blank", "the constraint"),
            (CourseSchedule, "oex_catalog_schedule_start", "the index"),
        ],
    )
    def test_finds_what_a_table_lacks(
        self,
        without: Callable[[type[models.Model], str], None],
        model: type[models.Model],
        name: str,
        described: str,
    ) -> None:
        without(model, name)

        assert check_catalog() == (
            1,
            [
                f"{model._meta.db_table}: The table should have {described} {name}, as the migrations make it.",
                "1 finding.",
            ],
        )

    def test_finds_a_key_that_a_missing_constraint_let_in(
        self, make_run: MakeRun, without: Callable[[type[models.Model], str], None]
    ) -> None:
        without(CourseRun, "oex_catalog_courserun_course_key_regex")
        make_run("MITx", "6.002x", "3T2012")

        CourseRun.objects.update(course_key="library-v1:MITx+3T2012")

        assert check_catalog() == (
            1,
            [
                "openedx_catalog_courserun: The table should have the constraint"
                " oex_catalog_courserun_course_key_regex, as the migrations make it.",
                "library-v1:MITx+3T2012: The key should be one of a course run, in ASCII.",
                "2 findings.",
            ],
        )
