"""Findings of the audit, and the registry of audits that other apps add."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Finding(NamedTuple):
    """A violation: the key of the object at fault, or the name of the table, and a sentence about how it should be."""

    key: str
    message: str


Audit = Callable[[], Iterable[Finding]]

more_audits: list[Audit] = []


def register_audit(audit: Audit) -> Audit:
    """Make `check_catalog` also report this function's findings. For apps whose tables refer to the catalog's."""
    more_audits.append(audit)
    return audit
