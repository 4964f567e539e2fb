"""Write the requirements of a test environment: `python requirements.py NAME FOLDER`, for a Python without packages.

They are the project's requirements, at the same versions, with some packages left out or replaced, so that an
environment also gets new requirements of the project. FOLDER gets `requirements.txt` and `constraints.txt`.
"""

import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

_TESTS = Path(__file__).parent
_ROOT = _TESTS.parent
_OURS = "openedx-catalog-standalone"


class Environment(NamedTuple):
    """The project's extras that an environment has, packages that it omits, and the folder of its own packages."""

    extras: tuple[str, ...]
    lacks: tuple[str, ...]
    own: Path
    has_our_catalog: bool


ENVIRONMENTS = {
    # graphene-django takes another graphql-core than Strawberry.
    "graphene": Environment(
        extras=("standalone", "bench", "mysql", "postgresql", "redis"),
        lacks=("strawberry-", "graphql-core"),
        own=_TESTS / "benchmarks/constraints.txt",
        has_our_catalog=True,
    ),
    # openedx-core has an `openedx_catalog` of its own.
    "core": Environment(
        extras=("standalone", "dev", "mysql", "postgresql"),
        lacks=(),
        own=_TESTS / "core/constraints.txt",
        has_our_catalog=False,
    ),
}


def find_requirements(environment: Environment) -> tuple[list[str], list[str]]:
    """Return the requirements of the environment, and the constraints to install them with."""
    project = _project(_ROOT)
    needed = [
        *project["dependencies"],
        *(line for extra in environment.extras for line in project["optional-dependencies"][extra]),
        *(_project(_ROOT / "openedx_catalog")["dependencies"] if environment.has_our_catalog else ()),
    ]
    shared, own = _pins(_ROOT / "constraints.txt"), _pins(environment.own)
    rest = [line for line in needed if not _name(line).startswith((_OURS, *environment.lacks))]
    return [*rest, *own.values()], list({**shared, **own}.values())


def _project(folder: Path) -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    return project


def _pins(path: Path) -> dict[str, str]:
    return {_name(line): line for line in path.read_text().splitlines() if line and not line.startswith("#")}


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[._-]+", "-", found[0]).lower()


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    name, folder = sys.argv[1], Path(sys.argv[2])
    requirements, constraints = find_requirements(ENVIRONMENTS[name])
    _write(folder / "requirements.txt", requirements)
    _write(folder / "constraints.txt", constraints)
