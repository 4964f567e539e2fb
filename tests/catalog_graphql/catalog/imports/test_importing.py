"""Which rows are taken into the catalog, and what happens to their runs."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from organizations.models import Organization

from catalog_graphql.catalog.imports import Summary, import_course_runs
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule, as_text
from tests.catalog_graphql.catalog.imports.conftest import KEY, LATER_KEY, LATEST_KEY, read_rows, run_import
from tests.catalog_graphql.catalog.logged import told
from tests.catalog_graphql.catalog.test_races import StartSecond, start_second  # noqa: F401 (a fixture)
from tests.conftest import MakeRun
from tests.databases import objecting

MakeOrganization = Callable[..., Organization]
MakeCatalogCourse = Callable[..., CatalogCourse]


def run_keys() -> list[str]:
    return list(CourseRun.objects.order_by("course_key").values_list(as_text("course_key"), flat=True))


@pytest.mark.django_db
class TestImportCourseRuns:
    def test_makes_the_same_queries_for_any_number_of_rows(
        self, make_organization: MakeOrganization, large_statements: None
    ) -> None:
        make_organization()

        def count_queries(prefix: str, courses: int, title: str) -> int:
            rows = read_rows(
                *(
                    {
                        "course_key": f"course-v1:MITx+{prefix}{course}+{run}T",
                        "title": title,
                        "start": f"20{len(title):02}-01-01T00:00:00Z",
                    }
                    for course in range(courses)
                    for run in range(3)
                )
            )
            with CaptureQueriesContext(connection) as queries:
                import_course_runs(rows)
            return len(queries)

        unchanged = 6 if connection.vendor == "postgresql" else 5  # Savepoint and lock too.
        assert count_queries("A", 1, "Created") == count_queries("B", 30, "Created")
        assert count_queries("A", 1, "Updated a bit") == count_queries("B", 30, "Updated a bit")
        assert count_queries("A", 1, "Updated a bit") == count_queries("B", 30, "Updated a bit") == unchanged

    def test_keeps_the_history_of_organizations_it_creates(self) -> None:
        run_import({"course_key": KEY})

        organization = Organization.objects.get()
        assert (organization.short_name, organization.name, organization.history.count()) == ("MITx", "MITx", 1)

    def test_keeps_the_history_of_what_it_changes(self, make_run: MakeRun) -> None:
        run = make_run(title="Circuits")

        run_import({"course_key": KEY, "title": "Electronics", "start": "2012-09-05T00:00:00Z"})

        start = "2012-09-05T00:00:00+00:00"
        assert told(run)[:-1] == [("update", None, "import", {"title": ["Circuits", "Electronics"]})]
        assert told(run.schedule) == [("create", None, "import", {"start": [None, start]})]

    def test_says_what_it_did(self, make_run: MakeRun) -> None:
        make_run(title="Circuits")

        summary = import_course_runs(
            read_rows({"course_key": KEY}, {"course_key": "course-v1:MITx+8.01x+1T"}, {"course_key": "?"})
        )

        assert summary == Summary(
            created=1,
            updated=0,
            unchanged=1,
            rejected=1,
            catalog_courses_created=1,
            organizations_created=0,
            written=True,
        )


@pytest.mark.django_db
class TestRuns:
    def test_take_the_catalog_courses_title_where_they_have_none(self, make_catalog_course: MakeCatalogCourse) -> None:
        make_catalog_course(title="Circuits")

        run_import(
            {"course_key": KEY, "title": " "},
            {"course_key": "course-v1:MITx+8.01x+3T2012"},
            {"course_key": "course-v1:MITx+8.01x+3T2013", "title": "Mechanics"},
        )

        assert dict(CourseRun.objects.values_list(as_text("course_key"), "title")) == {
            KEY: "Circuits",
            "course-v1:MITx+8.01x+3T2012": "Mechanics",
            "course-v1:MITx+8.01x+3T2013": "Mechanics",
        }

    def test_may_be_spelled_in_every_way(self) -> None:
        spellings = [f"ccx-v1:MITx+6.002x+3T2012+ccx@{number}" for number in (1, 2)] + [KEY, "MITx/6.002x/1T2012"]

        outcomes = run_import(*({"course_key": spelling} for spelling in spellings))

        assert outcomes == ["CREATED"] * 4
        assert sorted(run_keys()) == sorted(spellings)
        assert list(CatalogCourse.objects.values_list("course_code", flat=True)) == ["6.002x"]

    def test_are_updated_by_what_is_given(self, make_run: MakeRun) -> None:
        start, end, other = (datetime(2012, month, 1, tzinfo=UTC) for month in (1, 6, 9))
        make_run(title="Circuits", schedule={"start": start, "end": end, "enrollment_end": end})
        make_run(run_code="3T2013", title="Circuits")
        make_run(run_code="3T2014", title="Circuits", schedule={"end": end})

        outcomes = run_import(
            {"course_key": KEY, "end": other.isoformat()},
            {"course_key": LATER_KEY, "title": "Electronics", "start": start.isoformat()},
            {"course_key": LATEST_KEY, "title": "", "end": "2012-06-01T02:00:00+02:00"},
        )

        assert outcomes == ["UPDATED", "UPDATED", "UNCHANGED"]
        assert list(CourseRun.objects.order_by("run_code").values_list("title", flat=True)) == [
            "Circuits",
            "Electronics",
            "Circuits",
        ]
        assert list(
            CourseSchedule.objects.order_by("course_run__run_code").values_list(
                "start", "end", "enrollment_start", "enrollment_end"
            )
        ) == [(start, other, None, end), (start, None, None, None), (None, end, None, None)]

    def test_are_created_when_the_row_says_or_now(self) -> None:
        before = datetime.now(tz=UTC)

        run_import({"course_key": KEY, "created": "2012-01-01T00:00:00Z"}, {"course_key": LATER_KEY})

        given, now = CourseRun.objects.order_by("course_key").values_list("created", flat=True)
        assert given == datetime(2012, 1, 1, tzinfo=UTC)
        assert before <= now <= datetime.now(tz=UTC)

    @pytest.mark.parametrize(
        ("key", "reason"),
        [
            (KEY.lower(), f"The catalog has this run already, spelled {KEY}."),
            ("MITx/6.002x/3T2012", f"The catalog has this run already, spelled {KEY}."),
            ("course-v1:MITx+6.002X+1T", "The catalog spells the course code 6.002x, and capitals count."),
        ],
    )
    def test_are_rejected_where_the_catalog_spells_them_otherwise(
        self, make_run: MakeRun, key: str, reason: str
    ) -> None:
        make_run()

        outcomes = run_import({"course_key": key}, {"course_key": KEY})

        assert outcomes == [reason, "UNCHANGED" if "1T" in key else "Line 1 lists this run already."]

    @pytest.mark.parametrize(
        ("key", "reason"),
        [
            (KEY, "Line 1 lists this run already."),
            ("course-v1:mitx+6.002x+3t2012", "Line 1 lists this run already."),
            ("MITx/6.002x/3T2012", "Line 1 lists this run already."),
            ("course-v1:MITx+6.002X+1T", "Line 1 spells the course code 6.002x, and capitals count."),
        ],
    )
    def test_are_rejected_where_an_earlier_row_lists_them(
        self, key: str, reason: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("catalog_graphql.catalog.imports.importing.BATCH_SIZE", 1)

        outcomes = run_import({"course_key": KEY}, {"course_key": key})

        assert outcomes == ["CREATED", reason]
        assert run_keys() == [KEY]

    def test_are_rejected_where_they_would_end_before_they_start(self, make_run: MakeRun) -> None:
        make_run(schedule={"start": datetime(2012, 9, 1, tzinfo=UTC)})

        outcomes = run_import({"course_key": KEY, "end": "2012-08-01T00:00:00Z"})

        assert outcomes == ["The end, 2012-08-01T00:00:00+00:00, is before the start, 2012-09-01T00:00:00+00:00."]

    def test_may_be_listed_again_after_a_row_that_cannot_be_read(self) -> None:
        outcomes = run_import({"course_key": KEY, "start": "soon"}, {"course_key": KEY})

        assert outcomes[1] == "CREATED"


@pytest.mark.django_db(transaction=True)
class TestRowsThatTheDatabaseObjectsTo:
    @pytest.fixture
    def odd_one(self, make_run: MakeRun) -> str:
        """Return a run's key, whose code is that of another run, whose key contradicts its catalog course."""
        make_run(course_code="8.01x")
        CatalogCourse.objects.update(course_code="8.02x")  # Below save(), so that nothing looks at the run.
        return "course-v1:MITx+8.02x+3T2012"

    def test_are_rejected_one_by_one(self, odd_one: str) -> None:
        keys = [f"course-v1:MITx+{number}x+1T" for number in range(9)]

        outcomes = run_import(*({"course_key": key} for key in [*keys[:4], odd_one, *keys[4:]]))

        reason = "The catalog course already has a run of this code, case aside."
        assert outcomes == [*["CREATED"] * 4, reason, *["CREATED"] * 5]
        assert run_keys() == sorted([*keys, "course-v1:MITx+8.01x+3T2012"])

    def test_keep_the_others_from_being_taken_in_a_strict_import(self, odd_one: str) -> None:
        rows = read_rows({"course_key": KEY}, {"course_key": odd_one}, {"course_key": LATER_KEY})

        summary = import_course_runs(rows, strict=True)

        assert (summary.created, summary.rejected, summary.written) == (2, 1, False)
        assert run_keys() == ["course-v1:MITx+8.01x+3T2012"]

    def test_may_be_objected_to_for_a_reason_that_nobody_knows(
        self, make_organization: MakeOrganization, caplog: pytest.LogCaptureFixture
    ) -> None:
        make_organization("MITx")

        with objecting("openedx_catalog_courserun", "title", "Circuits"):
            outcomes = run_import({"course_key": KEY, "title": "Circuits"}, {"course_key": LATER_KEY, "title": "Other"})

        assert outcomes == ["The database does not take this row.", "CREATED"]
        assert run_keys() == [LATER_KEY]
        [record] = [record for record in caplog.records if record.levelname == "ERROR"]
        assert record.getMessage() == f"The database objects to the row of {KEY}."

    @pytest.mark.skipif(connection.vendor != "mysql", reason="needs MySQL or MariaDB: set DATABASE_URL")
    def test_are_those_of_a_code_that_its_collation_holds_equal_to_another(
        self, make_organization: MakeOrganization
    ) -> None:
        make_organization("Éco")

        outcomes = run_import(
            {"course_key": "course-v1:Eco+C+1T"}, {"course_key": "course-v1:eco+C+2T"}, {"course_key": KEY}
        )

        assert outcomes == [
            "The database takes Eco for the code of the organization Éco.",
            "The database takes eco for the code of the organization Éco.",
            "CREATED",
        ]
        assert run_keys() == [KEY]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("needs_row_locks")
class TestRaces:
    def test_waits_for_the_renaming_of_an_organization(
        self,
        make_organization: MakeOrganization,
        start_second: StartSecond,  # noqa: F811
    ) -> None:
        organization = make_organization()

        with transaction.atomic():
            organization.short_name = "MIT"
            organization.save()
            importing = start_second(lambda: run_import({"course_key": KEY}))

        assert importing.result() == ["CREATED"]
        assert CatalogCourse.objects.get().key_str == "catalog-course:MITx:6.002x"

    def test_takes_a_batch_again_that_lost_a_race(
        self,
        make_organization: MakeOrganization,
        start_second: StartSecond,  # noqa: F811
    ) -> None:
        with transaction.atomic():
            organization = make_organization()
            importing = start_second(lambda: run_import({"course_key": KEY}))

        assert importing.result() == ["CREATED"]
        assert CatalogCourse.objects.get().org == organization
