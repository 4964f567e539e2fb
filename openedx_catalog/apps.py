"""The Django application of the catalog."""

from django.apps import AppConfig


class OpenedxCatalogConfig(AppConfig):
    """Configure the catalog, with the label and tables of the released `openedx_catalog`."""

    name = "openedx_catalog"
    label = "openedx_catalog"
    verbose_name = "Open edX catalog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the signal handlers, and register the system checks."""
        from openedx_catalog import checks, signals  # noqa: F401 (importing them does so)
