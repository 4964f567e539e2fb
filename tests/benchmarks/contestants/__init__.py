"""The contestants: each is a module with its URLs, its requests, and a conversion of responses to the common shape."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

import orjson

from tests.benchmarks.operations import Facts


@dataclass(frozen=True)
class Ask:
    """A request: a GET with parameters, or a POST of a GraphQL document with variables."""

    path: str
    query: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The path, with the parameters."""
        return f"{self.path}?{urlencode(self.parameters)}" if self.parameters else self.path

    @property
    def body(self) -> bytes | None:
        """The body of the POST; null for a GET."""
        return None if self.query is None else orjson.dumps({"query": self.query, "variables": self.variables})


class ContestantModule(Protocol):
    """The interface of a contestant's module."""

    urlpatterns: list[Any]

    def ask(self, operation: str, facts: Facts, fetch: Callable[[Ask], Any]) -> Ask:
        """Return the request for the operation's data; `fetch` answers a request that must be made first."""

    def shaped(self, operation: str, answer: Any) -> Any:
        """Return the response's data in the shape of this server's: the `data` of its GraphQL response."""


@dataclass(frozen=True)
class Contestant:
    """A contestant: its title, its module, and the environment in which it runs."""

    name: str
    title: str
    module: str
    environment: str = "server"

    def load(self) -> ContestantModule:
        """Return the module, which may import packages that only the contestant's environment has."""
        module: Any = importlib.import_module(f"tests.benchmarks.contestants.{self.module}")
        return module


CONTESTANTS = {
    contestant.name: contestant
    for contestant in (
        Contestant("floor", "SQL by hand, orjson", "floor"),
        Contestant("ours", "this server", "server"),
        Contestant("plan-off", "this server, plan off", "server"),
        Contestant("drf", "Django REST Framework", "drf"),
        Contestant("strawberry", "strawberry-django", "plain_strawberry"),
        Contestant("graphene", "graphene-django", "plain_graphene", environment="graphene"),
    )
}
