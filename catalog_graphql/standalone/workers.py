"""Gunicorn workers that limit the time a client may take to send a request and to receive the response."""

import errno
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

FIRST_BYTE = 5
"""Seconds after which a connection is closed if the client has sent nothing."""

REQUEST = 10
"""Seconds within which a whole request, headers and body, must arrive."""

ANSWER = 30
"""Seconds within which the client must receive the response."""


class Worker(ThreadWorker):
    """Answer requests in threads. A client that stalls occupies only one thread, and not for long."""

    def handle(self, conn: Any) -> Any:
        """Answer a request on this connection, and return whether another may follow."""
        if not conn.initialized and not conn.wait_for_data(FIRST_BYTE):
            return False
        conn.init()
        _limit(conn.parser.unreader)
        stays = super().handle(conn)  # type: ignore[no-untyped-call]
        if not stays:
            # Gunicorn would wait for the client to close its end, in the thread that accepts all connections.
            conn.close(graceful=True)
            conn.close = _do_nothing
        return stays


def _do_nothing(graceful: bool = False) -> None:
    """Do nothing: the connection is already closed."""


def _limit(unreader: Any) -> None:
    """Limit the time in which this may read the next request from its socket."""
    receive, ends = type(unreader).chunk, time.monotonic() + REQUEST

    def chunk(*arguments: Any) -> bytes:
        unreader.sock.settimeout(max(ends - time.monotonic(), 0.001))
        try:
            data: bytes = receive(unreader, *arguments)
        except TimeoutError as error:
            # Gunicorn and Django ignore this error silently, as they do when a client disconnects during a request.
            raise ConnectionResetError(errno.ECONNRESET, "The request has not come in time.") from error
        finally:
            unreader.sock.settimeout(ANSWER)
        return data

    unreader.chunk = chunk
