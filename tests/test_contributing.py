"""CONTRIBUTING.md: each walk, followed to the letter in a copy of the project, ends where it says."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LISTS, SCHEMA = "catalog_graphql/lists", "catalog_graphql/schema"

# Where each block of a walk goes: into which file, in front of which line.
PLACES = {
    "Add a filter": [
        (f"{LISTS}/course_runs.py", "    org_codes: list[str] | None = strawberry.field(default=strawberry.UNSET"),
        (f"{LISTS}/course_runs.py", '    return conditions.between(rows, "created"'),
    ],
    "Add an order": [
        (f"{LISTS}/catalog_courses.py", "    CREATED = strawberry.enum_value("),
        (f"{LISTS}/catalog_courses.py", '        **directions("CREATED"'),
    ],
    "Add a field": [
        (
            f"{SCHEMA}/types.py",
            '    @strawberry_django.field(only=["course_key"], description=_ID)\n',
        )
    ],
    "Add a mutation": [
        (f"{SCHEMA}/inputs.py", '@strawberry.input(description="What to change of an organization.")'),
        (f"{SCHEMA}/mutations/organizations.py", '    @mutation(UpdateOrganizationPayload, "Change an organization.")'),
    ],
}

QUERIES = """
import json, django
django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
call_command("load_demo_catalog", verbosity=0)
client = Client()
client.force_login(get_user_model().objects.get(username="staff"))

def ask(query):
    response = client.post("/graphql/", {"query": query}, content_type="application/json", HTTP_HOST="localhost")
    answer = response.json()
    answer.pop("extensions")
    return answer

RUNS = "{ courseRuns(filter: {runCodes: [\\"2012_Fall\\"]}) { nodes { runCode loudTitle title } } }"
COURSES = "{ catalogCourses(first: 100, orderBy: {field: LANGUAGE, direction: DESC}) { nodes { language } } }"
CODE = ask("{ organizations(first: 1) { nodes { orgCode } } }")["data"]["organizations"]["nodes"][0]["orgCode"]
CHANGE = "mutation { deactivateOrganization(input: {orgCode: \\"%s\\"}) { organization { isActive } errors { code } } }"
print(json.dumps([ask(RUNS), ask(COURSES), ask(CHANGE % CODE)]))
"""


def blocks(walk: str) -> list[str]:
    section = (ROOT / "CONTRIBUTING.md").read_text().split(f"\n## {walk}\n")[1].split("\n## ")[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """What is answered by a copy of the project in which somebody has followed all walks."""
    folder = tmp_path_factory.mktemp("project")
    for package in ("catalog_graphql", "openedx_catalog"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for walk, places in PLACES.items():
        for block, (path, before) in zip(blocks(walk), places, strict=True):
            text = (folder / path).read_text()
            assert text.count(before) == 1, (path, before)
            separator = (
                "\n\n" if block.startswith("@") else "\n" if "    def " in block or walk == "Add a filter" else ""
            )
            (folder / path).write_text(text.replace(before, block + separator + before))
    environment = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'catalog.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "catalog_graphql.standalone.settings",
        "PYTHONPATH": str(folder),
    }
    process = subprocess.run(
        [sys.executable, "-c", QUERIES], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout.splitlines()[-1])


class TestWalk:
    def test_to_a_filter_and_a_field_ends_with_both(self, answers):
        [found, _, _] = answers

        [run] = found["data"]["courseRuns"]["nodes"]
        assert (run["runCode"], run["loudTitle"]) == ("2012_Fall", run["title"].upper())

    def test_to_an_order_ends_with_the_order(self, answers):
        [_, found, _] = answers

        languages = [node["language"] for node in found["data"]["catalogCourses"]["nodes"]]
        assert len(set(languages)) > 5
        assert languages == sorted(languages, reverse=True)

    def test_to_a_mutation_ends_with_the_change(self, answers):
        [_, _, changed] = answers

        assert changed == {"data": {"deactivateOrganization": {"organization": {"isActive": False}, "errors": []}}}
