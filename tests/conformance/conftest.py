"""Fixtures that run this folder's Node packages, and the viewer they use."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

HERE = Path(__file__).parent
NODE = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")

RunNode = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def schema() -> Path:
    """Return the path of the published schema."""
    return HERE.parents[1] / "schema/schema.graphql"


@pytest.fixture(scope="session")
def run_node() -> RunNode:
    """Return a function that runs a script by its path in this folder; by default, in this folder."""
    if NODE is None or not (HERE / "node_modules").exists():
        pytest.skip("needs its Node packages: make conformance")

    def run_node(script: str, *arguments: object, cwd: Path = HERE) -> subprocess.CompletedProcess[str]:
        command = [str(NODE), str(HERE / script), *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120)

    return run_node


@pytest.fixture(scope="session")
def ask_node(run_node: RunNode) -> Callable[..., object]:
    """Return a function that runs a script and returns the JSON that it prints; the script must not write errors."""

    def ask_node(script: str, *arguments: object) -> object:
        done = run_node(script, *arguments)
        assert done.stderr == ""
        assert done.returncode == 0
        return json.loads(done.stdout)

    return ask_node


@pytest.fixture
def headers(django_user_model: Any) -> dict[str, str]:
    """Return the cookies of a browser in which a user has signed in."""
    client = Client()
    client.force_login(django_user_model.objects.create_user("staff", is_staff=True))
    token = client.get("/login/").cookies["csrftoken"].value
    cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())
    return {"cookie": cookies, "x-csrftoken": token}
