"""The npm package of the Studio home page: its own checks and tests pass."""

from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "frontend-queries/studio-home"


class TestPackage:
    @pytest.mark.parametrize("script", ["check", "test"])
    def test_passes(self, run_npm_of, script):
        # The runner asserts that the script succeeds.
        run_npm_of(PACKAGE, "make frontend")(script)
