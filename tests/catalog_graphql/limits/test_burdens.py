"""The largest possible bodies: each is refused before it takes much processor time.

The promise is a time, so these tests measure time: 0.3 s, of which the worst body takes 0.2 s on an idle machine. They
are generous, since processors are several times slower on a busy one.
"""

import json
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from catalog_graphql.limits.limits import Limits

MOST = Limits().body_bytes
SECONDS = 1.0

LIST = "query ($f: CourseRunFilter) { courseRuns(filter: $f) { totalCount } }"
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
IMPORT = "mutation ($input: ImportCourseRunsInput!) { importCourseRuns(input: $input) { rejectedCount } }"
TYPENAME = "{ __typename }"
ROW = {"courseKey": "course-v1:A+B+C", "title": ""}


def deep(opening: str, closing: str, depth: int) -> str:
    return opening * depth + "null" + closing * depth


def many(depth: int, width: int) -> Any:
    """Return nested lists with this width and depth."""
    value: Any = None
    for _ in range(depth):
        value = [value] * width
    return value


def asking(query: str, **variables: Any) -> bytes:
    return json.dumps({"query": query, "variables": variables}).encode()


def written(variables: str, query: str = LIST) -> bytes:
    """Return a body with these variables, as the client would write them."""
    return f'{{"query": {json.dumps(query)}, "variables": {variables}}}'.encode()


VARIABLES = {
    "unknown fields": lambda: asking(LIST, f={f"field{i}": 1 for i in range(60_000)}),
    "unknown fields that are nearly known": lambda: asking(LIST, f={f"languages{i}": 1 for i in range(50_000)}),
    "as many unknown fields as there may be": lambda: asking(
        NODES.replace("[ID!]!", "CourseRunFilter"), ids={f"language{i}": "x" * 10_000 for i in range(50)}
    ),
    "a list of nulls": lambda: asking(NODES, ids=[None] * 170_000),
    "as long a list of nulls as there may be": lambda: asking(NODES, ids=[None] * 1_000),
    "lists of nulls": lambda: asking(NODES, ids=many(5, 11)),
    "a list of objects": lambda: asking(NODES, ids=[{}] * 250_000),
    "empty rows": lambda: asking(IMPORT, input={"rows": [{}] * 250_000}),
    "rows": lambda: asking(IMPORT, input={"rows": [ROW] * 20_000}),
    "as many wrong rows as there may be": lambda: asking(
        IMPORT, input={"rows": [{f"x{i}": "x" * 90 for i in range(9)}] * 1_000}
    ),
    "one long text": lambda: asking(LIST, f={"search": "x" * (MOST - 200)}),
    "one long text of words": lambda: asking(LIST, f={"search": "x " * (MOST // 2 - 200)}),
    "one long text of another type": lambda: asking(LIST, f={"includeCcx": "x" * (MOST - 200)}),
    "one long instant": lambda: asking(LIST, f={"startOnOrAfter": "2" * (MOST - 200)}),
    "one long enum": lambda: asking(LIST, f={"status": "x" * (MOST - 200)}),
    "one long key": lambda: asking(
        "query ($k: CourseKey!) { courseRun(courseKey: $k) { id } }", k="course-v1:A+B+" + "x" * (MOST - 200)
    ),
    "one long catalog key": lambda: asking(
        "query ($k: CatalogCourseKey!) { catalogCourse(key: $k) { id } }", k="catalog-course:A:" + ":" * (MOST - 200)
    ),
    "one long id": lambda: asking("query ($i: ID!) { node(id: $i) { id } }", i="x" * (MOST - 200)),
    "one long cursor": lambda: asking("query ($c: String) { courseRuns(after: $c) { totalCount } }", c="A" * 10**6),
    "one long field": lambda: asking(LIST, f={"x" * (MOST - 200): 1}),
    "one long variable": lambda: asking(LIST, **{"x" * (MOST - 200): 1}),
    "escapes": lambda: written('{"f": {"search": "' + "\\u00e9" * 170_000 + '"}}'),
    "halves of surrogate pairs": lambda: written('{"f": {"search": "' + "\\ud800" * 170_000 + '"}}'),
    "halves of surrogate pairs in many places": lambda: written('{"f": [' + ", ".join(['"\\ud800"'] * 90_000) + "]}"),
    "the half of a pair after many values": lambda: written('{"f": [' + "1," * 500_000 + '"\\ud800"]}'),
    "many variables": lambda: asking(LIST, **{f"v{i}": None for i in range(60_000)}),
    "one variable many times": lambda: written("{" + '"f": null, ' * 90_000 + '"f": null}'),
    "deep lists": lambda: written('{"f": ' + deep("[", "]", 500_000) + "}"),
    "deep objects": lambda: written('{"f": ' + deep('{"a":', "}", 170_000) + "}"),
    "rather deep lists": lambda: written('{"f": ' + deep("[", "]", 900) + "}"),
    "rather deep lists, often": lambda: written('{"f": [' + ",".join([deep("[", "]", 400)] * 1_200) + "]}"),
    "a huge number": lambda: written('{"f": ' + "9" * (MOST - 200) + "}"),
    "a huge fraction": lambda: written('{"f": 0.' + "9" * (MOST - 200) + "}"),
    "many large numbers": lambda: written('{"f": [' + ",".join(["9" * 4_000] * 250) + "]}"),
}

# Documents of about this many characters.
DOCUMENTS = {
    "comments": lambda size: TYPENAME + "#\n" * (size // 3),
    "one comment": lambda size: TYPENAME + "#" * size,
    "commas": lambda size: "," * size + TYPENAME,
    "line ends": lambda size: "\n" * (size // 2) + TYPENAME,
    "carriage returns": lambda size: "\r" * (size // 2) + "{",
    "one block string of lines": lambda size: '{ node(id: """' + "\n x" * (size // 4) + '""") { id } }',
    "one block string of quotes": lambda size: '{ node(id: """' + '\\"""' * (size // 8) + '""") { id } }',
    "one string": lambda size: '{ node(id: "' + "x" * size + '") { id } }',
    "one string of escapes": lambda size: '{ node(id: "' + "\\u0041" * (size // 7) + '") { id } }',
    "one string of wide escapes": lambda size: '{ node(id: "' + "\\u{1F600}" * (size // 10) + '") { id } }',
    "one string without an end": lambda size: '{ node(id: "' + "x" * size,
    "halves of surrogate pairs": lambda size: '{ node(id: "' + "\\ud800" * (size // 7) + '") { id } }',
    "one number": lambda size: "{ courseRuns(first: " + "9" * size + ") { totalCount } }",
    "one fraction": lambda size: "{ courseRuns(first: 0." + "9" * size + ") { totalCount } }",
    "one name": lambda size: "{ " + "x" * size + " }",
    "one directive": lambda size: "{ __typename @" + "x" * size + " }",
    "one fragment": lambda size: "{ ..." + "x" * size + " }",
    "braces": lambda size: "{" * size,
    "lists": lambda size: "{ nodes(ids: " + "[" * size,
    "other scripts": lambda size: "{ " + "é" * (size // 6),
    "spaces": lambda size: " " * size,
    "names": lambda size: "{ " + "a " * (size // 2) + "}",
}

BODIES = {
    **VARIABLES,
    "the longest document": lambda: asking(DOCUMENTS["comments"](MOST * 3 // 4)),
    **{
        f"as long a document of {name} as there may be": lambda make=make: asking(make(Limits().characters - 50))
        for name, make in DOCUMENTS.items()
    },
    "a long id of a trusted document": lambda: json.dumps({"documentId": "x" * (MOST - 200)}).encode(),
    "a long name of the operation": lambda: json.dumps({"query": TYPENAME, "operationName": "x" * 10**6}).encode(),
    "extensions of nulls": lambda: json.dumps({"query": TYPENAME, "extensions": {"x": [None] * 170_000}}).encode(),
    "more than asked": lambda: json.dumps({"query": "{", "x": [None] * 170_000}).encode(),
    "more than asked, with an escape": lambda: json.dumps({"query": "{", "é": [None] * 170_000}).encode(),
    "no JSON": lambda: b'{"query": ' + b"[1," * 300_000,
    "a string without an end": lambda: b'{"query": "' + b"\\u0041" * 170_000,
    "no UTF-8": lambda: b'{"query": "' + b"\xff" * (MOST - 200),
    "spaces": lambda: b" " * MOST,
    "null bytes": lambda: b"\0" * MOST,
}


def timed(client: Client, method: str, path: str, body: bytes = b"") -> tuple[float, Any]:
    """Return the processor time of a request, and the response."""
    started = time.process_time()
    response = client.generic(method, path, body, content_type="application/json")
    return time.process_time() - started, response


@pytest.fixture
def client(db, django_user_model, settings) -> Client:
    """Return a client, with everything warmed up, of a user whose errors contain suggestions."""
    settings.CATALOG_EXPLORERS = "everyone"
    client = Client()
    client.force_login(django_user_model.objects.create_user("staff", is_staff=True))
    timed(client, "POST", "/graphql/", asking(LIST))
    return client


class TestLargestRequest:
    @pytest.mark.parametrize("make", BODIES.values(), ids=BODIES)
    def test_is_refused_soon(self, client, make):
        body = make()
        assert len(body) <= MOST

        seconds, response = timed(client, "POST", "/graphql/", body)

        assert response.status_code < 500
        assert b"INTERNAL" not in response.content
        assert len(response.content) < 10_000
        assert seconds < SECONDS

    @pytest.mark.parametrize("name", ["variables", "extensions"])
    @pytest.mark.parametrize("value", ["[" * 300_000, json.dumps({"f": [None] * 100_000}), '{"f": "\\ud800"}'])
    def test_is_refused_soon_by_get(self, client, name, value):
        query = urlencode({"query": LIST, name: value})

        seconds, response = timed(client, "GET", f"/graphql/?{query}")

        assert response.status_code in (200, 400)
        assert "data" not in response.json()
        assert seconds < SECONDS

    def test_has_an_address_of_so_many_characters_at_most(self, client):
        seconds, response = timed(client, "GET", f"/graphql/?query={'%20' * MOST}")

        assert response.status_code == 414
        assert seconds < SECONDS
