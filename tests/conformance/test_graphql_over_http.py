"""What other implementations of GraphQL say of the running server."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NODE = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")

pytestmark = pytest.mark.skipif(
    NODE is None or not (HERE / "node_modules").exists(), reason="needs its Node packages: make conformance"
)


class TestGraphQLOverHTTP:
    def test_passes_all_audits(self, live_server):
        audits = subprocess.run(
            [str(NODE), "audits.mjs", f"{live_server.url}/graphql/"],
            cwd=HERE,
            capture_output=True,
            check=True,
            text=True,
        )

        results = json.loads(audits.stdout)
        assert [result for result in results if result["status"] != "ok"] == []
        assert len(results) == 61
