"""Clients that stall in the middle of a request: their effect on others, with the setup in docs/how-to/deploy.md."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.endurance.clients import Browser
from tests.endurance.servers import HOST, Gunicorn, manage

WORKERS = 2
STALLED = 12  # Of 16 threads.
HEADERS = (
    b"POST /graphql/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gunicorn]:
    folder = tmp_path_factory.mktemp("slow-clients")
    url = f"sqlite:///{folder / 'catalog.sqlite3'}"
    manage(url, "migrate", "--verbosity=0")
    options = ["--config=python:catalog_graphql.standalone.gunicorn"]
    server = Gunicorn(url, folder / "gunicorn.log", options, WEB_CONCURRENCY=str(WORKERS))
    try:
        yield server
    finally:
        server.stop()


class TestStalledRequest:
    @pytest.mark.parametrize("sent", [HEADERS + b"{", HEADERS[:50]], ids=["body", "headers"])
    def test_delays_nobody_and_is_ended(self, server: Gunicorn, tell: Callable[[str], None], sent: bytes) -> None:
        with ExitStack() as stack:
            stalled = [stack.enter_context(socket.create_connection((HOST, server.port))) for _ in range(STALLED)]
            for connection in stalled:
                connection.sendall(sent)
            time.sleep(1)
            started = time.monotonic()

            answers = [Browser(server.port).ask("{ __typename }") for _ in range(10)]
            ended = [_rest(connection) for connection in stalled]

        assert {answer.status for answer in answers} == {200}
        longest = max(answer.seconds for answer in answers)
        assert longest < 5  # Gunicorn's default workers took 74 seconds.
        assert time.monotonic() - started < 20
        assert {rest[:12] for rest in ended} == ({b"HTTP/1.1 400"} if sent.endswith(b"{") else {b""})
        tell(f"the slowest of {len(answers)} answers took {longest:.2f} s meanwhile")

    def test_that_trickles_is_ended_too(self, server: Gunicorn) -> None:
        with socket.create_connection((HOST, server.port)) as connection:
            connection.sendall(HEADERS)
            started = time.monotonic()

            while time.monotonic() - started < 60:
                try:
                    connection.sendall(b" ")
                except OSError:
                    break
                time.sleep(0.5)

        assert time.monotonic() - started < 20


def _rest(connection: socket.socket) -> bytes:
    """Return what the server sends until it closes the connection."""
    connection.settimeout(60)
    received = b""
    while part := connection.recv(65536):
        received += part
    return received
