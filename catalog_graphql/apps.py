"""The Django application of the GraphQL layer."""

from django.apps import AppConfig


class CatalogGraphqlConfig(AppConfig):
    """Configure the GraphQL layer."""

    name = "catalog_graphql"
    verbose_name = "Open edX catalog over GraphQL"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks and the audit of role rows, and connect what keeps them true."""
        from catalog_graphql import audit, checks, signals  # noqa: F401 (register and connect by being imported)
