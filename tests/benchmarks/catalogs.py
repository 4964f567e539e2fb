"""The catalogs' databases: each is built once, and migrated when the code requires it."""

import fcntl
import subprocess
import sys
from urllib.parse import urlsplit

from tests.benchmarks.children import HERE, ROOT, environment_of

_FOLDER = HERE / ".catalogs"


def prepare(size: int, server: str | None) -> str:
    """Return the database URL of the catalog with this many runs, and build the catalog if necessary.

    Without a server, the catalog is a SQLite file; on a server, it is the database `bench_SIZE`, whatever database the
    server's URL names.
    """
    _FOLDER.mkdir(exist_ok=True)
    with (_FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # Another process may build the same catalog.
        if server is None:
            url = f"sqlite:///{_FOLDER / f'{size}.sqlite3'}"
        else:
            name = f"bench_{size}"
            _run(server, "--create", name)
            url = urlsplit(server)._replace(path=f"/{name}").geturl()
        build(url, size)
    return url


def build(url: str, size: int) -> None:
    """Build a catalog with this many runs in the database at this URL, if it does not exist."""
    _run(url, str(size))


def _run(url: str, *arguments: str) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.building", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment_of(url), check=True)
