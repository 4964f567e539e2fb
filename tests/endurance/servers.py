"""Servers for tests, on free ports: Gunicorn, and database servers with their data in temporary folders."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
PASSWORD = "only-for-endurance"

_START_TIMEOUT = 60  # In seconds.
# Debian installs these programs in folders that are not on everybody's PATH.
_PATH = os.pathsep.join(
    [os.environ.get("PATH", ""), "/usr/sbin", *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin")))]
)


def manage(url: str, *arguments: str, module: str = "manage", **variables: str) -> None:
    """Run a management command, or another module, with the database at this URL."""
    command = [sys.executable, "-m", module, *arguments]
    subprocess.run(command, cwd=ROOT, env=_environment(url, **variables), check=True, stdout=subprocess.DEVNULL)


def create_staff(url: str, username: str) -> None:
    """Create a global staff user whose password is PASSWORD."""
    manage(
        url,
        *("createsuperuser", "--noinput", f"--username={username}", "--email=staff@example.com"),
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
    )


_ONE_WORKER = ("--workers=1", "--worker-class=sync")


class Gunicorn:
    """The project, served by Gunicorn with these options (by default, one sync worker) on the database at this URL."""

    def __init__(self, url: str, log: Path, options: Sequence[str] = _ONE_WORKER, **variables: str) -> None:
        self.port = _free_port()
        self._log = log
        command = [sys.executable, "-m", "gunicorn", *options, "--log-level=warning"]
        command += ["--no-control-socket", f"--bind={HOST}:{self.port}", "catalog_graphql.standalone.wsgi"]
        with log.open("ab") as output:
            environment = _environment(url, LOG_LEVEL="ERROR", **variables)
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            _wait_until(self._check, OSError)
        except Exception:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server."""
        self._process.terminate()
        self._process.wait()

    def workers(self) -> list[int]:
        """Return the process ids of the workers."""
        return _children(self._process.pid)

    def _check(self) -> None:
        """Raise OSError until a worker answers a request that needs no database; RuntimeError if the server ended."""
        if self._process.poll() is not None:
            raise RuntimeError(self._log.read_text())
        address = f"http://{HOST}:{self.port}/graphql/?query=%7B__typename%7D"
        urlopen(Request(address, headers={"Accept": "application/json"}), timeout=_START_TIMEOUT).close()


class DatabaseServer:
    """A database server of some kind. `folder` contains its data; the folder's owner runs the server."""

    binaries: tuple[str, ...]
    user: str  # The user that runs the server, as root may not.
    url: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self._as_user: dict[str, Any] = {}
        if os.geteuid() == 0:
            shutil.chown(folder, self.user, self.user)
            self._as_user = {"user": self.user, "group": self.user, "extra_groups": []}

    @classmethod
    def missing(cls) -> list[str]:
        """Return the programs that are not installed."""
        return [name for name in cls.binaries if shutil.which(name, path=_PATH) is None]

    def install(self) -> None:
        """Initialize the folder for a database server, and start it with an empty database."""
        raise NotImplementedError

    def connect(self) -> Any:
        """Return a connection to the database, from its driver."""
        raise NotImplementedError

    def command(self) -> list[str]:
        """Return the command that starts the server."""
        raise NotImplementedError

    def start(self) -> None:
        """Start the server, and wait until it accepts connections."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(self._found(self.command()), stdout=log, stderr=log, **self._as_user)
        _wait_until(self._check, Exception)

    def kill(self) -> None:
        """Kill the server at once, with all its child processes."""
        self._process.send_signal(signal.SIGSTOP)  # Otherwise, it might start more processes in the meantime.
        processes = [*_children(self._process.pid), self._process.pid]
        for process in processes:
            os.kill(process, signal.SIGKILL)
        self._process.wait()
        _wait_until(lambda: _check_are_gone(processes), RuntimeError)

    def shut_down(self) -> None:
        """Shut down the server in an orderly way, even if clients are connected."""
        self._process.send_signal(signal.SIGINT if "postgres" in self.binaries else signal.SIGTERM)
        self._process.wait()

    def run(self, *command: str) -> None:
        """Run a program as the server's user."""
        subprocess.run(self._found(list(command)), check=True, capture_output=True, cwd=self.folder, **self._as_user)

    def _check(self) -> None:
        if self._process.poll() is not None:
            raise RuntimeError((self.folder / "log").read_text())
        self.connect().close()

    def _found(self, command: list[str]) -> list[str]:
        return [str(shutil.which(command[0], path=_PATH)), *command[1:]]


class PostgreSQL(DatabaseServer):
    """PostgreSQL."""

    binaries = ("initdb", "postgres")
    user = "postgres"

    @property
    def url(self) -> str:
        return f"postgres://postgres@{HOST}:{self.port}/postgres"

    def install(self) -> None:
        data = str(self.folder / "data")
        self.run("initdb", f"--pgdata={data}", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C")
        self.start()

    def connect(self) -> Any:
        import psycopg

        return psycopg.connect(self.url.replace("postgres:", "postgresql:", 1), autocommit=True)

    def command(self) -> list[str]:
        return ["postgres", "-D", f"{self.folder / 'data'}", "-h", HOST, "-p", f"{self.port}", "-k", f"{self.folder}"]


class MariaDB(DatabaseServer):
    """MariaDB."""

    binaries = ("mariadb-install-db", "mariadbd")
    user = "mysql"
    _database: str | None = None  # None until there is one.

    @property
    def url(self) -> str:
        return f"mysql://root@{HOST}:{self.port}/catalog"

    def install(self) -> None:
        self.run(
            "mariadb-install-db",
            *("--no-defaults", f"--datadir={self.folder / 'data'}"),
            *("--auth-root-authentication-method=normal", "--skip-test-db"),
        )
        self.start()
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE catalog CHARACTER SET utf8mb4")
        self._database = "catalog"

    def connect(self) -> Any:
        import pymysql

        return pymysql.connect(host=HOST, port=self.port, user="root", database=self._database, autocommit=True)

    def command(self) -> list[str]:
        return [
            *("mariadbd", "--no-defaults", f"--datadir={self.folder / 'data'}", f"--socket={self.folder / 'socket'}"),
            *(f"--bind-address={HOST}", f"--port={self.port}", f"--pid-file={self.folder / 'pid'}"),
        ]


class MySQL(MariaDB):
    """MySQL, as `shared/mysql/mysql.sh` unpacks it beside the checkout, with its own loader and libraries."""

    _unpacked = Path(os.environ.get("MYSQL_DIR", "/var/tmp/mysql-of-debian")) / "sid"
    binaries = (str(_unpacked / "usr/sbin/mysqld"),)

    def install(self) -> None:
        self.run(*self._mysqld("--initialize-insecure"))
        self.start()
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE catalog CHARACTER SET utf8mb4")
        self._database = "catalog"

    def command(self) -> list[str]:
        return self._mysqld(
            f"--socket={self.folder / 'socket'}",
            f"--bind-address={HOST}",
            f"--port={self.port}",
            f"--pid-file={self.folder / 'pid'}",
            "--mysqlx=OFF",
        )

    def _mysqld(self, *options: str) -> list[str]:
        usr = self._unpacked / "usr"
        libraries = usr / "lib/x86_64-linux-gnu"
        paths = [libraries, libraries / "mysql/private", usr / "lib/mysql/private"]
        return [
            *(str(self._unpacked / "lib64/ld-linux-x86-64.so.2"), "--library-path", ":".join(map(str, paths))),
            *(*self.binaries, "--no-defaults", f"--basedir={usr}", f"--datadir={self.folder / 'data'}"),
            *(f"--lc-messages-dir={usr / 'share/mysql'}", "--secure-file-priv=NULL", *options),
        ]


@contextmanager
def installed(server: DatabaseServer) -> Iterator[DatabaseServer]:
    """Install a database server, and kill it in the end."""
    try:
        server.install()
        yield server
    finally:
        if hasattr(server, "_process"):
            server.kill()


def _environment(url: str, **variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "CONN_MAX_AGE")}
    return kept | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "catalog_graphql.standalone.settings",
        "SECRET_KEY": "only-for-endurance",
        **variables,
    }


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _check_are_gone(processes: list[int]) -> None:
    """Raise RuntimeError while a process still holds memory; a zombie does not."""
    for process in processes:
        status = Path(f"/proc/{process}/status")
        if status.exists() and "VmRSS" in status.read_text():
            raise RuntimeError(f"{process} is still there")


def _wait_until(works: Callable[[], Any], error: type[Exception]) -> None:
    deadline = time.monotonic() + _START_TIMEOUT
    while True:
        try:
            works()
            return
        except error:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
