"""The root fields of queries."""

from collections.abc import Collection
from typing import Annotated, Any

import strawberry
from django.db.models import Case, QuerySet, When

from catalog_graphql.catalog import api
from catalog_graphql.context import Context, Info
from catalog_graphql.errors import BadUserInputError, UnauthenticatedError
from catalog_graphql.execution.executor import object_answers
from catalog_graphql.graphql_internals import described
from catalog_graphql.limits.limits import Limits
from catalog_graphql.lists.catalog_courses import CATALOG_COURSES
from catalog_graphql.lists.conditions import check_text
from catalog_graphql.lists.course_runs import COURSE_RUNS
from catalog_graphql.lists.organizations import ORGANIZATIONS
from catalog_graphql.reading.lookups import LOOKUPS
from catalog_graphql.schema.connections import Connection, connection
from catalog_graphql.schema.ids import Node, decode_id
from catalog_graphql.schema.scalars import CatalogCourseKey, CourseKey
from catalog_graphql.schema.types import CatalogCourse, CourseRun, Organization
from catalog_graphql.schema.viewer import Viewer


def _decode(node_id: str, input_path: list[str | int]) -> tuple[str, str]:
    """Return the type and key that an id is made of. Raises BadUserInputError."""
    try:
        type_name, key = decode_id(node_id)
        LOOKUPS[type_name].check(key)
    except (KeyError, ValueError) as error:
        raise BadUserInputError("This is not an id that `node` could fetch.", input_path=input_path) from error
    check_text(key, input_path)
    return type_name, key


def _by_key(info: Info, type_name: str, keys: Collection[str]) -> dict[str, Any]:
    """Return what the viewer may see of the objects of this type with these keys, by key."""
    lookup = LOOKUPS[type_name]
    return object_answers(info, type_name, lambda context: lookup.find(keys, context), single=len(keys) == 1)


@described
@strawberry.type
class Query:
    """The root of all queries."""

    @strawberry.field(description="Who is asking. Anonymous requests may select this, but nothing of the catalog.")
    def viewer(self) -> Viewer:
        """Return who is asking."""
        return Viewer()

    organizations: Connection[Organization] = connection(ORGANIZATIONS, description="The organizations.")
    catalog_courses: Connection[CatalogCourse] = connection(
        CATALOG_COURSES, description="The catalog courses of all organizations."
    )
    course_runs: Connection[CourseRun] = connection(COURSE_RUNS, description="The course runs of all organizations.")

    @strawberry.field(description="The object with this ID; null if there is none that the viewer may see.")
    def node(self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The ID.")]) -> Node | None:
        """Return the object of this id."""
        type_name, key = _decode(id, ["id"])
        node: Node | None = _by_key(info, type_name, [key]).get(key)
        return node

    @strawberry.field(
        description=f"The objects of these ids, {Limits.ids} at most unless the site has another limit, in the order "
        "asked; null where there is nothing that the viewer may see."
    )
    def nodes(
        self, info: Info, ids: Annotated[list[strawberry.ID], strawberry.argument(description="The IDs.")]
    ) -> list[Node | None]:
        """Return the objects of these ids."""
        if len(ids) > (most := info.context.limits.ids):
            raise BadUserInputError(f"Ask for at most {most} ids at once.", input_path=["ids"])
        if not info.context.is_authenticated:  # No ids, no lookup that would say so.
            raise UnauthenticatedError
        wanted = [_decode(node_id, ["ids", index]) for index, node_id in enumerate(ids)]
        found = {
            type_name: _by_key(info, type_name, {key for name, key in wanted if name == type_name})
            for type_name in dict(wanted)
        }
        return [found[type_name].get(key) for type_name, key in wanted]

    @strawberry.field(
        description="The organization with this code, ignoring the case of ASCII letters; null if there is none "
        "that the viewer may see."
    )
    def organization(
        self, info: Info, org_code: Annotated[str, strawberry.argument(description="The organization's code.")]
    ) -> Organization | None:
        """Return the organization of this code: where two differ by case alone, the one that is spelled so."""
        check_text(org_code, ["orgCode"])

        def rows(context: Context) -> QuerySet[Any]:
            spelled = Case(When(short_name=org_code, then=0), default=1)
            same = context.visible(api.organizations_of(org_code))
            return LOOKUPS["Organization"].with_key(same).order_by(spelled, "pk")[:1]

        return next(iter(object_answers(info, "Organization", rows, single=True).values()), None)

    @strawberry.field(description="The catalog course with this key; null if there is none that the viewer may see.")
    def catalog_course(
        self,
        info: Info,
        key: Annotated[CatalogCourseKey, strawberry.argument(description="The key. Case matters.")],
    ) -> CatalogCourse | None:
        """Return the catalog course of this key."""
        catalog_course: CatalogCourse | None = _by_key(info, "CatalogCourse", [key]).get(key)
        return catalog_course

    @strawberry.field(description="The run with this key; null if there is none that the viewer may see.")
    def course_run(
        self,
        info: Info,
        course_key: Annotated[CourseKey, strawberry.argument(description="The key. Case matters.")],
    ) -> CourseRun | None:
        """Return the run of this key."""
        course_run: CourseRun | None = _by_key(info, "CourseRun", [course_key]).get(course_key)
        return course_run
