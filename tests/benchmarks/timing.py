"""Time the operations in process, in small blocks that alternate between contestants, so that drift affects all."""

import math
import os
import re
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from tests.benchmarks.children import Child

_BLOCK = 10
_PATIENCE = 120_000  # In milliseconds, for one contestant and operation.


class UnequalError(Exception):
    """A contestant's response differs from the others'."""


_OURS = {"floor", "ours", "plan-off"}


def check_answers(children: Sequence[Child], operation: str) -> tuple[dict[str, int], dict[str, str]]:
    """Check that all contestants agree; return the number of queries of each, and the errors of those that failed.

    Each is compared with the first; if both respond in the common shape, even the bytes must be the same. Raises
    UnequalError. A peer may fail, as on a database that it does not support; this server and the floor may not.
    """
    answers = {child.contestant: child.answer(operation) for child in children}
    failed = {name: answer["error"] for name, answer in answers.items() if "error" in answer}
    if not _OURS.isdisjoint(failed):
        raise UnequalError(f"{operation}: {failed}")
    first, *others = [(name, answer) for name, answer in answers.items() if name not in failed]
    for name, answer in others:
        if answer["data"] != first[1]["data"]:
            raise UnequalError(
                f"{operation}: {name} and {first[0]} differ {_difference(first[1]['data'], answer['data'])}"
            )
        if {name, first[0]} <= _OURS and _data(answer["text"]) != _data(first[1]["text"]):
            raise UnequalError(f"{operation}: the bytes of {name} and {first[0]} differ.")
    return {name: answer["queries"] for name, answer in (first, *others)}, failed


def _data(text: str) -> str:
    """Return a response without this server's information about its cost."""
    return re.sub(r',"extensions":\{"cost":\{[^}]*\}\}\}$', "}", text)


def _difference(one: Any, other: Any, where: str = "data") -> str:
    """Return the first difference between two responses."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        key = next(key for key in one if one[key] != other[key])
        return _difference(one[key], other[key], f"{where}.{key}")
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        index = next(index for index, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
        return _difference(one[index], other[index], f"{where}[{index}]")
    return f"at {where}:\n{str(one)[:300]}\n{str(other)[:300]}"


def measure(
    children: Sequence[Child], operation: str, repeat: int, after_round: Callable[[], None] = lambda: None
) -> dict[str, dict[str, float]]:
    """Return the milliseconds of at least this many runs for each contestant, but of fewer for a slow one."""
    times: dict[str, list[float]] = {child.contestant: [] for child in children}
    for turn in range(math.ceil(repeat / _BLOCK)):
        start = turn % len(children)
        for child in (*children[start:], *children[:start]):
            if sum(times[child.contestant]) < _PATIENCE:
                times[child.contestant] += child.time(operation, _BLOCK)
        after_round()
    return {name: _figures(found) for name, found in times.items()}


def _figures(times: list[float]) -> dict[str, float]:
    deciles = statistics.quantiles(times, n=10) if len(times) > 1 else times
    return {"median": statistics.median(times), "p10": deciles[0], "p90": deciles[-1], "runs": len(times)}


class Contention:
    """Detects whether others use the processor: a fixed loop should take as much wall-clock time as processor time."""

    def __init__(self) -> None:
        self.load = os.getloadavg()[0]
        self._ratios: list[float] = []

    def probe(self) -> None:
        """Take a sample, which takes some milliseconds."""
        wall, processor = time.perf_counter(), time.process_time()
        sum(range(300_000))
        self._ratios.append((time.perf_counter() - wall) / (time.process_time() - processor))

    def warning(self) -> str | None:
        """Return a warning, if there is reason for one."""
        worst = statistics.quantiles(self._ratios, n=10)[-1] if len(self._ratios) > 1 else 1
        cores = os.cpu_count() or 1
        if self.load < cores and worst < 1.1:
            return None
        return (
            f"Others used the processor: the load was {self.load:.1f} on {cores} cores before the start, and one "
            f"sample in ten took {worst:.1f} times as long as it ran. Trust the ratios, or run it on an idle machine."
        )
