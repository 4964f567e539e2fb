"""Run the benchmark: `make bench`, or `make bench ARGS="--help"`."""

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.benchmarks import catalogs, over_http, report, timing
from tests.benchmarks.children import Child, find_missing
from tests.benchmarks.contestants import CONTESTANTS
from tests.benchmarks.operations import OPERATIONS


def _names(known: Sequence[str]) -> Any:
    def parse(text: str) -> list[str]:
        names = text.split(",")
        unknown = set(names) - set(known)
        if unknown:
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: choose from {', '.join(known)}")
        return [name for name in known if name in names]

    return parse


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--database", metavar="URL", help="a server, by the URL of any of its databases; SQLite if left out"
    )
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(size) for size in text.split(",")],
        default=[42_000, 1_000_000],
        help="in runs",
    )
    parser.add_argument(
        "--only",
        type=_names(list(OPERATIONS)),
        default=list(OPERATIONS),
        metavar="OPERATIONS",
        help=", ".join(OPERATIONS),
    )
    parser.add_argument(
        "--contestants",
        type=_names(list(CONTESTANTS)),
        metavar="CONTESTANTS",
        default=list(CONTESTANTS),
        help=", ".join(CONTESTANTS),
    )
    parser.add_argument("--repeat", type=int, default=30, help="runs of each operation in process, at least")
    parser.add_argument("--no-http", dest="http", action="store_false", help="measure in process only")
    parser.add_argument("--seconds", type=float, default=3, help="of load over HTTP, for each operation")
    parser.add_argument("--clients", type=int, default=8, help="at once, over HTTP")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write all figures, too")
    arguments = parser.parse_args()
    if missing := find_missing(CONTESTANTS[name] for name in arguments.contestants):
        parser.error(f"{', '.join(missing)} is not installed: make contestants, or leave it out with --contestants")
    return arguments


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _measure(url: str, size: int, arguments: argparse.Namespace, contention: timing.Contention) -> dict[str, Any]:
    results: dict[str, Any] = {"in_process": {}, "over_http": {}}
    with ExitStack() as stack:
        children = [stack.enter_context(Child(name, url)) for name in arguments.contestants]
        for operation in arguments.only:
            _say(f"{size:,} runs, in process: {operation}")
            queries, failed = timing.check_answers(children, operation)
            for name, error in failed.items():
                _say(f"{name} fails: {error}")
            able = [child for child in children if child.contestant in queries]
            figures = timing.measure(able, operation, arguments.repeat, contention.probe)
            results["in_process"][operation] = {
                name: found | {"queries": queries[name]} for name, found in figures.items()
            }
        requests = {child.contestant: child.requests() for child in children} if arguments.http else {}
    if arguments.http:
        with over_http.servers(arguments.contestants, url) as ports:
            for operation in arguments.only:
                _say(f"{size:,} runs, over HTTP: {operation}")
                results["over_http"][operation] = over_http.measure(
                    ports,
                    {name: requests[name][operation] for name in results["in_process"][operation]},
                    clients=arguments.clients,
                    seconds=arguments.seconds,
                )
                contention.probe()
    return results


def main() -> None:
    """Build missing catalogs, measure, and print the tables."""
    arguments = _arguments()
    contention = timing.Contention()
    results = {}
    for size in arguments.sizes:
        _say(f"{size:,} runs: the catalog is built unless it is there")
        url = catalogs.prepare(size, arguments.database)
        results[size] = _measure(url, size, arguments, contention)
        tables = [report.in_process, report.queries]
        for table in tables:
            sys.stdout.write(table(size, results[size]["in_process"], arguments.contestants) + "\n")
        if arguments.http:
            found = results[size]["over_http"]
            sys.stdout.write(report.over_http(size, found, arguments.contestants, arguments.clients) + "\n")
        sys.stdout.flush()
    if len(results) > 1:
        small, *_, large = arguments.sizes
        sys.stdout.write(report.growth(small, large, results, arguments.contestants) + "\n")
    if warning := contention.warning():
        sys.stdout.write(warning + "\n")
    if arguments.json:
        arguments.json.write_text(json.dumps({"warning": warning, "results": results}, indent=2) + "\n")


if __name__ == "__main__":
    main()
