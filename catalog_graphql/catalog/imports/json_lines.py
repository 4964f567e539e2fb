"""Read rows from JSON lines. A broken line affects only its own row."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from catalog_graphql.catalog.imports.columns import describe_unknown, find_column
from catalog_graphql.catalog.imports.lines import TOO_LONG
from catalog_graphql.catalog.imports.rows import Row, read_row, reject
from catalog_graphql.catalog.problems import Problem, ProblemCode


def read_json_lines(lines: Iterable[bytes | None]) -> Iterator[Row]:
    """Read the rows of a listing that has one object per line."""
    for number, line in enumerate(lines, 1):
        if line is None:
            yield _reject(number, f"The line is {TOO_LONG}")
        elif line.strip():
            yield _read_line(number, line)


def _read_line(number: int, line: bytes) -> Row:
    try:
        members = json.loads(line.rstrip(b"\r\n").decode())
    except UnicodeDecodeError as error:
        return _reject(number, f"The line is not UTF-8, from its byte {error.start + 1} on: save the file as UTF-8.")
    except json.JSONDecodeError as error:
        reason = f"from its character {error.pos + 1} on it cannot be read ({error.msg})"
        return _reject(number, f"The line is not JSON: {reason}.")
    except (ValueError, RecursionError):  # A number of thousands of digits, or thousands of brackets.
        return _reject(number, "The line is not JSON that can be read.")
    if not isinstance(members, dict):
        return _reject(number, "The line is not a JSON object: JSON lines hold one object on each line.")
    return _read_object(number, members)


def _read_object(number: int, members: dict[str, Any]) -> Row:
    cells: dict[str, str] = {}
    problems, unknown, named = [], [], set()
    for name, value in members.items():
        column = find_column(name)
        if column is None:
            unknown.append(name)
        elif column in named:
            problems.append(Problem(ProblemCode.INVALID, f"The line names {column} twice.", (column,)))
        elif isinstance(value, str):
            cells[column] = value
        elif value is not None:
            problems.append(Problem(ProblemCode.INVALID, f"The {column} must be text, in quotes.", (column,)))
        named.add(column)
    if unknown:
        problems.append(Problem(ProblemCode.INVALID, f"The line names {describe_unknown(unknown)}"))
    return reject(number, cells, *problems) if problems else read_row(number, cells)


def _reject(number: int, message: str) -> Row:
    return reject(number, {}, Problem(ProblemCode.INVALID, message))
