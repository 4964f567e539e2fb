"""Handlers of signals that Django sends when models are saved, including models of other apps."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from organizations.models import Organization

from openedx_catalog.models.fields import changes_any
from openedx_catalog.models.organization_codes import find_contradicted_run, org_code_changed
from openedx_catalog.text import fold_code


@receiver(pre_save, sender=Organization, dispatch_uid="openedx_catalog.guard_renaming")
def guard_renaming(instance: Organization, raw: bool, using: str, update_fields: Any, **kwargs: Any) -> None:
    """Raise ValidationError for a new short name that would contradict a run's key.

    A change of case is always allowed, and so is a name that makes mismatched keys right. Once this has returned,
    nobody can add a run under the old name.
    """
    if raw or instance.pk is None or not changes_any({"short_name"}, update_fields):
        return
    with transaction.atomic(using=using):
        stored = Organization.objects.using(using).select_for_update().filter(pk=instance.pk).first()
        if stored is None or fold_code(stored.short_name) == fold_code(instance.short_name):
            return
        refuse_contradiction(instance, using=using)
        # Outside of a transaction, `save` would write the name only after the lock has been released.
        Organization.objects.using(using).filter(pk=instance.pk).update(short_name=instance.short_name)
        org_code_changed.send(Organization, instance=instance, old_org_code=stored.short_name, using=using)


def refuse_contradiction(organization: Organization, *, using: str | None = None) -> None:
    """Raise ValidationError, which names such a run, if the short name would contradict a run's key."""
    contradicted = find_contradicted_run(organization, organization.short_name, using=using)
    if contradicted is not None:
        raise ValidationError(
            {
                "short_name": ValidationError(
                    _("The code %(org_code)s would contradict the run %(course_key)s."),
                    code="key_mismatch",
                    params={"org_code": organization.short_name, "course_key": contradicted},
                )
            }
        )
