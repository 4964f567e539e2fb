"""What clients may ask to be changed: the inputs of mutations. A field left out is left alone."""

import datetime
from enum import Enum

import strawberry
from strawberry import UNSET

from catalog_graphql.schema.scalars import CatalogCourseKey, CourseKey

_TITLE = "The title."
_EXPECTED_TITLE = "The current title as the client knows it. If it has changed since, the error is STALE."
_LANGUAGE = "The language, lowercase and hyphenated: `en`, `fr-ca`, `zh-cn`."


@strawberry.input(description="When a run takes place. Omit a field to leave it unchanged; set it to null to clear it.")
class CourseScheduleInput:
    """When a run takes place."""

    start: datetime.datetime | None = strawberry.field(default=UNSET, description="When the run starts.")
    end: datetime.datetime | None = strawberry.field(default=UNSET, description="When the run ends.")
    enrollment_start: datetime.datetime | None = strawberry.field(default=UNSET, description="When enrollment opens.")
    enrollment_end: datetime.datetime | None = strawberry.field(default=UNSET, description="When enrollment closes.")


@strawberry.input(description="What every mutation may carry.")
class Change:
    """What every mutation may carry."""

    client_mutation_id: str | None = strawberry.field(
        default=UNSET, description="Returned unchanged in the payload, so that a client can tell its mutations apart."
    )


@strawberry.input(description="The organization to create.")
class CreateOrganizationInput(Change):
    """The organization to create."""

    org_code: str = strawberry.field(
        description="The code. It must differ from every other organization's by more than case."
    )
    name: str = strawberry.field(description="The name.")
    description: str | None = strawberry.field(default=UNSET, description="The organization's description.")


@strawberry.input(description="What to change of an organization.")
class UpdateOrganizationInput(Change):
    """What to change of an organization."""

    org_code: str = strawberry.field(description="The organization's current code. Case does not matter.")
    new_org_code: str | None = strawberry.field(
        default=UNSET,
        description="The new code. Refused if it would contradict the keys of runs; a change of case alone is "
        "always allowed.",
    )
    name: str | None = strawberry.field(default=UNSET, description="The name.")
    description: str | None = strawberry.field(
        default=UNSET, description="The organization's description. Null or blank clears it."
    )
    is_active: bool | None = strawberry.field(
        default=UNSET, description="Whether the organization still offers courses."
    )


@strawberry.input(description="The catalog course to create.")
class CreateCatalogCourseInput(Change):
    """The catalog course to create."""

    org_code: str = strawberry.field(description="The organization's code. Case does not matter.")
    course_code: str = strawberry.field(description="The course code, such as 6.002x.")
    title: str | None = strawberry.field(
        default=UNSET, description="The title. If omitted or blank, it becomes the course code."
    )
    language: str | None = strawberry.field(
        default=UNSET, description=f"{_LANGUAGE} If omitted or blank, it becomes the site's."
    )


@strawberry.input(description="What to change of a catalog course.")
class UpdateCatalogCourseInput(Change):
    """What to change of a catalog course."""

    key: CatalogCourseKey = strawberry.field(description="The catalog course's key.")
    title: str | None = strawberry.field(default=UNSET, description=_TITLE)
    language: str | None = strawberry.field(default=UNSET, description=_LANGUAGE)
    expected_title: str | None = strawberry.field(default=UNSET, description=_EXPECTED_TITLE)


@strawberry.input(description="The catalog course to delete.")
class DeleteCatalogCourseInput(Change):
    """The catalog course to delete."""

    key: CatalogCourseKey = strawberry.field(description="The catalog course's key.")


@strawberry.input(description="The run to create. Its key is made from the codes.")
class CreateCourseRunInput(Change):
    """A run to be created."""

    catalog_course_key: CatalogCourseKey = strawberry.field(description="The key of the catalog course.")
    run_code: str = strawberry.field(description="The run code, such as 3T2012.")
    title: str | None = strawberry.field(
        default=UNSET, description="The title. If omitted or blank, it becomes the catalog course's."
    )
    schedule: CourseScheduleInput | None = strawberry.field(default=UNSET, description="When the run takes place.")


@strawberry.input(description="What to change of a run.")
class UpdateCourseRunInput(Change):
    """What to change of a run."""

    course_key: CourseKey = strawberry.field(description="The run's key.")
    title: str | None = strawberry.field(default=UNSET, description=_TITLE)
    schedule: CourseScheduleInput | None = strawberry.field(
        default=UNSET, description="When the run takes place. Null clears all dates."
    )
    expected_title: str | None = strawberry.field(default=UNSET, description=_EXPECTED_TITLE)


@strawberry.input(description="The run to delete.")
class DeleteCourseRunInput(Change):
    """The run to delete."""

    course_key: CourseKey = strawberry.field(description="The run's key.")


@strawberry.input(description="A run as the platform knows it.")
class SyncCourseRunInput(Change):
    """A run as the platform knows it."""

    course_key: CourseKey = strawberry.field(description="The run's key.")
    title: str = strawberry.field(description="The run's title.")
    language_short: str | None = strawberry.field(
        default=UNSET,
        description="The run's language, in the platform's older spelling: `en`, `zh_HANS`. "
        "The catalog course's language follows it while this is its only run.",
    )
    schedule: CourseScheduleInput | None = strawberry.field(
        default=UNSET, description="When the run takes place. Null clears all dates."
    )


@strawberry.input(description="A run to import. A malformed value rejects the row, not the request.")
class ImportCourseRunRow:
    """A run to be imported."""

    course_key: str = strawberry.field(description="The run's key.")
    title: str = strawberry.field(description="The run's title.")
    language: str | None = strawberry.field(
        default=UNSET, description="The run's language, in any spelling the platform has used."
    )
    schedule: CourseScheduleInput | None = strawberry.field(
        default=UNSET, description="When the run takes place. Null clears all dates."
    )


@strawberry.enum(description="What to do if a row of an import is rejected.")
class ImportErrorPolicy(Enum):
    """What to do if a row of an import is rejected."""

    REJECT_ALL = strawberry.enum_value("REJECT_ALL", description="Reject all rows.")
    SKIP_ROW = strawberry.enum_value("SKIP_ROW", description="Import the other rows.")


@strawberry.input(description="The runs to import.")
class ImportCourseRunsInput(Change):
    """The runs to import."""

    rows: list[ImportCourseRunRow] = strawberry.field(description="The runs, 500 at most.")
    on_error: ImportErrorPolicy = strawberry.field(
        default=ImportErrorPolicy.REJECT_ALL, description="What to do with the other rows if one is rejected."
    )
    dry_run: bool = strawberry.field(default=False, description="Whether to only report what would happen to each row.")
