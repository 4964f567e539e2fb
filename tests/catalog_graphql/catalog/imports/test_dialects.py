"""The same rows are read, whatever the dialect of a listing."""

import csv
import io
import json
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from catalog_graphql.catalog.imports import CourseRunFile, Format, Row, read_row
from catalog_graphql.catalog.imports.columns import COLUMNS

_TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12) | st.sampled_from(
    ['Circuits, "again"', "a;b\tc|d", "Électronique\nII", "'", '"', "sep=;", "{}", "\ufeffx", "\u2028", "\x85"]
)
_INSTANTS = st.sampled_from(["", "2012-09-05T00:00:00Z", "2012-09-05 02:00+02:00", "5.9.2012", "2012-09-05"])
_CELLS = st.fixed_dictionaries(
    {
        "course_key": st.integers(2000, 2030).map("course-v1:MITx+6.002x+{}".format),
        "title": _TITLES,
        "language": st.sampled_from(["", "en", "zh_HANS", "no language"]),
        "start": _INSTANTS,
        "enrollment_start": _INSTANTS,
        "enrollment_end": _INSTANTS,
    }
)


@dataclass(frozen=True)
class Dialect:
    """The way in which a program writes a table."""

    delimiter: str
    line_end: str
    encoding: str
    quoting: Any
    spelling: str
    names_the_separator: bool
    blank_columns: int
    blank_rows: int

    def write(self, columns: list[str], rows: list[dict[str, str]]) -> bytes:
        """Return the table as a file."""
        text = io.StringIO(newline="")
        if self.names_the_separator:
            text.write(f"sep={self.delimiter}\r\n")
        # With other line endings, Python's writer does not quote cells with line breaks; spreadsheets do.
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\r\n", quoting=self.quoting)
        blank = [""] * self.blank_columns
        writer.writerow([self._spell(column) for column in columns] + blank)
        writer.writerows([row[column] for column in columns] + blank for row in rows)
        writer.writerows([[""] * (len(columns) + self.blank_columns)] * self.blank_rows)
        return text.getvalue().replace("\r\n", self.line_end).encode(self.encoding)

    def _spell(self, column: str) -> str:
        words = column.split("_")
        return {
            "as it is": column,
            "capitals": column.upper(),
            "words": " ".join(word.title() for word in words),
            "hyphens": "-".join(words),
            "camels": words[0] + "".join(word.title() for word in words[1:]),
        }[self.spelling]


_DIALECTS = st.builds(
    Dialect,
    delimiter=st.sampled_from(",;\t|"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    spelling=st.sampled_from(["as it is", "capitals", "words", "hyphens", "camels"]),
    names_the_separator=st.booleans(),
    blank_columns=st.integers(0, 3),
    blank_rows=st.integers(0, 3),
)


def read(content: bytes, format_: Format) -> list[Row]:
    """Return the rows of a file, numbered from 1."""
    rows = CourseRunFile(io.BytesIO(content), format_)
    return [replace(row, line=number) for number, row in enumerate(rows, 1)]


class TestCourseRunFile:
    @given(cells=st.lists(_CELLS, max_size=5), dialect=_DIALECTS, columns=st.permutations(COLUMNS))
    def test_reads_the_same_rows_in_every_dialect(
        self, cells: list[dict[str, str]], dialect: Dialect, columns: list[str]
    ) -> None:
        columns = [column for column in columns if not cells or column in cells[0]]

        rows = read(dialect.write(columns, cells), Format.CSV)

        assert rows == [read_row(number, row) for number, row in enumerate(cells, 1)]

    @given(cells=st.lists(_CELLS, max_size=5), dialect=_DIALECTS)
    def test_reads_the_same_rows_from_json_lines(self, cells: list[dict[str, str]], dialect: Dialect) -> None:
        lines = [json.dumps(row, ensure_ascii=len(row["title"]) % 2 == 0) for row in cells]
        content = dialect.line_end.join(lines).encode(dialect.encoding)

        rows = read(content, Format.JSONL)

        assert rows == [read_row(number, row) for number, row in enumerate(cells, 1)]
