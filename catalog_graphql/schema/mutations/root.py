"""All that can be changed: each root field maps its input to one command of the catalog's."""

import strawberry

from catalog_graphql.schema.mutations.catalog_courses import CatalogCourseMutations
from catalog_graphql.schema.mutations.course_runs import CourseRunMutations
from catalog_graphql.schema.mutations.organizations import OrganizationMutations
from catalog_graphql.schema.mutations.syncs import SyncMutations


@strawberry.type(
    description="The root of all mutations. Several in one document run in order, each in a transaction of its own."
)
class Mutation(OrganizationMutations, CatalogCourseMutations, CourseRunMutations, SyncMutations):
    """Where every change starts."""
