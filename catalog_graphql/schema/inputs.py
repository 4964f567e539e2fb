"""What clients may ask to be changed: the inputs of mutations. A field left out is left alone."""

import datetime
from enum import Enum

import strawberry
from strawberry import UNSET

from catalog_graphql.schema.scalars import CatalogCourseKey, CourseKey

_TITLE = "The title."
_EXPECTED_TITLE = "What the title is now, as far as the client knows: STALE if it is another by now."
_LANGUAGE = "The language, lowercase and hyphenated: `en`, `fr-ca`, `zh-cn`."


@strawberry.input(description="When a run takes place. A field left out is left alone; null clears it.")
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
        default=UNSET, description="Handed back in the payload, for the client to tell its mutations apart."
    )


@strawberry.input(description="An organization to be created.")
class CreateOrganizationInput(Change):
    """An organization to be created."""

    org_code: str = strawberry.field(description="Its code, which must differ from all others by more than case.")
    name: str = strawberry.field(description="Its name.")
    description: str | None = strawberry.field(default=UNSET, description="What it says of itself.")


@strawberry.input(description="What to change of an organization.")
class UpdateOrganizationInput(Change):
    """What to change of an organization."""

    org_code: str = strawberry.field(description="The organization's present code, case aside.")
    new_org_code: str | None = strawberry.field(
        default=UNSET,
        description="Its code from now on. Refused while it would contradict the keys of runs; "
        "a change of capitals alone is always allowed.",
    )
    name: str | None = strawberry.field(default=UNSET, description="Its name.")
    description: str | None = strawberry.field(
        default=UNSET, description="What it says of itself; null or blank clears it."
    )
    is_active: bool | None = strawberry.field(default=UNSET, description="Whether it still offers courses.")


@strawberry.input(description="A catalog course to be created.")
class CreateCatalogCourseInput(Change):
    """A catalog course to be created."""

    org_code: str = strawberry.field(description="The code of its organization, case aside.")
    course_code: str = strawberry.field(description="Its code, such as 6.002x.")
    title: str | None = strawberry.field(
        default=UNSET, description="Its title; left out or blank, it becomes the course code."
    )
    language: str | None = strawberry.field(
        default=UNSET, description=f"{_LANGUAGE} Left out or blank, it becomes the site's."
    )


@strawberry.input(description="What to change of a catalog course.")
class UpdateCatalogCourseInput(Change):
    """What to change of a catalog course."""

    key: CatalogCourseKey = strawberry.field(description="The catalog course's key.")
    title: str | None = strawberry.field(default=UNSET, description=_TITLE)
    language: str | None = strawberry.field(default=UNSET, description=_LANGUAGE)
    expected_title: str | None = strawberry.field(default=UNSET, description=_EXPECTED_TITLE)


@strawberry.input(description="A catalog course to be deleted.")
class DeleteCatalogCourseInput(Change):
    """A catalog course to be deleted."""

    key: CatalogCourseKey = strawberry.field(description="The catalog course's key.")


@strawberry.input(description="A run to be created. Its key is made from the codes.")
class CreateCourseRunInput(Change):
    """A run to be created."""

    catalog_course_key: CatalogCourseKey = strawberry.field(description="The key of its catalog course.")
    run_code: str = strawberry.field(description="Its code, such as 3T2012.")
    title: str | None = strawberry.field(
        default=UNSET, description="Its title; left out or blank, it becomes the catalog course's."
    )
    schedule: CourseScheduleInput | None = strawberry.field(default=UNSET, description="When it takes place.")


@strawberry.input(description="What to change of a run.")
class UpdateCourseRunInput(Change):
    """What to change of a run."""

    course_key: CourseKey = strawberry.field(description="The run's key.")
    title: str | None = strawberry.field(default=UNSET, description=_TITLE)
    schedule: CourseScheduleInput | None = strawberry.field(
        default=UNSET, description="When it takes place; null clears all of it."
    )
    expected_title: str | None = strawberry.field(default=UNSET, description=_EXPECTED_TITLE)


@strawberry.input(description="A run to be deleted.")
class DeleteCourseRunInput(Change):
    """A run to be deleted."""

    course_key: CourseKey = strawberry.field(description="The run's key.")


@strawberry.input(description="A run as the platform knows it.")
class SyncCourseRunInput(Change):
    """A run as the platform knows it."""

    course_key: CourseKey = strawberry.field(description="The run's key.")
    title: str = strawberry.field(description="The run's title.")
    language_short: str | None = strawberry.field(
        default=UNSET,
        description="The run's language, in the platform's older spelling: `en`, `zh_HANS`. "
        "Its catalog course's language follows while this is the only run.",
    )
    schedule: CourseScheduleInput | None = strawberry.field(
        default=UNSET, description="When it takes place; null clears all of it."
    )


@strawberry.input(description="A run to be imported. What is malformed rejects the row, not the request.")
class ImportCourseRunRow:
    """A run to be imported."""

    course_key: str = strawberry.field(description="The run's key.")
    title: str = strawberry.field(description="The run's title.")
    language: str | None = strawberry.field(
        default=UNSET, description="The run's language, in any spelling the platform has used."
    )
    schedule: CourseScheduleInput | None = strawberry.field(
        default=UNSET, description="When it takes place; null clears all of it."
    )


@strawberry.enum(description="What becomes of an import when a row is rejected.")
class ImportErrorPolicy(Enum):
    """What becomes of an import when a row is rejected."""

    REJECT_ALL = strawberry.enum_value("REJECT_ALL", description="No row is taken.")
    SKIP_ROW = strawberry.enum_value("SKIP_ROW", description="The other rows are taken.")


@strawberry.input(description="Runs to be imported.")
class ImportCourseRunsInput(Change):
    """Runs to be imported."""

    rows: list[ImportCourseRunRow] = strawberry.field(description="The runs, 500 at most.")
    on_error: ImportErrorPolicy = strawberry.field(
        default=ImportErrorPolicy.REJECT_ALL, description="What becomes of the others when a row is rejected."
    )
    dry_run: bool = strawberry.field(default=False, description="Only report what would become of each row.")
