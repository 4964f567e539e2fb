"""The README: its query gives its answer, its table has the settings."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
README, SETTINGS = ROOT / "README.md", ROOT / "catalog_graphql/standalone/settings.py"


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README.read_text(), re.DOTALL)
    assert found is not None
    return found[1]


def section(title: str) -> str:
    return README.read_text().split(f"\n## {title}\n")[1].split("\n## ")[0]


class TestSettings:
    def test_are_those_that_are_read(self):
        read = re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', SETTINGS.read_text())

        listed = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \|", section("Settings"), re.MULTILINE)

        assert sorted(re.findall("[A-Z_]+", " ".join(listed))) == sorted(set(read))


@pytest.mark.django_db
class TestReadme:
    def test_shows_the_answer_to_its_query(self, client, settings):
        settings.DEBUG = True
        call_command("load_demo_catalog")
        client.force_login(get_user_model().objects.get(username="staff"))

        answer = client.post("/graphql/", {"query": block("graphql")}, content_type="application/json")

        assert answer.json() == json.loads(block("json"))
