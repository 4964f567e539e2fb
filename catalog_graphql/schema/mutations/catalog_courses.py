"""Changes of catalog courses."""

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
    find_organization,
    given,
    mutation,
    read,
    require_action,
    text,
)
from catalog_graphql.schema.payloads import (
    CreateCatalogCoursePayload,
    DeleteCatalogCoursePayload,
    UpdateCatalogCoursePayload,
)


@strawberry.type
class CatalogCourseMutations:
    """Changes of catalog courses."""

    @mutation(CreateCatalogCoursePayload, "Create a catalog course, without runs yet.")
    def create_catalog_course(self, info: Info, input: Input[inputs.CreateCatalogCourseInput]) -> Done:
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
    def update_catalog_course(self, info: Info, input: Input[inputs.UpdateCatalogCourseInput]) -> Done:
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
    def delete_catalog_course(self, info: Info, input: Input[inputs.DeleteCatalogCourseInput]) -> Done:
        """Delete a catalog course."""
        catalog_course = find(info, "CatalogCourse", input.key, field="key")
        require_action(info, Action.DELETE, catalog_course)
        api.delete_catalog_course(catalog_course)
        return Done([input.key], partial(dict, deleted_id=encode_id("CatalogCourse", input.key)))
