"""Organization codes: who has one, whether it is free, and whether runs would contradict another."""

from collections.abc import Iterable

from django.db import connection
from django.dispatch import Signal
from organizations.models import Organization

from openedx_catalog import keys
from openedx_catalog.models.course_run import CourseRun
from openedx_catalog.models.fields import as_text
from openedx_catalog.text import fold_code

org_code_changed = Signal()
"""An organization has another code, not only other capitals.

Sent within the transaction that writes it, under the organization's lock. The sender is `Organization`; receivers get
`instance`, which has the new code, `old_org_code` and `using`.
"""


def lock_org_codes(org_codes: Iterable[str]) -> None:
    """Let nobody else create an organization of one of these codes, case aside, until the transaction ends.

    Only PostgreSQL needs it: MySQL and MariaDB hold codes unique without case, and SQLite has one writer at a time.
    What no organization can be found by, such as NUL, is passed over: no database can be asked about it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext('organization ' || folded)) FROM unnest(%s::text[]) AS folded",
                [sorted({fold_code(org_code) for org_code in org_codes if org_code.isprintable()})],
            )


def find_contradicted_run(organization: Organization, org_code: str, *, using: str | None = None) -> str | None:
    """Return the key of a run of the organization that would name another one, if it had this code."""
    runs = CourseRun.objects.using(using).filter(catalog_course__org=organization)
    return keys.find_contradiction(runs.values_list(as_text("course_key"), flat=True).iterator(), org_code=org_code)
