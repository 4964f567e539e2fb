"""Read rows from a file, as a stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import BinaryIO

from catalog_graphql.catalog.imports.json_lines import read_json_lines
from catalog_graphql.catalog.imports.lines import read_beginning, read_lines
from catalog_graphql.catalog.imports.rows import Row
from catalog_graphql.catalog.imports.spreadsheets import read_spreadsheet

_JSON_SUFFIXES = {".json", ".jsonl", ".ndjson"}


class Format(StrEnum):
    """How a file spells its rows."""

    CSV = "csv"
    JSONL = "jsonl"


@dataclass(frozen=True)
class CourseRunFile:
    """The rows of an open, seekable file, which each iteration reads again.

    Iterating raises BrokenFileError.
    """

    file: BinaryIO
    format: Format

    def __iter__(self) -> Iterator[Row]:
        """Read the file from the start, one row at a time."""
        lines = read_lines(self.file)
        return read_spreadsheet(lines) if self.format is Format.CSV else read_json_lines(lines)


def find_format(file: BinaryIO) -> Format:
    """Detect the format by the file's name, or else by its first character.

    Raises BrokenFileError if the file is not text.
    """
    suffix = PurePath(str(file.name)).suffix.lower()
    if suffix in _JSON_SUFFIXES:
        return Format.JSONL
    begins_as_json = read_beginning(file).lstrip().startswith((b"{", b"["))
    return Format.JSONL if begins_as_json and suffix != ".csv" else Format.CSV
