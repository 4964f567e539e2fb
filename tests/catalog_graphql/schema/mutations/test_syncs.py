"""Mutations that sync runs with the platform, one or many at a time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from tests.catalog_graphql.schema.mutations.conftest import found
from tests.databases import objecting

KEY = "course-v1:MITx+6.002x+3T2012"
RUN = "courseRun { courseKey title catalogCourse { title language org { orgCode } runs { totalCount } } } created"
RESULTS = "results { row outcome courseRun { courseKey title } errors { code field } } " + " ".join(
    f"{kind}Count" for kind in ("created", "updated", "unchanged", "rejected")
)


class TestSyncCourseRun:
    def test_creates_what_is_missing_and_said_twice_changes_nothing(self, mutate):
        fields = {"courseKey": KEY, "title": " Circuits ", "languageShort": "zh_HANS"}

        first = mutate("syncCourseRun", RUN, **fields)
        second = mutate("syncCourseRun", RUN, **fields)

        catalog_course = {
            "title": "Circuits",
            "language": "zh-cn",
            "org": {"orgCode": "MITx"},
            "runs": {"totalCount": 1},
        }
        run = {"courseKey": KEY, "title": "Circuits", "catalogCourse": catalog_course}
        assert first == {"courseRun": run, "created": True, "errors": [], "clientMutationId": None}
        assert second == {"courseRun": run, "created": False, "errors": [], "clientMutationId": None}

    def test_brings_the_title_up_to_date_and_leaves_the_catalog_courses_alone(self, mutate, make_run):
        make_run("MITx", "6.002x", "3T2012", title="Circuits")

        payload = mutate("syncCourseRun", RUN, courseKey=KEY, title="Electronics", languageShort="fr")

        assert payload["courseRun"]["title"] == "Electronics"
        assert payload["courseRun"]["catalogCourse"]["title"] == "6.002x"
        assert payload["courseRun"]["catalogCourse"]["language"] == "fr"

    def test_leaves_the_language_of_several_runs_alone(self, mutate, make_run):
        make_run("MITx", "6.002x", "3T2012")
        make_run("MITx", "6.002x", "1T2013")

        payload = mutate("syncCourseRun", RUN, courseKey=KEY, title="Electronics", languageShort="fr")

        assert payload["courseRun"]["catalogCourse"]["language"] == "en"

    @pytest.mark.parametrize(
        ("fields", "errors"),
        [
            ({"title": " "}, [("REQUIRED", ["title"])]),
            (
                {"title": "x" * 256, "languageShort": "klingon"},
                [("TOO_LONG", ["title"]), ("INVALID", ["languageShort"])],
            ),
            ({"courseKey": "course-v1:MITx+6.002X+3T2012"}, [("KEY_MISMATCH", ["courseKey"])]),
            ({"courseKey": "course-v1:MITx+6.002x+1t2013"}, [("ALREADY_EXISTS", ["courseKey"])]),
            (
                {"schedule": {"start": "2013-01-01T00:00:00Z", "end": "2012-01-01T00:00:00Z"}},
                [("INVALID", ["schedule", "end"])],
            ),
        ],
    )
    def test_says_all_that_is_wrong(self, mutate, make_run, fields, errors):
        make_run("MITx", "6.002x", "1T2013")

        payload = mutate("syncCourseRun", RUN, **{"courseKey": KEY, "title": "Circuits", **fields})

        assert payload["courseRun"] is None
        assert payload["created"] is False
        assert found(payload) == errors
        assert CourseRun.objects.count() == 1


class TestImportCourseRuns:
    def row(self, number, **fields):
        return {"courseKey": f"course-v1:Org{number % 7}+C{number % 50}+R{number}", "title": f"Run {number}", **fields}

    def test_reports_row_by_row_and_said_twice_changes_nothing(self, mutate, make_run):
        make_run("MITx", "6.002x", "3T2012", title="Old")
        rows = [self.row(1), {"courseKey": KEY, "title": "New"}, {"courseKey": KEY, "title": "New"}]

        first = mutate("importCourseRuns", RESULTS, rows=rows)
        second = mutate("importCourseRuns", RESULTS, rows=rows)

        def result(row, outcome):
            shown = {"courseKey": rows[row]["courseKey"], "title": rows[row]["title"]}
            return {"row": row, "outcome": outcome, "courseRun": shown, "errors": []}

        counts = {"createdCount": 1, "updatedCount": 1, "unchangedCount": 1, "rejectedCount": 0}
        nothing = {"createdCount": 0, "updatedCount": 0, "unchangedCount": 3, "rejectedCount": 0}
        rest = {"errors": [], "clientMutationId": None}
        assert first == {
            "results": [result(0, "CREATED"), result(1, "UPDATED"), result(2, "UNCHANGED")],
            **counts,
            **rest,
        }
        assert second == {"results": [result(row, "UNCHANGED") for row in range(3)], **nothing, **rest}

    def test_rejects_all_when_the_last_row_is_bad(self, mutate):
        rows = [self.row(1), {"courseKey": "course-v1:MITx+6.002x x+R", "title": ""}]

        payload = mutate("importCourseRuns", RESULTS, rows=rows)

        errors = [("INVALID", ["rows", "1", "courseKey"]), ("REQUIRED", ["rows", "1", "title"])]
        assert found(payload) == errors
        assert payload["results"] == [
            {"row": 0, "outcome": "REJECTED", "courseRun": None, "errors": []},
            {
                "row": 1,
                "outcome": "REJECTED",
                "courseRun": None,
                "errors": [{"code": code, "field": path} for code, path in errors],
            },
        ]
        assert payload["rejectedCount"] == 2
        assert not Organization.objects.exists()

    def test_takes_the_rest_where_a_bad_row_is_skipped(self, mutate):
        rows = [self.row(1, language="fr"), self.row(2, language="klingon"), self.row(3)]

        payload = mutate("importCourseRuns", RESULTS, rows=rows, onError="SKIP_ROW")

        assert found(payload) == []
        assert [result["outcome"] for result in payload["results"]] == ["CREATED", "REJECTED", "CREATED"]
        assert payload["results"][1]["errors"] == [{"code": "INVALID", "field": ["rows", "1", "language"]}]
        assert (payload["createdCount"], payload["rejectedCount"]) == (2, 1)
        assert sorted(CatalogCourse.objects.values_list("course_code", "language")) == [("C1", "fr"), ("C3", "en")]

    @pytest.mark.parametrize("policy", ["REJECT_ALL", "SKIP_ROW"])
    def test_only_reports_in_a_dry_run(self, mutate, policy):
        payload = mutate("importCourseRuns", RESULTS, rows=[self.row(1)], dryRun=True, onError=policy)

        assert payload["results"] == [{"row": 0, "outcome": "CREATED", "courseRun": None, "errors": []}]
        assert not CourseRun.objects.exists()

    def test_takes_five_hundred_rows_in_a_bounded_number_of_queries(self, mutate):
        def count_queries(first, last):
            rows = [{"courseKey": f"course-v1:Org{number}+C+R", "title": "T"} for number in range(first, last)]
            with CaptureQueriesContext(connection) as captured:
                assert mutate("importCourseRuns", RESULTS, rows=rows)["createdCount"] == len(rows)
            return len(captured)

        few, many = count_queries(0, 10), count_queries(10, 510)

        # SQLite allows a thousand values in a statement; the others, any number.
        assert few <= 23
        assert many <= 55 if connection.vendor == "sqlite" else many == few

    def test_names_its_limit(self, mutate):
        payload = mutate("importCourseRuns", RESULTS, rows=[self.row(number) for number in range(501)])

        assert payload["errors"] == [
            {
                "code": "TOO_LONG",
                "message": "An import takes 500 rows at most, and these are 501.",
                "field": ["rows"],
            }
        ]
        assert payload["results"] == []

    def test_takes_no_rows(self, mutate):
        assert mutate("importCourseRuns", RESULTS, rows=[])["results"] == []


@pytest.mark.django_db(transaction=True)
class TestRowsThatTheDatabaseObjectsTo:
    ROWS = [{"courseKey": f"course-v1:MITx+C{number}+R", "title": f"Title {number}"} for number in range(5)]
    ERROR = {"code": "INVALID", "field": ["rows", "3", "courseKey"]}

    @pytest.mark.parametrize(
        ("on_error", "outcomes", "errors", "kept"),
        [
            ("SKIP_ROW", ["CREATED"] * 3 + ["REJECTED", "CREATED"], [], 4),
            ("REJECT_ALL", ["REJECTED"] * 5, [ERROR], 0),
        ],
    )
    def test_are_rejected_by_themselves(self, mutate, on_error, outcomes, errors, kept):
        with objecting("openedx_catalog_courserun", "title", "Title 3"):
            payload = mutate("importCourseRuns", RESULTS, rows=self.ROWS, onError=on_error)

        assert [result["outcome"] for result in payload["results"]] == outcomes
        assert [result["errors"] for result in payload["results"]] == [[], [], [], [self.ERROR], []]
        assert [{name: error[name] for name in ("code", "field")} for error in payload["errors"]] == errors
        assert CourseRun.objects.count() == kept

    def test_are_said_of_a_sync_too(self, mutate):
        with objecting("openedx_catalog_courserun", "title", "Title 3"):
            payload = mutate("syncCourseRun", "courseRun { title }", **self.ROWS[3])

        assert found(payload) == [("INVALID", ["courseKey"])]
        assert not Organization.objects.exists()

    @pytest.mark.skipif(connection.vendor != "mysql", reason="needs MySQL or MariaDB: set DATABASE_URL")
    def test_are_those_of_a_code_that_its_collation_holds_equal_to_another(self, mutate, make_organization):
        make_organization("Éco")
        rows = [{"courseKey": f"course-v1:{org_code}+C+R", "title": "Title"} for org_code in ("Eco", "MITx")]

        payload = mutate("importCourseRuns", RESULTS, rows=rows, onError="SKIP_ROW")

        assert [(result["outcome"], result["errors"]) for result in payload["results"]] == [
            ("REJECTED", [{"code": "ALREADY_EXISTS", "field": ["rows", "0", "courseKey"]}]),
            ("CREATED", []),
        ]
