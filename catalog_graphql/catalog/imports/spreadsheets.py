"""Read rows from CSV, in the dialects that spreadsheets write."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from catalog_graphql.catalog.imports.columns import CODE_COLUMNS, describe_unknown, find_column
from catalog_graphql.catalog.imports.lines import LONGEST_LINE, TOO_LONG, BrokenFileError
from catalog_graphql.catalog.imports.rows import Row, read_row, reject
from catalog_graphql.catalog.problems import Problem, ProblemCode

_DELIMITERS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_BLANK = re.compile(r'[\s",;|]*')
# Excel's separator line, before the header. A program that does not know it may add blank cells after it.
_SEPARATOR = re.compile(r'"?sep=(.)"?[\s",;|]*', re.IGNORECASE)


def read_spreadsheet(lines: Iterable[bytes | None]) -> Iterator[Row]:
    """Read the rows of a CSV file. Its first nonblank line is the header, from which the delimiter is detected.

    Raises BrokenFileError.
    """
    text = _Text(lines)
    header, delimiter = _find_header(text)
    reader = csv.reader(chain([header], text), delimiter=delimiter, strict=True)
    columns = _find_columns(text.row, _read_cells(reader, text) or [])
    text.start_row()
    while (cells := _read_cells(reader, text)) is not None:
        if any(map(str.strip, cells)):
            yield _read_row(text.row, columns, cells, delimiter)
        text.start_row()


class _Text:
    """The lines of a file as text. `row` is the number of the line on which the current row starts."""

    def __init__(self, lines: Iterable[bytes | None]) -> None:
        self._lines = iter(lines)
        self._number = 0
        self.start_row()

    def start_row(self) -> None:
        """Start a new row on the next line."""
        self.row = self._number + 1
        self._length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._number += 1
        if line is None:
            raise BrokenFileError(f"Line {self._number} is {TOO_LONG}")
        self._length += len(line)
        if self._length > LONGEST_LINE:
            raise BrokenFileError(
                f"The row that starts on line {self.row} is longer than {LONGEST_LINE} bytes: is a quote not closed?"
            )
        try:
            return line.decode()
        except UnicodeDecodeError as error:
            raise BrokenFileError(
                f"Line {self._number} is not UTF-8, from its byte {error.start + 1} on: save the file as UTF-8."
            ) from error


def _find_header(text: _Text) -> tuple[str, str]:
    """Return the header line and the delimiter."""
    delimiter = None
    for line in text:
        if delimiter is None and (named := _SEPARATOR.fullmatch(line)):
            delimiter = named[1]
            if delimiter not in _DELIMITERS:
                may = "a comma, a semicolon, a tab or a bar may"
                raise BrokenFileError(f"Line {text.row} says that {delimiter!r} separates cells; {may}.")
        elif not _BLANK.fullmatch(line):
            return line, delimiter or max(_DELIMITERS, key=lambda candidate: _count_columns(line, candidate))
        text.start_row()
    raise BrokenFileError("The file is empty: its first line names the columns.")


def _count_columns(line: str, delimiter: str) -> tuple[int, int]:
    names = line.split(delimiter)
    return sum(find_column(name) is not None for name in names), len(names)


def _read_cells(reader: Iterator[list[str]], text: _Text) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        raise BrokenFileError(
            f"The row that starts on line {text.row} cannot be read ({error}): "
            "every quote must be closed, and one inside a quoted cell doubled."
        ) from error


def _find_columns(line: int, names: Sequence[str]) -> Sequence[str]:
    """Return the columns that the names in a header refer to. A blank name stays blank: it refers to no column."""
    found = {name: find_column(name) for name in names if name.strip()}
    if unknown := [name.strip() for name, column in found.items() if column is None]:
        raise BrokenFileError(f"Line {line} names {describe_unknown(unknown)}")
    columns = [found.get(name) or "" for name in names]
    for column in filter(None, columns):
        if columns.count(column) > 1:
            raise BrokenFileError(f"Line {line} names the column {column} twice.")
    missing = [column for column in CODE_COLUMNS if column not in columns]
    if missing and "course_key" not in columns:
        raise BrokenFileError(
            f"Line {line} must name the column course_key, or else org_code, course_code and run_code; "
            f"missing: {', '.join(missing)}."
        )
    return columns


def _read_row(line: int, columns: Sequence[str], cells: Sequence[str], delimiter: str) -> Row:
    """Return the row in these cells. Blank cells at the end need no column."""
    by_column = {column: value for column, value in zip(columns, cells, strict=False) if column}
    if len(cells) == len(columns) == len(by_column):
        return read_row(line, by_column)
    width = _width(columns)
    count = len(cells) if len(cells) < width else _width(cells)
    if count > width or len(cells) < width:
        message = f"The row has {count} cells and the header {width}: quote a cell that has {_DELIMITERS[delimiter]}."
        return reject(line, by_column, Problem(ProblemCode.INVALID, message))
    for number, (column, value) in enumerate(zip(columns, cells, strict=False), 1):
        if not column and value.strip():
            message = f"Cell {number} is not blank, but the header names no column there."
            return reject(line, by_column, Problem(ProblemCode.INVALID, message))
    return read_row(line, by_column)


def _width(cells: Sequence[str]) -> int:
    """Return the number of cells up to the last nonblank one."""
    return max((number for number, cell in enumerate(cells, 1) if cell.strip()), default=0)
