"""Send one request to a server from several clients at once: JSON on standard input says what, and how long."""

import json
import socket
import sys
import threading
import time

_WARM_UP = 8


def _ask(port: int, request: bytes) -> bytes:
    """Return the body of the response. Raises RuntimeError if it is not a success."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request)
        received = bytearray()
        while chunk := connection.recv(1 << 18):
            received += chunk
    head, _, body = bytes(received).partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{head!r} {body[:1000]!r}")
    return body


def _client(port: int, request: bytes, expected: bytes, deadline: float, times: list[float], failed: list[str]) -> None:
    while time.perf_counter() < deadline and not failed:
        start = time.perf_counter()
        try:
            body = _ask(port, request)
        except (OSError, RuntimeError) as error:
            failed.append(str(error))
            return
        times.append((time.perf_counter() - start) * 1000)
        if body != expected:
            failed.append(f"an answer was another: {body[:200]!r}")


def main() -> None:
    """Print the milliseconds of each request, and the seconds of all of them. Exit with status 1 if one failed."""
    load = json.load(sys.stdin)
    port, request = load["port"], load["request"].encode()
    for _ in range(_WARM_UP):
        expected = _ask(port, request)
    times: list[float] = []
    failed: list[str] = []
    start = time.perf_counter()
    arguments = (port, request, expected, start + load["seconds"], times, failed)
    clients = [threading.Thread(target=_client, args=arguments) for _ in range(load["clients"])]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    elapsed = time.perf_counter() - start
    if failed:
        sys.exit(failed[0])
    sys.stdout.write(json.dumps({"times": times, "elapsed": elapsed}))


if __name__ == "__main__":
    main()
