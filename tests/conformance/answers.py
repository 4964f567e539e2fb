"""A response's violations of the published schema and of GraphQL's specification (section "Response")."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLResolveInfo,
    build_schema,
    execute_sync,
    is_scalar_type,
    is_specified_scalar_type,
)

from catalog_graphql.schema.schema import schema as served

PUBLISHED = Path(__file__).parents[2] / "schema" / "schema.graphql"


def _taken(name: str) -> Callable[[Any], Any]:
    """Return a function that returns a value if the server would accept it as an input of this scalar."""

    def coerce(value: Any) -> Any:
        served._schema.type_map[name].parse_value(value)
        return value

    return coerce


SCHEMA = build_schema(PUBLISHED.read_text())
for _type in SCHEMA.type_map.values():
    if is_scalar_type(_type) and not is_specified_scalar_type(_type):
        _type.coerce_output_value = _taken(_type.name)


def problems(document: DocumentNode, answer: Any) -> list[str]:
    """Return the problems of the response to a document without variables.

    The document must select `__typename` of everything that may be of several types.
    """
    if not isinstance(answer, dict) or not answer or set(answer) - {"data", "errors", "extensions"}:
        return [f"no response: {answer!r:.200}"]
    errors = answer.get("errors")
    found = [] if errors is None else list(_of_errors(errors))
    if "data" not in answer or answer["data"] is None:
        return found if errors else [*found, "neither data nor errors"]
    return [*found, *_of_data(document, answer["data"]), *_of_places(errors or [], answer["data"])]


def _of_errors(errors: Any) -> Iterator[str]:
    if not isinstance(errors, list) or not errors:
        yield f"errors: {errors!r}"
        return
    for error in errors:
        if not isinstance(error, dict) or set(error) - {"message", "locations", "path", "extensions"}:
            yield f"no error: {error!r}"
            continue
        if not isinstance(error.get("message"), str):
            yield f"no message: {error!r}"
        if not isinstance(error.get("extensions"), dict) or not isinstance(error["extensions"].get("code"), str):
            yield f"no code: {error!r}"
        for location in error.get("locations", ()):
            if set(location) != {"line", "column"} or min(location.values()) < 1:
                yield f"no location: {error!r}"


def _of_data(document: DocumentNode, data: Any) -> Iterator[str]:
    """Execute the document on the data, and report what GraphQL's result has that is missing or different in it."""
    replayed = execute_sync(SCHEMA, document, root_value=data, field_resolver=_given)
    for error in replayed.errors or ():
        yield f"data: {error.message} at {error.path}"
    if not replayed.errors and json.dumps(replayed.data) != json.dumps(data):
        yield f"data: {data!r} should be {replayed.data!r}"


def _given(parent: Any, info: GraphQLResolveInfo, **_arguments: Any) -> Any:
    if not isinstance(parent, dict) or info.path.key not in parent:
        raise GraphQLError(f"there is no {info.path.key}")
    return parent[info.path.key]


def _of_places(errors: list[dict[str, Any]], data: Any) -> Iterator[str]:
    """Report errors that point at something that exists nevertheless."""
    for error in errors:
        value = data
        try:
            for step in error["path"]:
                value = None if value is None else value[step]
        except (IndexError, KeyError, TypeError):
            yield f"no path: {error!r}"
        else:
            if value is not None:
                yield f"an error, and a value: {error!r}"
