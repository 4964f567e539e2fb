"""Role rows, with the columns of the platform's `student_courseaccessrole`."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Exact, In
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _
from opaque_keys import InvalidKeyError
from opaque_keys.edx.django.models import CourseKeyField

from catalog_graphql.catalog import api


class Role(models.TextChoices):
    """The platform's roles that have a meaning here, by the platform's names."""

    INSTRUCTOR = "instructor", _("instructor: sees, edits and deletes")
    STAFF = "staff", _("staff: sees and edits")
    CREATOR = "org_course_creator_group", _("course creator: creates courses and runs in the organization")


class RunKeyField(CourseKeyField):
    """A course key, or the column's text if it is not a valid key.

    Otherwise, rows with invalid keys could not be read, and so not be deleted, either.
    """

    def to_python(self, value: Any) -> Any:
        """Return the key, or the text if it is not a valid key."""
        try:
            return super().to_python(value)  # type: ignore[no-untyped-call]
        except InvalidKeyError:
            return value

    def get_prep_value(self, value: Any) -> Any:
        """Return the key as text, or the text if it is not a valid key."""
        try:
            return super().get_prep_value(value)  # type: ignore[no-untyped-call]
        except InvalidKeyError:
            return value


class Bytes(models.Func):
    """A column that is compared byte by byte.

    MySQL and MariaDB would consider `Staff` and `staff` equal, and ignore trailing spaces, whatever the collation.
    """

    template = "%(expressions)s"
    arity = 1
    output_field = models.CharField()

    def as_mysql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Compare bytes."""
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS BINARY)")


class CourseAccessRoleQuerySet(models.QuerySet["CourseAccessRole"]):
    """Role rows. A row grants nothing unless its role and its target match exactly."""

    def with_role(self, *roles: Role) -> "CourseAccessRoleQuerySet":
        """Return the rows with one of these roles."""
        return self.filter(In(Bytes("role"), list(roles)))

    def on_organizations(self) -> "CourseAccessRoleQuerySet":
        """Return the rows without a course key: they are on whole organizations."""
        return self.filter(Exact(Bytes("course_key"), ""))

    def on_runs(self) -> "CourseAccessRoleQuerySet":
        """Return the rows whose course keys can be compared with runs' keys on any database."""
        # Databases compare keys byte by byte, but some ignore trailing spaces, which no run's key has.
        return self.exclude(course_key__endswith=" ")


class CourseAccessRole(models.Model):
    """A user's role on a run, or, without a course key, on all runs of an organization."""

    NO_COURSE: ClassVar[Any] = CourseKeyField.Empty

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    org = models.CharField(
        _("organization code"),
        max_length=255,
        blank=True,
        db_index=True,
        help_text=_("Case aside. Left blank where a course key is given, it is read off that."),
    )
    course_key = RunKeyField(  # type: ignore[no-untyped-call]
        _("course key"),
        max_length=255,
        blank=True,
        case_sensitive=True,
        db_index=True,
        db_column="course_id",
        help_text=_("The run; left blank, the role is on all of the organization's."),
    )
    role = models.CharField(_("role"), max_length=64, choices=Role.choices, db_index=True)
    # To find the rows of a deleted run regardless of case. A generated column can be indexed on every database.
    course_key_folded = models.GeneratedField(
        expression=api.FoldedCode("course_key"),
        output_field=RunKeyField(max_length=255, case_sensitive=True),  # type: ignore[no-untyped-call]
        db_persist=True,
        db_index=True,
    )

    objects = CourseAccessRoleQuerySet.as_manager()

    class Meta:
        """Use the platform's column names, and let nobody have the same role twice."""

        db_table = "catalog_graphql_courseaccessrole"
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

    @property
    def is_role(self) -> bool:
        """Whether the row's role is exactly one of `Role`."""
        return self.role in Role.values

    @property
    def has_course_key(self) -> bool:
        """Whether the row has a course key, in a spelling that the catalog can hold."""
        return self.course_key is not None and api.is_course_key(str(self.course_key))

    def clean(self) -> None:
        """Set the organization code from the course key.

        Refuse an invalid course key, a role without a target, a course creator's role on a single run, and a duplicate
        role on an organization, which the constraint's validation skips because the course key is empty.
        """
        super().clean()
        if self.course_key is not None:
            if not self.has_course_key:
                raise ValidationError({"course_key": _("A course key looks like course-v1:MITx+6.002x+3T2012.")})
            self.org = self.org or api.split_course_key(str(self.course_key)).org_code
            if self.role == Role.CREATOR:
                raise ValidationError({"course_key": _("A course creator's role is on an organization.")})
        elif not self.org:
            raise ValidationError({"org": _("Give an organization code, or a course key.")})
        elif self._twins().exists():
            raise ValidationError(_("The user has this role on the organization already."))

    def _twins(self) -> CourseAccessRoleQuerySet:
        same_org = Exact(api.FoldedCode("org"), api.fold_code(self.org))
        rows = CourseAccessRole.objects.on_organizations().filter(same_org, user=self.user_id)
        return rows.filter(role=self.role).exclude(pk=self.pk)
