"""What is tested of openedx-core's catalog alone."""

from pathlib import Path

import pytest

from catalog_graphql.catalog.records import IS_STANDALONE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if IS_STANDALONE and here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="needs openedx-core: make test-core"))
