"""Changes of catalog courses."""

from functools import partial

import strawberry
from strawberry import UNSET

from catalog_graphql.access import Action
from catalog_graphql.catalog import api
from catalog_graphql.context import Info
from catalog_graphql.graphql_internals import described
from catalog_graphql.schema.ids import encode_id
from catalog_graphql.schema.inputs import EXPECTED_TITLE, LANGUAGE, TITLE, Change
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
from catalog_graphql.schema.payloads import Payload
from catalog_graphql.schema.scalars import CatalogCourseKey
from catalog_graphql.schema.types import CatalogCourse


@described
@strawberry.input
class CreateCatalogCourseInput(Change):
    """The catalog course to create."""

    org_code: str = strawberry.field(description="The organization's code. Case does not matter.")
    course_code: str = strawberry.field(description="The course code, such as 6.002x.")
    title: str | None = strawberry.field(
        default=UNSET, description="The title. If omitted or blank, it becomes the course code."
    )
    language: str | None = strawberry.field(
        default=UNSET, description=f"{LANGUAGE} If omitted or blank, it becomes the site's."
    )


@described
@strawberry.type
class CreateCatalogCoursePayload(Payload):
    """The answer to `createCatalogCourse`."""

    catalog_course: CatalogCourse | None = strawberry.field(
        default=None, description="The new catalog course; null if there are errors."
    )
    existing: CatalogCourse | None = strawberry.field(
        default=None, description="The existing catalog course with this code, if there is one that the viewer may see."
    )


@described
@strawberry.input
class UpdateCatalogCourseInput(Change):
    """What to change of a catalog course."""

    key: CatalogCourseKey = strawberry.field(description="The catalog course's key.")
    title: str | None = strawberry.field(default=UNSET, description=TITLE)
    language: str | None = strawberry.field(default=UNSET, description=LANGUAGE)
    expected_title: str | None = strawberry.field(default=UNSET, description=EXPECTED_TITLE)


@described
@strawberry.type
class UpdateCatalogCoursePayload(Payload):
    """The answer to `updateCatalogCourse`."""

    catalog_course: CatalogCourse | None = strawberry.field(
        default=None, description="The changed catalog course; null if there are errors."
    )


@described
@strawberry.input
class DeleteCatalogCourseInput(Change):
    """The catalog course to delete."""

    key: CatalogCourseKey = strawberry.field(description="The catalog course's key.")


@described
@strawberry.type
class DeleteCatalogCoursePayload(Payload):
    """The answer to `deleteCatalogCourse`."""

    deleted_id: strawberry.ID | None = strawberry.field(
        default=None, description="The ID that the catalog course had; null if there are errors."
    )


@strawberry.type
class CatalogCourseMutations:
    """Changes of catalog courses."""

    @mutation(CreateCatalogCoursePayload)
    def create_catalog_course(self, info: Info, input: Input[CreateCatalogCourseInput]) -> Done:
        """Create a catalog course, without runs yet."""
        if not info.context.policy.is_global_staff:
            require_action(info, Action.CREATE_COURSES, find_organization(info, input.org_code))
        catalog_course = api.create_catalog_course(
            org_code=input.org_code,
            course_code=input.course_code,
            title=text(input.title) or "",
            language=text(input.language) or "",
        )
        return Done([catalog_course.key_str], partial(read, info, catalog_course=catalog_course))

    @mutation(UpdateCatalogCoursePayload)
    def update_catalog_course(self, info: Info, input: Input[UpdateCatalogCourseInput]) -> Done:
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

    @mutation(DeleteCatalogCoursePayload)
    def delete_catalog_course(self, info: Info, input: Input[DeleteCatalogCourseInput]) -> Done:
        """Delete a catalog course that has no runs."""
        catalog_course = find(info, "CatalogCourse", input.key, field="key")
        require_action(info, Action.DELETE, catalog_course)
        api.delete_catalog_course(catalog_course)
        return Done([input.key], partial(dict, deleted_id=encode_id("CatalogCourse", input.key)))
