"""What is compared with what, alike on every database and under every locale.

Codes and keys: capitals of the ASCII alphabet aside, and byte by byte otherwise. `fold_code` says so to Python,
`FoldedCode` to the database. An organization `Éco`, from before codes were ASCII, is `ÉCO`'s equal, and not `éco`'s.

Titles and names: as Unicode's canonical caseless matching has it, and the two i's of Turkish aside. Databases do
not agree on that, so they hold the folded text of what is searched, made by `fold_text`.
"""

import re
from collections.abc import Callable
from typing import Any
from unicodedata import normalize

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func
from django.db.models.sql.compiler import SQLCompiler

GROWTH = 3
"""How many times as long as a text its folded text can be, in characters."""

_DOTTED_I = re.compile("i\u0307+|\u0131")


def fold_code(code: str) -> str:
    """Return the code or key in small letters; only those of the ASCII alphabet have any."""
    if code.isascii():
        return code.lower()
    return code.encode(errors="surrogatepass").lower().decode(errors="surrogatepass")


def fold_text(text: str) -> str:
    """Return the text without its capitals, composed: two texts are alike where this is equal.

    Unicode folds `I` to `i`. The dotless i and the dotted I of Turkish are folded to `i`, too: their other halves are
    in other languages, and a text is found in capitals and in small letters, whoever wrote them.
    """
    if text.isascii():
        return text.lower()
    # What is decomposed can be folded character by character; what was in order before may not be afterwards.
    return normalize("NFC", _DOTTED_I.sub("i", normalize("NFD", normalize("NFD", text).casefold())))


class FoldedCode(Func):
    """`fold_code` of a column, computed by the database."""

    function = "LOWER"
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Fold as the collation `C` does, whatever the column's and the database's are."""
        return super().as_sql(compiler, connection, template='LOWER(%(expressions)s COLLATE "C")')

    def as_mysql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Fold the bytes as those of a character set that has no capitals beyond ASCII, and compare bytes."""
        utf8 = "CAST(CONVERT(%(expressions)s USING utf8mb4) AS BINARY)"
        return super().as_sql(compiler, connection, template=f"CAST(LOWER(CONVERT({utf8} USING tis620)) AS BINARY)")

    @property
    def convert_value(self) -> Callable[..., Any]:
        """What makes text of what the driver returns: MySQL's and MariaDB's return bytes."""
        return _decode


def _decode(value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
    return value.decode() if isinstance(value, bytes) else value
