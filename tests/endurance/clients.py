"""Clients: browsers with a session, and many of them at once."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import orjson

from tests.endurance.servers import HOST, PASSWORD

_TIMEOUT = 120  # In seconds: longer than any response may take here, to distinguish a hang from a long queue.


@dataclass(frozen=True)
class Answer:
    """The result of a request, and its time by `time.monotonic`; no status if the connection broke off."""

    started: float
    finished: float
    status: int | None
    headers: Mapping[str, str]
    body: bytes

    @property
    def seconds(self) -> float:
        return self.finished - self.started

    @cached_property
    def media_type(self) -> str:
        return self.headers.get("content-type", "")

    @cached_property
    def json(self) -> Any:
        """The body; None if it is not JSON, or not declared as JSON."""
        with suppress(ValueError):
            return orjson.loads(self.body) if self.media_type == "application/json; charset=utf-8" else None
        return None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the errors, without duplicates."""
        errors = (self.json or {}).get("errors", [])
        return tuple(sorted({error.get("extensions", {}).get("code") for error in errors}))


class Browser:
    """A browser with its cookies."""

    def __init__(self, port: int, **cookies: str) -> None:
        self._port = port
        self._cookies = cookies

    def sign_in(self, username: str) -> None:
        """Sign in on the login page. Raises KeyError if that fails."""
        page = self._send("GET", "/login/")
        self._take_cookies(page)
        [token] = re.findall(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
        form = {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": token.decode()}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self._take_cookies(self._send("POST", "/login/", urlencode(form).encode(), headers))
        self._cookies["sessionid"]

    def ask(self, query: str, **variables: Any) -> Answer:
        """Return the response to a document."""
        return self.send(orjson.dumps({"query": query, "variables": variables}))

    def send(self, body: bytes) -> Answer:
        """Return the response to an arbitrary body."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._cookies:
            headers["X-CSRFToken"] = self._cookies["csrftoken"]
        return self._send("POST", "/graphql/", body, headers)

    def _take_cookies(self, answer: Answer) -> None:
        self._cookies |= re.findall(r"(\w+)=([^;,\s]+); ", answer.headers.get("set-cookie", ""))

    def _send(
        self, method: str, address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        connection = http.client.HTTPConnection(HOST, self._port, timeout=_TIMEOUT)
        started = time.monotonic()
        try:
            # A server may refuse a large body before it has received all of it. The response can be read nevertheless.
            with suppress(ConnectionError):
                connection.request(method, address, body, {"Cookie": cookies, **(headers or {})})
            response = connection.getresponse()
            received = response.read()
        except (OSError, http.client.HTTPException) as error:
            return Answer(started, time.monotonic(), None, {}, repr(error).encode())
        finally:
            connection.close()
        sent = {name.lower(): value for name, value in response.headers.items()}
        sent["set-cookie"] = ", ".join(response.headers.get_all("set-cookie", []))
        return Answer(started, time.monotonic(), response.status, sent, received)


@contextmanager
def asking(*clients: Callable[[], None]) -> Iterator[None]:
    """Call each function repeatedly, in its own thread, during this block. Raises what any of them raised."""
    done = threading.Event()
    raised: list[Exception] = []

    def go_on(client: Callable[[], None]) -> None:
        try:
            while not done.is_set():
                client()
        except Exception as error:
            raised.append(error)

    threads = [threading.Thread(target=go_on, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()
    for error in raised:
        raise error
