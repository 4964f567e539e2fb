"""The contestants of the benchmark are compared on the same answers."""

from contextlib import ExitStack

import pytest

from tests.benchmarks import catalogs, invention
from tests.benchmarks.children import Child, is_available
from tests.benchmarks.contestants import CONTESTANTS
from tests.benchmarks.operations import OPERATIONS
from tests.benchmarks.timing import check_answers

SIZE = 840


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the database URL of a small catalog."""
    url = f"sqlite:///{tmp_path_factory.mktemp('catalog') / 'small.sqlite3'}"
    catalogs.build(url, SIZE)
    return url


class TestContestants:
    def test_answer_alike(self, url: str) -> None:
        contestants = [name for name in CONTESTANTS if is_available(name)]

        with ExitStack() as stack:
            children = [stack.enter_context(Child(name, url)) for name in contestants]
            checked = {operation: check_answers(children, operation) for operation in OPERATIONS}

        assert {
            operation: (list(queries), failed) for operation, (queries, failed) in checked.items()
        } == dict.fromkeys(OPERATIONS, (contestants, {}))

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


class TestInvent:
    def test_invents_the_same_each_time(self) -> None:
        assert invention.invent(SIZE) == invention.invent(SIZE)

    def test_invents_as_many_as_asked(self) -> None:
        tables = invention.invent(SIZE)

        assert len(tables["openedx_catalog_courserun"]) == SIZE
        assert len(tables["openedx_catalog_catalogcourse"]) == SIZE // 4
