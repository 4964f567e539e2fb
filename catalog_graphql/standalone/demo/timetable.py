"""The schedules of the demo catalog's runs.

A run is described by its kind, or by its kind and key. Terms last a third of a year, and the current one is number 0.
Archived runs come first, in a term each, before the current one. An open run has started in an earlier term and never
ends; an announced one starts in the next term; a placeholder has no schedule yet.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from catalog_graphql.catalog import keys

_TERM = timedelta(days=122)
_TERM_BY_KIND = {"archived": -2, "open": -1, "running": 0, "announced": 1, "placeholder": 2}


class RunPlan(NamedTuple):
    """A run to create: its key, unless that is made from the codes, and the fields of its schedule, if any."""

    run_code: str
    course_key: str | None
    created: datetime
    schedule: dict[str, datetime]


def plan_runs(runs: Iterable[str | list[str]], *, run_code: str, now: datetime, random: Random) -> list[RunPlan]:
    """Return a plan for each run; `run_code` is a pattern with `year` and `term`."""
    described = [(run, None) if isinstance(run, str) else run for run in runs]
    archived = sum(kind == "archived" for kind, _course_key in described)
    plans = []
    for place, (kind, course_key) in enumerate(described):
        term = _TERM_BY_KIND[kind] - (archived - 1 - place if kind == "archived" else 0)
        schedule = {} if kind == "placeholder" else _schedule(kind, term, now, random)
        code = keys.split(course_key).run_code if course_key else run_code.format(**_term_and_year(term, now))
        created = min(schedule.get("enrollment_start", now), now) - timedelta(days=random.randint(1, 60))
        plans.append(RunPlan(code, course_key, created, schedule))
    return plans


def _schedule(kind: str, term: int, now: datetime, random: Random) -> dict[str, datetime]:
    """Start in the term's first half, and end before the next run starts, so that each run is of the right kind."""
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    start = noon + term * _TERM - timedelta(days=random.randint(30, 60))
    schedule = {"start": start, "enrollment_start": start - timedelta(days=45)}
    if kind != "open":
        schedule |= {"end": start + timedelta(days=100), "enrollment_end": start + timedelta(days=14)}
    return schedule


def _term_and_year(term: int, now: datetime) -> dict[str, int]:
    year, third = divmod(now.year * 3 + (now.month - 1) // 4 + term, 3)
    return {"year": year, "term": third + 1}
