"""Organizations by code: finding them, locking codes, and checking a new code against the keys of runs."""

from collections.abc import Iterable

from django.db import connection, models
from django.db.models.lookups import Exact
from organizations.models import Organization

from catalog_graphql.catalog import keys
from catalog_graphql.catalog.records import CourseRun, as_text
from catalog_graphql.catalog.text import FoldedCode, fold_code


def organizations_of(org_code: str) -> models.QuerySet[Organization]:
    """Return the organizations with this short name, ignoring case. There may be several that differ only by case.

    An overlong name matches none: not every database accepts it in a query.
    """
    if len(org_code) > (Organization._meta.get_field("short_name").max_length or 0):
        return Organization.objects.none()
    return Organization.objects.filter(Exact(FoldedCode("short_name"), fold_code(org_code)))


def find_organization(org_code: str) -> Organization:
    """Return the organization with this short name, ignoring case, even if it is inactive.

    Of several that differ only by case, prefer the exact match, otherwise the oldest.
    Raises Organization.DoesNotExist.
    """
    # Databases reject NUL and lone surrogates in queries.
    found = list(organizations_of(org_code).order_by("pk")) if org_code.isprintable() else []
    if not found:
        raise Organization.DoesNotExist(f"There is no organization {org_code!r}.")
    return next((organization for organization in found if organization.short_name == org_code), found[0])


def lock_org_codes(org_codes: Iterable[str]) -> None:
    """Keep others from creating an organization with one of these codes, ignoring case, until the transaction ends.

    Only PostgreSQL needs this: on MySQL and MariaDB the unique index ignores case, and SQLite has one writer at a time.
    Codes with unprintable characters, such as NUL, are skipped: databases reject those in queries.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext('organization ' || folded)) FROM unnest(%s::text[]) AS folded",
                [sorted({fold_code(org_code) for org_code in org_codes if org_code.isprintable()})],
            )


def find_contradicted_run(organization: Organization, org_code: str, *, using: str | None = None) -> str | None:
    """Return the key of a run that would contradict its organization if that had this code; None if there is none."""
    runs = CourseRun.objects.using(using).filter(catalog_course__org=organization)
    return keys.find_contradiction(runs.values_list(as_text("course_key"), flat=True).iterator(), org_code=org_code)
