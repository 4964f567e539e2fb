"""The database goes down during requests, and comes back: what clients see, and what the catalog then contains."""

import datetime
import itertools
import socket
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.endurance.clients import Answer, Browser, asking
from tests.endurance.servers import (
    HOST,
    DatabaseServer,
    Gunicorn,
    MariaDB,
    MySQL,
    PostgreSQL,
    create_staff,
    installed,
    manage,
)

PAUSE = 1.2  # In seconds: how long the database is up, then down, then up again.
PATIENCE = 30  # Seconds, on a busy machine.
SOON = 15  # In seconds: how long a response may take, whatever happens.

COURSE_KEY = "catalog-course:MITx:6.002x"
START = "2030-09-01T08:00:00Z"

COURSE = """
query Course($key: CatalogCourseKey!) {
  catalogCourse(key: $key) { key title org { orgCode name } runs(filter: { search: "first" }) { nodes { title } } }
}
"""
COURSE_IS = {
    "catalogCourse": {
        "key": COURSE_KEY,
        "title": "Circuits",
        "org": {"orgCode": "MITx", "name": "MIT"},
        "runs": {"nodes": [{"title": "The first one"}]},
    }
}
CREATE_RUN = """
mutation Create($input: CreateCourseRunInput!) {
  createCourseRun(input: $input) { errors { code } courseRun { courseKey title schedule { start } } }
}
"""
CREATE_REST = """
mutation Create($key: CatalogCourseKey!) {
  createOrganization(input: { orgCode: "MITx", name: "MIT" }) { errors { code } }
  createCatalogCourse(input: { orgCode: "MITx", courseCode: "6.002x", title: "Circuits" }) { errors { code } }
  createCourseRun(input: { catalogCourseKey: $key, runCode: "R0", title: "The first one" }) { errors { code } }
}
"""
# Everything that a mutation here writes: a run with its schedule, and an entry for each in the history.
WRITTEN = """
SELECT run.run_code, run.title, schedule.start,
  (SELECT COUNT(*) FROM auditlog_logentry entry JOIN django_content_type type ON type.id = entry.content_type_id
    WHERE type.model = 'courserun' AND entry.object_id = run.id),
  (SELECT COUNT(*) FROM auditlog_logentry entry JOIN django_content_type type ON type.id = entry.content_type_id
    WHERE type.model = 'courseschedule' AND entry.object_id = run.id)
FROM openedx_catalog_courserun run
LEFT JOIN catalog_graphql_courseschedule schedule ON schedule.course_run_id = run.id
WHERE run.title = 'Another one'
"""


@pytest.fixture(scope="module", params=[PostgreSQL, MariaDB, MySQL], ids=lambda kind: kind.__name__)
def database(request: pytest.FixtureRequest) -> Iterator[DatabaseServer]:
    """Return a database server with a catalog of one course and one run, and a global staff user."""
    if missing := request.param.missing():
        pytest.skip(f"needs {request.param.__name__}: there is no {' and no '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="endurance-") as folder, installed(request.param(Path(folder))) as server:
        manage(server.url, "migrate", "--verbosity=0")
        create_staff(server.url, "staff")
        yield server


class Crowd:
    """The clients' requests and their results: `answers` by kind of request, `created` by run code."""

    def __init__(self, server: Gunicorn) -> None:
        self.browser = Browser(server.port)
        self.browser.sign_in("staff")
        self.answers: dict[str, list[Answer]] = defaultdict(list)
        self.created: dict[str, Answer] = {}
        self._anonymous = Browser(server.port)
        self._numbers = itertools.count()
        self._code = f"at{server.port}"
        self.clients: list[Callable[[], None]] = [self._read, self._read, self._read, self._write, self._greet]

    def _read(self) -> None:
        self.answers["read"].append(self.browser.ask(COURSE, key=COURSE_KEY))

    def _greet(self) -> None:
        self.answers["greet"].append(self._anonymous.ask("{ __typename }"))
        time.sleep(0.01)

    def _write(self) -> None:
        code = f"{self._code}-{next(self._numbers)}"
        asked = {"catalogCourseKey": COURSE_KEY, "runCode": code, "title": "Another one", "schedule": {"start": START}}
        self.created[code] = self.browser.ask(CREATE_RUN, input=asked)
        time.sleep(0.02)

    def wait(self) -> None:
        """Wait until some time has passed, and clients have sent each kind of request and received the response."""
        since = time.monotonic()
        time.sleep(PAUSE)
        while len(self.outcomes(since=since)) < 3 and time.monotonic() < since + PATIENCE:
            time.sleep(0.1)

    def outcomes(self, *, since: float = 0, until: float = float("inf")) -> dict[str, set[str]]:
        """Return the results of all requests that started and ended between these times."""
        found = defaultdict(set)
        kinds = [*self.answers.items(), ("write", list(self.created.values()))]
        for kind, answers in kinds:
            for answer in answers:
                if answer.started >= since and answer.finished <= until:
                    found[kind].add(self._outcome(kind, answer))
        return dict(found)

    def _outcome(self, kind: str, answer: Answer) -> str:
        if _is_refused(answer):
            return "refused"
        if kind == "read":
            right = COURSE_IS
        elif kind == "greet":
            right = {"__typename": "Query"}
        else:
            [code] = [code for code, created in list(self.created.items()) if created is answer]
            right = _created(code)
        is_right = answer.status == 200 and not answer.codes and (answer.json or {}).get("data") == right
        return "right" if is_right else f"{answer.status}: {answer.body[:1000]!r}"

    def longest(self) -> float:
        """Return the seconds that the slowest response took."""
        return max(answer.seconds for answers in (*self.answers.values(), self.created.values()) for answer in answers)


class TestLostDatabase:
    @pytest.mark.parametrize(
        ("lose", "kept"),
        [("kill", "0"), ("kill", "60"), ("shut_down", "60")],
        ids=["killed, connections new", "killed, connections kept", "shut down, connections kept"],
    )
    def test_is_told_clients_and_survived(
        self,
        database: DatabaseServer,
        serve: Callable[..., Gunicorn],
        tell: Callable[[str], None],
        lose: str,
        kept: str,
    ) -> None:
        server = serve(database.url, CONN_MAX_AGE=kept)
        workers = server.workers()
        crowd = Crowd(server)
        crowd.browser.ask(CREATE_REST, key=COURSE_KEY)

        with asking(*crowd.clients):
            crowd.wait()
            losing = time.monotonic()
            getattr(database, lose)()
            lost = time.monotonic()
            crowd.wait()
            starting = time.monotonic()
            database.start()
            started = time.monotonic()
            crowd.wait()

        assert crowd.outcomes(until=losing) == {"read": {"right"}, "write": {"right"}, "greet": {"right"}}
        assert crowd.outcomes(since=lost, until=starting) == {
            "read": {"refused"},
            "write": {"refused"},
            "greet": {"right"},
        }
        assert crowd.outcomes(since=started) == {"read": {"right"}, "write": {"right"}, "greet": {"right"}}
        for outcomes in crowd.outcomes().values():  # Also between those times.
            assert outcomes <= {"right", "refused"}
        assert crowd.longest() < SOON
        assert server.workers() == workers
        done = {code for code, answer in crowd.created.items() if not _is_refused(answer)}
        in_doubt = {code for code, answer in crowd.created.items() if answer.started < lost} - done
        written = _written(database, among=crowd.created)
        assert done <= set(written) <= done | in_doubt
        assert written == dict.fromkeys(written, ("Another one", START, 1, 1))
        tell(_figures(crowd, lost, starting, started))


class TestSilentDatabase:
    def test_is_told_clients_in_time(self, serve: Callable[..., Gunicorn]) -> None:
        with socket.create_server((HOST, 0)) as silent:  # It accepts connections, but never responds.
            server = serve(f"postgres://postgres@{HOST}:{silent.getsockname()[1]}/postgres")
            workers = server.workers()
            browser = Browser(server.port, sessionid="of-somebody", csrftoken="t" * 32)

            answer = browser.ask(COURSE, key=COURSE_KEY)

        assert _is_refused(answer)
        assert answer.seconds < SOON
        assert server.workers() == workers


def _is_refused(answer: Answer) -> bool:
    """Return whether the response has no data, and tells the client to retry later, and nothing else."""
    body = answer.json or {}
    return (
        answer.status == 503
        and answer.headers.get("retry-after") == "5"
        and answer.codes == ("SERVICE_UNAVAILABLE",)
        and {error["message"] for error in body["errors"]} == {"The database does not answer. Ask again later."}
        and not any((body.get("data") or {}).values())
    )


def _created(code: str) -> dict[str, Any]:
    course_run = {
        "courseKey": f"course-v1:MITx+6.002x+{code}",
        "title": "Another one",
        "schedule": {"start": START},
    }
    return {"createCourseRun": {"errors": [], "courseRun": course_run}}


def _written(database: DatabaseServer, *, among: dict[str, Answer]) -> dict[str, tuple[str, str | None, int, int]]:
    """Return the rows of these runs in all tables, read without the server."""
    with database.connect() as connection, connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        rows = cursor.fetchall()
    return {code: (title, _text(start), *counts) for code, title, start, *counts in rows if code in among}


def _text(instant: datetime.datetime | None) -> str | None:
    if instant is None:
        return None
    aware = instant if instant.tzinfo else instant.replace(tzinfo=datetime.UTC)
    return aware.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def _figures(crowd: Crowd, lost: float, starting: float, started: float) -> str:
    down = sorted(answer.seconds for answer in crowd.answers["read"] if lost <= answer.started < starting)
    first = min(answer.finished for answer in crowd.answers["read"] if answer.started >= started)
    return (
        f"{len(crowd.answers['read'])} queries, {len(crowd.created)} mutations; {len(down)} queries refused in "
        f"{down[len(down) // 2] * 1000:.0f} ms (median); right again {(first - started) * 1000:.0f} ms after the "
        f"database was, the slowest answer {crowd.longest():.2f} s"
    )
