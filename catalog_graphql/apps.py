"""The Django application of the GraphQL layer."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogGraphqlConfig(AppConfig):
    """Configure the GraphQL layer."""

    name = "catalog_graphql"
    verbose_name = _("Open edX catalog over GraphQL")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, and connect the signals that maintain the history and search texts."""
        from catalog_graphql import checks  # noqa: F401 (importing it registers)
        from catalog_graphql.catalog import history  # noqa: F401 (importing it connects; the models import search_text)
