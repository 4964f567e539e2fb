"""Look up known vulnerabilities of everything that is pinned: `make audit`.

Findings fail. Where a registry does not give its advisories, that is said, and is no failure unless `--require` says
so: no findings and no data are not the same.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_REQUIREMENTS = (
    "constraints.txt",
    "tests/benchmarks/constraints.txt",
    "tests/core/constraints.txt",
    "audit/requirements.txt",
)


@dataclass(frozen=True)
class Audit:
    """What is known of one list of packages: its findings, and why others were not looked at, if they were not."""

    name: str
    findings: tuple[str, ...] = ()
    unknown: str = ""

    def describe(self) -> Iterator[str]:
        """Yield the lines that say so."""
        for finding in self.findings:
            yield f"{self.name}: VULNERABLE: {finding}"
        if self.unknown:
            yield f"{self.name}: NOT AUDITED: {self.unknown}"
        elif not self.findings:
            yield f"{self.name}: no known vulnerabilities"


def read_pip_audit(name: str, output: str) -> Audit:
    """Return what pip-audit wrote as JSON. It passes over packages of which it gets no advisories, and succeeds."""
    try:
        dependencies: list[dict[str, Any]] = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Audit(name, unknown="pip-audit got no advisories")
    skipped = [found["name"] for found in dependencies if "skip_reason" in found]
    return Audit(
        name,
        tuple(
            f"{found['name']} {found['version']}: {vulnerability['id']}, "
            f"fixed in {', '.join(vulnerability['fix_versions']) or 'no version'}"
            for found in dependencies
            for vulnerability in found.get("vulns", ())
        ),
        f"no advisories to be had for {len(skipped)} of {len(dependencies)} packages" if skipped else "",
    )


def read_npm_audit(name: str, output: str) -> Audit:
    """Return what npm wrote as JSON: a report, or an error."""
    try:
        vulnerabilities: dict[str, dict[str, Any]] = json.loads(output)["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        return Audit(name, unknown="the npm registry gave no advisories")
    return Audit(
        name, tuple(f"{package} {found['range']}: {found['severity']}" for package, found in vulnerabilities.items())
    )


def _run(command: Sequence[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout  # noqa: S603


def _audits(npm: str) -> Iterator[Audit]:
    for requirements in _REQUIREMENTS:
        command = [sys.executable, "-m", "pip_audit", "--progress-spinner=off", "--format=json", "--disable-pip"]
        yield read_pip_audit(requirements, _run([*command, "--no-deps", f"--requirement={requirements}"], ROOT))
    locks = [Path(path) for path in _run(["git", "ls-files", "--", "*package-lock.json"], ROOT).split()]
    for lock in locks:
        command = [npm, "audit", "--json", "--package-lock-only"]
        yield read_npm_audit(str(lock), _run(command, ROOT / lock.parent))


def main() -> int:
    """Print what is known, and return the exit status."""
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__)
    parser.add_argument("--npm", default="npm", help="the program")
    parser.add_argument("--require", action="store_true", help="fail where advisories are not to be had, too")
    arguments = parser.parse_args()
    audits = []
    for audit in _audits(arguments.npm):
        audits.append(audit)
        for line in audit.describe():
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    failed = any(audit.findings or (arguments.require and audit.unknown) for audit in audits)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
