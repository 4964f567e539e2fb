"""The project's settings, with a key to sign with: tests run outside DEBUG, as production does."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")

from catalog_graphql.standalone.settings import *  # noqa: F403
