"""What a batch changes, written with its history in a number of queries that does not depend on how much it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey
from organizations.models import Organization

from catalog_graphql.catalog.imports.stored import StoredRun, find_catalog_courses
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule, as_text, search_text
from catalog_graphql.catalog.text import fold_code
from catalog_graphql.catalog.validation import SCHEDULE_FIELDS

M = TypeVar("M", bound=models.Model)


@dataclass
class Changes:
    """What is to be created, and what is stored already and to be given another language, title or schedule."""

    organizations: list[Organization] = field(default_factory=list)
    catalog_courses: list[CatalogCourse] = field(default_factory=list)
    runs: list[StoredRun] = field(default_factory=list)
    languages: dict[int, CatalogCourse] = field(default_factory=dict)
    titles: dict[int, StoredRun] = field(default_factory=dict)
    schedules: dict[str, StoredRun] = field(default_factory=dict)

    def write(self) -> None:
        """Write all of it. Raises IntegrityError where the database refuses some."""
        self._create_organizations()
        self._create_catalog_courses()
        self._create_runs()
        _update(CatalogCourse, list(self.languages.values()), ["language"])
        _update(CourseRun, _with_keys(self.titles.values()), ["title"])
        self._write_schedules()

    def _create_organizations(self) -> None:
        codes = [organization.short_name for organization in self.organizations]
        _create(
            Organization,
            self.organizations,
            lambda: Organization.objects.filter(short_name__in=codes).values_list("short_name", "pk"),
            lambda organization: organization.short_name,
        )

    def _create_catalog_courses(self) -> None:
        codes = ((catalog_course.org.pk, catalog_course.course_code) for catalog_course in self.catalog_courses)
        _create(
            CatalogCourse,
            self.catalog_courses,
            lambda: ((made.key_str, made.pk) for made in find_catalog_courses(codes).select_related("org")),
            lambda catalog_course: catalog_course.key_str,
        )

    def _create_runs(self) -> None:
        folded = [fold_code(stored.course_key) for stored in self.runs]
        _create(
            CourseRun,
            _with_keys(self.runs),
            lambda: CourseRun.objects.filter(course_key_folded__in=folded).values_list(as_text("course_key"), "pk"),
            lambda run: str(run.course_key),
        )

    def _write_schedules(self) -> None:
        created, updated, deleted = [], [], []
        for stored in self.schedules.values():
            schedule = CourseSchedule(course_run=stored.run, **stored.schedule)
            if not any(stored.schedule.values()):
                deleted += [stored.stored_schedule] if stored.stored_schedule else []
            elif stored.stored_schedule:
                updated.append(schedule)
            else:
                created.append(schedule)
        _create(CourseSchedule, created)
        _update(CourseSchedule, updated, SCHEDULE_FIELDS)
        _delete(CourseSchedule, deleted)


def _with_keys(runs: Iterable[StoredRun]) -> list[CourseRun]:
    for stored in runs:
        stored.run.course_key = CourseKey.from_string(stored.course_key)
    return [stored.run for stored in runs]


def _create(
    model: type[M],
    objects: Sequence[M],
    find_pks: Callable[[], Iterable[tuple[str, int]]] = tuple,
    find_key: Callable[[M], str] = str,
) -> None:
    """Create the objects; MySQL does not tell their primary keys, which are then found by what identifies them."""
    model._default_manager.bulk_create(objects)
    if any(created.pk is None for created in objects):
        pks = dict(find_pks())
        for created in objects:
            created.pk = pks[find_key(created)]
    if objects and model in search_text.SEARCH_TEXTS:
        search_text.write(model, objects)
    _record(model, objects, "+")


def _update(model: type[M], objects: Sequence[M], fields: Sequence[str]) -> None:
    model._default_manager.bulk_update(objects, fields)
    if objects and model in search_text.SEARCH_TEXTS and search_text.SEARCH_TEXTS[model].source in fields:
        search_text.write(model, objects)
    _record(model, objects, "~")


def _delete(model: type[M], objects: Sequence[M]) -> None:
    """Delete rows that nothing points at, without the signal that would record each in a query of its own."""
    if objects:
        rows: Any = model._default_manager.filter(pk__in=[deleted.pk for deleted in objects])
        rows._raw_delete(rows.db)
        _record(model, objects, "-")


def _record(model: type[models.Model], objects: Sequence[models.Model], history_type: str) -> None:
    """Record what bulk methods send no signals of; the library's own `bulk_history_create` knows no deletions."""
    if not objects or not getattr(settings, "SIMPLE_HISTORY_ENABLED", True):
        return
    history: Any = model.history.model  # type: ignore[attr-defined]
    now = timezone.now()
    history.objects.bulk_create(
        history(
            history_type=history_type,
            history_date=now,
            history_user=history.get_default_history_user(changed),
            **{field.attname: getattr(changed, field.attname) for field in history.tracked_fields},
        )
        for changed in objects
    )
