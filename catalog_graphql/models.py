"""Who may see and do what: role rows with the columns of the platform's `student_courseaccessrole`."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from opaque_keys.edx.django.models import CourseKeyField

from openedx_catalog import api


class Role(models.TextChoices):
    """The platform's roles that mean something here, by its names."""

    INSTRUCTOR = "instructor", _("instructor: sees, edits and deletes")
    STAFF = "staff", _("staff: sees and edits")
    CREATOR = "org_course_creator_group", _("course creator: creates courses and runs in the organization")


class CourseAccessRole(models.Model):
    """A role that a user has on a run, or on all of an organization's where it names none."""

    NO_COURSE: ClassVar[Any] = CourseKeyField.Empty

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    org = models.CharField(
        _("organization code"),
        max_length=64,
        blank=True,
        db_index=True,
        help_text=_("Case aside. Left blank where a course key is given, it is read off that."),
    )
    course_key = CourseKeyField(
        _("course key"),
        max_length=255,
        blank=True,
        case_sensitive=True,
        db_index=True,
        db_column="course_id",
        help_text=_("The run; left blank, the role is on all of the organization's."),
    )
    role = models.CharField(_("role"), max_length=64, choices=Role.choices, db_index=True)

    class Meta:
        """Name the columns as the platform does, and let nobody have a role twice."""

        verbose_name = _("course access role")
        verbose_name_plural = _("course access roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "org", "course_key", "role"], name="catalog_graphql_courseaccessrole_unique"
            )
        ]

    def __str__(self) -> str:
        """Return who has which role on what."""
        return f"{self.user}: {self.role} on {self.course_key or self.org}"

    def clean(self) -> None:
        """Read the organization off the course key.

        Refuse a role on nothing, a creator's on a single run, and a second one alike on an organization, which the
        constraint's own check passes over as having no course key.
        """
        super().clean()
        same_org = Exact(api.FoldedCode("org"), api.fold_code(self.org))
        if self.course_key is not None:
            self.org = self.org or api.split_course_key(str(self.course_key)).org_code
            if self.role == Role.CREATOR:
                raise ValidationError({"course_key": _("A course creator's role is on an organization.")})
        elif not self.org:
            raise ValidationError({"org": _("Give an organization code, or a course key.")})
        elif self._others().filter(same_org, course_key=self.NO_COURSE).exists():
            raise ValidationError(_("The user has this role on the organization already."))

    def _others(self) -> models.QuerySet["CourseAccessRole"]:
        return CourseAccessRole.objects.filter(user=self.user_id, role=self.role).exclude(pk=self.pk)
