"""The GraphQL layer where its libraries are not installed: who may see what, without what answers GraphQL."""

from catalog_graphql.apps import CatalogGraphqlConfig


class RolesAndPolicyConfig(CatalogGraphqlConfig):
    """Configure the models of `catalog_graphql` alone: its system checks import Strawberry."""

    def ready(self) -> None:
        """Register nothing."""
