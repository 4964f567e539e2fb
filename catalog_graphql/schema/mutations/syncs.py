"""Changes of many rows at once: what is missing is created, and what is there brought up to date."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import Any

import strawberry
from strawberry import UNSET

from catalog_graphql.catalog import api
from catalog_graphql.context import Info
from catalog_graphql.graphql_internals import described
from catalog_graphql.schema.inputs import Change, CourseScheduleInput
from catalog_graphql.schema.mutations.mutation import (
    Done,
    Input,
    given,
    mutation,
    read_runs,
    require,
    schedule,
    user_errors,
)
from catalog_graphql.schema.payloads import Payload, UserError
from catalog_graphql.schema.scalars import CourseKey
from catalog_graphql.schema.types import CourseRun


@described
@strawberry.input
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


@described
@strawberry.input
class ImportCourseRunRow:
    """A run to import. A malformed value rejects the row, not the request."""

    course_key: str = strawberry.field(description="The run's key.")
    title: str = strawberry.field(description="The run's title.")
    language: str | None = strawberry.field(
        default=UNSET, description="The run's language, in any spelling the platform has used."
    )
    schedule: CourseScheduleInput | None = strawberry.field(
        default=UNSET, description="When the run takes place. Null clears all dates."
    )


@described
@strawberry.enum
class ImportErrorPolicy(Enum):
    """What to do if a row of an import is rejected."""

    REJECT_ALL = strawberry.enum_value("REJECT_ALL", description="Reject all rows.")
    SKIP_ROW = strawberry.enum_value("SKIP_ROW", description="Import the other rows.")


@described
@strawberry.input
class ImportCourseRunsInput(Change):
    """The runs to import."""

    rows: list[ImportCourseRunRow] = strawberry.field(description="The runs, 500 at most.")
    on_error: ImportErrorPolicy = strawberry.field(
        default=ImportErrorPolicy.REJECT_ALL, description="What to do with the other rows if one is rejected."
    )
    dry_run: bool = strawberry.field(default=False, description="Whether to only report what would happen to each row.")


@described
@strawberry.type
class SyncCourseRunPayload(Payload):
    """The answer to `syncCourseRun`."""

    course_run: CourseRun | None = strawberry.field(
        default=None, description="The run as it is now; null if there are errors."
    )
    created: bool = strawberry.field(default=False, description="Whether the run was created.")


@described
@strawberry.enum
class ImportOutcome(Enum):
    """What happened to a row."""

    CREATED = strawberry.enum_value("CREATED", description="The run was created.")
    UPDATED = strawberry.enum_value("UPDATED", description="The run existed, and was updated.")
    UNCHANGED = strawberry.enum_value("UNCHANGED", description="The run existed, and needed no change.")
    REJECTED = strawberry.enum_value("REJECTED", description="The row was rejected.")


@described
@strawberry.type
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


@described
@strawberry.type
class ImportCourseRunsPayload(Payload):
    """The answer to `importCourseRuns`."""

    results: list[ImportCourseRunResult] = strawberry.field(
        default_factory=list, description="The result for each row, in the order of the input."
    )
    created_count: int = strawberry.field(default=0, description="How many runs were created.")
    updated_count: int = strawberry.field(default=0, description="How many runs were updated.")
    unchanged_count: int = strawberry.field(default=0, description="How many runs needed no change.")
    rejected_count: int = strawberry.field(default=0, description="How many rows were rejected.")


@strawberry.type
class SyncMutations:
    """Changes of many rows at once: what is missing is created, and what is there brought up to date."""

    @mutation(SyncCourseRunPayload)
    def sync_course_run(self, info: Info, input: Input[SyncCourseRunInput]) -> Done:
        """Create the run, with its organization and catalog course where they are missing, or update its title.

        Idempotent.
        """
        require(info.context.policy.is_global_staff)
        row = api.make_row(
            0,
            course_key=input.course_key,
            title=input.title,
            language=given(input.language_short) or None,
            schedule=schedule(input.schedule),
        )
        [outcome] = api.sync_course_runs(rows=[row], all_or_nothing=True)
        if outcome.problems:
            raise api.RefusedError(_renamed(outcome.problems, {"language": "language_short"}))
        return Done(_changed([outcome]), partial(_sync_answer, info, input.course_key, outcome))

    @mutation(ImportCourseRunsPayload)
    def import_course_runs(self, info: Info, input: Input[ImportCourseRunsInput]) -> Done:
        """Sync up to 500 runs, as if one after the other, and report row by row. Idempotent."""
        require(info.context.policy.is_global_staff)
        rows = [
            api.make_row(
                index,
                course_key=row.course_key,
                title=row.title,
                language=given(row.language) or None,
                schedule=schedule(row.schedule),
            )
            for index, row in enumerate(input.rows)
        ]
        reject_all = input.on_error is ImportErrorPolicy.REJECT_ALL
        outcomes = api.sync_course_runs(rows=rows, all_or_nothing=reject_all, dry_run=input.dry_run)
        taken = [outcome for outcome in outcomes if not outcome.problems]
        if reject_all and len(taken) < len(outcomes):
            taken = []
        changed = () if input.dry_run else _changed(taken)
        return Done(changed, partial(_import_answer, info, outcomes, taken, reject_all=reject_all))


def _sync_answer(info: Info, course_key: str, outcome: api.Outcome) -> Mapping[str, Any]:
    found = read_runs(info, ["courseRun"], [course_key])
    return {"course_run": found.get(course_key), "created": outcome.kind is api.OutcomeKind.CREATED}


def _import_answer(
    info: Info, outcomes: Sequence[api.Outcome], taken: Collection[api.Outcome], *, reject_all: bool
) -> Mapping[str, Any]:
    """Return the fields of the payload of an import that took these of the rows."""
    found = read_runs(info, ["results", "courseRun"], {outcome.course_key for outcome in taken})
    kinds = {outcome.line: outcome.kind for outcome in taken}
    counts = Counter(kinds.values())
    problems = [problem for outcome in outcomes for problem in _in_rows(outcome)]
    return {
        "results": [
            ImportCourseRunResult(
                row=outcome.line,
                course_run=found.get(outcome.course_key) if outcome.line in kinds else None,
                outcome=ImportOutcome[kinds.get(outcome.line, api.OutcomeKind.REJECTED)],
                errors=user_errors(_in_rows(outcome)),
            )
            for outcome in outcomes
        ],
        "created_count": counts[api.OutcomeKind.CREATED],
        "updated_count": counts[api.OutcomeKind.UPDATED],
        "unchanged_count": counts[api.OutcomeKind.UNCHANGED],
        "rejected_count": len(outcomes) - len(taken),
        "errors": user_errors(problems) if reject_all else [],
    }


def _renamed(problems: Iterable[api.Problem], names: Mapping[str, str]) -> list[api.Problem]:
    return [replace(problem, field=tuple(names.get(step, step) for step in problem.field)) for problem in problems]


def _in_rows(outcome: api.Outcome) -> list[api.Problem]:
    return [replace(problem, field=("rows", str(outcome.line), *problem.field)) for problem in outcome.problems]


def _changed(outcomes: Iterable[api.Outcome]) -> list[str]:
    kinds = (api.OutcomeKind.CREATED, api.OutcomeKind.UPDATED)
    return [outcome.course_key for outcome in outcomes if outcome.kind in kinds]
