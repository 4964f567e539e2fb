"""Text comparison that gives the same results on every database and in every locale.

Codes and keys are compared byte by byte, ignoring the case of ASCII letters: by `fold_code` in Python and `FoldedCode`
in the database. An organization code `Éco`, from before codes were ASCII, equals `ÉCO`, but not `éco`.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func
from django.db.models.sql.compiler import SQLCompiler


def fold_code(code: str) -> str:
    """Return the code or key with its ASCII letters in lowercase. Other characters stay as they are."""
    if code.isascii():
        return code.lower()
    return code.encode(errors="surrogatepass").lower().decode(errors="surrogatepass")


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
