"""The log format: each event is a single line, whatever text it contains."""

import logging

_CONTROL = {*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029}
_ESCAPES = {code: chr(code).encode("unicode_escape").decode() for code in _CONTROL}


class LineFormatter(logging.Formatter):
    """Escape control characters: clients can put them in names, paths and claims, and tracebacks have line breaks."""

    def format(self, record: logging.LogRecord) -> str:
        """Format the event as a single line."""
        return super().format(record).translate(_ESCAPES)
