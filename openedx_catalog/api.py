"""The catalog's public API for other apps: the released contract. Nothing here checks permissions."""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from opaque_keys.edx.keys import CourseKey
from organizations.models import Organization

from openedx_catalog import keys
from openedx_catalog.models import CatalogCourse, CourseRun
from openedx_catalog.models.catalog_course import find_organization, lock_organization
from openedx_catalog.text import fold_code

__all__ = [
    "create_course_run_for_modulestore_course_with",
    "delete_catalog_course",
    "delete_course_run",
    "get_catalog_course",
    "get_course_run",
    "sync_course_run_details",
    "update_catalog_course",
]

logger = logging.getLogger(__name__)


def get_catalog_course(
    *,
    pk: int | None = None,
    key_str: str | None = None,
    org_code: str | None = None,
    course_code: str | None = None,
) -> CatalogCourse:
    """Return a catalog course by its primary key, by its key, or by the codes of organization and course.

    Codes ignore case; a key must match exactly. Raises CatalogCourse.DoesNotExist, and ValueError for a malformed key.
    """
    catalog_courses = CatalogCourse.objects.select_related("org")
    if pk is not None:
        return catalog_courses.get(pk=pk)
    if key_str is not None:
        org_code, course_code = keys.split_catalog_course_key(key_str)
    if org_code is None or course_code is None:
        raise TypeError("Give pk, or key_str, or both org_code and course_code.")
    try:
        organization = find_organization(org_code)
    except Organization.DoesNotExist as error:
        raise CatalogCourse.DoesNotExist(str(error)) from error
    found = catalog_courses.get(org=organization, course_code_folded=fold_code(course_code))
    if key_str not in (None, found.key_str):
        raise CatalogCourse.DoesNotExist(f"There is no catalog course {key_str}: capitals count in a key.")
    return found


def update_catalog_course(
    catalog_course: CatalogCourse | int, *, title: str | None = None, language_short: str | None = None
) -> None:
    """Update the title or language of a catalog course, given as an object or by primary key.

    None or a blank value leaves a field alone. Raises CatalogCourse.DoesNotExist.
    """
    if isinstance(catalog_course, int):
        catalog_course = CatalogCourse.objects.get(pk=catalog_course)
    update_fields = []
    if title:
        catalog_course.title = title
        update_fields.append("title")
    if language_short:
        catalog_course.language_short = language_short
        update_fields.append("language")
    if update_fields:
        catalog_course.save(update_fields=update_fields)


def delete_catalog_course(catalog_course: CatalogCourse | int) -> None:
    """Delete a catalog course, given as an object or by primary key. Raises ProtectedError if it has runs."""
    pk = catalog_course if isinstance(catalog_course, int) else catalog_course.pk
    with transaction.atomic():
        CatalogCourse.lock(pk).delete()


def get_course_run(course_key: CourseKey) -> CourseRun:
    """Return the run with exactly this key. Raises CourseRun.DoesNotExist."""
    return CourseRun.objects.select_related("catalog_course__org").get(course_key=course_key)


def sync_course_run_details(course_key: CourseKey, *, title: str) -> None:
    """Update a run's title. Raises CourseRun.DoesNotExist."""
    course_run = get_course_run(course_key)
    if course_run.title != title:
        course_run.title = title
        course_run.save(update_fields=["title"])


@transaction.atomic
def create_course_run_for_modulestore_course_with(
    course_key: CourseKey, *, title: str, language_short: str | None = None
) -> CourseRun:
    """Return the run with this key. If it is missing, create it, with its organization and catalog course as needed.

    An existing catalog course keeps its title and language. Logs a warning if the run already exists. Raises
    ValidationError for a key that the catalog cannot hold, or whose course code differs by case.
    """
    if not keys.is_course_key(str(course_key)):
        message = _("%(course_key)s is not the key of a course run, in ASCII.")
        raise ValidationError(message % {"course_key": course_key})
    org_code, course_code, run_code = keys.split(str(course_key))
    organization = lock_organization(org_code)
    existing = CourseRun.objects.filter(course_key=course_key).first()
    if existing is not None:
        logger.warning("The run %s exists already.", course_key)
        return existing
    if not keys.is_org_code(org_code):
        message = _("The organization code %(org_code)s may hold %(characters)s.")
        raise ValidationError(message % {"org_code": org_code, "characters": _(keys.ORG_CODE_CHARACTERS)})
    if organization is None:
        organization, created = Organization.objects.get_or_create(short_name=org_code, defaults={"name": org_code})
        if not created:  # Somebody else just has, and perhaps the run as well.
            return create_course_run_for_modulestore_course_with(course_key, title=title, language_short=language_short)
    catalog_course = CatalogCourse.objects.filter(org=organization, course_code_folded=fold_code(course_code)).first()
    if catalog_course is None:
        catalog_course = CatalogCourse(org=organization, course_code=course_code, title=title)
        if language_short is not None:
            catalog_course.language_short = language_short
        catalog_course.save()
    return CourseRun.objects.create(
        catalog_course=catalog_course, course_key=course_key, run_code=run_code, title=title
    )


def delete_course_run(course_key: CourseKey) -> None:
    """Delete the run with this key. Raises CourseRun.DoesNotExist."""
    get_course_run(course_key).delete()
