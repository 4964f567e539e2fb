"""Course runs, such as "Math 100, fall 2026"."""

import logging
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Concat, Length, Lower, StrIndex, Substr
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from opaque_keys import InvalidKeyError
from opaque_keys.edx.django.models import CourseKeyField
from opaque_keys.edx.locator import CourseLocator

from openedx_catalog import keys
from openedx_catalog.models.catalog_course import CatalogCourse
from openedx_catalog.models.fields import CodeField, TitleField, blank_fields, changes_any, not_blank
from openedx_catalog.text import FoldedCode, fold_code

logger = logging.getLogger(__name__)

_KEY = frozenset({"catalog_course", "catalog_course_id", "course_key", "run_code"})
_MAY_HOLD = format_lazy(_("The run code may hold {characters}."), characters=_(keys.CODE_CHARACTERS))
_IS_CCX = models.Q(course_key__startswith=keys.CCX_PREFIX)


def _key_ends_with_run(separator: str, *, suffix: str = "") -> Exact:
    """Return the condition that the key has the run code between the separator and the suffix, or its end."""
    run = Concat(models.Value(separator), "run_code")
    end = StrIndex("course_key", models.Value(suffix)) if suffix else Length("course_key") + 1
    return Exact(Substr("course_key", end - Length(run), Length(run)), run)


class CourseRun(models.Model):
    """A catalog course as it takes place: "Math 100, fall 2026". There may be no content behind it yet."""

    catalog_course = models.ForeignKey(
        CatalogCourse,
        on_delete=models.PROTECT,
        related_name="runs",
        verbose_name=_("catalog course"),
        help_text=_("The catalog course of which this is a run."),
    )
    run_code = CodeField(
        _("run code"),
        max_length=255,
        help_text=_("The run's code, such as 3T2012: the last part of its key."),
    )
    course_key = CourseKeyField(
        _("course key"),
        max_length=255,
        unique=True,
        blank=True,
        case_sensitive=True,
        help_text=_("The run's key, such as course-v1:MITx+6.002x+3T2012. Left blank, it is made from the codes."),
    )
    created = models.DateTimeField(
        _("created"), default=timezone.now, editable=False, help_text=_("When the run was created.")
    )
    title = TitleField(
        _("title"),
        max_length=255,
        blank=True,
        help_text=_("The run's title. Left blank, it becomes the catalog course's."),
    )
    # See CatalogCourse.course_code_folded. PostgreSQL compares this one's source column by the database's locale.
    course_key_folded = models.GeneratedField(
        expression=FoldedCode("course_key"), output_field=CodeField(max_length=255), db_persist=True
    )
    # Null for custom courses, which share the run code of their base run: a unique index allows any number of nulls.
    run_code_folded = models.GeneratedField(
        expression=models.Case(models.When(_IS_CCX, then=None), default=Lower("run_code")),
        output_field=CodeField(max_length=255, null=True),
        db_persist=True,
    )

    class Meta:
        """Require unique keys, ignoring case, that contain the run code, and nonblank text."""

        verbose_name = _("course run")
        verbose_name_plural = _("course runs")
        constraints = [
            models.UniqueConstraint(
                fields=["course_key_folded"],
                name="oex_catalog_courserun_course_key_unique",
                violation_error_message=_("There is already a run of this key, case aside."),
            ),
            models.UniqueConstraint(
                fields=["catalog_course", "run_code_folded"],
                name="oex_catalog_courserun_catalog_course_run_code_unique",
                violation_error_message=_("The catalog course already has a run of this code, case aside."),
            ),
            models.CheckConstraint(
                name="oex_catalog_courserun_run_code_not_blank",
                condition=not_blank("run_code"),
                violation_error_message=_("The run code must not be blank."),
            ),
            models.CheckConstraint(
                name="oex_catalog_courserun_run_code_regex",
                condition=models.Q(run_code__regex=keys.CODE_REGEX),
                violation_error_message=_MAY_HOLD,
            ),
            models.CheckConstraint(
                name="oex_catalog_courserun_title_not_blank",
                condition=not_blank("title"),
                violation_error_message=_("The title must not be blank."),
            ),
            models.CheckConstraint(
                name="oex_catalog_courserun_course_key_regex",
                condition=models.Q(course_key__regex=keys.COURSE_KEY_REGEX),
                violation_error_message=_("The course key must be one of a course run, in ASCII."),
            ),
            models.CheckConstraint(
                name="oex_catalog_courserun_course_key_run_code_match_exactly",
                condition=models.Q(_IS_CCX, _key_ends_with_run("+", suffix="+ccx@"))
                | models.Q(~_IS_CCX, models.Q(_key_ends_with_run("+")) | models.Q(_key_ends_with_run("/"))),
                violation_error_message=_("The run code must be the run of the course key, capitals included."),
            ),
        ]
        indexes = [
            models.Index(fields=["title", "id"], name="oex_catalog_courserun_title"),
            models.Index(fields=["run_code", "id"], name="oex_catalog_courserun_run_code"),
            models.Index(fields=["created", "id"], name="oex_catalog_courserun_created"),
            models.Index(fields=["catalog_course", "created", "id"], name="oex_catalog_courserun_course"),
        ]

    def __str__(self) -> str:
        """Return the title and the key."""
        return f"{self.title} ({self.course_key})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what `clean` allows. Keep others from changing the codes in the key in the meantime.

        Raises ValidationError.
        """
        using = kwargs.get("using")
        with transaction.atomic(using=using):
            if changes_any(_KEY, kwargs.get("update_fields")):
                self.catalog_course = CatalogCourse.lock(self.catalog_course_id, using=using)
                self._complete()
                self._refuse_contradiction()
                self._warn()
            else:
                self._complete()
            super().save(*args, **kwargs)

    @property
    def org_code(self) -> str:
        """The organization's code as the key spells it; the organization itself may spell it in a different case."""
        return keys.split(str(self.course_key)).org_code

    @property
    def course_code(self) -> str:
        """The course's code as the key spells it."""
        return keys.split(str(self.course_key)).course_code

    def clean(self) -> None:
        """Fill in blank fields, and refuse a key that contradicts the catalog course or the run code.

        Raises ValidationError. An organization code that differs only by case is allowed.
        """
        super().clean()
        if self.catalog_course_id is not None and self.run_code:
            self._complete()
            self._refuse_contradiction()

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Skip fields that could not be filled in: `clean_fields` or `clean` has already reported why."""
        super().validate_constraints(exclude={*(exclude or ()), *blank_fields(self, "title", "course_key")})

    def _complete(self) -> None:
        if not self.title.strip():
            self.title = self.catalog_course.title
        if self.course_key is None:
            try:
                self.course_key = CourseLocator(
                    org=self.catalog_course.org_code, course=self.catalog_course.course_code, run=self.run_code
                )
            except InvalidKeyError as error:
                raise ValidationError({"run_code": _MAY_HOLD}) from error

    def _refuse_contradiction(self) -> None:
        codes = {"catalog_course": self.catalog_course_id, "course_key": self.course_key, "run_code": self.run_code}
        if not self._state.adding and CourseRun.objects.filter(pk=self.pk, **codes).exists():
            return  # An existing contradiction must not prevent corrections to the title.
        course_key = str(self.course_key)
        if not keys.is_course_key(course_key):
            raise ValidationError(
                _("%(course_key)s is not the key of a course run, in ASCII."),
                code="invalid",
                params={"course_key": course_key},
            )
        org_code, course_code, run_code = keys.split(course_key)
        catalog_course = self.catalog_course
        if (
            fold_code(org_code) != fold_code(catalog_course.org_code)
            or course_code != catalog_course.course_code
            or run_code != self.run_code
        ):
            raise ValidationError(
                _("The key %(course_key)s is not that of a run %(run_code)s of %(key)s."),
                code="key_mismatch",
                params={"course_key": course_key, "run_code": self.run_code, "key": catalog_course.key_str},
            )

    def _warn(self) -> None:
        if self.org_code != self.catalog_course.org_code:
            logger.warning("The organization of %s spells its code %s.", self.course_key, self.catalog_course.org_code)
