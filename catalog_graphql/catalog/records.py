"""The rows of the catalog, which are another app's: ours standalone, openedx-core's in the CMS.

No other module of the catalog knows which. What openedx-core's models lack is made up for here.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower
from django.dispatch import Signal
from organizations.models import Organization

from catalog_graphql.catalog import keys, languages
from catalog_graphql.catalog.schedules import CourseSchedule
from openedx_catalog.models_api import CatalogCourse, CourseRun

__all__ = [
    "IS_STANDALONE",
    "CatalogCourse",
    "CourseRun",
    "CourseSchedule",
    "as_text",
    "default_language",
    "folded",
    "keep_created",
    "lock_catalog_course",
    "org_code_changed",
]

IS_STANDALONE = hasattr(CourseRun, "course_key_folded")
"""Whether the models are ours, with folded columns and more constraints and indexes than openedx-core's."""

org_code_changed = Signal()
"""An organization has another code, not only other capitals. Our own models send it, openedx-core's do not."""
with suppress(ImportError):
    from openedx_catalog.models.organization_codes import org_code_changed

_IS_CCX = models.Q(course_key__startswith=keys.CCX_PREFIX)
_COMPUTED: dict[str, Combinable] = {
    # What the indexes of openedx-core are of.
    "course_code": Lower("course_code"),
    "course_key": Lower("course_key", output_field=models.CharField()),
    "run_code": models.Case(
        models.When(_IS_CCX, then=None), default=Lower("run_code"), output_field=models.CharField(null=True)
    ),
}


def folded(code: str) -> Combinable:
    """Return a run's course key or run code, or a catalog course's course code, as `fold_code` folds it.

    The run codes of custom courses are null: all of them share those of their course.
    """
    return models.F(f"{code}_folded") if IS_STANDALONE else _COMPUTED[code]


def default_language() -> str:
    """Return the language of a course that names none: the site's."""
    return languages.normalize(settings.LANGUAGE_CODE)


def as_text(field: str) -> "models.ExpressionWrapper[models.F]":
    """Return a key's column as its text: to parse it costs a hundred times as much."""
    return models.ExpressionWrapper(models.F(field), output_field=models.CharField())


def lock_catalog_course(pk: Any) -> CatalogCourse:
    """Return the catalog course and its organization as committed, both locked until the transaction ends.

    Whoever adds a run, or changes a code that runs spell in their keys, holds this lock. The organization's comes
    first, everywhere, because two writers who took the two locks in different orders would deadlock.
    Raises CatalogCourse.DoesNotExist.
    """
    catalog_courses = CatalogCourse.objects.filter(pk=pk)
    organizations = Organization.objects.select_for_update()
    organization = organizations.filter(pk__in=catalog_courses.order_by().values("org")).first()
    locked = catalog_courses.select_for_update().get()
    if organization is None or organization.pk != locked.org_id:
        organization = organizations.get(pk=locked.org_id)  # It has been moved meanwhile.
    locked.org = organization
    return locked


def keep_created(model: type[models.Model], rows: Mapping[int, datetime]) -> None:
    """Write when rows were created, by their primary keys: openedx-core's models write when they are inserted."""
    if rows and getattr(model._meta.get_field("created"), "auto_now_add", False):
        stored = [model(pk=pk, created=created) for pk, created in rows.items()]
        model._default_manager.bulk_update(stored, ["created"])
