"""Changes of organization codes: the signal, and the check against the keys of runs."""

from django.dispatch import Signal
from organizations.models import Organization

from openedx_catalog import keys
from openedx_catalog.models.course_run import CourseRun
from openedx_catalog.models.fields import as_text

org_code_changed = Signal()
"""An organization gets a new code that differs by more than case.

Sent in the transaction that writes the code, while the organization is locked. The sender is `Organization`; receivers
get `instance`, which has the new code, `old_org_code` and `using`.
"""


def find_contradicted_run(organization: Organization, org_code: str, *, using: str | None = None) -> str | None:
    """Return the key of a run that would contradict its organization if that had this code; None if there is none."""
    runs = CourseRun.objects.using(using).filter(catalog_course__org=organization)
    return keys.find_contradiction(runs.values_list(as_text("course_key"), flat=True).iterator(), org_code=org_code)
