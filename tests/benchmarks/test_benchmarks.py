"""The benchmark compares contestants that give the same responses."""

import os
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests import requirements
from tests.benchmarks import catalogs, invention, over_http
from tests.benchmarks.children import ROOT, Child, find_missing
from tests.benchmarks.contestants import CONTESTANTS, Contestant
from tests.benchmarks.operations import OPERATIONS
from tests.benchmarks.timing import check_answers

SIZE = 840


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the database URL of a small catalog."""
    url = f"sqlite:///{tmp_path_factory.mktemp('catalog') / 'small.sqlite3'}"
    catalogs.build(url, SIZE)
    return url


@pytest.fixture(scope="module")
def children(url: str) -> Iterator[dict[str, Child]]:
    """Yield a process for each contestant; outside of CI, skip those that are not installed."""
    missing = find_missing(CONTESTANTS.values())
    if missing and "CI" not in os.environ:
        pytest.skip(f"needs {', '.join(missing)}: make contestants")
    with ExitStack() as stack:
        yield {name: stack.enter_context(Child(name, url)) for name in CONTESTANTS}


class TestContestants:
    def test_answer_alike(self, children: dict[str, Child]) -> None:
        checked = {operation: check_answers(list(children.values()), operation) for operation in OPERATIONS}

        assert {
            operation: (list(queries), failed) for operation, (queries, failed) in checked.items()
        } == dict.fromkeys(OPERATIONS, (list(CONTESTANTS), {}))

    def test_answer_over_http(self, url: str, children: dict[str, Child]) -> None:
        requests = {name: child.requests()["key"] for name, child in children.items()}

        with over_http.servers(list(children), url) as ports:
            figures = over_http.measure(ports, requests, clients=1, seconds=0.1)

        assert {name: found["requests"] > 0 for name, found in figures.items()} == dict.fromkeys(CONTESTANTS, True)

    def test_answer_what_is_asked(self, url: str) -> None:
        with Child("floor", url) as floor:
            answers = {operation: floor.answer(operation)["data"] for operation in OPERATIONS}

        courses = answers["home"]["catalogCourses"]["nodes"]
        runs = answers["flat"]["courseRuns"]["nodes"]
        assert len(courses) == 50
        assert max(len(course["runs"]["nodes"]) for course in courses) == 10
        assert max(course["runs"]["totalCount"] for course in courses) > 10
        assert min(course["runs"]["totalCount"] for course in courses) == 0
        assert [run["created"] for run in runs] == sorted((run["created"] for run in runs), reverse=True)
        assert {run["status"] for run in answers["active"]["courseRuns"]["nodes"]} == {"ACTIVE"}
        assert answers["search"]["courseRuns"]["totalCount"] == invention.search_matches(SIZE)
        assert answers["deep"]["courseRuns"]["pageInfo"] == {"hasNextPage": True}


class TestFindMissing:
    def test_names_who_is_not_installed(self) -> None:
        contestants = [Contestant("here", "", ""), Contestant("there", "", "", environment="nowhere")]

        assert find_missing(contestants) == ["there"]


class TestFindRequirements:
    def test_follows_the_project_without_strawberry(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

        required, constraints = requirements.find_requirements(requirements.ENVIRONMENTS["graphene"])

        assert set(project["dependencies"]) - set(required) == {
            line for line in project["dependencies"] if line.startswith(("strawberry-", "graphql-core"))
        }
        assert [line for line in constraints if line.startswith("graphql-core==")] == ["graphql-core==3.2.14"]


class TestInvent:
    def test_invents_the_same_each_time(self) -> None:
        assert invention.invent(SIZE) == invention.invent(SIZE)

    def test_invents_as_many_as_asked(self) -> None:
        tables = invention.invent(SIZE)

        assert len(tables["openedx_catalog_courserun"]) == SIZE
        assert len(tables["openedx_catalog_catalogcourse"]) == SIZE // 4
