"""The schema: what can be asked, and how it is executed."""

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from catalog_graphql import errors
from catalog_graphql.execution.documents import Documents
from catalog_graphql.execution.executor import Executor
from catalog_graphql.execution.operations import Operations
from catalog_graphql.schema.mutations.mutation import Changes
from catalog_graphql.schema.mutations.root import Mutation
from catalog_graphql.schema.queries import Query
from catalog_graphql.schema.scalars import SCALARS


class Schema(strawberry.Schema):
    """A schema that logs what went wrong on our side, and nothing else."""

    def process_errors(self, errors_: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log the errors that are ours."""
        for error in errors_:
            errors.blame_variable(error)
            errors.log(error)


schema = Schema(
    query=Query,
    mutation=Mutation,
    config=StrawberryConfig(scalar_map=SCALARS),
    execution_context_class=Executor,
    extensions=[errors.ErrorCodes, Operations, Documents, Changes],
)
