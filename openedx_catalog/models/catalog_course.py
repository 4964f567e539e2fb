"""Catalog courses: courses such as "Math 100", independent of their runs."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from organizations.models import Organization

from openedx_catalog import keys, languages
from openedx_catalog.models.fields import CodeField, TitleField, as_text, blank_fields, changes_any, not_blank
from openedx_catalog.text import FoldedCode, fold_code

_CODES = frozenset({"org", "org_id", "course_code"})


def default_language() -> str:
    """Return the default language of courses: the site's."""
    return languages.normalize(settings.LANGUAGE_CODE)


def find_organization(org_code: str) -> Organization:
    """Return the organization with this short name, ignoring case, even if it is inactive.

    Of several that differ only by case, prefer the exact match, otherwise the oldest.
    Raises Organization.DoesNotExist.
    """
    # Databases reject NUL and lone surrogates in queries, and some of them overlong codes.
    most = Organization._meta.get_field("short_name").max_length or 0
    alike = Organization.objects.filter(Exact(FoldedCode("short_name"), fold_code(org_code)))
    found = list(alike.order_by("pk")) if org_code.isprintable() and len(org_code) <= most else []
    if not found:
        raise Organization.DoesNotExist(f"There is no organization {org_code!r}.")
    return next((organization for organization in found if organization.short_name == org_code), found[0])


def lock_organization(org_code: str) -> Organization | None:
    """Return the organization with this short name, ignoring case, locked until the transaction ends.

    If there is none, return None. On PostgreSQL nobody else can create it then before the transaction ends; SQLite has
    one writer at a time, and on MySQL and MariaDB the unique index ignores case.
    """
    if connection.vendor == "postgresql" and org_code.isprintable():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"organization {fold_code(org_code)}"])
    try:
        return Organization.objects.select_for_update().get(pk=find_organization(org_code).pk)
    except Organization.DoesNotExist:
        return None


class CatalogCourse(models.Model):
    """A course of an organization, such as "Math 100", whatever its runs. It may have none yet."""

    org = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        verbose_name=_("organization"),
        help_text=_("The organization that offers the course."),
    )
    course_code = CodeField(
        _("course code"),
        max_length=255,
        help_text=_("The course's code within its organization, such as 6.002x. Its runs' keys spell it."),
    )
    created = models.DateTimeField(
        _("created"),
        default=timezone.now,
        editable=False,
        help_text=_("When the course was created; for an imported one, when its oldest run was."),
    )
    title = TitleField(
        _("title"),
        max_length=255,
        blank=True,
        help_text=_("The course's title. Left blank, it becomes the course code."),
    )
    language = CodeField(
        _("language"),
        max_length=64,
        default=default_language,
        help_text=_("The language of the course, lowercase and hyphenated: en, fr-ca, zh-cn."),
    )
    # A unique index on a generated column is the only way to enforce uniqueness regardless of case on every database.
    # The source column is compared byte by byte, so LOWER folds ASCII only.
    course_code_folded = models.GeneratedField(
        expression=Lower("course_code"), output_field=CodeField(max_length=255), db_persist=True
    )

    class Meta:
        """Require unique codes within an organization, ignoring case, and nonblank text."""

        verbose_name = _("catalog course")
        verbose_name_plural = _("catalog courses")
        constraints = [
            models.UniqueConstraint(
                fields=["org", "course_code_folded"],
                name="oex_catalog_catalogcourse_org_course_code_unique",
                violation_error_message=_("The organization already has a course of this code, case aside."),
            ),
            models.CheckConstraint(
                name="oex_catalog_catalogcourse_language_regex",
                condition=models.Q(language__regex=languages.LANGUAGE_REGEX),
                violation_error_message=_("A language is lowercase and hyphenated, such as en, fr-ca or zh-cn."),
            ),
            models.CheckConstraint(
                name="oex_catalog_catalogcourse_course_code_not_blank",
                condition=not_blank("course_code"),
                violation_error_message=_("The course code must not be blank."),
            ),
            models.CheckConstraint(
                name="oex_catalog_catalogcourse_course_code_regex",
                condition=models.Q(course_code__regex=keys.CODE_REGEX),
                violation_error_message=format_lazy(
                    _("The course code may hold {characters}."), characters=_(keys.CODE_CHARACTERS)
                ),
            ),
            models.CheckConstraint(
                name="oex_catalog_catalogcourse_title_not_blank",
                condition=not_blank("title"),
                violation_error_message=_("The title must not be blank."),
            ),
        ]
        indexes = [
            models.Index(fields=["title", "id"], name="oex_catalog_catcourse_title"),
            models.Index(fields=["course_code", "id"], name="oex_catalog_catcourse_code"),
            models.Index(fields=["created", "id"], name="oex_catalog_catcourse_created"),
            models.Index(fields=["org", "title", "id"], name="oex_catalog_catcourse_org"),
        ]

    def __str__(self) -> str:
        """Return the title and the key."""
        return f"{self.title} ({self.key_str})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what `clean` allows. If the codes might change, keep others from adding runs in the meantime.

        Raises ValidationError.
        """
        self._complete()
        using = kwargs.get("using")
        with transaction.atomic(using=using):
            if not self._state.adding and changes_any(_CODES, kwargs.get("update_fields")):
                stored = self.lock(self.pk, using=using)
                if stored.org_id == self.org_id:
                    self.org = stored.org
                else:
                    self.org = Organization.objects.using(using).select_for_update().get(pk=self.org_id)
                self._refuse_contradiction(stored)
            super().save(*args, **kwargs)

    @property
    def org_code(self) -> str:
        """The organization's code, in its own spelling.

        Setting it sets the organization to the one with this short name, ignoring case, even if it is inactive. Raises
        Organization.DoesNotExist if there is none.
        """
        return self.org.short_name

    @org_code.setter
    def org_code(self, org_code: str) -> None:
        self.org = find_organization(org_code)

    @property
    def language_short(self) -> str:
        """The older, short spelling of the language, which the platform still uses: en, zh_HANS."""
        return languages.short(self.language)

    @language_short.setter
    def language_short(self, language_short: str) -> None:
        self.language = languages.normalize(language_short)

    @property
    def key_str(self) -> str:
        """The key of the catalog course, such as catalog-course:MITx:6.002x."""
        return keys.catalog_course_key(org_code=self.org_code, course_code=self.course_code)

    def clean(self) -> None:
        """Fill in blank fields, and refuse codes that would contradict a run's key.

        Raises ValidationError, which names such a run.
        """
        super().clean()
        self._complete()
        if not self._state.adding and self.org_id is not None:
            self._refuse_contradiction(CatalogCourse.objects.get(pk=self.pk))

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Skip a title that could not be filled in: `clean_fields` has already reported the missing code."""
        super().validate_constraints(exclude={*(exclude or ()), *blank_fields(self, "title")})

    @classmethod
    def lock(cls, pk: Any, *, using: str | None = None) -> "CatalogCourse":
        """Return the catalog course and its organization as committed, and lock both until the transaction ends.

        Code that adds a run, or changes a code that runs' keys contain, must hold this lock. All code must lock the
        organization first, since two writers that lock in different orders would deadlock.
        """
        catalog_courses = cls.objects.using(using).filter(pk=pk)
        organizations = Organization.objects.using(using).select_for_update()
        organization = organizations.filter(pk__in=catalog_courses.values("org")).first()
        locked = catalog_courses.select_for_update().get()
        if organization is None or organization.pk != locked.org_id:
            organization = organizations.get(pk=locked.org_id)  # The course has been moved in the meantime.
        locked.org = organization
        return locked

    def _complete(self) -> None:
        if not self.title.strip():
            self.title = self.course_code
        self.language = languages.ALIASES.get(self.language, self.language)

    def _refuse_contradiction(self, stored: "CatalogCourse") -> None:
        if (self.org_id, self.course_code) == (stored.org_id, stored.course_code):
            return  # An existing contradiction must not prevent corrections to the title.
        contradicted = keys.find_contradiction(
            self.runs.values_list(as_text("course_key"), flat=True).iterator(),
            org_code=self.org_code,
            course_code=self.course_code,
        )
        if contradicted is not None:
            raise ValidationError(
                _("%(key)s would contradict the run %(course_key)s."),
                code="key_mismatch",
                params={"key": self.key_str, "course_key": contradicted},
            )
