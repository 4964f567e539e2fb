"""Changes of course runs."""

from functools import partial

import strawberry
from strawberry import UNSET

from catalog_graphql.access import Action
from catalog_graphql.catalog import api
from catalog_graphql.context import Info
from catalog_graphql.graphql_internals import described
from catalog_graphql.schema.ids import encode_id
from catalog_graphql.schema.inputs import EXPECTED_TITLE, TITLE, Change, CourseScheduleInput
from catalog_graphql.schema.mutations.mutation import (
    Done,
    Input,
    find,
    given,
    mutation,
    read,
    require_action,
    schedule,
    text,
)
from catalog_graphql.schema.payloads import Payload
from catalog_graphql.schema.scalars import CatalogCourseKey, CourseKey
from catalog_graphql.schema.types import CourseRun


@described
@strawberry.input
class CreateCourseRunInput(Change):
    """The run to create. Its key is made from the codes."""

    catalog_course_key: CatalogCourseKey = strawberry.field(description="The key of the catalog course.")
    run_code: str = strawberry.field(description="The run code, such as 3T2012.")
    title: str | None = strawberry.field(
        default=UNSET, description="The title. If omitted or blank, it becomes the catalog course's."
    )
    schedule: CourseScheduleInput | None = strawberry.field(default=UNSET, description="When the run takes place.")


@described
@strawberry.type
class CreateCourseRunPayload(Payload):
    """The answer to `createCourseRun`."""

    course_run: CourseRun | None = strawberry.field(default=None, description="The new run; null if there are errors.")
    existing: CourseRun | None = strawberry.field(
        default=None, description="The existing run with this key, if there is one that the viewer may see."
    )


@described
@strawberry.input
class UpdateCourseRunInput(Change):
    """What to change of a run."""

    course_key: CourseKey = strawberry.field(description="The run's key.")
    title: str | None = strawberry.field(default=UNSET, description=TITLE)
    schedule: CourseScheduleInput | None = strawberry.field(
        default=UNSET, description="When the run takes place. Null clears all dates."
    )
    expected_title: str | None = strawberry.field(default=UNSET, description=EXPECTED_TITLE)


@described
@strawberry.type
class UpdateCourseRunPayload(Payload):
    """The answer to `updateCourseRun`."""

    course_run: CourseRun | None = strawberry.field(
        default=None, description="The changed run; null if there are errors."
    )


@described
@strawberry.input
class DeleteCourseRunInput(Change):
    """The run to delete."""

    course_key: CourseKey = strawberry.field(description="The run's key.")


@described
@strawberry.type
class DeleteCourseRunPayload(Payload):
    """The answer to `deleteCourseRun`."""

    deleted_id: strawberry.ID | None = strawberry.field(
        default=None, description="The ID that the run had; null if there are errors."
    )


@strawberry.type
class CourseRunMutations:
    """Changes of course runs."""

    @mutation(CreateCourseRunPayload)
    def create_course_run(self, info: Info, input: Input[CreateCourseRunInput]) -> Done:
        """Create a run of a catalog course."""
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

    @mutation(UpdateCourseRunPayload)
    def update_course_run(self, info: Info, input: Input[UpdateCourseRunInput]) -> Done:
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

    @mutation(DeleteCourseRunPayload)
    def delete_course_run(self, info: Info, input: Input[DeleteCourseRunInput]) -> Done:
        """Delete a run, and its schedule."""
        course_run = find(info, "CourseRun", input.course_key, field="course_key")
        require_action(info, Action.DELETE, course_run)
        api.delete_course_run(course_run.course_key)
        return Done([input.course_key], partial(dict, deleted_id=encode_id("CourseRun", input.course_key)))
