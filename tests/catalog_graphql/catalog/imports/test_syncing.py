"""The rows of a request, synced one after another."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest
from auditlog.context import disable_auditlog
from auditlog.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from organizations.models import Organization
from simple_history.middleware import HistoryRequestMiddleware

from catalog_graphql.catalog.history import By, made
from catalog_graphql.catalog.imports import BATCH_SIZE, Outcome, Row, make_row, sync_course_runs
from catalog_graphql.catalog.records import IS_STANDALONE, CatalogCourse, CourseRun, CourseSchedule, as_text
from tests.catalog_graphql.catalog.imports.conftest import KEY, LATER_KEY
from tests.catalog_graphql.catalog.logged import told
from tests.catalog_graphql.catalog.test_races import StartSecond, start_second  # noqa: F401 (a fixture)
from tests.conftest import MakeRun

MakeCatalogCourse = Callable[..., CatalogCourse]

SPRING, SUMMER, AUTUMN = (datetime(2012, month, 1, tzinfo=UTC) for month in (3, 6, 9))

ORG_CODES = st.sampled_from(["MITx", "mitx", "HarvardX"])
COURSE_CODES = st.sampled_from(["6.002x", "6.002X", "8.01x"])
RUN_CODES = st.sampled_from(["1T", "1t", "2T"])
SPELLINGS = st.sampled_from(["course-v1:{}+{}+{}", "{}/{}/{}", "ccx-v1:{}+{}+{}+ccx@1", "{} {} {}"])
ROWS = st.builds(
    dict,
    course_key=st.builds(str.format, SPELLINGS, ORG_CODES, COURSE_CODES, RUN_CODES),
    title=st.sampled_from(["Circuits", "Electronics", " "]),
    language=st.sampled_from([None, "en", "fr", "fr-ca", "zh_HANS", "Klingon!"]),
    schedule=st.dictionaries(
        st.sampled_from(["start", "end", "enrollment_start", "enrollment_end"]),
        st.sampled_from([None, SPRING, SUMMER, AUTUMN]),
    ),
)


def make_rows(*rows: dict[str, Any]) -> list[Row]:
    return [make_row(number, **{"title": "Circuits", **row}) for number, row in enumerate(rows, 1)]


def sync(*rows: dict[str, Any], all_or_nothing: bool = False, dry_run: bool = False) -> list[str]:
    """Sync rows; return each outcome, or the codes and fields of its problems."""
    with transaction.atomic():
        outcomes = sync_course_runs(make_rows(*rows), all_or_nothing=all_or_nothing, dry_run=dry_run)
    return [
        ", ".join(f"{problem.code} {'.'.join(problem.field)}" for problem in outcome.problems) or outcome.kind
        for outcome in outcomes
    ]


def titles() -> dict[str, str]:
    return dict(CourseRun.objects.values_list(as_text("course_key"), "title"))


def read_catalog() -> list[list[tuple[Any, ...]]]:
    """Return everything in the catalog, except for primary keys and creation times."""
    return [
        sorted(Organization.objects.values_list("short_name", "name")),
        sorted(CatalogCourse.objects.values_list("org__short_name", "course_code", "title", "language")),
        sorted(
            CourseRun.objects.values_list(as_text("course_key"), "run_code", "title", "catalog_course__course_code"),
        ),
        list(
            CourseSchedule.objects.order_by("course_run__course_key").values_list(
                as_text("course_run__course_key"), "start", "end", "enrollment_start", "enrollment_end"
            )
        ),
    ]


def attempt(sync_all: Callable[[], list[Outcome]]) -> tuple[list[Outcome], list[list[tuple[Any, ...]]]]:
    """Return the rows' outcomes and the resulting catalog; then roll back."""
    with transaction.atomic():
        outcomes, catalog = sync_all(), read_catalog()
        transaction.set_rollback(True)
    return outcomes, catalog


def sync_one_by_one(rows: Iterable[Row]) -> list[Outcome]:
    return [outcome for row in rows for outcome in sync_course_runs([row], all_or_nothing=False, dry_run=False)]


@pytest.mark.django_db
class TestSyncCourseRuns:
    @hypothesis.settings(deadline=None, max_examples=150)
    @given(before=st.lists(ROWS, max_size=3), rows=st.lists(ROWS, max_size=8))
    def test_is_as_if_each_row_were_synced_after_the_other(
        self, before: list[dict[str, Any]], rows: list[dict[str, Any]]
    ) -> None:
        with transaction.atomic():
            provisioned = Organization.objects.create(short_name="mitX", name="MIT")
            CatalogCourse.objects.create(org=provisioned, course_code="8.01x", title="Mechanics", language="fr-ca")
            sync_one_by_one(make_rows(*before))
            made = make_rows(*rows)

            expected = attempt(lambda: sync_one_by_one(made))
            at_once = attempt(lambda: sync_course_runs(made, all_or_nothing=False, dry_run=False))
            dry, untouched = attempt(lambda: sync_course_runs(made, all_or_nothing=False, dry_run=True))

            assert at_once == expected
            assert (dry, untouched) == (expected[0], read_catalog())
            transaction.set_rollback(True)

    @pytest.mark.parametrize("count", [10, BATCH_SIZE])
    def test_makes_the_same_queries_for_any_number_of_rows(self, count: int, large_statements: None) -> None:
        def count_queries(title: str, start: datetime | None) -> int:
            rows = [
                {
                    "course_key": f"course-v1:Org{number // 2}+C{number}+1T",
                    "title": title,
                    "language": "fr" if start else "de",
                    "schedule": {"start": start},
                }
                for number in range(count)
            ]
            with CaptureQueriesContext(connection) as queries:
                sync(*rows)
            return len(queries) - 4  # Without those of the test's and the import's savepoints.

        reading = 5 if connection.vendor == "postgresql" else 4  # One of them locks codes that nobody has yet.
        # MySQL does not return primary keys, so those of organizations, catalog courses and runs are looked up.
        looking_up = 0 if connection.features.can_return_rows_from_bulk_insert else 3
        # openedx-core's models write another `created`, which is corrected for catalog courses and runs.
        looking_up += 0 if IS_STANDALONE else 2
        # Without catalog courses to read, but with a query whether the database equates a missing code with another.
        assert count_queries("Created", SPRING) == reading - 2 + 10 + looking_up
        assert count_queries("Updated", SUMMER) == reading + 4
        assert count_queries("Cleared", None) == reading + 5
        assert count_queries("Cleared", None) == reading

    def test_changes_nothing_the_second_time(self) -> None:
        row = {"course_key": KEY, "language": "fr", "schedule": {"start": SPRING, "end": None}}

        assert [sync(row), sync(row), sync({"course_key": KEY})] == [["CREATED"], ["UNCHANGED"], ["UNCHANGED"]]

    def test_takes_a_run_listed_again_as_a_later_sync(self) -> None:
        outcomes = sync({"course_key": KEY}, {"course_key": KEY}, {"course_key": KEY, "title": "Electronics"})

        assert outcomes == ["CREATED", "UNCHANGED", "UPDATED"]
        assert titles() == {KEY: "Electronics"}

    def test_rejects_what_the_catalog_spells_otherwise(self, make_run: MakeRun) -> None:
        make_run()

        outcomes = sync(
            {"course_key": KEY.lower()},
            {"course_key": "MITx/6.002x/3T2012", "title": " "},
            {"course_key": "course-v1:MITx+6.002X+1T"},
        )

        assert outcomes == [
            "ALREADY_EXISTS course_key",
            "REQUIRED title, ALREADY_EXISTS course_key",
            "KEY_MISMATCH course_key",
        ]

    @pytest.mark.parametrize(
        ("all_or_nothing", "dry_run", "written"),
        [(False, False, {KEY: "New", LATER_KEY: "New"}), (True, False, {KEY: "Old"}), (False, True, {KEY: "Old"})],
        ids=["skipping", "all or nothing", "dry run"],
    )
    def test_says_what_becomes_of_each_row(
        self, make_run: MakeRun, all_or_nothing: bool, dry_run: bool, written: dict[str, str]
    ) -> None:
        make_run(title="Old")
        rows = [{"course_key": key, "title": "New"} for key in (KEY, LATER_KEY, "MITx 6.002x")]

        outcomes = sync(*rows, all_or_nothing=all_or_nothing, dry_run=dry_run)

        assert outcomes == ["UPDATED", "CREATED", "INVALID course_key"]
        assert titles() == written

    def test_finds_primary_keys_that_the_database_does_not_tell(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(type(connection.features), "can_return_rows_from_bulk_insert", False)  # As MySQL's.
        keys = [KEY, LATER_KEY, "course-v1:MITx+8.01x+1T", "course-v1:HarvardX+8.01x+1T"]

        sync(*({"course_key": key, "title": key, "schedule": {"start": SPRING}} for key in keys))

        rows = CourseSchedule.objects.values_list("course_run__title", as_text("course_run__course_key"))
        assert dict(rows) == {key: key for key in keys}
        assert all(
            [entry[0] for entry in told(row)] == ["create"]
            for model in (CatalogCourse, CourseRun, CourseSchedule)
            for row in model.objects.all()
        )
        assert all(organization.history.count() == 1 for organization in Organization.objects.all())


@pytest.mark.django_db
class TestCatalogCourses:
    def test_are_created_with_the_first_rows_title_and_language(self) -> None:
        sync(
            {"course_key": LATER_KEY, "title": "Circuits", "language": "zh_HANS"},
            {"course_key": KEY, "title": "Electronics", "language": "fr"},
        )

        catalog_course = CatalogCourse.objects.get()
        assert (catalog_course.title, catalog_course.language) == ("Circuits", "zh-cn")

    def test_keep_their_title(self, make_catalog_course: MakeCatalogCourse) -> None:
        make_catalog_course(title="Circuits")

        sync({"course_key": KEY, "title": "Electronics"})

        assert (CatalogCourse.objects.get().title, titles()) == ("Circuits", {KEY: "Electronics"})

    @pytest.mark.parametrize(
        ("present", "given", "expected"),
        [
            ("en", "fr", "fr"),
            ("fr", "fr-ca", "fr-ca"),
            ("fr-ca", "fr", "fr-ca"),
            ("fr-ca", "fr-fr", "fr-fr"),
            ("zh-cn", "zh_HANS", "zh-cn"),
            ("zh-cn", "zh_HANT", "zh-hk"),
            ("en", None, "en"),
        ],
    )
    def test_follow_the_language_of_their_only_run(
        self, make_run: MakeRun, present: str, given: str | None, expected: str
    ) -> None:
        make_run(title="Circuits")
        CatalogCourse.objects.update(language=present)

        outcomes = sync({"course_key": KEY, "language": given})

        assert outcomes == ["UNCHANGED" if present == expected else "UPDATED"]
        assert CatalogCourse.objects.get().language == expected

    def test_keep_their_language_where_there_are_two_runs(self, make_run: MakeRun) -> None:
        make_run(title="Circuits")

        outcomes = sync({"course_key": LATER_KEY, "language": "fr"}, {"course_key": KEY, "language": "de"})

        assert outcomes == ["CREATED", "UNCHANGED"]
        assert CatalogCourse.objects.get().language == "en"

    @pytest.mark.usefixtures("needs_org_codes_that_differ_by_case")
    def test_keep_their_language_where_the_only_run_is_another(self, make_run: MakeRun) -> None:
        run = make_run("mitx", title="Circuits")
        CourseRun.objects.filter(pk=run.pk).update(course_key=KEY)
        make_run("MITx", run_code="3T2013")

        outcomes = sync({"course_key": KEY, "language": "fr"})

        assert outcomes == ["UNCHANGED"]
        assert list(CatalogCourse.objects.values_list("language", flat=True)) == ["en", "en"]

    def test_without_runs_take_the_language_of_the_first(self, make_catalog_course: MakeCatalogCourse) -> None:
        make_catalog_course(language="de")

        sync({"course_key": KEY, "language": "fr"}, {"course_key": LATER_KEY, "language": "it"})

        assert CatalogCourse.objects.get().language == "fr"


@pytest.mark.django_db
class TestSchedules:
    def test_keep_what_is_left_out_and_lose_what_is_none(self, make_run: MakeRun) -> None:
        make_run(title="Circuits", schedule={"start": SPRING, "end": SUMMER, "enrollment_start": SPRING})

        outcomes = sync(
            {"course_key": KEY, "schedule": {"end": None, "enrollment_end": AUTUMN}},
            {"course_key": KEY, "schedule": {"start": SPRING}},
        )

        assert outcomes == ["UPDATED", "UNCHANGED"]
        assert CourseSchedule.objects.values("start", "end", "enrollment_start", "enrollment_end").get() == {
            "start": SPRING,
            "end": None,
            "enrollment_start": SPRING,
            "enrollment_end": AUTUMN,
        }

    def test_are_deleted_where_nothing_is_left(self, make_run: MakeRun) -> None:
        make_run(title="Circuits", schedule={"start": SPRING})

        outcomes = sync({"course_key": KEY, "schedule": {"start": None}}, {"course_key": LATER_KEY, "schedule": {}})

        assert outcomes == ["UPDATED", "CREATED"]
        assert CourseSchedule.objects.count() == 0

    def test_are_rejected_where_they_would_end_before_they_start(self, make_run: MakeRun) -> None:
        make_run(schedule={"start": SUMMER, "enrollment_end": SPRING})

        outcomes = sync({"course_key": KEY, "schedule": {"end": SPRING, "enrollment_start": SUMMER}})

        assert outcomes == ["INVALID schedule.end, INVALID schedule.enrollment_end"]


@pytest.mark.django_db
class TestHistory:
    def test_tells_every_change_and_who_made_it(self, rf: RequestFactory) -> None:
        request = rf.post("/")
        request.user = User.objects.create(username="ada")

        def answer(request: HttpRequest) -> HttpResponse:
            sync({"course_key": KEY, "language": "en", "schedule": {"start": SPRING}})
            sync({"course_key": KEY, "language": "fr", "schedule": {"start": SUMMER}, "title": "Electronics"})
            sync({"course_key": KEY, "title": "Electronics", "schedule": {"start": None}})
            return HttpResponse()

        with made(By.API, request.user):
            HistoryRequestMiddleware(answer)(request)

        run = CourseRun.objects.get()
        spring, summer = SPRING.isoformat(), SUMMER.isoformat()
        assert Organization.objects.get().history.get().history_user.username == "ada"
        assert [entry[:3] for entry in told(run)] == [("update", "ada", "sync"), ("create", "ada", "sync")]
        assert told(run)[0][3] == {"title": ["Circuits", "Electronics"]}
        assert told(run.catalog_course)[:-1] == [("update", "ada", "sync", {"language": ["en", "fr"]})]
        assert told(CourseSchedule(), pk=run.pk) == [
            ("delete", "ada", "sync", {"start": [summer, None]}),
            ("update", "ada", "sync", {"start": [spring, summer]}),
            ("create", "ada", "sync", {"start": [None, spring]}),
        ]
        assert LogEntry.objects.count() == 7

    def test_tells_what_many_rows_of_a_run_come_to(self, make_run: MakeRun) -> None:
        run = make_run(title="Circuits", schedule={"start": SPRING})
        back = {"course_key": KEY, "title": "Circuits", "language": "en", "schedule": {"start": SPRING}}
        away = {"course_key": KEY, "title": "Electronics", "language": "fr", "schedule": {"start": SUMMER}}
        farther = {"course_key": KEY, "title": "Mechanics"}

        sync(away, back)
        sync(away, farther)

        assert [len(told(row)) for row in (run, run.catalog_course, run.schedule)] == [2, 2, 2]
        assert told(run)[0][3] == {"title": ["Circuits", "Mechanics"]}

    def test_is_not_kept_where_it_is_switched_off(self) -> None:
        with disable_auditlog():
            sync({"course_key": KEY})

        assert not LogEntry.objects.exists()

    def test_tells_nothing_of_what_is_not_taken(self) -> None:
        sync({"course_key": KEY}, {"course_key": "?"}, all_or_nothing=True)
        sync({"course_key": KEY}, dry_run=True)

        assert not LogEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("needs_row_locks")
class TestRaces:
    def test_finds_the_organization_that_another_creates_meanwhile(
        self,
        start_second: StartSecond,  # noqa: F811
    ) -> None:
        with transaction.atomic():
            sync_one_by_one(make_rows({"course_key": KEY}))
            syncing = start_second(lambda: sync({"course_key": "course-v1:mitx+8.01x+1T"}))

        assert syncing.result() == ["CREATED"]
        assert list(Organization.objects.values_list("short_name", flat=True)) == ["MITx"]

    def test_counts_the_run_that_another_adds_meanwhile(
        self,
        make_run: MakeRun,
        start_second: StartSecond,  # noqa: F811
    ) -> None:
        make_run(title="Circuits")

        with transaction.atomic():
            make_run(run_code="3T2013")
            syncing = start_second(lambda: sync({"course_key": KEY, "language": "fr"}))

        assert syncing.result() == ["UNCHANGED"]
