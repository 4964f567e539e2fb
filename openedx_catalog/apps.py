"""The Django application of the catalog."""

from importlib import metadata

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class OpenedxCatalogConfig(AppConfig):
    """Configure the catalog, with the label and tables of the released `openedx_catalog`."""

    name = "openedx_catalog"
    label = "openedx_catalog"
    verbose_name = _("Open edX catalog")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the signal handlers, and register the system checks.

        Raises ImproperlyConfigured if openedx-core is installed, too, since it has files with the same names.
        """
        try:
            metadata.distribution("openedx-core")
        except metadata.PackageNotFoundError:
            pass
        else:
            raise ImproperlyConfigured(
                "openedx-core has an openedx_catalog of its own: uninstall both, and install openedx-core again."
            )
        from openedx_catalog import checks, signals  # noqa: F401 (importing them does so)
