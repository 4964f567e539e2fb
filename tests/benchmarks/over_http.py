"""Time the operations over HTTP: a Gunicorn with one sync worker for each contestant, and a process with clients."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from tests.benchmarks.children import ROOT, environment_of, python_of
from tests.benchmarks.contestants import CONTESTANTS
from tests.benchmarks.viewers import CSRF_TOKEN, SESSION_KEYS

_HOST = "127.0.0.1"
_ROUNDS = 2
_START_TIMEOUT = 60  # In seconds.


@contextmanager
def servers(contestants: Sequence[str], url: str) -> Iterator[dict[str, int]]:
    """Start a server for each contestant, and yield their ports; end them afterwards."""
    ports = {name: _free_port() for name in contestants}
    with ExitStack() as stack:
        for name, port in ports.items():
            command = [python_of(CONTESTANTS[name].environment), "-m", "gunicorn", "--workers=1", "--worker-class=sync"]
            command += ["--log-level=warning", "--no-control-socket", f"--bind={_HOST}:{port}", "tests.benchmarks.wsgi"]
            process = subprocess.Popen(command, cwd=ROOT, env=environment_of(url, name))
            stack.callback(process.wait)
            stack.callback(process.terminate)
        for port in ports.values():
            _wait_for(port)
        yield ports


def measure(
    ports: Mapping[str, int], requests: Mapping[str, Any], *, clients: int, seconds: float
) -> dict[str, dict[str, float]]:
    """Return the requests per second and the 99th percentile in milliseconds of each contestant that has a request.

    Raises CalledProcessError if a response was not the same each time, or not a success.
    """
    found: dict[str, list[Any]] = {name: [] for name in requests}
    for _ in range(_ROUNDS):
        for name, request in requests.items():
            load = {
                "port": ports[name],
                "request": _text(request),
                "clients": clients,
                "seconds": seconds / _ROUNDS,
            }
            command = [sys.executable, "-m", "tests.benchmarks.load"]
            done = subprocess.run(command, cwd=ROOT, input=json.dumps(load), text=True, check=True, capture_output=True)
            found[name].append(json.loads(done.stdout))
    return {name: _figures(rounds) for name, rounds in found.items()}


def _figures(rounds: list[Any]) -> dict[str, float]:
    times = sorted(elapsed for one in rounds for elapsed in one["times"])
    return {
        "rate": len(times) / sum(one["elapsed"] for one in rounds),
        "median": times[len(times) // 2],
        "p99": times[min(len(times) - 1, len(times) * 99 // 100)],
        "requests": len(times),
    }


def _text(request: Mapping[str, Any]) -> str:
    """Return the request as a browser would send it: with a session and a CSRF token."""
    body = request["body"] or ""
    lines = [
        f"{'POST' if body else 'GET'} {request['address']} HTTP/1.1",
        f"Host: {_HOST}",
        "Accept: application/json",
        f"Cookie: sessionid={SESSION_KEYS[request['viewer']]}; csrftoken={CSRF_TOKEN}",
        f"X-CSRFToken: {CSRF_TOKEN}",
        "Connection: close",  # As the sync worker does.
    ]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body.encode())}"]
    return "\r\n".join([*lines, "", body])


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((_HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _START_TIMEOUT
    while True:
        try:
            socket.create_connection((_HOST, port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
