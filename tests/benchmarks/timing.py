"""Time the operations in process: small blocks, one contestant after the other, so that drift hits all alike."""

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
    """A contestant's answer is not the others'."""


_OURS = {"floor", "ours", "plan-off"}


def check_answers(children: Sequence[Child], operation: str) -> tuple[dict[str, int], dict[str, str]]:
    """Hold that all contestants answer alike; return how many queries each took, and the errors of those that failed.

    The first is compared with; where it and another answer in the common shape, the bytes must be the same, too.
    Raises UnequalError. A peer may fail, as on a database that it does not support; this server and the floor may not.
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
    """Return an answer without what this server says of its cost."""
    return re.sub(r',"extensions":\{"cost":\{[^}]*\}\}\}$', "}", text)


def _difference(one: Any, other: Any, where: str = "data") -> str:
    """Say where two answers differ first."""
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
    """Return the figures of at least so many runs for each contestant, in milliseconds; of fewer where it is slow."""
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
    """Watches whether others use the processor: a fixed loop should take as long on the clock as on the processor."""

    def __init__(self) -> None:
        self.load = os.getloadavg()[0]
        self._ratios: list[float] = []

    def probe(self) -> None:
        """Take a sample, of some milliseconds."""
        wall, processor = time.perf_counter(), time.process_time()
        sum(range(300_000))
        self._ratios.append((time.perf_counter() - wall) / (time.process_time() - processor))

    def warning(self) -> str | None:
        """Return what is to be said of it, if anything."""
        worst = statistics.quantiles(self._ratios, n=10)[-1] if len(self._ratios) > 1 else 1
        cores = os.cpu_count() or 1
        if self.load < cores and worst < 1.1:
            return None
        return (
            f"Others used the processor: the load was {self.load:.1f} on {cores} cores before the start, and one "
            f"sample in ten took {worst:.1f} times as long as it ran. Trust the ratios, or run it on an idle machine."
        )
