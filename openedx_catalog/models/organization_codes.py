"""Organization codes: whether runs would contradict another."""

from django.dispatch import Signal
from organizations.models import Organization

from openedx_catalog import keys
from openedx_catalog.models.course_run import CourseRun
from openedx_catalog.models.fields import as_text

org_code_changed = Signal()
"""An organization has another code, not only other capitals.

Sent within the transaction that writes it, under the organization's lock. The sender is `Organization`; receivers get
`instance`, which has the new code, `old_org_code` and `using`.
"""


def find_contradicted_run(organization: Organization, org_code: str, *, using: str | None = None) -> str | None:
    """Return the key of a run of the organization that would name another one, if it had this code."""
    runs = CourseRun.objects.using(using).filter(catalog_course__org=organization)
    return keys.find_contradiction(runs.values_list(as_text("course_key"), flat=True).iterator(), org_code=org_code)
