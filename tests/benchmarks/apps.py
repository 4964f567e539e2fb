"""The GraphQL app without its libraries, for environments that lack them: models and access rules only."""

from catalog_graphql.apps import CatalogGraphqlConfig


class RolesAndPolicyConfig(CatalogGraphqlConfig):
    """Configure only the models of `catalog_graphql`: its system checks import Strawberry."""

    def ready(self) -> None:
        """Register nothing."""
