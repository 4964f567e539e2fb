"""The npm package of the Studio home page: its own checks and tests pass."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "frontend-queries/studio-home"
NODE_PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


class TestPackage:
    @pytest.mark.parametrize("script", ["check", "test"])
    def test_passes(self, script):
        npm = shutil.which("npm", path=NODE_PATH)
        if npm is None or not (PACKAGE / "node_modules").exists():
            pytest.skip("needs its Node packages: make frontend")

        done = subprocess.run(
            [npm, "run", "--silent", script],
            cwd=PACKAGE,
            env={**os.environ, "PATH": NODE_PATH},
            capture_output=True,
            text=True,
            timeout=300,
        )

        assert done.returncode == 0, done.stdout + done.stderr
