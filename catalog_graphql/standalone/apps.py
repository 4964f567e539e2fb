"""The Django application of the server of its own: its admin, its demo, its commands."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandaloneConfig(AppConfig):
    """Configure what only a server of its own has."""

    name = "catalog_graphql.standalone"
    label = "catalog_graphql_standalone"
    verbose_name = _("Open edX catalog, standalone")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the audit of role rows, and connect what keeps those true."""
        from catalog_graphql.standalone import audit, signals  # noqa: F401 (register and connect by being imported)
