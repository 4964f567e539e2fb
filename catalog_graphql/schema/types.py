"""The types of the API: organizations, their catalog courses, and the runs of each."""

import datetime
from collections.abc import Callable
from enum import Enum
from urllib.parse import quote

import strawberry
import strawberry_django
from django.db.models import Case, Exists, Model, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from organizations import models as organizations

from catalog_graphql import conf
from catalog_graphql.access import Action
from catalog_graphql.catalog import api
from catalog_graphql.catalog import records as models
from catalog_graphql.context import Info
from catalog_graphql.graphql_internals import described
from catalog_graphql.lists.catalog_courses import CATALOG_COURSES
from catalog_graphql.lists.course_runs import COURSE_RUNS, CourseRunStatus
from catalog_graphql.schema.connections import Connection, connection
from catalog_graphql.schema.ids import Node, encode_id
from catalog_graphql.schema.scalars import CatalogCourseKey, CourseKey

_ID = "The object's ID, for `node` and `nodes`."


def _may(action: Action, model: type[Model], *conditions: Combinable | Q) -> Callable[[Info], Combinable]:
    """Return the annotation that says of a row whether the viewer may do this to it, where the conditions hold."""

    def annotation(info: Info) -> Combinable:
        allowed = info.context.policy.permits(action, model) & Q(*conditions)
        return Case(When(allowed, then=Value(True)), default=Value(False))

    return annotation


@described
@strawberry_django.type(organizations.Organization)
class Organization(Node):
    """An organization that offers courses, such as a university."""

    org_code: str = strawberry_django.field(
        field_name="short_name", description="The organization's code, such as MITx. Its runs' keys spell it."
    )
    name: str = strawberry_django.field(description="The organization's name.")
    description: str | None = strawberry_django.field(description="The organization's description.")
    is_active: bool = strawberry_django.field(
        field_name="active",
        description="Whether the organization still offers courses. An inactive one keeps what it has, and gets new "
        "courses and runs by import and sync only.",
    )
    catalog_courses: Connection["CatalogCourse"] = connection(
        CATALOG_COURSES, parent="org", description="The organization's catalog courses."
    )
    viewer_can_create_courses: bool = strawberry_django.field(
        annotate=_may(Action.CREATE_COURSES, organizations.Organization, Q(active=True)),
        description="Whether the viewer may create courses and runs in the organization; false if it is inactive.",
    )
    course_runs: Connection["CourseRun"] = connection(
        COURSE_RUNS,
        parent="catalog_course__org",
        description="The runs of the organization's catalog courses.",
    )

    @strawberry_django.field(only=["short_name"], description=_ID)
    @staticmethod
    def id(root: strawberry.Parent[organizations.Organization]) -> strawberry.ID:
        """Return the id."""
        return encode_id("Organization", root.short_name)

    @strawberry_django.field(only=["logo"], description="The URL of the organization's logo; null if it has none.")
    @staticmethod
    def logo_url(root: strawberry.Parent[organizations.Organization], info: Info) -> str | None:
        """Return the address of the logo."""
        return info.context.request.build_absolute_uri(root.logo.url) if root.logo else None


@described
@strawberry_django.type(models.CatalogCourse)
class CatalogCourse(Node):
    """A course of an organization, such as "Math 100", whatever its runs. It may have none yet."""

    org: Organization = strawberry_django.field(description="The organization that offers the course.")
    org_code: str = strawberry_django.field(
        field_name="org__short_name", description="The organization's code, in the organization's own spelling."
    )
    course_code: str = strawberry_django.field(
        description="The course's code within its organization, such as 6.002x. Its runs' keys spell it."
    )
    title: str = strawberry_django.field(description="The course's title.")
    language: str = strawberry_django.field(
        description="The language of the course, lowercase and hyphenated: en, fr-ca, zh-cn."
    )
    created: datetime.datetime = strawberry_django.field(
        description="When the course was created; for an imported one, when its oldest run was."
    )
    viewer_can_edit: bool = strawberry_django.field(
        annotate=_may(Action.EDIT, models.CatalogCourse), description="Whether the viewer may change the course."
    )
    viewer_can_delete: bool = strawberry_django.field(
        annotate=_may(
            Action.DELETE,
            models.CatalogCourse,
            ~Exists(models.CourseRun.objects.filter(catalog_course=OuterRef("pk"))),
        ),
        description="Whether the viewer may delete the course; nobody can while it has runs.",
    )
    runs: Connection["CourseRun"] = connection(
        COURSE_RUNS, parent="catalog_course", description="The runs of the course."
    )

    @strawberry_django.field(only=["course_code", "org__short_name"], select_related=["org"], description=_ID)
    @staticmethod
    def id(root: strawberry.Parent[models.CatalogCourse]) -> strawberry.ID:
        """Return the id."""
        return encode_id("CatalogCourse", _catalog_course_key(root))

    @strawberry_django.field(
        only=["course_code", "org__short_name"],
        select_related=["org"],
        description="The key of the catalog course: the codes of organization and course.",
    )
    @staticmethod
    def key(root: strawberry.Parent[models.CatalogCourse]) -> CatalogCourseKey:
        """Return the key."""
        return CatalogCourseKey(_catalog_course_key(root))

    @strawberry_django.field(
        only=["language"],
        description="The older spelling of the language, which the platform still uses: `en`, `zh_HANS`.",
    )
    @staticmethod
    def language_short(root: strawberry.Parent[models.CatalogCourse]) -> str:
        """Return the older spelling of the language."""
        return root.language_short


def _catalog_course_key(catalog_course: models.CatalogCourse) -> str:
    return api.catalog_course_key(org_code=catalog_course.org.short_name, course_code=catalog_course.course_code)


@described
@strawberry.enum
class CourseRunWarning(Enum):
    """Something about a run that an administrator should look at."""

    ORG_CODE_CASE_DIFFERS = strawberry.enum_value(
        api.KeyWarning.ORG_CODE_CASE_DIFFERS,
        description="The organization code in the key differs in case from the organization's own.",
    )
    ORG_CODE_DIFFERS = strawberry.enum_value(
        api.KeyWarning.ORG_CODE_DIFFERS, description="The key names a different organization than the catalog course's."
    )
    COURSE_CODE_DIFFERS = strawberry.enum_value(
        api.KeyWarning.COURSE_CODE_DIFFERS, description="The course code in the key differs from the catalog course's."
    )


@described
@strawberry_django.type(models.CourseSchedule)
class CourseSchedule:
    """When a run takes place, and when learners may enrol. Every instant may be open."""

    start: datetime.datetime | None = strawberry_django.field(description="When the run starts.")
    end: datetime.datetime | None = strawberry_django.field(
        description="When the run ends. Once it has passed, the run is archived."
    )
    enrollment_start: datetime.datetime | None = strawberry_django.field(description="When enrollment opens.")
    enrollment_end: datetime.datetime | None = strawberry_django.field(description="When enrollment closes.")


@described
@strawberry_django.type(models.CourseRun)
class CourseRun(Node):
    """A catalog course as it takes place: "Math 100, fall 2026". There may be no content behind it yet."""

    course_key: CourseKey = strawberry_django.field(description="The run's key, such as course-v1:MITx+6.002x+3T2012.")
    catalog_course: CatalogCourse = strawberry_django.field(description="The catalog course of which this is a run.")
    run_code: str = strawberry_django.field(description="The run's code, such as 3T2012: the last part of its key.")
    title: str = strawberry_django.field(description="The run's title.")
    created: datetime.datetime = strawberry_django.field(description="When the run was created.")
    schedule: CourseSchedule | None = strawberry_django.field(
        description="When the run takes place; null where nothing is known."
    )

    viewer_can_edit: bool = strawberry_django.field(
        annotate=_may(Action.EDIT, models.CourseRun), description="Whether the viewer may change the run."
    )
    viewer_can_delete: bool = strawberry_django.field(
        annotate=_may(Action.DELETE, models.CourseRun), description="Whether the viewer may delete the run."
    )

    @strawberry_django.field(only=["course_key"], description=_ID)
    @staticmethod
    def id(root: strawberry.Parent[models.CourseRun]) -> strawberry.ID:
        """Return the id."""
        return encode_id("CourseRun", str(root.course_key))

    @strawberry_django.field(
        only=["course_key"],
        description="The organization's code as the key spells it: the organization may use other capitals.",
    )
    @staticmethod
    def org_code(root: strawberry.Parent[models.CourseRun]) -> str:
        """Return the organization's code."""
        return api.split_course_key(str(root.course_key)).org_code

    @strawberry_django.field(only=["course_key"], description="The course's code as the key spells it.")
    @staticmethod
    def course_code(root: strawberry.Parent[models.CourseRun]) -> str:
        """Return the course's code."""
        return api.split_course_key(str(root.course_key)).course_code

    @strawberry_django.field(only=["course_key"], description="Whether this is the run of a custom course (CCX).")
    @staticmethod
    def is_ccx(root: strawberry.Parent[models.CourseRun]) -> bool:
        """Say whether the run is a custom course's."""
        return api.is_ccx(str(root.course_key))

    @strawberry_django.field(
        only=["schedule__end"],
        select_related=["schedule"],
        description="ARCHIVED once the end has passed. A run that has not started, or has no schedule, is ACTIVE.",
    )
    @staticmethod
    def status(root: strawberry.Parent[models.CourseRun], info: Info) -> CourseRunStatus:
        """Return whether the run is over."""
        return CourseRunStatus.ARCHIVED if api.is_archived(root, info.context.now) else CourseRunStatus.ACTIVE

    @strawberry_django.field(
        only=["course_key", "catalog_course__course_code", "catalog_course__org__short_name"],
        select_related=["catalog_course__org"],
        description="What an administrator should look at, such as an organization code spelled differently.",
    )
    @staticmethod
    def warnings(root: strawberry.Parent[models.CourseRun]) -> list[CourseRunWarning]:
        """Return what is odd about the key."""
        catalog_course = root.catalog_course
        found = api.key_warnings(
            str(root.course_key), org_code=catalog_course.org.short_name, course_code=catalog_course.course_code
        )
        return [CourseRunWarning(warning) for warning in found]

    @strawberry_django.field(
        only=["course_key"],
        description="The run's URL in Studio; null for a custom course (CCX), which Studio does not have, and if "
        "the site has no Studio URL configured.",
    )
    @staticmethod
    def studio_url(root: strawberry.Parent[models.CourseRun]) -> str | None:
        """Return the address in Studio."""
        return _studio_url("/course/", root)

    @strawberry_django.field(
        only=["course_key"],
        description="The run's URL in the LMS; null if the site has no LMS URL configured.",
    )
    @staticmethod
    def lms_url(root: strawberry.Parent[models.CourseRun]) -> str | None:
        """Return the address in the LMS."""
        return _url("LMS_ROOT_URL", "/courses/", root)

    @strawberry_django.field(
        only=["course_key"],
        description="The URL in Studio at which to re-run this run; null for a custom course (CCX), and if the site "
        "has no Studio URL configured.",
    )
    @staticmethod
    def rerun_url(root: strawberry.Parent[models.CourseRun]) -> str | None:
        """Return the address at which to make another run."""
        return _studio_url("/course_rerun/", root)


def _studio_url(path: str, course_run: models.CourseRun) -> str | None:
    return None if api.is_ccx(str(course_run.course_key)) else _url("CMS_ROOT_URL", path, course_run)


def _url(setting: str, path: str, course_run: models.CourseRun) -> str | None:
    site = conf.site_url(setting)
    # The platform looks for a key as it is: `+`, and the slashes of old keys, need no code in a path, but `%` does.
    return f"{site.rstrip('/')}{path}{quote(str(course_run.course_key), safe='/+:@')}" if site else None
