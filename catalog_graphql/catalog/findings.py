"""What an audit finds, and who else has something to audit."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Finding(NamedTuple):
    """A breach: the key of what is at fault (a table's is its name), and a sentence on what would be right."""

    key: str
    message: str


Audit = Callable[[], Iterable[Finding]]

more_audits: list[Audit] = []


def register_audit(audit: Audit) -> Audit:
    """Let `check_catalog` report what this function finds, too: other apps keep tables that point at the catalog's."""
    more_audits.append(audit)
    return audit
