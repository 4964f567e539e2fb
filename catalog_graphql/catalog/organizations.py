"""Organizations by their codes: who has one, whether it is free, and whether runs would contradict another."""

from collections.abc import Iterable

from django.db import connection, models
from django.db.models.lookups import Exact
from organizations.models import Organization

from catalog_graphql.catalog import keys
from catalog_graphql.catalog.records import CourseRun, as_text
from catalog_graphql.catalog.text import FoldedCode, fold_code


def organizations_of(org_code: str) -> models.QuerySet[Organization]:
    """Return the organizations of this short name, case aside; several may differ by case alone.

    There are none of very long ones, about which not every database can be asked.
    """
    if len(org_code) > (Organization._meta.get_field("short_name").max_length or 0):
        return Organization.objects.none()
    return Organization.objects.filter(Exact(FoldedCode("short_name"), fold_code(org_code)))


def find_organization(org_code: str) -> Organization:
    """Return the organization of this short name, case aside, inactive ones too.

    Where several differ by case alone, it is the one spelled so, otherwise the oldest.
    Raises Organization.DoesNotExist.
    """
    # No database can be asked about NUL or half a character.
    found = list(organizations_of(org_code).order_by("pk")) if org_code.isprintable() else []
    if not found:
        raise Organization.DoesNotExist(f"There is no organization {org_code!r}.")
    return next((organization for organization in found if organization.short_name == org_code), found[0])


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
