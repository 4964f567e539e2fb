"""Find role rows that have no effect, for `check_catalog`."""

from collections.abc import Iterator

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from organizations.models import Organization

from catalog_graphql.catalog import api
from catalog_graphql.catalog import records as models
from catalog_graphql.standalone.models import CourseAccessRole, Role


@api.register_audit
def role_rows() -> Iterator[api.Finding]:
    """Yield the role rows without a target: a later object of the same name would inherit the role."""
    yield from _misspelled()
    yield from _on_no_run()
    yield from _on_no_organization()


def _misspelled() -> Iterator[api.Finding]:
    # The platform has other roles, which have no meaning here, but are not mistakes.
    for pk, role in CourseAccessRole.objects.order_by("pk").values_list("pk", "role").iterator():
        meant = role.strip().lower()
        if meant in Role.values and role != meant:
            yield _finding(pk, f"The role {role!r} should be spelled {meant!r}: it is nobody's as it is.")


def _on_no_run() -> Iterator[api.Finding]:
    run = models.CourseRun.objects.filter(course_key=OuterRef("course_key"))
    on_runs = CourseAccessRole.objects.exclude(pk__in=CourseAccessRole.objects.on_organizations().values("pk"))
    rows = on_runs.filter(~Exists(run) | Q(course_key__endswith=" ")).order_by("pk")
    for pk, course_key in rows.values_list("pk", ExpressionWrapper(F("course_key"), CharField())).iterator():
        yield _finding(pk, f"It should be on a run, and there is none of the key {course_key!r}.")


def _on_no_organization() -> Iterator[api.Finding]:
    org_codes = {api.fold_code(org_code) for org_code in Organization.objects.values_list("short_name", flat=True)}
    rows = CourseAccessRole.objects.on_organizations().order_by("pk")
    for pk, org_code in rows.values_list("pk", "org").iterator():
        if api.fold_code(org_code) not in org_codes:
            yield _finding(pk, f"It should be on an organization, and there is none of the code {org_code!r}.")


def _finding(pk: int, message: str) -> api.Finding:
    return api.Finding(f"course access role {pk}", message)
