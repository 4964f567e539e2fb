"""The form of the log: one event is one line, whatever the text in it."""

import logging

_CONTROL = {*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029}
_ESCAPES = {code: chr(code).encode("unicode_escape").decode() for code in _CONTROL}


class LineFormatter(logging.Formatter):
    """Escape control characters: names, paths and claims hold what clients put there, and tracebacks line ends."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the event as one line."""
        return super().format(record).translate(_ESCAPES)
