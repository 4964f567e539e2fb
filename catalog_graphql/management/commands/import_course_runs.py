"""Import course runs from a file."""

import shutil
import signal
import sys
import tempfile
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any, BinaryIO, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db import DatabaseError
from tqdm import tqdm

from catalog_graphql.catalog import imports
from catalog_graphql.catalog.transactions import BusyError

_INTERRUPTED = 130  # The exit status by which shells report Ctrl-C.


class Command(BaseCommand):
    help = """Import course runs, with the organizations and catalog courses they need, from CSV or JSON lines.

A row names its run by course_key, or by org_code, course_code and run_code. It may give title and language, and start,
end, enrollment_start, enrollment_end and created, in the format 2012-09-05T00:00:00Z. A blank cell changes nothing.

A missing catalog course is created with the title and language of its newest run, and the creation date of its oldest;
an existing one stays as it is. The newest run is the one created last; if created is not given, the one that starts
last; otherwise, the one listed last.

CSV files may be as spreadsheets write them: with cells separated by commas, semicolons, tabs or bars, column names in
uppercase or with spaces, and blank columns and rows. In JSON lines, an unreadable line is a rejected row.

A rejected row is reported with its line and the reason, and the other rows are imported: the exit status is 0. With
--strict, a rejected row means that none is imported, and the exit status is 1. An unreadable file is refused as a
whole, before anything is written. Imports are idempotent, so you can repeat an interrupted one."""

    def create_parser(self, *args: Any, **kwargs: Any) -> CommandParser:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file, in UTF-8, or in UTF-16 with a byte order mark; - is standard input")
        parser.add_argument(
            "--format",
            choices=list(imports.Format),
            help="default: detected by the file's name, or else by its first character",
        )
        parser.add_argument("--strict", action="store_true", help="import no rows if any is rejected")
        parser.add_argument("--dry-run", action="store_true", help="report the outcome, but write nothing")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        self._transient = options["strict"] or options["dry_run"]
        self._last_line = 0
        interrupts: list[int] = []
        try:
            with _noting_interrupts() as interrupts, _open(options["file"]) as file:
                format_ = imports.Format(options["format"] or imports.find_format(file))
                summary = imports.import_course_runs(
                    _Progress(imports.CourseRunFile(file, format_)),
                    strict=options["strict"],
                    dry_run=options["dry_run"],
                    report=self._report,
                )
        except OSError as error:
            raise CommandError(f"The file {options['file']} cannot be read: {error.strerror}.") from error
        except (imports.BrokenFileError, imports.ListingChangedError) as error:
            raise CommandError(f"{error} {self._written()}") from error
        except (DatabaseError, BusyError, KeyboardInterrupt) as error:
            if interrupts or isinstance(error, KeyboardInterrupt):
                raise CommandError(f"Interrupted. {self._written('')}", returncode=_INTERRUPTED) from None
            raise CommandError(f"The database refused what follows: {error}. {self._written()}") from error
        self._summarize(summary)
        if options["strict"] and summary.rejected:
            raise CommandError("--strict takes no row if one is rejected.")

    def _report(self, outcome: imports.Outcome) -> None:
        self._last_line = outcome.line
        row = f"line {outcome.line}: " + (f"{_printable(outcome.course_key)}: " if outcome.course_key else "")
        if outcome.problems:
            reasons = " ".join(problem.message for problem in outcome.problems)
            self._print(f"{row}rejected: {reasons}")
        for warning in outcome.warnings:
            self._print(f"{row}warning: {warning}")

    def _print(self, message: str) -> None:
        with tqdm.external_write_mode():
            self.stdout.write(message)

    def _summarize(self, summary: imports.Summary) -> None:
        self.stdout.write(
            ("" if summary.written else "Nothing was written. It would have been: ")
            + f"{summary.created} created, {summary.updated} updated, {summary.unchanged} unchanged, "
            f"{summary.rejected} rejected. Catalog courses created: {summary.catalog_courses_created}; "
            f"organizations: {summary.organizations_created}."
        )

    def _written(self, first: str = "put it right, and ") -> str:
        if self._transient or not self._last_line:
            return "Nothing was written."
        return f"The rows up to line {self._last_line} were taken; {first}run the import again."


@contextmanager
def _noting_interrupts() -> Iterator[list[int]]:
    """Yield a list that gets each Ctrl-C: SQLite makes an error of its own of one within a function that it calls."""
    interrupts: list[int] = []
    if current_thread() is not main_thread():
        yield interrupts
        return

    def note(number: int, frame: Any) -> None:
        interrupts.append(number)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, before)


class _Progress:
    """Rows that show a progress bar on a terminal while they are iterated over."""

    def __init__(self, rows: imports.CourseRunFile) -> None:
        self._rows = rows
        self._count: float | None = None

    def __iter__(self) -> Iterator[imports.Row]:
        bar = tqdm(
            self._rows,
            desc="Reading" if self._count is None else "Importing",
            total=self._count,
            unit=" rows",
            disable=not sys.stderr.isatty(),
        )
        yield from bar
        self._count = bar.n


@contextmanager
def _open(path: str) -> Iterator[BinaryIO]:
    """Open a file so that it can be read twice. A pipe is copied to a temporary file."""
    if path == "-":
        yield from _seekable(cast(BinaryIO, sys.stdin.buffer))
    else:
        with Path(path).open("rb") as file:
            yield from _seekable(file)


def _seekable(file: BinaryIO) -> Iterator[BinaryIO]:
    if file.seekable():
        yield file
    else:
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(file, copy)
            yield copy


def _printable(text: str) -> str:
    return text if text.isprintable() else ascii(text)
