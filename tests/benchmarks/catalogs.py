"""Where the catalogs are, and that they are there: each is built once, and migrated when the code asks for it."""

import fcntl
import subprocess
import sys
from urllib.parse import urlsplit

from tests.benchmarks.children import HERE, ROOT, environment_of

_FOLDER = HERE / ".catalogs"


def prepare(size: int, server: str | None) -> str:
    """Return the database URL of the catalog of this many runs, which is built if it is not there.

    Without a server it is a SQLite file; on a server, whose URL names any database, it is the database `bench_SIZE`.
    """
    _FOLDER.mkdir(exist_ok=True)
    with (_FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # Somebody else may want the same catalog.
        if server is None:
            url = f"sqlite:///{_FOLDER / f'{size}.sqlite3'}"
        else:
            name = f"bench_{size}"
            _run(server, "--create", name)
            url = urlsplit(server)._replace(path=f"/{name}").geturl()
        build(url, size)
    return url


def build(url: str, size: int) -> None:
    """Build a catalog of this many runs in the database of this URL, unless it is there."""
    _run(url, str(size))


def _run(url: str, *arguments: str) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.building", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment_of(url), check=True)
