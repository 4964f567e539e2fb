"""`manage.py import_course_runs FILE` in a separate process, interrupted by Ctrl-C."""

import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from catalog_graphql.catalog.imports import BATCH_SIZE
from catalog_graphql.catalog.records import CourseRun
from tests.databases import environment, many_connections

SECONDS = 60


@pytest.mark.django_db(transaction=True)
class TestCtrlC:
    def test_ends_an_import_with_what_was_done(self, tmp_path: Path) -> None:
        rows = 20_000  # Far more than are written before it is interrupted.
        listing = tmp_path / "runs.csv"
        listing.write_text("course_key\n" + "".join(f"course-v1:MITx+{number}x+1T\n" for number in range(rows)))

        with many_connections(tmp_path / "catalog.sqlite3"):
            process = subprocess.Popen(
                [sys.executable, "manage.py", "import_course_runs", str(listing)],
                env=environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            wait_until_it_writes(process)
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=60)

        told = re.fullmatch(
            r"CommandError: Interrupted\. The rows up to line (\d+) were taken; run the import again\.\n", errors
        )
        assert (process.returncode, output) == (130, ""), errors
        assert told, errors
        taken = CourseRun.objects.count()
        # Line 1 is the header. Rows that it was about to report when it was interrupted may have been taken, too.
        assert taken - BATCH_SIZE < int(told[1]) - 1 <= taken < rows


def wait_until_it_writes(process: "subprocess.Popen[str]") -> None:
    """Wait until the database has rows, as seen by a separate connection."""

    def look() -> bool:
        try:
            return CourseRun.objects.exists()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        while process.poll() is None and not pool.submit(look).result(timeout=SECONDS):
            time.sleep(0.05)
