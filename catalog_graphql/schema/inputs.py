"""What the inputs of mutations have in common. A field left out is left alone."""

import datetime

import strawberry
from strawberry import UNSET

from catalog_graphql.graphql_internals import described

TITLE = "The title."
EXPECTED_TITLE = "The current title as the client knows it. If it has changed since, the error is STALE."
LANGUAGE = "The language, lowercase and hyphenated: `en`, `fr-ca`, `zh-cn`."


@described
@strawberry.input
class CourseScheduleInput:
    """When a run takes place. Omit a field to leave it unchanged; set it to null to clear it."""

    start: datetime.datetime | None = strawberry.field(default=UNSET, description="When the run starts.")
    end: datetime.datetime | None = strawberry.field(default=UNSET, description="When the run ends.")
    enrollment_start: datetime.datetime | None = strawberry.field(default=UNSET, description="When enrollment opens.")
    enrollment_end: datetime.datetime | None = strawberry.field(default=UNSET, description="When enrollment closes.")


@described
@strawberry.input
class Change:
    """What every mutation may carry."""

    client_mutation_id: str | None = strawberry.field(
        default=UNSET, description="Returned unchanged in the payload, so that a client can tell its mutations apart."
    )
