"""The project's settings, with a secret key: tests run outside DEBUG, like production."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")

from catalog_graphql.standalone.settings import *  # noqa: F403
