"""A browser in which a superuser is signed in."""

import pytest
from django.contrib.auth import get_user_model

from tests.catalog_graphql.standalone.admin.browsing import Browser


@pytest.fixture
def browser(db: None) -> Browser:
    """Return a browser in which a superuser is signed in."""
    return Browser(get_user_model().objects.create_superuser("ada"))
