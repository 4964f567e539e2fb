"""Delete or move role rows together with their target, so that no later object of the same name inherits them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import Exact
from django.db.models.signals import post_delete
from django.dispatch import receiver
from organizations.models import Organization

from catalog_graphql.catalog import api
from catalog_graphql.catalog import records as models
from catalog_graphql.standalone.models import Bytes, CourseAccessRole


@receiver(post_delete, sender=models.CourseRun, dispatch_uid="catalog_graphql.forget_run")
def forget_run(instance: models.CourseRun, using: str, **kwargs: Any) -> None:
    """Delete the roles on a deleted run.

    This includes rows whose key differs by case: they grant nothing, but the next run's key may be spelled like theirs.
    """
    _rows(using).filter(course_key_folded=api.fold_code(str(instance.course_key))).delete()


@receiver(post_delete, sender=Organization, dispatch_uid="catalog_graphql.forget_organization")
def forget_organization(instance: Organization, using: str, **kwargs: Any) -> None:
    """Delete the roles on a deleted organization, unless another organization's code differs only by case."""
    if not _others(instance, instance.short_name, using).exists():
        _rows(using).filter(_left_over(instance.short_name)).delete()


@receiver(models.org_code_changed, dispatch_uid="catalog_graphql.move_roles")
def move_roles(instance: Organization, old_org_code: str, using: str, **kwargs: Any) -> None:
    """Move the roles on an organization to its new code.

    First delete old roles under the new code, unless the organization has runs: their keys contain the new code, so it
    was this organization's before.
    """
    rows, org_code = _rows(using), instance.short_name
    runs = models.CourseRun.objects.using(using).filter(catalog_course__org=instance)
    if not _others(instance, org_code, using).exists() and not runs.exists():
        rows.filter(_left_over(org_code)).delete()
    if _others(instance, old_org_code, using).exists():
        _copy(rows.filter(_on_organization(old_org_code)), org_code)
    else:
        _move(rows.filter(_has_org(old_org_code)), org_code)
        rows.filter(_left_over(old_org_code)).delete()


def _rows(using: str) -> QuerySet[CourseAccessRole]:
    return CourseAccessRole.objects.using(using)


def _others(organization: Organization, org_code: str, using: str) -> QuerySet[Organization]:
    """Return the other organizations with this code: old databases have some whose codes differ only by case."""
    return api.organizations_of(org_code).using(using).exclude(pk=organization.pk)


def _has_org(org_code: str) -> Q:
    return Q(Exact(api.FoldedCode("org"), api.fold_code(org_code)))


def _on_organization(org_code: str) -> Q:
    return _has_org(org_code) & Q(Exact(Bytes("course_key"), ""))


def _left_over(org_code: str) -> Q:
    """Return the condition that a row is on this organization, or on a run of it that does not exist."""
    folded = api.fold_code(org_code)
    spelled = Q()
    for prefix, separator in api.COURSE_KEY_FORMS:
        spelled |= Q(course_key_folded__startswith=prefix + folded + separator)
    run = models.CourseRun.objects.filter(course_key=OuterRef("course_key"))
    return _on_organization(org_code) | (spelled & Q(~Exists(run)))


def _copy(rows: QuerySet[CourseAccessRole], org_code: str) -> None:
    copies = [CourseAccessRole(user_id=row.user_id, org=org_code, role=row.role) for row in rows]
    CourseAccessRole.objects.using(rows.db).bulk_create(copies, ignore_conflicts=True)


def _move(rows: QuerySet[CourseAccessRole], org_code: str) -> None:
    """Set the rows' code. Of rows that thereby become equal, by the database's own comparison, keep only one."""
    try:
        with transaction.atomic(using=rows.db):
            rows.update(org=org_code)
    except IntegrityError:
        for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
            row = _rows(rows.db).filter(pk=pk)
            try:
                with transaction.atomic(using=rows.db):
                    row.update(org=org_code)
            except IntegrityError:
                row.delete()
