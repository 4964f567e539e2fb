"""Commands that create and update organizations."""

from collections.abc import Iterable
from contextlib import suppress

from django.utils.translation import gettext as _
from organizations.models import Organization

from catalog_graphql.catalog import keys, validation
from catalog_graphql.catalog.commands.command import command, refuse, save_changes
from catalog_graphql.catalog.organizations import find_contradicted_run, find_organization, lock_org_codes
from catalog_graphql.catalog.problems import Problem, ProblemCode
from catalog_graphql.catalog.text import fold_code


def lock_organization(org_code: str) -> Organization | None:
    """Return the organization with this code, ignoring case, and lock it until the transaction ends.

    If there is none, return None: nobody else can create it before the transaction ends, either. Code that adds a
    catalog course or a run must take this lock first.
    """
    lock_org_codes([org_code])
    try:
        return Organization.objects.select_for_update().get(pk=find_organization(org_code).pk)
    except Organization.DoesNotExist:
        return None


@command
def create_organization(*, org_code: str, name: str, description: str = "") -> Organization:
    """Create an organization. Raises RefusedError, with the existing organization with this code, if any."""
    org_code, name, description = org_code.strip(), name.strip(), description.strip()
    problems = [
        *validation.check_code(org_code, "org_code"),
        *validation.check_line(name, "name"),
        *validation.check_text(description, "description"),
    ]
    existing = lock_organization(org_code)
    if existing is not None:
        problems.append(_already_exists(existing, "org_code"))
    refuse(problems, existing=existing)
    return Organization.objects.create(short_name=org_code, name=name, description=description or None)


@command
def update_organization(
    organization: Organization,
    *,
    new_org_code: str | None = None,
    name: str | None = None,
    description: str | None = None,
    is_active: bool | None = None,
    problems: Iterable[Problem] = (),
) -> bool:
    """Update an organization, and return whether anything changed; None leaves a field alone.

    A blank description clears it. A new code is refused if it would contradict a run's key, unless only its case
    differs. `problems` are those that the caller has already found, to be reported together with those found here.
    Raises RefusedError, and Organization.DoesNotExist if the organization has been deleted.
    """
    problems = list(problems)
    changes: dict[str, object] = {}
    if new_org_code is not None:
        changes["short_name"] = new_org_code = new_org_code.strip()
        lock_org_codes([new_org_code])  # Lock codes before rows, as lock_organization does.
    stored = Organization.objects.select_for_update().get(pk=organization.pk)
    if new_org_code is not None:
        problems += _check_new_code(stored, new_org_code)
    if name is not None:
        changes["name"] = name = name.strip()
        problems += validation.check_line(name, "name")
    if description is not None:
        changes["description"] = description.strip() or None
        problems += validation.check_text(description.strip(), "description")
    if is_active is not None:
        changes["active"] = is_active
    refuse(problems)
    return save_changes(organization, stored, changes)


def _check_new_code(organization: Organization, org_code: str) -> list[Problem]:
    problems = list(validation.check_code(org_code, "new_org_code"))
    with suppress(Organization.DoesNotExist):
        other = find_organization(org_code)
        if other.pk != organization.pk:
            problems.append(_already_exists(other, "new_org_code"))
    contradicted = None
    if keys.is_org_code(org_code) and fold_code(org_code) != fold_code(organization.short_name):
        contradicted = find_contradicted_run(organization, org_code)
    if contradicted is not None:
        message = _("The code %(org_code)s would contradict the run %(course_key)s.")
        message %= {"org_code": org_code, "course_key": contradicted}
        problems.append(Problem(ProblemCode.KEY_MISMATCH, message, ("new_org_code",)))
    return problems


def _already_exists(existing: Organization, field: str) -> Problem:
    message = _("There is already an organization %(org_code)s: codes must differ by more than case.")
    return Problem(ProblemCode.ALREADY_EXISTS, message % {"org_code": existing.short_name}, (field,))
