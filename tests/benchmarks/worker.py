"""Run a contestant's operations in process, as requested on standard input: `python -m tests.benchmarks.worker`.

A request is a line of JSON, `[verb, arguments]`; the response is also a line of JSON.
"""

import gc
import json
import sys
import time
from typing import Any

import django
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from tests.benchmarks.contestants import CONTESTANTS, Ask
from tests.benchmarks.operations import OPERATIONS, Facts

_SLOW = 5  # In seconds. Warming up would make no difference.


class Worker:
    """A contestant, its requests, and their viewers."""

    def __init__(self, contestant: str, facts: Facts) -> None:
        self._facts = facts
        self._module = CONTESTANTS[contestant].load()
        self._factory = RequestFactory(SERVER_NAME="127.0.0.1")
        self._users = {user.username: user for user in get_user_model().objects.all()}
        self._asks: dict[str, Ask] = {}

    def answer(self, operation: str) -> dict[str, Any]:
        """Return the response's data in the common shape and in its own, and the number of queries."""
        for _ in range(2):  # The first one may do work that is done only once.
            with CaptureQueriesContext(connection) as captured:
                start = time.perf_counter()
                response = self._run(operation)
            if time.perf_counter() - start > _SLOW:
                break
        answer = json.loads(response.content)
        if response.status_code != 200 or (isinstance(answer, dict) and answer.get("errors")):
            return {"error": response.content.decode()[:2000]}
        return {
            "data": self._module.shaped(operation, answer),
            "text": response.content.decode(),
            "queries": len(captured),
        }

    def time(self, operation: str, times: int) -> list[float]:
        """Return the milliseconds of each of this many runs, after one to warm up; for a slow one, only that."""
        warming = self._time(operation)
        if warming > _SLOW * 1000:
            return [warming]
        gc.collect()  # Do not charge this one for garbage of others, only for its own.
        return [self._time(operation) for _ in range(times)]

    def requests(self) -> dict[str, Any]:
        """Return the requests as they are sent over HTTP."""
        found = {}
        for operation in OPERATIONS.values():
            ask = self._ask(operation.name)
            body = None if ask.body is None else ask.body.decode()
            found[operation.name] = {"address": ask.address, "body": body, "viewer": operation.viewer}
        return found

    def _time(self, operation: str) -> float:
        request, (view, arguments, keywords) = self._request(operation)
        start = time.perf_counter()
        response = _rendered(view(request, *arguments, **keywords))
        elapsed = time.perf_counter() - start
        if response.status_code != 200:
            raise RuntimeError(response.content)
        return elapsed * 1000

    def _run(self, operation: str) -> HttpResponse:
        request, (view, arguments, keywords) = self._request(operation)
        return _rendered(view(request, *arguments, **keywords))

    def _ask(self, operation: str) -> Ask:
        if operation not in self._asks:
            self._asks[operation] = self._module.ask(operation, self._facts, self._fetch)
        return self._asks[operation]

    def _fetch(self, ask: Ask) -> Any:
        view, arguments, keywords = resolve(ask.path)
        return json.loads(_rendered(view(self._prepare(ask, "staff"), *arguments, **keywords)).content)

    def _request(self, operation: str) -> tuple[HttpRequest, Any]:
        ask = self._ask(operation)
        return self._prepare(ask, OPERATIONS[operation].viewer), resolve(ask.path)

    def _prepare(self, ask: Ask, viewer: str) -> HttpRequest:
        """Return a request as the middleware passes it to a view: with its session, and its CSRF token checked."""
        if ask.body is None:
            request = self._factory.get(ask.address)
        else:
            request = self._factory.post(ask.address, ask.body, content_type="application/json")
        request.user = self._users[viewer]
        request._dont_enforce_csrf_checks = True
        return request


def _rendered(response: Any) -> HttpResponse:
    """Return the response. Render Django REST Framework's, as its caller must."""
    return response if getattr(response, "is_rendered", True) else response.render()


def main(contestant: str) -> None:
    """Answer requests until there are no more."""
    django.setup()
    from tests.benchmarks.facts import find_facts  # It imports models, which need Django's setup.

    worker = Worker(contestant, find_facts())
    sys.stdout.write(json.dumps("ready") + "\n")
    sys.stdout.flush()
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        sys.stdout.write(json.dumps(getattr(worker, verb)(*arguments)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
