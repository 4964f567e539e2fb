"""`make audit` distinguishes a lack of findings from a lack of data."""

import json

import pytest

from audit.__main__ import Audit, read_npm_audit, read_pip_audit

NO_ADVISORIES = "Dependency not found on PyPI and could not be audited: idna (3.20)"


class TestReadPipAudit:
    def test_finds_vulnerabilities(self) -> None:
        vulnerability = {"id": "PYSEC-2026-1", "fix_versions": ["5.2.20", "6.0.1"], "aliases": [], "description": ""}
        unfixed = {"id": "GHSA-x", "fix_versions": [], "aliases": [], "description": ""}
        output = json.dumps(
            {
                "dependencies": [
                    {"name": "django", "version": "5.2.19", "vulns": [vulnerability, unfixed]},
                    {"name": "idna", "version": "3.20", "vulns": []},
                ],
                "fixes": [],
            }
        )

        assert list(read_pip_audit("constraints.txt", output).describe()) == [
            "constraints.txt: VULNERABLE: django 5.2.19: PYSEC-2026-1, fixed in 5.2.20, 6.0.1",
            "constraints.txt: VULNERABLE: django 5.2.19: GHSA-x, fixed in no version",
        ]

    def test_finds_none(self) -> None:
        output = json.dumps({"dependencies": [{"name": "idna", "version": "3.20", "vulns": []}], "fixes": []})

        assert list(read_pip_audit("a", output).describe()) == ["a: no known vulnerabilities"]

    def test_takes_what_was_passed_over_for_unknown(self) -> None:
        output = json.dumps({"dependencies": [{"name": "idna", "skip_reason": NO_ADVISORIES}], "fixes": []})

        assert list(read_pip_audit("a", output).describe()) == [
            "a: NOT AUDITED: no advisories to be had for 1 of 1 packages"
        ]

    def test_takes_no_answer_for_unknown(self) -> None:
        assert read_pip_audit("a", "") == Audit("a", unknown="pip-audit got no advisories")


class TestReadNpmAudit:
    def test_finds_vulnerabilities(self) -> None:
        found = {"braces": {"name": "braces", "severity": "high", "via": [], "range": "<3.0.3", "nodes": []}}
        output = json.dumps({"auditReportVersion": 2, "vulnerabilities": found, "metadata": {}})

        assert list(read_npm_audit("a", output).describe()) == ["a: VULNERABLE: braces <3.0.3: high"]

    def test_finds_none(self) -> None:
        output = json.dumps({"auditReportVersion": 2, "vulnerabilities": {}, "metadata": {}})

        assert read_npm_audit("a", output) == Audit("a")

    @pytest.mark.parametrize("output", ["", '{"message": "405 Method Not Allowed", "statusCode": 405}'])
    def test_takes_no_answer_for_unknown(self, output: str) -> None:
        assert read_npm_audit("a", output) == Audit("a", unknown="the npm registry gave no advisories")
