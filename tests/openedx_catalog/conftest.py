"""What the tests of the catalog lean on besides."""

import pytest
from django.db import connection


@pytest.fixture
def needs_org_codes_that_differ_by_case() -> None:
    """Skip where the database lets no two organizations differ by case alone."""
    if connection.vendor == "mysql":
        pytest.skip("needs SQLite or PostgreSQL: an organization's code is unique case aside on MySQL and MariaDB")
