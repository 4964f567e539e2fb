"""The README is short and its query works; the reference has all settings, including those in the README."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
README, REFERENCE = ROOT / "README.md", ROOT / "docs/reference/settings.md"
SETTINGS, CONF = ROOT / "catalog_graphql/standalone/settings.py", ROOT / "catalog_graphql/conf.py"


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README.read_text(), re.DOTALL)
    assert found is not None
    return found[1]


def listed(page: Path, title: str) -> list[str]:
    """Return the settings in the table under this heading."""
    section = page.read_text().split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \|", section, re.MULTILINE)
    return re.findall("[A-Z_]+", " ".join(rows))


class TestSettings:
    def test_of_the_environment_are_those_that_are_read(self):
        read = re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', SETTINGS.read_text())

        assert sorted(listed(REFERENCE, "From the environment")) == sorted(set(read))

    def test_of_a_project_are_those_that_are_read(self):
        read = re.findall(r'_get\("([A-Z_]+)"', CONF.read_text())

        urls = {"LMS_ROOT_URL", "CMS_ROOT_URL"}  # Read by name: `site_url`.
        assert sorted(listed(REFERENCE, "In a project of your own")) == sorted({*read, *urls})

    def test_of_the_readme_are_among_them(self):
        assert set(listed(README, "Settings")) < set(listed(REFERENCE, "From the environment"))


class TestLength:
    def test_is_a_page(self):
        assert len(README.read_text().splitlines()) <= 150


@pytest.mark.django_db
class TestReadme:
    def test_shows_the_answer_to_its_query(self, client, settings):
        settings.DEBUG = True
        call_command("load_demo_catalog")
        client.force_login(get_user_model().objects.get(username="staff"))

        answer = client.post("/graphql/", {"query": block("graphql")}, content_type="application/json")

        assert answer.json() == json.loads(block("json"))
