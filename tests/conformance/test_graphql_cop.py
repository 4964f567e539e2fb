"""graphql-cop finds nothing in production.

The tool is not an installable package. These are its probes, sent like its own (with `requests`, anonymously, accepting
anything), and its criteria for findings, or stricter ones.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
import requests

HEADERS = {"User-Agent": "graphql-cop"}
PROTECTED = re.compile(r"too many directives|directive.*limit|exceeds maximum|query complexity|depth limit", re.I)
EDITORS = ["/graphiql", "/playground", "/console", "/graphql"]

TYPES_OF_FIELDS = "type { fields { " * 3 + "type { name }" + " } }" * 3
ALIASES = " \n".join(f"alias{number}:__typename" for number in range(101))
REPEATED = "__typename \n" * 500
UNKNOWN = f"query cop {{ __typename {'@aa' * 10} }}"
CIRCULAR = f"query cop {{ __schema {{ types {{ fields {{ {TYPES_OF_FIELDS} }} }} }} }}"
FRAGMENTS = """query cop { __schema { ...A } }
fragment A on __Schema { __typename ...B }
fragment B on __Schema { ...A }"""


def post(url: str, document: str) -> requests.Response:
    return requests.post(url, json={"query": document, "operationName": "cop"}, headers=HEADERS, timeout=20)


def get(url: str, accept: str = "*/*", **parameters: str) -> requests.Response:
    return requests.get(url, params=parameters, headers=HEADERS | {"Accept": accept}, timeout=20)


def data(answer: requests.Response) -> dict[str, Any]:
    """Return the data of a response; nothing if it has none."""
    try:
        body = answer.json()
    except ValueError:
        return {}
    return (body.get("data") or {}) if isinstance(body, dict) else {}


def is_batch(url: str) -> bool:
    answer = requests.post(url, json=[{"query": "query cop { __typename }"}] * 10, headers=HEADERS, timeout=20)
    return isinstance(answer.json(), list)


def takes_forms(url: str) -> bool:
    form = {"query": "query cop {__typename}"}
    answers = [requests.post(url, headers=HEADERS, timeout=20, **{place: form}) for place in ("data", "params")]
    return any(map(data, answers))


def shows_an_editor(url: str) -> bool:
    words = ("graphiql.min.css", "GraphQL Playground", "GraphiQL", "graphql-playground")
    pages = [get(url, "text/html"), *(get(url.replace("/graphql/", path)) for path in EDITORS)]
    return any(word in page.text for word in words for page in pages if page.ok)


def repeats_directives(url: str) -> bool:
    """Return whether directives can overload the server: whether more of them take longer, without a limit."""
    baseline = _fastest(url, "")
    for count in (10, 100, 500, 1000):
        directives = "@skip(if:true)" * count
        answer = post(url, f"query cop {{ __typename {directives} }}")
        if PROTECTED.search(answer.text):
            return False
        if answer.status_code >= 500 or _fastest(url, directives) > 10 * baseline:
            return True
    return False


def _fastest(url: str, directives: str) -> float:
    # The tool sends it once, so that it also reports a slow moment of the machine.
    document = f"query cop {{ __typename {directives} }}"
    return min(post(url, document).elapsed.total_seconds() for _ in range(3))


PROBES: dict[str, Callable[[str], bool]] = {
    "Field Suggestions": lambda url: "Did you mean" in post(url, "query cop { __schema { directive } }").text,
    "Introspection": lambda url: bool(data(post(url, "query cop { __schema { types { name fields { name } } } }"))),
    "GraphQL IDE": shows_an_editor,
    "GET Method Query Support": lambda url: bool(data(get(url, query="query cop {__typename}"))),
    "Alias Overloading": lambda url: bool(data(post(url, f"query cop {{ {ALIASES} }}"))),
    "Array-based Query Batching": is_batch,
    "Field Duplication": lambda url: bool(data(post(url, f"query cop {{ {REPEATED} }} "))),
    "Trace Mode": lambda url: "tracing" in post(url, "query cop { __typename }").text,
    "Directive Overloading": repeats_directives,
    "Directive Overloading, unknown ones": lambda url: len(post(url, UNKNOWN).json().get("errors", ())) >= 10,
    "Circular Introspection": lambda url: bool(data(post(url, CIRCULAR))),
    "Circular Fragment": lambda url: "errors" not in post(url, FRAGMENTS).json(),
    "GET Based Mutation": lambda url: bool(data(get(url, query="mutation cop {__typename}"))),
    "POST of Forms": takes_forms,
    "Unhandled Errors": lambda url: "exception" in post(url, "qwerty cop { abc }").text,
}


@pytest.fixture
def findings(live_server):
    """Return a function that sends all probes, and returns their findings."""
    return lambda: {title for title, finds in PROBES.items() if finds(f"{live_server.url}/graphql/")}


class TestGraphQLCop:
    def test_is_answered(self, live_server):
        answer = post(f"{live_server.url}/graphql/", "query cop { __typename }")

        assert data(answer) == {"__typename": "Query"}

    def test_finds_nothing(self, findings):
        assert findings() == set()

    def test_finds_what_is_allowed(self, findings, settings):
        settings.CATALOG_EXPLORERS = "everyone"
        settings.CATALOG_LIMITS = dict.fromkeys(["aliases", "directives", "errors", "repeats", "tokens"], 10**9)

        assert findings() >= {
            "Alias Overloading",
            "Directive Overloading, unknown ones",
            "Field Duplication",
            "Field Suggestions",
            "Introspection",
        }
