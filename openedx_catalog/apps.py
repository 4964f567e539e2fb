"""The Django application of the catalog."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenedxCatalogConfig(AppConfig):
    """Configure the catalog; its label and tables are those of the released `openedx_catalog`."""

    name = "openedx_catalog"
    label = "openedx_catalog"
    verbose_name = _("Open edX catalog")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what the catalog does when rows are saved, and register the system checks."""
        from openedx_catalog import signals, system_checks  # noqa: F401 (they do so by being imported)
