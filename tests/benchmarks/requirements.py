"""Write what graphene-django's environment needs: `python requirements.py FOLDER`, by an interpreter without packages.

It is what the project needs, at the same versions, without Strawberry and its graphql-core, and with graphene-django
instead: what the project comes to need, it gets as well. FOLDER gets `requirements.txt` and `constraints.txt`.
"""

import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_EXTRAS = ("bench", "mysql", "postgresql", "redis")


def find_requirements() -> tuple[list[str], list[str]]:
    """Return the requirements of the environment, and the constraints they are installed with."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text())["project"]
    needed = [
        *project["dependencies"],
        *(line for extra in _EXTRAS for line in project["optional-dependencies"][extra]),
    ]
    shared, own = _pins(_ROOT / "constraints.txt"), _pins(_HERE / "constraints.txt")
    rest = [line for line in needed if not _name(line).startswith(("strawberry-", "graphql-core"))]
    return [*rest, *own.values()], list({**shared, **own}.values())


def _pins(path: Path) -> dict[str, str]:
    return {_name(line): line for line in path.read_text().splitlines() if line and not line.startswith("#")}


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[._-]+", "-", found[0]).lower()


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    requirements, constraints = find_requirements()
    _write(folder / "requirements.txt", requirements)
    _write(folder / "constraints.txt", constraints)
