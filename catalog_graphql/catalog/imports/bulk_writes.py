"""Write a batch's changes and their history, in a constant number of queries."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from auditlog.models import LogEntry
from django.db import models
from django.db.models.lookups import In
from opaque_keys.edx.keys import CourseKey
from organizations.models import Organization

from catalog_graphql.catalog import history, search_text
from catalog_graphql.catalog.imports.stored import StoredRun, find_catalog_courses
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule, as_text, folded, keep_created
from catalog_graphql.catalog.text import fold_code
from catalog_graphql.catalog.validation import SCHEDULE_FIELDS

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")


class Changed(NamedTuple, Generic[T]):
    """A stored object, and the old value of its changed field."""

    stored: T
    before: str


@dataclass
class BulkWrites:
    """The objects to create, and the stored objects that get a new language, title or schedule."""

    organizations: list[Organization] = field(default_factory=list)
    catalog_courses: list[CatalogCourse] = field(default_factory=list)
    runs: list[StoredRun] = field(default_factory=list)
    languages: dict[int, Changed[CatalogCourse]] = field(default_factory=dict)
    titles: dict[int, Changed[StoredRun]] = field(default_factory=dict)
    schedules: dict[str, StoredRun] = field(default_factory=dict)
    _log: list[LogEntry] = field(default_factory=list)

    def write(self) -> None:
        """Write everything. Raises IntegrityError if the database refuses any of it."""
        self._create_organizations()
        self._create_catalog_courses()
        self._create_runs()
        self._update_languages()
        self._update_titles()
        self._write_schedules()
        history.write(self._log)

    def _create_organizations(self) -> None:
        codes = [organization.short_name for organization in self.organizations]
        _create(
            Organization,
            self.organizations,
            lambda: Organization.objects.filter(short_name__in=codes).values_list("short_name", "pk"),
            lambda organization: organization.short_name,
        )
        if self.organizations:  # edx-organizations keeps their history, and does not see bulk methods, either.
            Organization.history.bulk_history_create(self.organizations)

    def _create_catalog_courses(self) -> None:
        codes = ((catalog_course.org.pk, catalog_course.course_code) for catalog_course in self.catalog_courses)
        _create(
            CatalogCourse,
            self.catalog_courses,
            lambda: ((made.key_str, made.pk) for made in find_catalog_courses(codes).select_related("org")),
            lambda catalog_course: catalog_course.key_str,
        )
        self._log += map(history.creation, self.catalog_courses)

    def _create_runs(self) -> None:
        same_keys = In(folded("course_key"), [fold_code(stored.course_key) for stored in self.runs])
        for stored in self.runs:
            stored.run.course_key = CourseKey.from_string(stored.course_key)
        _create(
            CourseRun,
            [stored.run for stored in self.runs],
            lambda: CourseRun.objects.filter(same_keys).values_list(as_text("course_key"), "pk"),
            lambda run: str(run.course_key),
        )
        self._log += [history.creation(stored.run, key=stored.course_key) for stored in self.runs]

    def _update_languages(self) -> None:
        _update(CatalogCourse, [catalog_course for catalog_course, _ in self.languages.values()], ["language"])
        for catalog_course, before in self.languages.values():
            self._log.append(history.update(catalog_course, {"language": before}))

    def _update_titles(self) -> None:
        for stored, _ in self.titles.values():
            stored.run.course_key = CourseKey.from_string(stored.course_key)
        _update(CourseRun, [stored.run for stored, _ in self.titles.values()], ["title"])
        for stored, before in self.titles.values():
            self._log.append(history.update(stored.run, {"title": before}, key=stored.course_key))

    def _write_schedules(self) -> None:
        created, updated, deleted = [], [], []
        for stored in self.schedules.values():
            schedule, before = CourseSchedule(course_run=stored.run, **stored.schedule), stored.stored_schedule
            if not any(stored.schedule.values()):
                if before is not None:
                    deleted.append(before)
                    self._log.append(history.deletion(before, key=stored.course_key))
            elif before is not None:
                updated.append(schedule)
                self._log.append(history.update(schedule, history.state_of(before), key=stored.course_key))
            else:
                created.append(schedule)
                self._log.append(history.creation(schedule, key=stored.course_key))
        _create(CourseSchedule, created)
        _update(CourseSchedule, updated, SCHEDULE_FIELDS)
        _delete(CourseSchedule, deleted)


def _create(
    model: type[M],
    objects: Sequence[M],
    find_pks: Callable[[], Iterable[tuple[str, int]]] = tuple,
    find_key: Callable[[M], str] = str,
) -> None:
    """Create the objects. MySQL does not return their primary keys, so look those up by the objects' natural keys."""
    moments = [getattr(created, "created", None) for created in objects]
    model._default_manager.bulk_create(objects)
    if any(created.pk is None for created in objects):
        pks = dict(find_pks())
        for created in objects:
            created.pk = pks[find_key(created)]
    keep_created(model, {created.pk: moment for created, moment in zip(objects, moments, strict=True) if moment})
    if objects and search_text.is_made_of(model, None):
        search_text.write(model, objects)


def _update(model: type[M], objects: Sequence[M], fields: Sequence[str]) -> None:
    model._default_manager.bulk_update(objects, fields)
    if objects and search_text.is_made_of(model, fields):
        search_text.write(model, objects)


def _delete(model: type[M], objects: Sequence[M]) -> None:
    """Delete rows that nothing refers to, without the signal that would log each one in a query of its own."""
    if objects:
        rows: Any = model._default_manager.filter(pk__in=[deleted.pk for deleted in objects])
        rows._raw_delete(rows.db)
