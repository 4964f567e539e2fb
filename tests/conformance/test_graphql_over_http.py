"""The running server passes `graphql-http`."""

import json

import pytest


@pytest.mark.django_db(transaction=True)
class TestGraphQLOverHTTP:
    def test_passes_all_audits(self, ask_node, live_server, headers):
        # Four of them look at the schema, which is not public outside DEBUG.
        results = ask_node("audits.mjs", f"{live_server.url}/graphql/", json.dumps(headers))

        assert [result for result in results if result["status"] != "ok"] == []
        assert len(results) == 61
