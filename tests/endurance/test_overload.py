"""Clients temporarily ask for more than one worker can answer: what they see, and what is left behind."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.endurance.clients import Answer, Browser, asking
from tests.endurance.documents import (
    ALIASES,
    ANSWERED,
    KINDS,
    TIMED_OUT,
    Outcome,
    body,
    different_document,
    kept_document,
    many_plans,
)
from tests.endurance.servers import Gunicorn, create_staff, manage

SECONDS = 30 if os.environ.get("CI") == "true" else 5
CLIENTS = 64
RUNS = 6_000  # In the catalog, of a fourth as many courses.
KEPT = 300  # Documents, and plans: more than any of the server's caches has room for.
DIFFERENT = 2_000  # Documents with different variables.

CHEAP = "query Cheap($key: CourseKey!) { courseRun(courseKey: $key) { courseKey title status } }"
FIRST = "{ courseRuns(first: 1, orderBy: { field: COURSE_KEY }) { nodes { courseKey title status } } }"
TIMES = 250  # How often the cheap query is sent.

# In MiB. Full caches take some memory, and the largest responses some more while they are built.
MOST = 300
GROWTH = 96


@dataclass
class Overload:
    """The results: responses by kind, the workers, their memory, and the cheap query with its processor time."""

    answers: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    workers: list[list[int]] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    peak: int = 0
    cheap: list[list[Answer]] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    cheap_is: Any = None


def client(browser: Browser, number: int, answers: dict[str, list[Answer]]) -> Callable[[], None]:
    """Return a client that sends documents of all kinds in turn; each client starts with a different one."""
    kinds, random, turns = list(KINDS), Random(number), iter(range(number, number + 10**9))

    def send() -> None:
        kind = kinds[next(turns) % len(kinds)]
        answers[kind.__name__].append(browser.send(body(kind, random)))

    return send


@pytest.fixture(scope="module")
def overload(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Overload]:
    """Overload a server, and return the results."""
    folder = tmp_path_factory.mktemp("overload")
    url = f"sqlite:///{folder / 'catalog.sqlite3'}"
    manage(url, str(RUNS), module="tests.benchmarks.building")
    create_staff(url, "overload")
    server = Gunicorn(url, folder / "gunicorn.log")
    try:
        yield _overload(server)
    finally:
        server.stop()


def _overload(server: Gunicorn) -> Overload:
    found, random = Overload(), Random("warm")
    browser = Browser(server.port)
    browser.sign_in("overload")
    [run] = browser.ask(FIRST).json["data"]["courseRuns"]["nodes"]
    found.cheap_is = {"courseRun": run}

    def ask_cheap() -> Answer:
        return browser.ask(CHEAP, key=run["courseKey"])

    def time_cheap() -> None:
        before = _processor_seconds(server.workers()[0])
        found.cheap.append([ask_cheap() for _ in range(TIMES)])
        found.processor.append((_processor_seconds(server.workers()[0]) - before) / TIMES)

    def look() -> None:
        found.workers.append(server.workers())
        found.memory.append(_memory(found.workers[0][0], "VmRSS"))

    for _ in range(KEPT):
        browser.send(body(kept_document, random))
    for _ in range(KEPT // ALIASES):
        browser.send(body(many_plans, random))
    for _ in range(DIFFERENT):
        browser.send(body(different_document, random))
    time_cheap()
    look()
    clients = [client(browser, number, found.answers) for number in range(CLIENTS)]
    with asking(*clients, lambda: found.answers["cheap"].append(ask_cheap())):
        time.sleep(SECONDS)
        look()
    look()
    time_cheap()
    look()
    found.peak = _memory(found.workers[0][0], "VmHWM")
    return found


def _memory(pid: int, name: str) -> int:
    """Return the memory of the process in MiB, either now or at its peak."""
    [line] = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith(f"{name}:")]
    return int(line.split()[1]) // 1024


class TestOverload:
    def test_is_answered_or_refused_with_a_code(self, overload: Overload, tell: Callable[[str], None]) -> None:
        outcomes = {kind.__name__: {_outcome(a) for a in overload.answers[kind.__name__]} for kind in KINDS}
        unexpected = {kind.__name__: outcomes[kind.__name__] - allowed for kind, allowed in KINDS.items()}

        assert {name: found for name, found in unexpected.items() if found} == {}
        assert [name for name, found in outcomes.items() if found <= {TIMED_OUT}] == []  # Some of each were answered.
        assert {_outcome(answer) for answer in overload.answers["cheap"]} == {ANSWERED}
        for name, answers in overload.answers.items():
            slowest = max(answer.seconds for answer in answers)
            longest = max(len(answer.body) for answer in answers)
            tell(f"{len(answers)} {name}, {slowest:.1f} s and {longest:,} bytes at most")

    def test_leaves_answers_right(self, overload: Overload) -> None:
        answers = [*overload.answers["cheap"], *overload.cheap[0], *overload.cheap[1]]

        assert [answer for answer in answers if answer.json.get("data") != overload.cheap_is] == []

    def test_does_not_end_the_worker(self, overload: Overload) -> None:
        assert overload.workers == [overload.workers[0]] * len(overload.workers)
        assert len(overload.workers[0]) == 1

    def test_takes_no_more_memory_than_it_may(self, overload: Overload, tell: Callable[[str], None]) -> None:
        full, *later = overload.memory

        tell(f"{full} MiB once caches were full, then {later} MiB, {overload.peak} MiB at most")
        assert overload.peak < MOST
        assert max(later) - full < GROWTH

    def test_leaves_a_cheap_query_as_fast_as_before(self, overload: Overload, tell: Callable[[str], None]) -> None:
        before, after = overload.processor

        tell(f"{before * 1000:.1f} ms of the processor before, {after * 1000:.1f} ms after")
        assert after < 3 * before


def _processor_seconds(pid: int) -> float:
    """Return the processor time of the process so far, since other tests may keep the machine busy."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = map(int, after_name[11:13])  # Fields 14 and 15 of proc(5).
    return (user + system) / os.sysconf("SC_CLK_TCK")


def _outcome(answer: Answer) -> Outcome:
    """Return the status and the codes; the response itself if it is not GraphQL."""
    if answer.json is None:
        return answer.status, (repr(answer.body[:1000]),)
    return answer.status, answer.codes
