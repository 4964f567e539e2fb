"""Changes of course runs."""

from functools import partial

import strawberry

from catalog_graphql.access import Action
from catalog_graphql.catalog import api
from catalog_graphql.context import Info
from catalog_graphql.schema import inputs
from catalog_graphql.schema.ids import encode_id
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
from catalog_graphql.schema.payloads import CreateCourseRunPayload, DeleteCourseRunPayload, UpdateCourseRunPayload


@strawberry.type
class CourseRunMutations:
    """Changes of course runs."""

    @mutation(CreateCourseRunPayload, "Create a run of a catalog course.")
    def create_course_run(self, info: Info, input: Input[inputs.CreateCourseRunInput]) -> Done:
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
    def update_course_run(self, info: Info, input: Input[inputs.UpdateCourseRunInput]) -> Done:
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
    def delete_course_run(self, info: Info, input: Input[inputs.DeleteCourseRunInput]) -> Done:
        """Delete a run."""
        course_run = find(info, "CourseRun", input.course_key, field="course_key")
        require_action(info, Action.DELETE, course_run)
        api.delete_course_run(course_run.course_key)
        return Done([input.course_key], partial(dict, deleted_id=encode_id("CourseRun", input.course_key)))
