"""Gunicorn's workers, with a limit on how long a client may take to send a request, and to take the answer."""

import errno
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

FIRST_BYTE = 5
"""Seconds after which a connection is closed on which nothing was sent."""

REQUEST = 10
"""Seconds in which a request has to come, headers and body."""

ANSWER = 30
"""Seconds in which an answer has to be taken."""


class Worker(ThreadWorker):
    """Answer requests in threads. A client that stalls holds one of them, and not for long."""

    def handle(self, conn: Any) -> Any:
        """Answer a request of this connection; return whether there may be another."""
        if not conn.initialized and not conn.wait_for_data(FIRST_BYTE):
            return False
        conn.init()
        _limit(conn.parser.unreader)
        stays = super().handle(conn)  # type: ignore[no-untyped-call]
        if not stays:
            # Gunicorn would wait for the client to close its end in the thread that accepts connections for all others.
            conn.close(graceful=True)
            conn.close = _do_nothing
        return stays


def _do_nothing(graceful: bool = False) -> None:
    """Close nothing: that has been done."""


def _limit(unreader: Any) -> None:
    """Let the next request, which this reads from a socket, take no longer than it may."""
    receive, ends = type(unreader).chunk, time.monotonic() + REQUEST

    def chunk(*arguments: Any) -> bytes:
        unreader.sock.settimeout(max(ends - time.monotonic(), 0.001))
        try:
            data: bytes = receive(unreader, *arguments)
        except TimeoutError as error:
            # Gunicorn and Django have a client that is gone in the middle of a request in silence.
            raise ConnectionResetError(errno.ECONNRESET, "The request has not come in time.") from error
        finally:
            unreader.sock.settimeout(ANSWER)
        return data

    unreader.chunk = chunk
