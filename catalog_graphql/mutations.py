"""The root fields of mutations: each maps its input to one command of the catalog's."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any, TypeVar

import strawberry

from catalog_graphql.access import Action
from catalog_graphql.changing import (
    change,
    find,
    find_organization,
    given,
    log_change,
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

    @strawberry.mutation(description="Create an organization.")
    def create_organization(
        self, info: Info, input: Input[changes.CreateOrganizationInput]
    ) -> CreateOrganizationPayload:
        """Create an organization."""

        def command() -> Mapping[str, Any]:
            require(info.context.policy.is_global_staff)
            organization = api.create_organization(
                org_code=input.org_code, name=input.name, description=text(input.description) or ""
            )
            log_change(info, organization.short_name)
            return {"organization": read(info, "organization", organization)}

        return change(info, CreateOrganizationPayload, input, command)

    @strawberry.mutation(description="Change an organization.")
    def update_organization(
        self, info: Info, input: Input[changes.UpdateOrganizationInput]
    ) -> UpdateOrganizationPayload:
        """Change an organization."""

        def command() -> Mapping[str, Any]:
            organization = find_organization(info, input.org_code)
            require(info.context.policy.is_global_staff)
            problems = []
            if input.is_active is None:
                message = "It must be said whether it is active."
                problems.append(api.Problem(api.ProblemCode.REQUIRED, message, ("is_active",)))
            if api.update_organization(
                organization,
                new_org_code=text(input.new_org_code),
                name=text(input.name),
                description=text(input.description),
                is_active=given(input.is_active),
                problems=problems,
            ):
                log_change(info, organization.short_name)
            return {"organization": read(info, "organization", organization)}

        return change(info, UpdateOrganizationPayload, input, command)

    @strawberry.mutation(description="Create a catalog course, without runs yet.")
    def create_catalog_course(
        self, info: Info, input: Input[changes.CreateCatalogCourseInput]
    ) -> CreateCatalogCoursePayload:
        """Create a catalog course."""

        def command() -> Mapping[str, Any]:
            if not info.context.policy.is_global_staff:
                require_action(info, Action.CREATE_COURSES, find_organization(info, input.org_code))
            catalog_course = api.create_catalog_course(
                org_code=input.org_code,
                course_code=input.course_code,
                title=text(input.title) or "",
                language=text(input.language) or "",
            )
            log_change(info, catalog_course.key_str)
            return {"catalog_course": read(info, "catalog_course", catalog_course)}

        return change(info, CreateCatalogCoursePayload, input, command)

    @strawberry.mutation(description="Change a catalog course.")
    def update_catalog_course(
        self, info: Info, input: Input[changes.UpdateCatalogCourseInput]
    ) -> UpdateCatalogCoursePayload:
        """Change a catalog course."""

        def command() -> Mapping[str, Any]:
            catalog_course = find(info, "CatalogCourse", input.key, field="key")
            require_action(info, Action.EDIT, catalog_course)
            if api.update_catalog_course(
                catalog_course,
                title=text(input.title),
                language=text(input.language),
                expected_title=given(input.expected_title),
            ):
                log_change(info, input.key)
            return {"catalog_course": read(info, "catalog_course", catalog_course)}

        return change(info, UpdateCatalogCoursePayload, input, command)

    @strawberry.mutation(description="Delete a catalog course that has no runs.")
    def delete_catalog_course(
        self, info: Info, input: Input[changes.DeleteCatalogCourseInput]
    ) -> DeleteCatalogCoursePayload:
        """Delete a catalog course."""

        def command() -> Mapping[str, Any]:
            catalog_course = find(info, "CatalogCourse", input.key, field="key")
            require_action(info, Action.DELETE, catalog_course)
            api.delete_catalog_course(catalog_course)
            log_change(info, input.key)
            return {"deleted_id": encode_id("CatalogCourse", input.key)}

        return change(info, DeleteCatalogCoursePayload, input, command)

    @strawberry.mutation(description="Create a run of a catalog course.")
    def create_course_run(self, info: Info, input: Input[changes.CreateCourseRunInput]) -> CreateCourseRunPayload:
        """Create a run."""

        def command() -> Mapping[str, Any]:
            catalog_course = find(info, "CatalogCourse", input.catalog_course_key, field="catalog_course_key")
            require_action(info, Action.CREATE_COURSES, catalog_course)
            course_run = api.create_course_run(
                catalog_course=catalog_course,
                run_code=input.run_code,
                title=text(input.title) or "",
                schedule=schedule(input.schedule),
            )
            info.context.policy.created(course_run)
            log_change(info, str(course_run.course_key))
            return {"course_run": read(info, "course_run", course_run)}

        return change(info, CreateCourseRunPayload, input, command)

    @strawberry.mutation(description="Change a run.")
    def update_course_run(self, info: Info, input: Input[changes.UpdateCourseRunInput]) -> UpdateCourseRunPayload:
        """Change a run."""

        def command() -> Mapping[str, Any]:
            course_run = find(info, "CourseRun", input.course_key, field="course_key")
            require_action(info, Action.EDIT, course_run)
            if api.update_course_run(
                course_run,
                title=text(input.title),
                schedule=schedule(input.schedule),
                expected_title=given(input.expected_title),
            ):
                log_change(info, input.course_key)
            return {"course_run": read(info, "course_run", course_run)}

        return change(info, UpdateCourseRunPayload, input, command)

    @strawberry.mutation(description="Delete a run, and its schedule.")
    def delete_course_run(self, info: Info, input: Input[changes.DeleteCourseRunInput]) -> DeleteCourseRunPayload:
        """Delete a run."""

        def command() -> Mapping[str, Any]:
            course_run = find(info, "CourseRun", input.course_key, field="course_key")
            require_action(info, Action.DELETE, course_run)
            api.delete_course_run(course_run.course_key)
            log_change(info, input.course_key)
            return {"deleted_id": encode_id("CourseRun", input.course_key)}

        return change(info, DeleteCourseRunPayload, input, command)

    @strawberry.mutation(
        description="Create what is missing (organization, catalog course, run) and bring the run's title up to date. "
        "Said twice, it changes nothing."
    )
    def sync_course_run(self, info: Info, input: Input[changes.SyncCourseRunInput]) -> SyncCourseRunPayload:
        """Sync a run."""

        def command() -> Mapping[str, Any]:
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
            _log_outcome(info, outcome)
            found = read_runs(info, ["courseRun"], [input.course_key])
            return {
                "course_run": found.get(input.course_key),
                "created": outcome.kind is api.OutcomeKind.CREATED,
            }

        return change(info, SyncCourseRunPayload, input, command)

    @strawberry.mutation(
        description=f"Sync many runs, {api.MAX_ROWS} at most, as if one after the other, and report row by row. "
        "Said twice, it changes nothing."
    )
    def import_course_runs(self, info: Info, input: Input[changes.ImportCourseRunsInput]) -> ImportCourseRunsPayload:
        """Sync many runs."""

        def command() -> Mapping[str, Any]:
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
            problems = [problem for outcome in outcomes for problem in _in_rows(outcome)]
            taken = [] if reject_all and problems else [outcome for outcome in outcomes if not outcome.problems]
            if not input.dry_run:
                for outcome in taken:
                    _log_outcome(info, outcome)
            found = read_runs(info, ["results", "courseRun"], {outcome.course_key for outcome in taken})
            kinds = {outcome.line: outcome.kind for outcome in taken}
            counts = Counter(kinds.values())
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

        return change(info, ImportCourseRunsPayload, input, command)


def _renamed(problems: Iterable[api.Problem], names: Mapping[str, str]) -> list[api.Problem]:
    return [replace(problem, field=tuple(names.get(step, step) for step in problem.field)) for problem in problems]


def _in_rows(outcome: api.Outcome) -> list[api.Problem]:
    return [replace(problem, field=("rows", str(outcome.line), *problem.field)) for problem in outcome.problems]


def _log_outcome(info: Info, outcome: api.Outcome) -> None:
    if outcome.kind in (api.OutcomeKind.CREATED, api.OutcomeKind.UPDATED):
        log_change(info, outcome.course_key)
