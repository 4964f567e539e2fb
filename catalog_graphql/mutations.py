"""The root fields of mutations: each maps its input to one command of the catalog's."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, TypeVar

import strawberry

from catalog_graphql.access import Action
from catalog_graphql.changing import (
    Done,
    find,
    find_organization,
    given,
    mutation,
    read,
    read_runs,
    require,
    require_action,
    schedule,
    text,
    user_errors,
)
from catalog_graphql.context import Info
from catalog_graphql.inputs import changes
from catalog_graphql.nodes import encode_id
from catalog_graphql.payloads import (
    CreateCatalogCoursePayload,
    CreateCourseRunPayload,
    CreateOrganizationPayload,
    DeleteCatalogCoursePayload,
    DeleteCourseRunPayload,
    ImportCourseRunResult,
    ImportCourseRunsPayload,
    ImportOutcome,
    SyncCourseRunPayload,
    UpdateCatalogCoursePayload,
    UpdateCourseRunPayload,
    UpdateOrganizationPayload,
)
from openedx_catalog import api

InputT = TypeVar("InputT")
Input = Annotated[InputT, strawberry.argument(description="What to change, and to what.")]


@strawberry.type(description="Where every change starts. Several in one document are done in order, each on its own.")
class Mutation:
    """Where every change starts."""

    @mutation(CreateOrganizationPayload, "Create an organization.")
    def create_organization(self, info: Info, input: Input[changes.CreateOrganizationInput]) -> Done:
        """Create an organization."""
        require(info.context.policy.is_global_staff)
        organization = api.create_organization(
            org_code=input.org_code, name=input.name, description=text(input.description) or ""
        )
        return Done([organization.short_name], partial(read, info, organization=organization))

    @mutation(UpdateOrganizationPayload, "Change an organization.")
    def update_organization(self, info: Info, input: Input[changes.UpdateOrganizationInput]) -> Done:
        """Change an organization."""
        organization = find_organization(info, input.org_code)
        require(info.context.policy.is_global_staff)
        problems = []
        if input.is_active is None:
            message = "It must be said whether it is active."
            problems.append(api.Problem(api.ProblemCode.REQUIRED, message, ("is_active",)))
        changed = api.update_organization(
            organization,
            new_org_code=text(input.new_org_code),
            name=text(input.name),
            description=text(input.description),
            is_active=given(input.is_active),
            problems=problems,
        )
        return Done([organization.short_name] if changed else (), partial(read, info, organization=organization))

    @mutation(CreateCatalogCoursePayload, "Create a catalog course, without runs yet.")
    def create_catalog_course(self, info: Info, input: Input[changes.CreateCatalogCourseInput]) -> Done:
        """Create a catalog course."""
        if not info.context.policy.is_global_staff:
            require_action(info, Action.CREATE_COURSES, find_organization(info, input.org_code))
        catalog_course = api.create_catalog_course(
            org_code=input.org_code,
            course_code=input.course_code,
            title=text(input.title) or "",
            language=text(input.language) or "",
        )
        return Done([catalog_course.key_str], partial(read, info, catalog_course=catalog_course))

    @mutation(UpdateCatalogCoursePayload, "Change a catalog course.")
    def update_catalog_course(self, info: Info, input: Input[changes.UpdateCatalogCourseInput]) -> Done:
        """Change a catalog course."""
        catalog_course = find(info, "CatalogCourse", input.key, field="key")
        require_action(info, Action.EDIT, catalog_course)
        changed = api.update_catalog_course(
            catalog_course,
            title=text(input.title),
            language=text(input.language),
            expected_title=given(input.expected_title),
        )
        return Done([input.key] if changed else (), partial(read, info, catalog_course=catalog_course))

    @mutation(DeleteCatalogCoursePayload, "Delete a catalog course that has no runs.")
    def delete_catalog_course(self, info: Info, input: Input[changes.DeleteCatalogCourseInput]) -> Done:
        """Delete a catalog course."""
        catalog_course = find(info, "CatalogCourse", input.key, field="key")
        require_action(info, Action.DELETE, catalog_course)
        api.delete_catalog_course(catalog_course)
        return Done([input.key], partial(dict, deleted_id=encode_id("CatalogCourse", input.key)))

    @mutation(CreateCourseRunPayload, "Create a run of a catalog course.")
    def create_course_run(self, info: Info, input: Input[changes.CreateCourseRunInput]) -> Done:
        """Create a run."""
        catalog_course = find(info, "CatalogCourse", input.catalog_course_key, field="catalog_course_key")
        require_action(info, Action.CREATE_COURSES, catalog_course)
        course_run = api.create_course_run(
            catalog_course=catalog_course,
            run_code=input.run_code,
            title=text(input.title) or "",
            schedule=schedule(input.schedule),
        )
        info.context.policy.created(course_run)
        return Done([str(course_run.course_key)], partial(read, info, course_run=course_run))

    @mutation(UpdateCourseRunPayload, "Change a run.")
    def update_course_run(self, info: Info, input: Input[changes.UpdateCourseRunInput]) -> Done:
        """Change a run."""
        course_run = find(info, "CourseRun", input.course_key, field="course_key")
        require_action(info, Action.EDIT, course_run)
        changed = api.update_course_run(
            course_run,
            title=text(input.title),
            schedule=schedule(input.schedule),
            expected_title=given(input.expected_title),
        )
        return Done([input.course_key] if changed else (), partial(read, info, course_run=course_run))

    @mutation(DeleteCourseRunPayload, "Delete a run, and its schedule.")
    def delete_course_run(self, info: Info, input: Input[changes.DeleteCourseRunInput]) -> Done:
        """Delete a run."""
        course_run = find(info, "CourseRun", input.course_key, field="course_key")
        require_action(info, Action.DELETE, course_run)
        api.delete_course_run(course_run.course_key)
        return Done([input.course_key], partial(dict, deleted_id=encode_id("CourseRun", input.course_key)))

    @mutation(
        SyncCourseRunPayload,
        "Create what is missing (organization, catalog course, run) and bring the run's title up to date. "
        "Said twice, it changes nothing.",
    )
    def sync_course_run(self, info: Info, input: Input[changes.SyncCourseRunInput]) -> Done:
        """Sync a run."""
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

    @mutation(
        ImportCourseRunsPayload,
        f"Sync many runs, {api.MAX_ROWS} at most, as if one after the other, and report row by row. "
        "Said twice, it changes nothing.",
    )
    def import_course_runs(self, info: Info, input: Input[changes.ImportCourseRunsInput]) -> Done:
        """Sync many runs."""
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
        reject_all = input.on_error is changes.ImportErrorPolicy.REJECT_ALL
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
