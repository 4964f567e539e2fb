"""What is a row of a file, and what breaks one."""

import io
import json

import pytest

from openedx_catalog.imports import BrokenFileError, CourseRunFile, Format
from tests.openedx_catalog.imports.conftest import KEY, LATER_KEY

HEADER = "course_key,title\n"
CIRCUITS = f"{KEY},Circuits\n"


def read(content: str | bytes, format_: Format = Format.CSV) -> list[tuple[int, str, str]]:
    """Return the line, the key and the title of each row, or the reasons where it is rejected."""
    file = CourseRunFile(io.BytesIO(content if isinstance(content, bytes) else content.encode()), format_)
    return [
        (row.line, row.course_key, " ".join(problem.message for problem in row.problems) or row.title) for row in file
    ]


class TestCSV:
    @pytest.mark.parametrize(
        ("content", "line"),
        [
            ("\ufeff" + HEADER + CIRCUITS, 2),
            ((HEADER + CIRCUITS).replace("\n", "\r\n"), 2),
            ((HEADER + CIRCUITS).rstrip("\n"), 2),
            ("\n" + HEADER + "\n,\n" + CIRCUITS, 5),
        ],
        ids=["byte order mark", "CRLF", "no final line break", "empty lines"],
    )
    def test_is_read_as_spreadsheets_write_it(self, content: str, line: int) -> None:
        assert read(content) == [(line, KEY, "Circuits")]

    def test_numbers_rows_by_the_line_they_start_on(self) -> None:
        rows = read(HEADER + f'{KEY},"Circuits\nand\nElectronics"\n\n{LATER_KEY},"Circuits, ""again"""\n')

        assert rows == [
            (2, KEY, "The title must be one line of text, without control characters."),
            (6, LATER_KEY, 'Circuits, "again"'),
        ]

    @pytest.mark.parametrize(("row", "count"), [(f"{KEY},Circuits, again", 3), (KEY, 1)])
    def test_rejects_a_row_of_more_or_fewer_cells(self, row: str, count: int) -> None:
        message = f"The row has {count} cells and the header 2: quote a cell that has a comma."

        assert read(HEADER + row) == [(2, KEY, message)]

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            ("", "The file is empty: its first line names the columns."),
            (
                (HEADER + CIRCUITS).encode() + b"course-v1:MITx+8.01x+3T2013,M\xe9canique\n",
                "Line 3 is not UTF-8, from its byte 30 on: save the file as UTF-8.",
            ),
            (
                "org_code,run_code\nMITx,3T2012\n",
                "Line 1 must name the column course_key, or else org_code, course_code and run_code; "
                "missing: course_code.",
            ),
            (
                "course_key,name\n",
                "Line 1 names unknown columns: 'name'. The known ones are course_key, org_code, course_code, run_code, "
                "title, language, start, end, created.",
            ),
            ("course_key,title,title\n", "Line 1 names the column title twice."),
            (
                HEADER + CIRCUITS + 'course-v1:MITx+8.01x+3T2013,"Mechanics\n\n',
                "The row that starts on line 3 cannot be read (unexpected end of data): "
                "every quote must be closed, and one inside a quoted cell doubled.",
            ),
            (
                HEADER + CIRCUITS + f'{LATER_KEY},"Circuits" again\n',
                "The row that starts on line 3 cannot be read (',' expected after '\"'): "
                "every quote must be closed, and one inside a quoted cell doubled.",
            ),
            (HEADER + CIRCUITS + "x" * 2**20, "Line 3 is longer than 1048576 bytes: it is no line of a listing."),
        ],
        ids=[
            "empty",
            "not UTF-8",
            "missing column",
            "unknown column",
            "column twice",
            "unclosed quote",
            "quote inside",
            "endless line",
        ],
    )
    def test_may_be_broken(self, content: str | bytes, reason: str) -> None:
        with pytest.raises(BrokenFileError) as raised:
            read(content)

        assert str(raised.value) == reason


class TestJSONLines:
    def test_hold_an_object_a_line(self) -> None:
        objects = [
            {"course_key": KEY, "title": "Circuits", "start": None},
            {"org_code": "MITx", "course_code": "6.002x", "run_code": "3T2013", "title": "Électronique"},
        ]

        rows = read("\n\n".join(map(json.dumps, objects)), Format.JSONL)

        assert rows == [(1, KEY, "Circuits"), (3, LATER_KEY, "Électronique")]

    @pytest.mark.parametrize(
        ("line", "key", "reason"),
        [
            (
                f'{{"course_key": "{KEY}", "title": 6, "end": []}}',
                KEY,
                "The title must be text, in quotes. The end must be text, in quotes.",
            ),
            (
                f'{{"course_key": "{KEY}", "title": "\\ud800"}}',
                KEY,
                "The title must be one line of text, without control characters.",
            ),
            (
                "{}",
                "course-v1:++",
                "The org code is missing. The course code is missing. The run code is missing.",
            ),
        ],
    )
    def test_are_rejected_one_by_one(self, line: str, key: str, reason: str) -> None:
        assert read(line, Format.JSONL) == [(1, key, reason)]

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ('{"course_key": "a', "Line 2 is not JSON (Unterminated string starting at: line 1 column 16 (char 15))."),
            ("[]", "Line 2 is not a JSON object: JSON lines hold one object on each line."),
            ("[" * 10_000, "Line 2 is not JSON (maximum recursion depth exceeded"),
            ('{"course_id": "a"}', "Line 2 names unknown columns: 'course_id'."),
        ],
        ids=["not JSON", "no object", "deep", "unknown column"],
    )
    def test_may_be_broken(self, line: str, reason: str) -> None:
        with pytest.raises(BrokenFileError) as raised:
            read(f'{{"course_key": "{KEY}"}}\n{line}', Format.JSONL)

        assert str(raised.value).startswith(reason)
