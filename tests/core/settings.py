"""The tests' settings over openedx-core: with the role rows of a server of its own, and without its admin."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS as _INSTALLED_APPS

INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig" if app == "django.contrib.admin" else app for app in _INSTALLED_APPS
]
