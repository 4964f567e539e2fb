"""Stream the lines of a file in UTF-8, or in UTF-16 with a byte order mark, with any line endings."""

import codecs
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO

LONGEST_LINE = 2**20  # In bytes: a file without line endings must not be read into memory whole.
_CHUNK = 2**16

TOO_LONG = f"longer than {LONGEST_LINE} bytes: it is no line of a listing."


class BrokenFileError(Exception):
    """A file that cannot be read as a listing; the message names the line."""


def read_lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Read the lines of a seekable file from the start, as UTF-8 with their endings; None for a line that is too long.

    A line ends with LF, CRLF or CR. Raises BrokenFileError if the file is not text.
    """
    pending, too_long = b"", False
    for chunk in _read_utf8(file):
        # Unlike str.splitlines, bytes.splitlines splits at these only.
        *lines, pending = (pending + chunk).splitlines(keepends=True)
        if pending.endswith(b"\n"):  # A CR may be the first half of a CRLF.
            lines.append(pending)
            pending = b""
        for line in lines:
            yield None if too_long or len(line) >= LONGEST_LINE else line
            too_long = False
        if len(pending) >= LONGEST_LINE:
            pending, too_long = pending[-1:], True
    if pending:
        yield None if too_long else pending


def read_beginning(file: BinaryIO) -> bytes:
    """Return the beginning of a seekable file, as UTF-8. Raises BrokenFileError if the file is not text."""
    return next(_read_utf8(file), b"")


def _read_utf8(file: BinaryIO) -> Iterator[bytes]:
    """Read a file in nonempty chunks. UTF-16 becomes UTF-8; anything else is unchanged, for the lines to be decoded."""
    file.seek(0)
    chunks = iter(partial(file.read, _CHUNK), b"")
    first = next(chunks, b"")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from filter(None, _transcode([first], chunks))
        return
    if b"\0" in first:
        raise BrokenFileError("The file is no text in UTF-8: save a spreadsheet as CSV, in UTF-8.")
    yield from filter(None, [first.removeprefix(codecs.BOM_UTF8)])
    yield from chunks


def _transcode(*chunks: Iterable[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        for part in chunks:
            for chunk in part:
                yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as error:
        raise BrokenFileError("The file begins as UTF-16, and goes on as something else: save it as UTF-8.") from error
