"""The Django application of the GraphQL layer."""

from django.apps import AppConfig


class CatalogGraphqlConfig(AppConfig):
    """Configure the GraphQL layer."""

    name = "catalog_graphql"
    verbose_name = "Open edX catalog over GraphQL"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks and the audit of role rows; connect what keeps those true, and the history."""
        from catalog_graphql import audit, checks, signals  # noqa: F401 (register and connect by being imported)
        from catalog_graphql.catalog import history  # noqa: F401 (likewise)
