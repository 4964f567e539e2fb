"""Print the results as Markdown."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.benchmarks.contestants import CONTESTANTS
from tests.benchmarks.operations import OPERATIONS

ENOUGH = 30  # Runs; of fewer, the table says how many.

Cells = Mapping[str, Mapping[str, Any]]  # By operation, then by contestant.


def in_process(size: int, figures: Cells, contestants: Sequence[str]) -> str:
    """Return the table of milliseconds, each with its ratio to the floor's."""

    def cell(operation: str, contestant: str) -> str:
        median = figures[operation][contestant]["median"]
        floor = figures[operation].get("floor")
        ratio = f" ({_number(median / floor['median'])} x)" if floor and contestant != "floor" else ""
        few = f", {runs} runs" if (runs := figures[operation][contestant]["runs"]) < ENOUGH else ""
        return f"{_number(median)} ms{ratio}{few}"

    return _table(f"{size:,} runs, in process: median, times the floor", figures, contestants, cell)


def queries(size: int, figures: Cells, contestants: Sequence[str]) -> str:
    """Return the table of SQL queries."""
    return _table(
        f"{size:,} runs, SQL queries",
        figures,
        contestants,
        lambda operation, contestant: str(figures[operation][contestant]["queries"]),
    )


def over_http(size: int, figures: Cells, contestants: Sequence[str], clients: int) -> str:
    """Return the table of requests per second, and of the 99th percentile."""

    def cell(operation: str, contestant: str) -> str:
        found = figures[operation][contestant]
        return f"{_number(found['rate'])} /s, {_number(found['p99'])} ms"

    title = f"{size:,} runs, over HTTP, {clients} clients, 1 worker: requests a second, 99th percentile"
    return _table(title, figures, contestants, cell)


def growth(small: int, large: int, results: Mapping[int, Any], contestants: Sequence[str]) -> str:
    """Return the table of how many times as long everything takes in the large catalog."""
    before, after = results[small]["in_process"], results[large]["in_process"]

    def cell(operation: str, contestant: str) -> str:
        return f"{_number(after[operation][contestant]['median'] / before[operation][contestant]['median'])} x"

    return _table(f"Growth in process from {small:,} to {large:,} runs", after, contestants, cell)


def _table(title: str, rows: Cells, contestants: Sequence[str], cell: Any) -> str:
    lines = [
        f"### {title}\n",
        "| | " + " | ".join(CONTESTANTS[name].title for name in contestants) + " |",
        "|---" + "|---:" * len(contestants) + "|",
    ]
    for operation in rows:
        cells = " | ".join(cell(operation, name) if name in rows[operation] else "fails" for name in contestants)
        lines.append(f"| {OPERATIONS[operation].title} | {cells} |")
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    """Return the number with about three digits."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
