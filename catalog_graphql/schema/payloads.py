"""What the payloads of mutations have in common: everything that is wrong with the input."""

from enum import Enum

import strawberry

from catalog_graphql.graphql_internals import described


@described
@strawberry.enum
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


@described
@strawberry.type
class UserError:
    """An expected failure: something the caller can put right."""

    code: UserErrorCode = strawberry.field(description="What is wrong, for programs.")
    message: str = strawberry.field(description="What is wrong, for people.")
    field: list[str] | None = strawberry.field(
        default=None,
        description='Path of the input at fault, in the input\'s own names, such as `["schedule", "end"]`; '
        "null if none is.",
    )


@described
@strawberry.type
class Payload:
    """What every mutation answers."""

    errors: list[UserError] = strawberry.field(
        default_factory=list, description="Everything that is wrong with the input; empty if the change was made."
    )
    client_mutation_id: str | None = strawberry.field(default=None, description="The `clientMutationId` of the input.")
