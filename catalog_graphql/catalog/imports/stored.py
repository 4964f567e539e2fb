"""The organizations, catalog courses and runs that a batch's rows refer to, stored or about to be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.lookups import In
from organizations.models import Organization

from catalog_graphql.catalog import keys
from catalog_graphql.catalog.imports.rows import Row, Schedule
from catalog_graphql.catalog.keys import KeyParts
from catalog_graphql.catalog.organizations import lock_org_codes
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule, as_text, folded
from catalog_graphql.catalog.text import FoldedCode, fold_code
from catalog_graphql.catalog.validation import SCHEDULE_FIELDS


@dataclass(slots=True)
class StoredRun:
    """A run, its key as text, because parsing it is slow, and its schedule, both as intended and as stored."""

    run: CourseRun
    course_key: str
    schedule: Schedule
    stored_schedule: CourseSchedule | None = None


class Stored:
    """The organizations, catalog courses and runs of some rows, read with one query for each kind. More can be added.

    With `lock`, nobody else can create or rename the organizations, or add a run, until the transaction ends.
    """

    def __init__(self, rows: Iterable[Row], *, lock: bool, count_runs: bool) -> None:
        rows = [row for row in rows if row.codes.org_code]
        self._lock = lock
        self._organizations: dict[str, Organization] = {}
        self._organizations_folded: dict[str, Organization] = {}
        self._lookalikes: dict[str, Organization] = {}
        self._catalog_courses: dict[tuple[str, str], CatalogCourse] = {}
        self._runs: dict[str, StoredRun] = {}
        self._run_counts: Counter[tuple[str, str]] = Counter()
        codes = {row.codes for row in rows}
        self._read_organizations({org_code for org_code, _, _ in codes})
        self._read_catalog_courses(codes)
        self._read_runs({spelling for row in rows for spelling in _spellings(row)})
        if count_runs:
            self._count_runs()

    def organization(self, org_code: str) -> Organization | None:
        """Return the organization with this code, or else the oldest whose code differs only by case."""
        return self._organizations.get(org_code) or self._organizations_folded.get(fold_code(org_code))

    def catalog_course(self, codes: KeyParts) -> CatalogCourse | None:
        """Return the catalog course with these codes, ignoring case."""
        organization = self.organization(codes.org_code)
        if organization is None:
            return None
        return self._catalog_courses.get((organization.short_name, fold_code(codes.course_code)))

    def run(self, row: Row) -> StoredRun | None:
        """Return the row's run, or one whose key is another spelling of the row's: the catalog cannot hold both."""
        return next((run for spelling in _spellings(row) if (run := self._runs.get(spelling))), None)

    def count_runs(self, catalog_course: CatalogCourse) -> int:
        """Return the number of the catalog course's runs. Needs the `count_runs` argument."""
        return self._run_counts[_key(catalog_course)]

    def lookalike(self, org_code: str) -> Organization | None:
        """Return the organization whose different code the database considers equal to this one."""
        return self._lookalikes.get(org_code)

    def add_organization(self, organization: Organization) -> None:
        """Add an organization."""
        self._organizations[organization.short_name] = organization
        self._organizations_folded.setdefault(fold_code(organization.short_name), organization)

    def add_catalog_course(self, catalog_course: CatalogCourse) -> None:
        """Add a catalog course."""
        self._catalog_courses[_key(catalog_course)] = catalog_course

    def add_run(self, run: StoredRun) -> None:
        """Add a run of one of these catalog courses."""
        self._runs[fold_code(run.course_key)] = run
        self._run_counts[_key(run.run.catalog_course)] += 1

    def _read_organizations(self, org_codes: set[str]) -> None:
        if self._lock:
            lock_org_codes(org_codes)
        same_codes = In(FoldedCode("short_name"), [fold_code(org_code) for org_code in org_codes])
        organizations = Organization.objects.filter(same_codes)
        for organization in self._locked(organizations):
            self.add_organization(organization)
        missing = [org_code for org_code in org_codes if self.organization(org_code) is None]
        # Some collations do not distinguish É from E, so that a code is taken if another differs only by accents.
        if missing and Organization.objects.filter(short_name__in=missing).exists():
            for org_code in missing:
                if organization := Organization.objects.filter(short_name=org_code).first():
                    self._lookalikes[org_code] = organization

    def _read_catalog_courses(self, codes: set[KeyParts]) -> None:
        wanted = [
            (organization.pk, course_code)
            for org_code, course_code, _ in codes
            if (organization := self.organization(org_code))
        ]
        organizations = {organization.pk: organization for organization in self._organizations.values()}
        for catalog_course in self._locked(find_catalog_courses(wanted)):
            catalog_course.org = organizations[catalog_course.org_id]
            self.add_catalog_course(catalog_course)

    def _read_runs(self, spellings: set[str]) -> None:
        runs = CourseRun.objects.filter(In(folded("course_key"), list(spellings))).select_related("schedule")
        for run in runs.annotate(key_text=as_text("course_key")).defer("course_key"):
            stored = getattr(run, "schedule", None)
            schedule = {field: getattr(stored, field, None) for field in SCHEDULE_FIELDS}
            self._runs[fold_code(run.key_text)] = StoredRun(run, run.key_text, schedule, stored)

    def _count_runs(self) -> None:
        by_pk = {catalog_course.pk: key for key, catalog_course in self._catalog_courses.items()}
        counts = CourseRun.objects.filter(catalog_course__in=by_pk).values_list("catalog_course").annotate(Count("pk"))
        self._run_counts.update({by_pk[pk]: count for pk, count in counts})

    def _locked(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        return rows.order_by("pk").select_for_update() if self._lock else rows.order_by("pk")


def find_catalog_courses(codes: Iterable[tuple[int, str]]) -> "QuerySet[CatalogCourse]":
    """Return the catalog courses with these pairs of organization primary key and course code, ignoring case."""
    wanted: dict[int, set[str]] = {}
    for org_pk, course_code in codes:
        wanted.setdefault(org_pk, set()).add(fold_code(course_code))
    if not wanted:
        return CatalogCourse.objects.none()
    # Two independent IN conditions would make the database try every pair of organization and code.
    return CatalogCourse.objects.filter(
        reduce(or_, (Q(In(folded("course_code"), list(codes)), org=pk) for pk, codes in wanted.items()))
    )


def _key(catalog_course: CatalogCourse) -> tuple[str, str]:
    return catalog_course.org_code, fold_code(catalog_course.course_code)


def _spellings(row: Row) -> tuple[str, ...]:
    """Return the spellings of the row's key, folded. The catalog can hold only one of them."""
    if keys.is_ccx(row.course_key):
        return (fold_code(row.course_key),)
    return keys.spelled([fold_code(code) for code in row.codes])
