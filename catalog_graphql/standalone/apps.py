"""The Django application of the standalone server: its admin, demo catalog and commands."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandaloneConfig(AppConfig):
    """Configure what only the standalone server has."""

    name = "catalog_graphql.standalone"
    label = "catalog_graphql_standalone"
    verbose_name = _("Open edX catalog, standalone")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the audit of role rows, and connect the signals that keep them correct."""
        from catalog_graphql.standalone import audit, signals  # noqa: F401 (importing them registers and connects)
