"""What mutations answer: the object as any query reads it, or what is wrong."""

from enum import Enum

import strawberry

from catalog_graphql.schema.types import CatalogCourse, CourseRun, Organization


@strawberry.enum(description="What is wrong with an input, for programs.")
class UserErrorCode(Enum):
    """What is wrong with an input, for programs."""

    NOT_FOUND = strawberry.enum_value("NOT_FOUND", description="There is no such object that the viewer may see.")
    ALREADY_EXISTS = strawberry.enum_value(
        "ALREADY_EXISTS", description="There is already one of this code or key, case aside."
    )
    REQUIRED = strawberry.enum_value("REQUIRED", description="The field must not be blank or null.")
    INVALID = strawberry.enum_value("INVALID", description="The value is not of the form it should have.")
    TOO_LONG = strawberry.enum_value("TOO_LONG", description="The value has more characters than it may.")
    KEY_MISMATCH = strawberry.enum_value(
        "KEY_MISMATCH",
        description="The change would contradict a course key: its organization, course code or run code.",
    )
    IN_USE = strawberry.enum_value(
        "IN_USE", description="Others still point at the object, such as the runs of a catalog course."
    )
    STALE = strawberry.enum_value("STALE", description="Somebody else has changed the object meanwhile.")
    FORBIDDEN = strawberry.enum_value("FORBIDDEN", description="The viewer may see the object, but not do this to it.")


@strawberry.type(description="An expected failure: something the caller can put right.")
class UserError:
    """An expected failure: something the caller can put right."""

    code: UserErrorCode = strawberry.field(description="What is wrong, for programs.")
    message: str = strawberry.field(description="What is wrong, for people.")
    field: list[str] | None = strawberry.field(
        default=None,
        description='Path of the input at fault, in the input\'s own names, such as `["schedule", "end"]`; '
        "null if none is.",
    )


@strawberry.type(description="What every mutation answers.")
class Payload:
    """What every mutation answers."""

    errors: list[UserError] = strawberry.field(
        default_factory=list, description="Everything that is wrong with the input; empty if the change was made."
    )
    client_mutation_id: str | None = strawberry.field(default=None, description="The `clientMutationId` of the input.")


@strawberry.type(description="The answer to `createOrganization`.")
class CreateOrganizationPayload(Payload):
    """The answer to `createOrganization`."""

    organization: Organization | None = strawberry.field(
        default=None, description="The new organization; null if there are errors."
    )
    existing: Organization | None = strawberry.field(
        default=None, description="The existing organization with this code, if any."
    )


@strawberry.type(description="The answer to `updateOrganization`.")
class UpdateOrganizationPayload(Payload):
    """The answer to `updateOrganization`."""

    organization: Organization | None = strawberry.field(
        default=None, description="The changed organization; null if there are errors."
    )


@strawberry.type(description="The answer to `createCatalogCourse`.")
class CreateCatalogCoursePayload(Payload):
    """The answer to `createCatalogCourse`."""

    catalog_course: CatalogCourse | None = strawberry.field(
        default=None, description="The new catalog course; null if there are errors."
    )
    existing: CatalogCourse | None = strawberry.field(
        default=None, description="The existing catalog course with this code, if there is one that the viewer may see."
    )


@strawberry.type(description="The answer to `updateCatalogCourse`.")
class UpdateCatalogCoursePayload(Payload):
    """The answer to `updateCatalogCourse`."""

    catalog_course: CatalogCourse | None = strawberry.field(
        default=None, description="The changed catalog course; null if there are errors."
    )


@strawberry.type(description="The answer to `deleteCatalogCourse`.")
class DeleteCatalogCoursePayload(Payload):
    """The answer to `deleteCatalogCourse`."""

    deleted_id: strawberry.ID | None = strawberry.field(
        default=None, description="The ID that the catalog course had; null if there are errors."
    )


@strawberry.type(description="The answer to `createCourseRun`.")
class CreateCourseRunPayload(Payload):
    """The answer to `createCourseRun`."""

    course_run: CourseRun | None = strawberry.field(default=None, description="The new run; null if there are errors.")
    existing: CourseRun | None = strawberry.field(
        default=None, description="The existing run with this key, if there is one that the viewer may see."
    )


@strawberry.type(description="The answer to `updateCourseRun`.")
class UpdateCourseRunPayload(Payload):
    """The answer to `updateCourseRun`."""

    course_run: CourseRun | None = strawberry.field(
        default=None, description="The changed run; null if there are errors."
    )


@strawberry.type(description="The answer to `deleteCourseRun`.")
class DeleteCourseRunPayload(Payload):
    """The answer to `deleteCourseRun`."""

    deleted_id: strawberry.ID | None = strawberry.field(
        default=None, description="The ID that the run had; null if there are errors."
    )


@strawberry.type(description="The answer to `syncCourseRun`.")
class SyncCourseRunPayload(Payload):
    """The answer to `syncCourseRun`."""

    course_run: CourseRun | None = strawberry.field(
        default=None, description="The run as it is now; null if there are errors."
    )
    created: bool = strawberry.field(default=False, description="Whether the run was created.")


@strawberry.enum(description="What happened to a row.")
class ImportOutcome(Enum):
    """What happened to a row."""

    CREATED = strawberry.enum_value("CREATED", description="The run was created.")
    UPDATED = strawberry.enum_value("UPDATED", description="The run existed, and was updated.")
    UNCHANGED = strawberry.enum_value("UNCHANGED", description="The run existed, and needed no change.")
    REJECTED = strawberry.enum_value("REJECTED", description="The row was rejected.")


@strawberry.type(description="The result for one row of an import.")
class ImportCourseRunResult:
    """The result for one row of an import."""

    row: int = strawberry.field(description="The row's index in the input, from 0.")
    course_run: CourseRun | None = strawberry.field(
        default=None, description="The run as it is now; null if the row was rejected."
    )
    outcome: ImportOutcome = strawberry.field(description="What happened to the row.")
    errors: list[UserError] = strawberry.field(
        default_factory=list, description="Everything that is wrong with the row."
    )


@strawberry.type(description="The answer to `importCourseRuns`.")
class ImportCourseRunsPayload(Payload):
    """The answer to `importCourseRuns`."""

    results: list[ImportCourseRunResult] = strawberry.field(
        default_factory=list, description="The result for each row, in the order of the input."
    )
    created_count: int = strawberry.field(default=0, description="How many runs were created.")
    updated_count: int = strawberry.field(default=0, description="How many runs were updated.")
    unchanged_count: int = strawberry.field(default=0, description="How many runs needed no change.")
    rejected_count: int = strawberry.field(default=0, description="How many rows were rejected.")
