"""Which parts of a file are rows, and what breaks a file."""

import io
import json
import tracemalloc
from pathlib import Path

import pytest

from catalog_graphql.catalog.imports import BrokenFileError, CourseRunFile, Format, find_format
from tests.catalog_graphql.catalog.imports.conftest import KEY, LATER_KEY

HEADER = "course_key,title\n"
CIRCUITS = f"{KEY},Circuits\n"


def read(content: str | bytes, format_: Format = Format.CSV) -> list[tuple[int, str, str]]:
    """Return each row's line, key and title, or the reasons for its rejection."""
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
            ((HEADER + CIRCUITS).replace("\n", "\r"), 2),
            ((HEADER + CIRCUITS).replace("\n", "\r\n\n"), 3),
            ((HEADER + CIRCUITS).replace(",", ";"), 2),
            ((HEADER + CIRCUITS).replace(",", "\t"), 2),
            (("\ufeff" + HEADER + CIRCUITS).replace(",", "\t").encode("utf-16-le"), 2),
            (("\ufeff" + HEADER + CIRCUITS).encode("utf-16-be"), 2),
            ("sep=;\n" + (HEADER + CIRCUITS).replace(",", ";"), 3),
            ('"sep=\t"\r' + (HEADER + CIRCUITS).replace(",", "\t").replace("\n", "\r"), 3),
            ("Course Key, TITLE\n" + CIRCUITS, 2),
            ("COURSE-KEY,title\n" + CIRCUITS, 2),
            ("courseKey,Title\n" + CIRCUITS, 2),
            (f"course_key,,title,,\n{KEY},,Circuits,,\n,, ,,\n,,,,\n", 2),
            (f"course_key,title,,\n{KEY},Circuits\n", 2),
            (HEADER + f"{KEY},Circuits,,  ,\n", 2),
        ],
        ids=[
            "byte order mark",
            "CRLF",
            "no final line break",
            "empty lines",
            "CR",
            "line breaks of two kinds",
            "semicolons",
            "tabs",
            "Unicode text",
            "UTF-16, its bytes in the other order",
            "separator named",
            "separator named in quotes",
            "capitals and spaces",
            "hyphens",
            "as the API names them",
            "empty columns",
            "empty columns, left out",
            "blank cells beyond the header",
        ],
    )
    def test_is_read_as_spreadsheets_write_it(self, content: str | bytes, line: int) -> None:
        assert read(content) == [(line, KEY, "Circuits")]

    def test_numbers_rows_by_the_line_they_start_on(self) -> None:
        rows = read(HEADER + f'{KEY},"Circuits\nand\nElectronics"\n\n{LATER_KEY},"Circuits, ""again"""\n')

        assert rows == [
            (2, KEY, "The title must be one line of text, without control characters."),
            (6, LATER_KEY, 'Circuits, "again"'),
        ]

    @pytest.mark.parametrize(("row", "count"), [(f"{KEY},Circuits, again", 3), (KEY, 1), (f"{KEY},Circuits,,!,", 4)])
    def test_rejects_a_row_of_more_or_fewer_cells(self, row: str, count: int) -> None:
        message = f"The row has {count} cells and the header 2: quote a cell that has a comma."

        assert read(HEADER + row) == [(2, KEY, message)]

    @pytest.mark.parametrize(("delimiter", "name"), [(";", "a semicolon"), ("\t", "a tab")])
    def test_says_what_a_cell_is_to_be_quoted_for(self, delimiter: str, name: str) -> None:
        content = (HEADER + f"{KEY},Circuits, again").replace(",", delimiter)

        assert read(content) == [(2, KEY, f"The row has 3 cells and the header 2: quote a cell that has {name}.")]

    def test_rejects_what_stands_in_a_column_without_a_name(self) -> None:
        rows = read(f"course_key,,title\n{KEY},?,Circuits\n{LATER_KEY},,Circuits\n")

        assert rows == [
            (2, KEY, "Cell 2 is not blank, but the header names no column there."),
            (3, LATER_KEY, "Circuits"),
        ]

    def test_is_read_a_little_at_a_time(self) -> None:
        """A listing of any length takes only the memory of a few rows: here, less than 10 MB."""
        count = 5_000
        content = io.BytesIO((HEADER + f"{KEY},{'Circuits ' * 230}\n" * count).encode())
        tracemalloc.start()

        rows = sum(1 for _ in CourseRunFile(content, Format.CSV))

        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (rows, peak < 2_000_000) == (count, True)

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
                "title, language, start, end, enrollment_start, enrollment_end, created.",
            ),
            ("course_key,title,Title\n", "Line 1 names the column title twice."),
            (
                "course_key/title\n",
                "Line 1 names unknown columns: 'course_key/title'. The known ones are course_key, org_code, "
                "course_code, run_code, title, language, start, end, enrollment_start, enrollment_end, created.",
            ),
            ("sep=a\n" + HEADER, "Line 1 says that 'a' separates cells; a comma, a semicolon, a tab or a bar may."),
            ("sep=;\n\n", "The file is empty: its first line names the columns."),
            (
                ("\ufeff" + HEADER + CIRCUITS).encode("utf-16-le") + b"x",
                "The file begins as UTF-16, and goes on as something else: save it as UTF-8.",
            ),
            (HEADER.encode("utf-16-le"), "The file is no text in UTF-8: save a spreadsheet as CSV, in UTF-8."),
            (b"PK\x03\x04\0\0", "The file is no text in UTF-8: save a spreadsheet as CSV, in UTF-8."),
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
            (
                HEADER + CIRCUITS + ('"' + "x" * 99_999 + '\n",') * 11,
                "The row that starts on line 3 is longer than 1048576 bytes: is a quote not closed?",
            ),
        ],
        ids=[
            "empty",
            "not UTF-8",
            "missing column",
            "unknown column",
            "column twice",
            "unknown separator",
            "separator that may not be",
            "separator and nothing else",
            "UTF-16 that ends in the middle",
            "UTF-16 without its mark",
            "spreadsheet",
            "unclosed quote",
            "quote inside",
            "endless line",
            "endless row",
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
            (
                '{"course_key": "a',
                "",
                "The line is not JSON: from its character 16 on it cannot be read (Unterminated string starting at).",
            ),
            ('{"course_key": 1' + "0" * 5000 + "}", "", "The line is not JSON that can be read."),
            ("[" * 10_000, "", "The line is not JSON that can be read."),
            ("[]", "", "The line is not a JSON object: JSON lines hold one object on each line."),
            ("{" + " " * 2**20 + "}", "", "The line is longer than 1048576 bytes: it is no line of a listing."),
            (
                f'{{"course_key": "{KEY}", "course_id": "a"}}',
                KEY,
                "The line names unknown columns: 'course_id'. The known ones are course_key, org_code, course_code, "
                "run_code, title, language, start, end, enrollment_start, enrollment_end, created.",
            ),
            (f'{{"course_key": "{KEY}", "courseKey": "{KEY}"}}', KEY, "The line names course_key twice."),
        ],
        ids=[
            "no text",
            "half of a character",
            "empty object",
            "not JSON",
            "long number",
            "deep",
            "no object",
            "endless",
            "unknown member",
            "member twice",
        ],
    )
    def test_are_rejected_one_by_one(self, line: str, key: str, reason: str) -> None:
        following = f'{{"Course Key": "{LATER_KEY}", "title": "Circuits"}}'

        assert read(f"{line}\n{following}", Format.JSONL) == [(1, key, reason), (2, LATER_KEY, "Circuits")]

    def test_are_rejected_where_they_are_not_utf_8(self) -> None:
        content = b'{"title": "M\xe9canique"}\r{"course_key": "%b", "title": "Circuits"}' % KEY.encode()

        assert read(content, Format.JSONL) == [
            (1, "", "The line is not UTF-8, from its byte 13 on: save the file as UTF-8."),
            (2, KEY, "Circuits"),
        ]


class TestFindFormat:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize(("content", "format_"), [(HEADER, Format.CSV), ("\n {}", Format.JSONL)])
    def test_looks_at_the_first_character(self, tmp_path: Path, content: str, format_: Format, encoding: str) -> None:
        path = tmp_path / "runs.txt"
        path.write_bytes(content.encode(encoding))

        with path.open("rb") as file:
            assert find_format(file) is format_
