"""Who is compared: a module each, with its addresses, its requests, and how its answers read in the common shape."""

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
    """What a contestant's module has."""

    urlpatterns: list[Any]

    def ask(self, operation: str, facts: Facts, fetch: Callable[[Ask], Any]) -> Ask:
        """Return the request that asks for the operation's data; `fetch` answers one that has to be made before."""

    def shaped(self, operation: str, answer: Any) -> Any:
        """Return the answer's data as this server's would be: the `data` of its GraphQL response."""


@dataclass(frozen=True)
class Contestant:
    """One of those compared: its title, its module, and the environment it runs in."""

    name: str
    title: str
    module: str
    environment: str = "server"

    def load(self) -> ContestantModule:
        """Return the module. It imports what only the contestant's own environment has."""
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
