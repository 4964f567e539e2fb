"""Apollo Client and urql try document hashes first, and send the text if the server does not know the hash."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

ANSWERS = [{"viewer": {"username": "staff"}}, {"viewer": {"username": "staff"}}, {"__typename": "Query"}]


@pytest.fixture
def asking(ask_node, live_server, headers) -> Callable[..., Any]:
    """Return a function that runs a client, and returns its responses, and whether each request contained a text."""

    def asking(library: str, use_get: bool) -> Any:
        told = {"url": f"{live_server.url}/graphql/", "headers": headers, "useGet": use_get}
        return ask_node("persisted/asking.mjs", library, json.dumps(told))

    return asking


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("library", ["apollo", "urql"])
@pytest.mark.parametrize("use_get", [False, True], ids=["by POST", "by GET"])
class TestAutomaticPersistedQueries:
    def test_are_given_up_where_no_document_is_trusted(self, asking, library, use_get):
        story = asking(library, use_get)

        assert story == {"answers": ANSWERS, "texts": [False, True, True, True]}

    def test_are_tried_each_time_where_other_documents_are(self, asking, library, use_get, settings, tmp_path):
        manifest = tmp_path / "manifest.json"
        manifest.write_text(json.dumps({hashlib.sha256(b"{ __typename }").hexdigest(): "{ __typename }"}))
        settings.CATALOG_TRUSTED_DOCUMENTS = [manifest]

        story = asking(library, use_get)

        assert story == {"answers": ANSWERS, "texts": [False, True] * 3}
