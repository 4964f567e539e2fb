"""The README: its query gives its answer."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

README = Path(__file__).resolve().parents[1] / "README.md"


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README.read_text(), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.django_db
class TestReadme:
    def test_shows_the_answer_to_its_query(self, client, settings):
        settings.DEBUG = True
        call_command("load_demo_catalog")
        client.force_login(get_user_model().objects.get(username="staff"))

        answer = client.post("/graphql/", {"query": block("graphql")}, content_type="application/json")

        assert answer.json() == json.loads(block("json"))
