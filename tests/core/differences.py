"""What cannot hold over openedx-core's catalog, and why: a plugin of the tests there.

A test of what does not hold is expected to fail, and fails the run where it passes. `docs/reference/openedx-core.md`
has the same list for people.
"""

import re
from typing import NamedTuple

import pytest
from django.db import connection


class Difference(NamedTuple):
    """A promise that is not kept there: its tests, as a regular expression of their ids, and the reason."""

    tests: str
    reason: str
    on: frozenset[str] = frozenset({"sqlite", "postgresql", "mysql"})


DIFFERENT = [
    Difference(
        r"test_refuses_in_words_what_a_rule_of_ours_forbids\[<lambda>-INVALID-field2\]",
        "No constraint of openedx-core limits the characters of a code: `.update()` and SQL write any.",
    ),
    Difference(
        r"test_refuses_in_words_what_a_rule_of_ours_forbids\[<lambda>-REQUIRED-field3\]",
        "openedx-core's constraints take spaces for a title: `.update()` and SQL write a title of spaces.",
        frozenset({"sqlite", "postgresql"}),
    ),
    Difference(
        r"test_search_text.py::TestSearchText::test_is_written_by_fixtures",
        "openedx-core looks for the stored organization of each one that is saved: `loaddata` of a new one fails.",
    ),
]

# What a CMS does not have at all.
ABSENT = [
    (r"the admin|in_the_admin|shows_the_admin", "a CMS has openedx-core's admin of the catalog, and not ours"),
    (r"test_role_rows.py::TestRenameOrganization", "a CMS has the platform's role rows, and not ours"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for pattern, reason in ABSENT:
            if re.search(pattern, item.nodeid):
                item.add_marker(pytest.mark.skip(reason=reason))
        for difference in DIFFERENT:
            if re.search(difference.tests, item.nodeid) and connection.vendor in difference.on:
                item.add_marker(pytest.mark.xfail(reason=difference.reason, strict=True))
