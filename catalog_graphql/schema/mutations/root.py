"""All that can be changed: each root field maps its input to one command of the catalog's."""

import strawberry

from catalog_graphql.graphql_internals import described
from catalog_graphql.schema.mutations.catalog_courses import CatalogCourseMutations
from catalog_graphql.schema.mutations.course_runs import CourseRunMutations
from catalog_graphql.schema.mutations.organizations import OrganizationMutations
from catalog_graphql.schema.mutations.syncs import SyncMutations


@described
@strawberry.type
class Mutation(OrganizationMutations, CatalogCourseMutations, CourseRunMutations, SyncMutations):
    """The root of all mutations. Several in one document run in order, each in a transaction of its own."""
