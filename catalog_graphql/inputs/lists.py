"""What clients may ask of a list: filters and orders."""

import datetime
from dataclasses import fields
from enum import Enum

import strawberry

_SEARCH_WORDS = (
    "Words separated by spaces. Titles and names are compared without case, in any script; codes and keys without the "
    "case of ASCII letters."
)
_ORG_CODES = "Any of these organization codes, the case of ASCII letters aside. An empty list matches nothing."
_LANGUAGES = (
    "Any of these languages, such as `en` or `fr-ca`, in any spelling: `zh_HANS` is `zh-cn`. An empty list matches "
    "nothing."
)
_TITLE = (
    "The title, in the order of the database: PostgreSQL, MySQL and MariaDB sort letters of one kind together, in "
    "either case; SQLite does so for ASCII only, and sorts the others by their code points."
)
_DIRECTION = "Which way."


class _Filter:
    """A filter of which every field may be left out: none is a condition then, as when it is null."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            if getattr(self, field.name) is strawberry.UNSET:
                setattr(self, field.name, None)


@strawberry.enum(description="Whether a run is over.")
class CourseRunStatus(Enum):
    """Whether a run is over."""

    ACTIVE = strawberry.enum_value(
        "ACTIVE", description="The run has not ended: it may be running, not have started, or have no schedule."
    )
    ARCHIVED = strawberry.enum_value("ARCHIVED", description="The run's end has passed.")


@strawberry.enum(description="Which way a list is ordered.")
class OrderDirection(Enum):
    """Which way a list is ordered."""

    ASC = strawberry.enum_value("ASC", description="From A to Z, from the oldest to the newest.")
    DESC = strawberry.enum_value("DESC", description="From Z to A, from the newest to the oldest.")


@strawberry.input(description="Which organizations to list. Fields are combined with AND.")
class OrganizationFilter(_Filter):
    """Which organizations to list."""

    search: str | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"{_SEARCH_WORDS} Every word must occur somewhere in the code or the name.",
    )
    org_codes: list[str] | None = strawberry.field(default=strawberry.UNSET, description=_ORG_CODES)
    is_active: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Only those that are active, or only those that are not."
    )


@strawberry.input(
    description="Which catalog courses to list. Fields are combined with AND. Where they look at runs, those are the "
    "runs that `runs` lists with the same `includeCcx`: none that the viewer may not see."
)
class CatalogCourseFilter(_Filter):
    """Which catalog courses to list."""

    search: str | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"{_SEARCH_WORDS} Every word must occur in the title, organization code or course code, "
        "or in the title or run code of one of the runs; the key of a run finds its course, in any spelling.",
    )
    org_codes: list[str] | None = strawberry.field(default=strawberry.UNSET, description=_ORG_CODES)
    languages: list[str] | None = strawberry.field(default=strawberry.UNSET, description=_LANGUAGES)
    status: CourseRunStatus | None = strawberry.field(
        default=strawberry.UNSET, description="Only those with a run of this status."
    )
    has_runs: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Only those with a run, or only those without."
    )
    created_on_or_after: datetime.datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Only those created at this instant or later."
    )
    created_on_or_before: datetime.datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Only those created at this instant or earlier."
    )
    include_ccx: bool | None = strawberry.field(
        default=False,
        description="Whether `search`, `status` and `hasRuns` look at the runs of custom courses (CCX), too.",
    )


@strawberry.input(description="Which course runs to list. Fields are combined with AND.")
class CourseRunFilter(_Filter):
    """Which course runs to list."""

    search: str | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"{_SEARCH_WORDS} Every word must occur in the title or in the key, "
        "and a key finds its run in any spelling.",
    )
    org_codes: list[str] | None = strawberry.field(default=strawberry.UNSET, description=_ORG_CODES)
    languages: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description=f"{_LANGUAGES} A run has the language of its catalog course."
    )
    status: CourseRunStatus | None = strawberry.field(
        default=strawberry.UNSET, description="Only those of this status."
    )
    start_on_or_after: datetime.datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Only those that start at this instant or later; none without a start."
    )
    start_on_or_before: datetime.datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Only those that start at this instant or earlier; none without a start."
    )
    created_on_or_after: datetime.datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Only those created at this instant or later."
    )
    created_on_or_before: datetime.datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Only those created at this instant or earlier."
    )
    include_ccx: bool | None = strawberry.field(
        default=False, description="Also the runs of custom courses (CCX), which are left out otherwise."
    )


@strawberry.enum(description="What organizations can be ordered by.")
class OrganizationOrderField(Enum):
    """What organizations can be ordered by."""

    ORG_CODE = strawberry.enum_value("ORG_CODE", description="The organization's code.")
    NAME = strawberry.enum_value("NAME", description="The organization's name.")


@strawberry.enum(description="What catalog courses can be ordered by.")
class CatalogCourseOrderField(Enum):
    """What catalog courses can be ordered by."""

    TITLE = strawberry.enum_value("TITLE", description=_TITLE)
    ORG_CODE = strawberry.enum_value("ORG_CODE", description="The organization's code, then the course code.")
    COURSE_CODE = strawberry.enum_value("COURSE_CODE", description="The course code.")
    CREATED = strawberry.enum_value("CREATED", description="When the catalog course was created.")


@strawberry.enum(description="What course runs can be ordered by.")
class CourseRunOrderField(Enum):
    """What course runs can be ordered by."""

    TITLE = strawberry.enum_value("TITLE", description=_TITLE)
    COURSE_KEY = strawberry.enum_value("COURSE_KEY", description="The course key.")
    RUN_CODE = strawberry.enum_value("RUN_CODE", description="The run code.")
    CREATED = strawberry.enum_value("CREATED", description="When the run was created.")
    START = strawberry.enum_value("START", description="When the run starts; those without a start come last.")


@strawberry.input(description="The order of organizations. Default: ORG_CODE ASC.")
class OrganizationOrder:
    """The order of organizations."""

    field: OrganizationOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description=_DIRECTION)


@strawberry.input(description="The order of catalog courses. Default: TITLE ASC.")
class CatalogCourseOrder:
    """The order of catalog courses."""

    field: CatalogCourseOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description=_DIRECTION)


@strawberry.input(description="The order of course runs. Default: CREATED DESC.")
class CourseRunOrder:
    """The order of course runs."""

    field: CourseRunOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description=_DIRECTION)
