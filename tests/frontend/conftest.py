"""Fixtures that run the scripts of the npm packages in `frontend-queries`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
NPM = shutil.which("npm", path=PATH)

RunNpm = Callable[..., str]
RunNpmOf = Callable[[Path, str], RunNpm]


@pytest.fixture(scope="session")
def run_npm_of() -> RunNpmOf:
    """Return a function that makes a runner for a package's scripts, which must succeed; it returns their output.

    Its second argument is the command that installs the package's dependencies, for the message if they are missing.
    """

    def run_npm_of(package: Path, install: str) -> RunNpm:
        if NPM is None or not (package / "node_modules").exists():
            pytest.skip(f"needs its Node packages: {install}")

        def run_npm(script: str, *, cwd: Path = package, **environment: str) -> str:
            done = subprocess.run(
                [str(NPM), "run", "--silent", script],
                cwd=cwd,
                env={**os.environ, "PATH": PATH, **environment},
                capture_output=True,
                text=True,
                timeout=300,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            return done.stdout

        return run_npm

    return run_npm_of
