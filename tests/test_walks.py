"""The walks in CONTRIBUTING work when they are followed to the letter in a copy of the code."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
RUN = "course-v1:Walk+1+A"

# Queries the copy, with plans and without, and prints a line of JSON for each document that it reads.
SERVER = """
import datetime, json, sys
import django
django.setup()
from django.core.management import call_command
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from organizations.models import Organization

call_command("migrate", verbosity=0)
org = Organization.objects.create(short_name="Walk", name="Walk")
course = CatalogCourse.objects.create(org=org, course_code="1")
for run_code, year in {"A": 2021, "B": 2020, "C": None}.items():
    run = CourseRun.objects.create(catalog_course=course, run_code=run_code)
    if year:
        day = datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)
        CourseSchedule.objects.create(course_run=run, start=day, end=day)
client = Client()
client.force_login(get_user_model().objects.create_user("staff", is_staff=True))
for document in json.load(sys.stdin):
    answers = []
    for is_planned in (True, False):
        with override_settings(CATALOG_READ_PLAN=is_planned):
            answer = client.post("/graphql/", {"query": document}, content_type="application/json").json()
        answers.append({name: answer.get(name) for name in ("data", "errors")})
    print(json.dumps(answers))
"""

FILTER = "{ with: courseRuns(filter: {hasSchedule: true}, orderBy: {field: RUN_CODE}) { nodes { runCode } } }"
ORDER = "{ courseRuns(orderBy: {field: END, direction: ASC}) { nodes { runCode } } }"
FIELD = "{ courseRuns(orderBy: {field: RUN_CODE}) { nodes { runCode hasStarted } } }"
MUTATION = (
    f'mutation {{ clearCourseSchedule(input: {{courseKey: "{RUN}"}}) '
    "{ courseRun { schedule { start } } errors { code } } }"
)


def follow(walks: str, copy: Path) -> None:
    """Apply the walks' changes to the copy: each hunk's context must occur exactly once."""
    for name, diff in re.findall(r"In `([^`]+)`:\n\n```diff\n(.*?)```", walks, re.DOTALL):
        for hunk in diff.split("@@\n"):
            lines = hunk.splitlines()
            before = "\n".join(line[1:] for line in lines if line[:1] != "+")
            after = "\n".join(line[1:] for line in lines)
            text = (copy / name).read_text()
            assert text.count(before) == 1, f"{name} has no single place for:\n{hunk}"
            (copy / name).write_text(text.replace(before, after))


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    copy = tmp_path_factory.mktemp("walks")
    for package in ("catalog_graphql", "openedx_catalog"):
        skipped = shutil.ignore_patterns("__pycache__", "static")
        shutil.copytree(ROOT / package, copy / package, ignore=skipped)
    follow((ROOT / "CONTRIBUTING.md").read_text(), copy)
    documents = [FILTER, ORDER, FIELD, MUTATION]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "catalog_graphql.standalone.settings",
        "PYTHONPATH": str(copy),
        "SECRET_KEY": "only-for-tests",
        "ALLOWED_HOSTS": "testserver",
        "DATABASE_URL": "sqlite://:memory:",
    }
    asked = subprocess.run(
        [sys.executable, "-c", SERVER],
        cwd=copy,
        env=environment,
        input=json.dumps(documents),
        capture_output=True,
        text=True,
    )
    assert asked.returncode == 0, asked.stderr
    return dict(zip(documents, map(json.loads, asked.stdout.splitlines()), strict=True))


def twice(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the response, after checking that a plan and the reference engine agree on it."""
    return [{"data": data, "errors": None}] * 2


class TestWalks:
    def test_add_a_filter(self, answers):
        assert answers[FILTER] == twice({"with": {"nodes": [{"runCode": "A"}, {"runCode": "B"}]}})

    def test_add_an_order(self, answers):
        assert answers[ORDER] == twice(
            {"courseRuns": {"nodes": [{"runCode": "B"}, {"runCode": "A"}, {"runCode": "C"}]}}
        )

    def test_add_a_field(self, answers):
        started = {"A": True, "B": True, "C": False}

        nodes = [{"runCode": run_code, "hasStarted": has_started} for run_code, has_started in started.items()]
        assert answers[FIELD] == twice({"courseRuns": {"nodes": nodes}})

    def test_add_a_mutation(self, answers):
        cleared = {"courseRun": {"schedule": None}, "errors": []}

        assert answers[MUTATION] == twice({"clearCourseSchedule": cleared})
