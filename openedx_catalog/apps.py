"""The Django application of the catalog."""

from importlib import metadata

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured


class OpenedxCatalogConfig(AppConfig):
    """Configure the catalog; its label and tables are those of the released `openedx_catalog`."""

    name = "openedx_catalog"
    label = "openedx_catalog"
    verbose_name = "Open edX catalog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what the catalog does when rows are saved, and register the system checks.

        Raises ImproperlyConfigured beside openedx-core, which has files of the same names.
        """
        try:
            metadata.distribution("openedx-core")
        except metadata.PackageNotFoundError:
            pass
        else:
            raise ImproperlyConfigured(
                "openedx-core has an openedx_catalog of its own: uninstall both, and install openedx-core again."
            )
        from openedx_catalog import signals, system_checks  # noqa: F401 (they do so by being imported)
