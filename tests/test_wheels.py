"""The two distributions as they are installed: each into a bare environment, and beside openedx-core."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORE = ROOT / "tests/core/.venv"
PARTS = ("catalog_graphql", "openedx_catalog", "pyproject.toml", "README.md", "LICENSE")

# A CMS has Django, and lacks these.
LACKING = {"django-auditlog", "django-csp", "graphql-core", "orjson", "strawberry-graphql", "strawberry-graphql-django"}

# Only what Django needs and the README says: no admin, nothing of a server of its own.
CMS_SETTINGS = """
SECRET_KEY = "only-for-tests"
USE_TZ = True
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "catalog.sqlite3"}}
INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "openedx_catalog", "organizations", "simple_history",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
OPENEDX_TELEMETRY = []
SIMPLE_HISTORY_DATE_INDEX = False
ALLOWED_HOSTS = ["testserver"]
"""
WITH_GRAPHQL = """
from without import *
INSTALLED_APPS = [*INSTALLED_APPS, "catalog_graphql", "auditlog", "strawberry_django"]
"""
URLS = """
import importlib.util
from django.conf import settings
from django.urls import include, path
has_it = "catalog_graphql" in settings.INSTALLED_APPS
urlpatterns = [path("graphql/", include("catalog_graphql.urls"))] if has_it else []
"""
ASK = """
import django; django.setup()
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from openedx_catalog import api
from opaque_keys.edx.keys import CourseKey
key = CourseKey.from_string("course-v1:MITx+6.002x+3T2012")
api.create_course_run_for_modulestore_course_with(key, title="Circuits")
client = Client()
client.force_login(User.objects.create_user("staff", is_staff=True))
query = '{ catalogCourses(filter: {search: "circ"}) { nodes { key runs { nodes { courseKey status } } } } }'
answer = client.post("/graphql/", {"query": query}, content_type="application/json").json()
tables = [name for name in connection.introspection.table_names() if "catalog_graphql" in name]
print(answer["data"], sorted(name for name in tables if "_trigrams" not in name))  # SQLite's index is tables, too.
"""
ANSWERED = (
    "{'catalogCourses': {'nodes': [{'key': 'catalog-course:MITx:6.002x', 'runs': {'nodes': "
    "[{'courseKey': 'course-v1:MITx+6.002x+3T2012', 'status': 'ACTIVE'}]}}]}} "
    "['catalog_graphql_catalogcoursesearchtext', 'catalog_graphql_courserunsearchtext', "
    "'catalog_graphql_courseschedule', 'catalog_graphql_organizationsearchtext']"
)


class Environment:
    """A virtual environment, and a folder to work in."""

    def __init__(self, python: Path, folder: Path) -> None:
        self.folder = folder
        subprocess.run([python, "-m", "venv", "--without-pip", folder / "venv"], check=True)
        self.python = folder / "venv/bin/python"

    def pip(self, *arguments: object, constraints: Path = ROOT / "constraints.txt") -> None:
        command = [sys.executable, "-m", "pip", "--python", self.python, *arguments]
        environment = os.environ | {"PIP_CONSTRAINT": str(constraints), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        subprocess.run(list(map(str, command)), check=True, env=environment, capture_output=True)

    def run(self, *arguments: object, settings: str) -> "subprocess.CompletedProcess[str]":
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "DATABASE_"))}
        return subprocess.run(
            list(map(str, [self.python, *arguments])),
            cwd=self.folder,
            env=inherited | {"DJANGO_SETTINGS_MODULE": settings, "DEBUG": "1", "PYTHONPATH": str(self.folder)},
            capture_output=True,
            text=True,
        )

    def hashes(self, package: str) -> dict[str, str]:
        """Return what each of a package's files is, bytecode apart."""
        [site] = self.folder.glob("venv/lib/python*/site-packages")
        return {
            str(path.relative_to(site)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted((site / package).rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }


@pytest.fixture(scope="module")
def wheels() -> Iterator[dict[str, Path]]:
    """Build both wheels from a copy of the checkout, and return them by the names of their distributions."""
    with tempfile.TemporaryDirectory() as name:
        copy, built = Path(name) / "checkout", Path(name) / "wheels"
        for part in PARTS:
            source, target = ROOT / part, copy / part
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "build", "*.egg-info"))
            else:
                shutil.copy(source, target)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", built]
        environment = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}
        subprocess.run([*command, copy, copy / "openedx_catalog"], check=True, env=environment)
        yield {
            "openedx-catalog-graphql": next(built.glob("openedx_catalog_graphql-*")),
            "openedx-catalog-standalone": next(built.glob("openedx_catalog_standalone-*")),
        }


def names(wheel: Path) -> list[str]:
    """Return the files of a wheel, but for what describes it."""
    return [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]


def required(wheel: Path) -> set[str]:
    """Return the packages that a wheel needs without any extra."""
    archive = zipfile.ZipFile(wheel)
    metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    lines = HeaderParser().parsestr(archive.read(metadata).decode()).get_all("Requires-Dist", [])
    separators = str.maketrans("<>=!~[", "      ")
    return {line.translate(separators).split()[0].lower() for line in lines if "extra ==" not in line}


class TestWheels:
    def test_have_a_package_each(self, wheels: dict[str, Path]) -> None:
        roots = {name: {file.split("/")[0] for file in names(wheel)} for name, wheel in wheels.items()}

        assert roots == {
            "openedx-catalog-graphql": {"catalog_graphql"},
            "openedx-catalog-standalone": {"openedx_catalog"},
        }

    def test_of_the_api_needs_what_a_cms_lacks(self, wheels: dict[str, Path]) -> None:
        assert required(wheels["openedx-catalog-graphql"]) == LACKING | {"django"}

    def test_have_every_module(self, wheels: dict[str, Path]) -> None:
        for wheel, package in zip(wheels.values(), ("catalog_graphql", "openedx_catalog"), strict=True):
            modules = {
                str(path.relative_to(ROOT)) for path in (ROOT / package).rglob("*.py") if "build" not in path.parts
            }
            assert modules <= set(names(wheel))

    def test_of_the_api_has_the_pages(self, wheels: dict[str, Path]) -> None:
        static = "catalog_graphql/static/catalog_graphql"
        if not (ROOT / static / "graphiql/graphiql.js").exists():
            pytest.skip("needs the pages: make frontend")

        pages = {f"{static}/graphiql/graphiql.js", f"{static}/studio-home/studio-home.js"}
        assert {*pages, "catalog_graphql/py.typed"} <= set(names(wheels["openedx-catalog-graphql"]))

    def test_are_a_server_of_their_own(self, wheels: dict[str, Path], tmp_path: Path) -> None:
        environment = Environment(Path(sys.executable), tmp_path)
        environment.pip(
            "install", *(f"{wheel}[standalone]" if "graphql" in name else wheel for name, wheel in wheels.items())
        )

        settings = "catalog_graphql.standalone.settings"
        done = [environment.run("-m", "django", command, settings=settings) for command in ("check", "migrate")]

        assert [(result.returncode, result.stderr) for result in done] == [(0, "")] * 2


@pytest.fixture
def cms(tmp_path: Path) -> Environment:
    """Return an environment with openedx-core and what else of a CMS is needed, and a project in it."""
    if not (CORE / "installed").exists():
        pytest.skip("needs openedx-core: make core")
    environment = Environment(CORE / "bin/python", tmp_path)
    environment.pip("install", "--requirement", CORE / "requirements.txt", constraints=CORE / "constraints.txt")
    for name, text in (("without", CMS_SETTINGS), ("with_graphql", WITH_GRAPHQL), ("urls", URLS)):
        (tmp_path / f"{name}.py").write_text(text)
    return environment


class TestBesideOpenedxCore:
    def test_changes_nothing_and_can_be_removed_but_our_own_catalog_refuses_to_run(
        self, wheels: dict[str, Path], cms: Environment
    ) -> None:
        before = cms.hashes("openedx_catalog")

        cms.pip("install", wheels["openedx-catalog-graphql"], constraints=CORE / "constraints.txt")
        beside = cms.hashes("openedx_catalog")
        migrated = cms.run("-m", "django", "migrate", settings="with_graphql")
        asked = cms.run("-c", ASK, settings="with_graphql")
        cms.pip("uninstall", "--yes", "openedx-catalog-graphql")
        after = cms.run("-m", "django", "check", settings="without")

        assert len(before) > 10
        assert not set(before) & set(names(wheels["openedx-catalog-graphql"]))
        assert beside == before
        assert cms.hashes("openedx_catalog") == before
        assert (migrated.returncode, migrated.stderr) == (0, "")
        assert (asked.stdout.strip(), asked.returncode) == (ANSWERED, 0), asked.stderr
        assert (after.returncode, after.stderr) == (0, "")

        cms.pip("install", *wheels.values(), constraints=CORE / "constraints.txt")
        refused = cms.run("-m", "django", "check", settings="with_graphql")

        assert refused.returncode != 0
        assert "openedx-core has an openedx_catalog of its own" in refused.stderr
