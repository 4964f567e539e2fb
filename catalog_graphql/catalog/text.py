"""Text comparison that gives the same results on every database and in every locale.

Codes and keys are compared byte by byte, ignoring the case of ASCII letters: by `fold_code` in Python and `FoldedCode`
in the database. An organization code `Éco`, from before codes were ASCII, equals `ÉCO`, but not `éco`.

Titles and names use Unicode's canonical caseless matching, and ignore the distinction between the two Turkish i's.
Databases disagree about that, so they store the text to search as folded by `fold_text`.
"""

import re
from collections.abc import Callable
from typing import Any
from unicodedata import normalize

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func
from django.db.models.sql.compiler import SQLCompiler

GROWTH = 3
"""The most characters that one character of a text can become when it is folded."""

_DOTTED_I = re.compile("i\u0307+|\u0131")


def fold_code(code: str) -> str:
    """Return the code or key with its ASCII letters in lowercase. Other characters stay as they are."""
    if code.isascii():
        return code.lower()
    return code.encode(errors="surrogatepass").lower().decode(errors="surrogatepass")


def fold_text(text: str) -> str:
    """Return the text case-folded and composed (NFC): two texts match if their results are equal.

    Unicode folds `I` to `i`. The dotless i and the dotted I of Turkish also become `i`: as other languages pair `I`
    with `i`, this is the only way to find a text in either case, whichever language it is in.
    """
    if text.isascii():
        return text.lower()
    # Decomposed text can be folded character by character, but folding may break the canonical order of marks.
    return normalize("NFC", _DOTTED_I.sub("i", normalize("NFD", normalize("NFD", text).casefold())))


class FoldedCode(Func):
    """`fold_code` of a column, computed by the database."""

    function = "LOWER"
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Fold by the collation `C`, whatever the collations of the column and the database are."""
        return super().as_sql(compiler, connection, template='LOWER(%(expressions)s COLLATE "C")')

    def as_mysql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Fold the bytes as a character set that has no uppercase letters beyond ASCII, and compare bytes."""
        utf8 = "CAST(CONVERT(%(expressions)s USING utf8mb4) AS BINARY)"
        return super().as_sql(compiler, connection, template=f"CAST(LOWER(CONVERT({utf8} USING tis620)) AS BINARY)")

    @property
    def convert_value(self) -> Callable[..., Any]:
        """The converter from driver values to text: the drivers of MySQL and MariaDB return bytes."""
        return _decode


def _decode(value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
    return value.decode() if isinstance(value, bytes) else value
