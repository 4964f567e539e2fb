"""The parent's side of workers: one process per contestant, in its environment, on one catalog."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.benchmarks.contestants import CONTESTANTS, Contestant

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def python_of(environment: str) -> str:
    """Return the interpreter of an environment: this one, or one that `make bench` installs separately."""
    return sys.executable if environment == "server" else str(HERE / ".venv" / environment / "bin" / "python")


def find_missing(contestants: Iterable[Contestant]) -> list[str]:
    """Return the names of the contestants whose environment is not installed."""
    return [found.name for found in contestants if not Path(python_of(found.environment)).exists()]


def environment_of(url: str, contestant: str = "") -> dict[str, str]:
    """Return the environment variables for a contestant's process, outside DEBUG, on the database at this URL."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "SECRET_KEY", "PYTHONPATH")}
    return kept | {
        "BENCHMARK_CONTESTANT": contestant,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "PYTHONPATH": str(ROOT),
    }


class Child:
    """A context manager for a worker in a separate process. Its methods are the worker's, called over a pipe."""

    def __init__(self, contestant: str, url: str) -> None:
        self.contestant = contestant
        self._url = url

    def __enter__(self) -> "Child":
        """Start the process. Raises RuntimeError if it ends at once."""
        self._process = subprocess.Popen(
            [python_of(CONTESTANTS[self.contestant].environment), "-m", "tests.benchmarks.worker", self.contestant],
            cwd=ROOT,
            env=environment_of(self._url, self.contestant),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            self._read()
        except RuntimeError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_raised: object) -> None:
        """End the process."""
        self._process.communicate()

    def answer(self, operation: str) -> dict[str, Any]:
        """Return the response's data in the common shape and in its own, and the number of queries."""
        answer: dict[str, Any] = self._call("answer", operation)
        return answer

    def requests(self) -> dict[str, Any]:
        """Return the requests as they are sent over HTTP."""
        requests: dict[str, Any] = self._call("requests")
        return requests

    def time(self, operation: str, times: int) -> list[float]:
        """Return the milliseconds that each of this many runs took."""
        taken: list[float] = self._call("time", operation, times)
        return taken

    def _call(self, verb: str, *arguments: Any) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([verb, arguments]) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"The process of {self.contestant} ended: {self._process.wait()}.")
        return json.loads(line)
