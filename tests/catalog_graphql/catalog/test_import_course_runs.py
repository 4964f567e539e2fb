"""`manage.py import_course_runs FILE`: files, the report, and what is written. The rules are in `imports`."""

import io
import json
import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule, as_text
from tests.conftest import MakeRun

LISTING = Path(__file__).resolve().parents[2] / "../shared/data/course_runs_2012_2016.csv"

HEADER = "course_key,title\n"
CIRCUITS = "course-v1:MITx+6.002x+3T2012,Circuits\n"
MECHANICS = "course-v1:MITx+8.01x+3T2013,Mechanics\n"
SPACED = "course-v1:MITx+JPAL 101x+1T2014,Policy\n"
TITLES = {"course-v1:MITx+6.002x+3T2012": "Circuits", "course-v1:MITx+8.01x+3T2013": "Mechanics"}

SPACED_REPORT = (
    "course-v1:MITx+JPAL 101x+1T2014: rejected: A key looks like course-v1:MITx+6.002x+3T2012; "
    "its codes hold letters, digits, - . _ ~ and :, and no spaces.\n"
)

WriteFile = Callable[..., str]


@pytest.fixture
def write_file(tmp_path: Path) -> WriteFile:
    """Return a function that writes text or bytes to a file and returns its path."""

    def write(content: str | bytes, name: str = "runs.csv") -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def run_command(*arguments: str) -> str:
    """Return the output of the command; the message of a failure comes last."""
    output = io.StringIO()
    try:
        call_command("import_course_runs", *arguments, stdout=output)
    except CommandError as error:
        print(f"failed with {error.returncode}: {error}", file=output)
    return output.getvalue()


def titles() -> dict[str, str]:
    return dict(CourseRun.objects.values_list(as_text("course_key"), "title"))


def count_rows() -> tuple[int, int, int]:
    return Organization.objects.count(), CatalogCourse.objects.count(), CourseRun.objects.count()


@pytest.mark.django_db
class TestImportCourseRuns:
    def test_takes_csv_by_key(self, write_file: WriteFile) -> None:
        path = write_file(HEADER + CIRCUITS + MECHANICS)

        output = run_command(path)

        assert (
            output == "2 created, 0 updated, 0 unchanged, 0 rejected. Catalog courses created: 2; organizations: 1.\n"
        )
        assert titles() == TITLES

    def test_takes_csv_by_codes(self, write_file: WriteFile) -> None:
        path = write_file("run_code,title,org_code,course_code\n 3T2012 ,Circuits,MITx,6.002x\n")

        run_command(path)

        assert titles() == {"course-v1:MITx+6.002x+3T2012": "Circuits"}

    @pytest.mark.parametrize("name", ["runs.jsonl", "runs.ndjson", "runs.json", "runs.txt", "runs"])
    def test_takes_json_lines(self, write_file: WriteFile, name: str) -> None:
        objects = [
            {"course_key": "course-v1:MITx+6.002x+3T2012", "title": "Circuits", "start": None},
            {"org_code": "MITx", "course_code": "8.01x", "run_code": "3T2013", "title": "Mechanics"},
        ]
        path = write_file("\n\n".join(map(json.dumps, objects)), name)

        run_command(path)

        assert titles() == TITLES

    def test_takes_what_a_spreadsheet_in_german_writes(self, write_file: WriteFile) -> None:
        path = write_file(
            "Course Key;Title;Start;Enrollment Start;Enrollment End;\r\n"
            "course-v1:MITx+6.002x+3T2012;Circuits; 2012-09-05T00:00:00Z ;2012-07-01T00:00:00+02:00;;\r\n"
            ";;;;;\r\n"
        )

        output = run_command(path)

        assert output == (
            "1 created, 0 updated, 0 unchanged, 0 rejected. Catalog courses created: 1; organizations: 1.\n"
        )
        assert list(CourseSchedule.objects.values("start", "end", "enrollment_start", "enrollment_end")) == [
            {
                "start": datetime(2012, 9, 5, tzinfo=UTC),
                "end": None,
                "enrollment_start": datetime(2012, 6, 30, 22, tzinfo=UTC),
                "enrollment_end": None,
            }
        ]

    def test_rejects_a_date_in_another_spelling(self, write_file: WriteFile) -> None:
        path = write_file("course_key;enrollment_end\ncourse-v1:MITx+6.002x+3T2012;05.09.2012 00:00\n")

        output = run_command(path)

        assert output == (
            "line 2: course-v1:MITx+6.002x+3T2012: rejected: The enrollment_end '05.09.2012 00:00' should be a date "
            "and time with its offset, such as 2012-09-05T00:00:00Z.\n"
            "0 created, 0 updated, 0 unchanged, 1 rejected. Catalog courses created: 0; organizations: 0.\n"
        )

    def test_takes_the_lines_that_are_json(self, write_file: WriteFile) -> None:
        path = write_file(
            '{"course_key": "course-v1:MITx+6.002x+3T2012", "title": "Circuits"}\n'
            '{"course_key": "course-v1:MITx+6.002x+3T2013",\n'
            '{"course_key": "course-v1:MITx+8.01x+3T2013", "title": "Mechanics"}\n',
            "runs.jsonl",
        )

        output = run_command(path)

        assert output == (
            "line 2: rejected: The line is not JSON: from its character 47 on it cannot be read "
            "(Expecting property name enclosed in double quotes).\n"
            "2 created, 0 updated, 0 unchanged, 1 rejected. Catalog courses created: 2; organizations: 1.\n"
        )
        assert titles() == TITLES

    def test_takes_the_format_it_is_told(self, write_file: WriteFile) -> None:
        path = write_file(HEADER + CIRCUITS, "runs.json")

        run_command(path, "--format=csv")

        assert titles() == {"course-v1:MITx+6.002x+3T2012": "Circuits"}

    def test_takes_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        reader, writer = os.pipe()
        os.write(writer, (HEADER + CIRCUITS).encode())
        os.close(writer)
        with open(reader, encoding="utf-8") as pipe:  # noqa: PTH123 (a pipe has no path)
            monkeypatch.setattr(sys, "stdin", pipe)

            run_command("-")

        assert titles() == {"course-v1:MITx+6.002x+3T2012": "Circuits"}

    def test_takes_a_named_pipe(self, tmp_path: Path) -> None:
        path = tmp_path / "runs"
        os.mkfifo(path)
        writer = threading.Thread(target=path.write_text, args=[HEADER + CIRCUITS])
        writer.start()

        run_command(str(path))

        writer.join()
        assert titles() == {"course-v1:MITx+6.002x+3T2012": "Circuits"}

    def test_changes_nothing_the_second_time(self, write_file: WriteFile) -> None:
        path = write_file(
            "course_key,title,language,start,end,created\n"
            "course-v1:MITx+6.002x+3T2012,Circuits,en,2012-09-05T00:00:00+02:00,,2012-05-01T00:00:00Z\n"
            "course-v1:MITx+6.002x+3T2013,,fr,2013-09-05T00:00:00Z,2013-12-05T00:00:00Z,\n"
            "ccx-v1:MITx+6.002x+3T2013+ccx@1,Circuits for us,,,,\n"
            "MITx/6.001/2011,Structure,,,,\n"
        )
        run_command(path)
        before = list(CatalogCourse.objects.values()), list(CourseRun.objects.values("title", "created", "schedule"))

        output = run_command(path)

        assert output == (
            "0 created, 0 updated, 4 unchanged, 0 rejected. Catalog courses created: 0; organizations: 0.\n"
        )
        after = list(CatalogCourse.objects.values()), list(CourseRun.objects.values("title", "created", "schedule"))
        assert after == before

    def test_reports_each_rejected_row_and_takes_the_others(self, write_file: WriteFile) -> None:
        path = write_file(HEADER + SPACED + CIRCUITS + CIRCUITS)

        output = run_command(path)

        assert output == (
            f"line 2: {SPACED_REPORT}"
            "line 4: course-v1:MITx+6.002x+3T2012: rejected: Line 3 lists this run already.\n"
            "1 created, 0 updated, 0 unchanged, 2 rejected. Catalog courses created: 1; organizations: 1.\n"
        )

    def test_prints_no_control_characters_of_a_key(self, write_file: WriteFile) -> None:
        path = write_file(HEADER + "\x1b[2Jcourse-v1:MITx+6.002x+3T2012,Circuits\n")

        output = run_command(path)

        assert output.startswith("line 2: '\\x1b[2Jcourse-v1:MITx+6.002x+3T2012': rejected: ")

    def test_warns_of_a_language_that_is_none(self, write_file: WriteFile) -> None:
        path = write_file("course_key,language\ncourse-v1:MITx+6.002x+3T2012,English!\n")

        output = run_command(path)

        assert output == (
            "line 2: course-v1:MITx+6.002x+3T2012: warning: 'English!' is no language code, so it is read as en.\n"
            "1 created, 0 updated, 0 unchanged, 0 rejected. Catalog courses created: 1; organizations: 1.\n"
        )

    @pytest.mark.parametrize("is_terminal", [True, False])
    def test_shows_progress_on_a_terminal_only(
        self, write_file: WriteFile, monkeypatch: pytest.MonkeyPatch, is_terminal: bool
    ) -> None:
        terminal = io.StringIO()
        monkeypatch.setattr(terminal, "isatty", lambda: is_terminal)
        monkeypatch.setattr(sys, "stderr", terminal)

        run_command(write_file(HEADER + CIRCUITS))

        shown = terminal.getvalue()
        assert ("Importing: 100%" in shown, shown != "") == (is_terminal, is_terminal)


@pytest.mark.django_db
class TestStrict:
    @pytest.mark.parametrize(
        ("rejected", "reason"),
        [
            (SPACED, SPACED_REPORT),
            (CIRCUITS, "course-v1:MITx+6.002x+3T2012: rejected: Line 3 lists this run already.\n"),
            (
                "MITx/9.00x/2T2014,Psychology\n",
                "MITx/9.00x/2T2014: rejected: The catalog has this run already, spelled course-v1:MITx+9.00x+2T2014.\n",
            ),
        ],
        ids=["by itself", "by another row", "by the catalog"],
    )
    def test_takes_no_row_if_one_is_rejected(
        self, write_file: WriteFile, make_run: MakeRun, rejected: str, reason: str
    ) -> None:
        make_run(course_code="7.00x", run_code="2T2014", title="Life")
        make_run(course_code="9.00x", run_code="2T2014", title="Mind")
        path = write_file(HEADER + "course-v1:MITx+7.00x+2T2014,Biology\n" + CIRCUITS + MECHANICS + rejected)

        output = run_command(path, "--strict")

        assert output == (
            f"line 5: {reason}"
            "Nothing was written. It would have been: 2 created, 1 updated, 0 unchanged, 1 rejected. "
            "Catalog courses created: 2; organizations: 0.\n"
            "failed with 1: --strict takes no row if one is rejected.\n"
        )
        assert titles() == {"course-v1:MITx+7.00x+2T2014": "Life", "course-v1:MITx+9.00x+2T2014": "Mind"}
        assert count_rows() == (1, 2, 2)

    def test_takes_all_rows_if_none_is(self, write_file: WriteFile) -> None:
        output = run_command(write_file(HEADER + CIRCUITS + MECHANICS), "--strict")

        assert output.startswith("2 created, 0 updated, 0 unchanged, 0 rejected.")
        assert count_rows() == (1, 2, 2)


@pytest.mark.django_db
class TestDryRun:
    def test_reports_the_same_and_writes_nothing(self, write_file: WriteFile, make_run: MakeRun) -> None:
        make_run(title="Circuits", schedule={})
        path = write_file(
            "course_key,start\n"
            "course-v1:MITx+6.002x+3T2012,2012-09-05T00:00:00Z\n"
            "course-v1:mitx+8.01x+3T2013,\n"
            "course-v1:HarvardX+CS50x+3T2013,\n"
            "course-v1:HARVARDX+CS50x+3T2014,\n"
            "course-v1:HarvardX+CS50X+3T2015,\n"
        )

        dry = run_command(path, "--dry-run")

        assert dry.splitlines()[-1] == (
            "Nothing was written. It would have been: 3 created, 1 updated, 0 unchanged, 1 rejected. "
            "Catalog courses created: 2; organizations: 1."
        )
        assert (count_rows(), CourseRun.objects.get().schedule.start) == ((1, 1, 1), None)
        assert run_command(path) == dry.replace("Nothing was written. It would have been: ", "")


@pytest.mark.django_db
class TestBrokenFile:
    def test_is_one_clear_error_with_nothing_written(self, write_file: WriteFile) -> None:
        path = write_file(HEADER + CIRCUITS * 1000 + 'course-v1:MITx+8.01x+3T2013,"Mechanics\n\n')

        output = run_command(path)

        assert output == (
            "failed with 1: The row that starts on line 1002 cannot be read (unexpected end of data): "
            "every quote must be closed, and one inside a quoted cell doubled. Nothing was written.\n"
        )
        assert count_rows() == (0, 0, 0)

    def test_may_be_none(self, tmp_path: Path) -> None:
        path = tmp_path / "none.csv"

        output = run_command(str(path))

        assert output == f"failed with 1: The file {path} cannot be read: No such file or directory.\n"


@pytest.mark.django_db
@pytest.mark.skipif(not LISTING.exists(), reason="needs ../shared/data beside the checkout")
class TestListing:
    """The 290 runs that HarvardX and MITx offered from 2012 to 2016."""

    def test_is_taken_but_for_nine_rows(self) -> None:
        output = run_command(str(LISTING))

        *rejected, summary = output.splitlines()
        assert [line.split(":")[0] for line in rejected] == [
            f"line {number}" for number in (53, 68, 71, 87, 137, 139, 163, 212, 250)
        ]
        assert sum("and no spaces" in line for line in rejected) == 3
        assert sum("lists this run already" in line for line in rejected) == 6
        assert summary == (
            "281 created, 0 updated, 0 unchanged, 9 rejected. Catalog courses created: 187; organizations: 2."
        )
        assert count_rows() == (2, 187, 281)

    def test_gives_catalog_courses_their_newest_runs_title(self) -> None:
        run_command(str(LISTING))

        newest: dict[int, str] = {}
        varying = set()
        for course_pk, title in CourseRun.objects.order_by("schedule__start", "pk").values_list(
            "catalog_course", "title"
        ):
            if newest.get(course_pk, title) != title:
                varying.add(course_pk)
            newest[course_pk] = title
        assert len(varying) == 26
        assert dict(CatalogCourse.objects.values_list("pk", "title")) == newest
