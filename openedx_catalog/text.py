"""What is compared with what, alike on every database and under every locale.

Codes and keys: capitals of the ASCII alphabet aside, and byte by byte otherwise. `fold_code` says so to Python,
`FoldedCode` to the database. An organization `Éco`, from before codes were ASCII, is `ÉCO`'s equal, and not `éco`'s.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func
from django.db.models.sql.compiler import SQLCompiler


def fold_code(code: str) -> str:
    """Return the code or key in small letters; only those of the ASCII alphabet have any."""
    if code.isascii():
        return code.lower()
    return code.encode(errors="surrogatepass").lower().decode(errors="surrogatepass")


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
