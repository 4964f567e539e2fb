"""Each test here has its own servers, and needs the whole machine: `make endurance` runs them one by one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.endurance.servers import Gunicorn

_FIGURES = pytest.StashKey[list[str]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.endurance)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(_FIGURES, []):
        terminalreporter.write_line(line)


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return a function that adds a line with measurements below the test results."""
    figures = request.config.stash.setdefault(_FIGURES, [])

    def tell(line: str) -> None:
        figures.append(f"{request.node.name}: {line}")

    return tell


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Gunicorn]]:
    """Return a function that serves the project until the test ends."""
    started: list[Gunicorn] = []

    def serve(url: str, **variables: str) -> Gunicorn:
        started.append(Gunicorn(url, tmp_path / "gunicorn.log", **variables))
        return started[-1]

    yield serve
    for server in started:
        server.stop()
