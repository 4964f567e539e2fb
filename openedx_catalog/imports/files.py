"""Read rows from CSV and JSON lines, as a stream."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import PurePath
from typing import Any, BinaryIO

from openedx_catalog.imports.rows import CODE_COLUMNS, COLUMNS, Row, read_row, reject
from openedx_catalog.problems import Problem, ProblemCode

_LINE_LENGTH = 2**20  # Bytes: a file without line breaks must not be read into memory whole.
_JSON_SUFFIXES = {".json", ".jsonl", ".ndjson"}


class Format(StrEnum):
    """How a file spells its rows."""

    CSV = "csv"
    JSONL = "jsonl"


class BrokenFileError(Exception):
    """A file that cannot be read as a listing; the message names the line."""


@dataclass(frozen=True)
class CourseRunFile:
    """The rows of an open, seekable file, read anew each time they are asked for.

    Iterating raises BrokenFileError.
    """

    file: BinaryIO
    format: Format

    def __iter__(self) -> Iterator[Row]:
        """Read the file from its beginning, a row at a time."""
        self.file.seek(0)
        lines = _decode(self.file)
        return _read_csv(lines) if self.format is Format.CSV else _read_json_lines(lines)


def find_format(file: BinaryIO) -> Format:
    """Tell the format from the file's name, or else from its first character."""
    suffix = PurePath(str(file.name)).suffix.lower()
    if suffix in _JSON_SUFFIXES:
        return Format.JSONL
    file.seek(0)
    begins_as_json = file.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))
    return Format.JSONL if begins_as_json and suffix != ".csv" else Format.CSV


def _decode(file: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(iter(partial(file.readline, _LINE_LENGTH), b""), 1):
        if len(line) == _LINE_LENGTH and not line.endswith(b"\n"):
            raise BrokenFileError(f"Line {number} is longer than {_LINE_LENGTH} bytes: it is no line of a listing.")
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise BrokenFileError(
                f"Line {number} is not UTF-8, from its byte {error.start + 1} on: save the file as UTF-8."
            ) from error


def _read_csv(lines: Iterator[str]) -> Iterator[Row]:
    reader = csv.reader(lines, strict=True)
    columns: Sequence[str] = ()
    while True:
        line = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise BrokenFileError(
                f"The row that starts on line {line} cannot be read ({error}): "
                "every quote must be closed, and one inside a quoted cell doubled."
            ) from error
        if not any(values):
            continue
        if not columns:
            columns = _read_header(line, values)
            continue
        cells = dict(zip(columns, values, strict=False))
        if len(values) == len(columns):
            yield read_row(line, cells)
        else:
            message = f"The row has {len(values)} cells and the header {len(columns)}: quote a cell that has a comma."
            yield reject(line, cells, Problem(ProblemCode.INVALID, message))
    if not columns:
        raise BrokenFileError("The file is empty: its first line names the columns.")


def _read_header(line: int, values: Sequence[str]) -> Sequence[str]:
    columns = [value.strip() for value in values]
    _refuse_unknown(line, columns)
    for column in columns:
        if columns.count(column) > 1:
            raise BrokenFileError(f"Line {line} names the column {column} twice.")
    missing = [column for column in CODE_COLUMNS if column not in columns]
    if missing and "course_key" not in columns:
        raise BrokenFileError(
            f"Line {line} must name the column course_key, or else org_code, course_code and run_code; "
            f"missing: {', '.join(missing)}."
        )
    return columns


def _refuse_unknown(line: int, columns: Sequence[str]) -> None:
    unknown = [column for column in columns if column not in COLUMNS]
    if unknown:
        raise BrokenFileError(
            f"Line {line} names unknown columns: {', '.join(map(repr, unknown))}. The known ones are "
            f"{', '.join(COLUMNS)}."
        )


def _read_json_lines(lines: Iterator[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            members = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BrokenFileError(f"Line {number} is not JSON ({error}).") from error
        if not isinstance(members, dict):
            raise BrokenFileError(f"Line {number} is not a JSON object: JSON lines hold one object on each line.")
        _refuse_unknown(number, list(members))
        yield _read_object(number, members)


def _read_object(number: int, members: dict[str, Any]) -> Row:
    cells = {column: value for column, value in members.items() if isinstance(value, str)}
    problems = [
        Problem(ProblemCode.INVALID, f"The {column} must be text, in quotes.", (column,))
        for column, value in members.items()
        if value is not None and column not in cells
    ]
    return reject(number, cells, *problems) if problems else read_row(number, cells)
