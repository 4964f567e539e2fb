"""The normalized caches of Apollo Client and urql keep the server's lists intact, and follow changes."""

import json
from datetime import UTC, datetime

import pytest


def lists(runs: list[list[str]]) -> dict[str, list[list[str]]]:
    """Return the story's lists with these runs, each given as a key and a title."""
    nested = [run for run in runs if "+6.002x+" in run[0]]
    return {"ascending": runs, "descending": runs[::-1], "nested": nested[::-1]}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("library", ["apollo", "urql"])
class TestNormalizedCache:
    def test_holds_lists_whole_and_follows_changes(self, library, ask_node, live_server, headers, make_run):
        courses = ["6.002x"] * 12 + ["8.01x"] * 13
        runs = [
            make_run("MITx", course, f"run{n}", title=f"Run {n}", schedule={"start": datetime(2030, 1, 1, tzinfo=UTC)})
            for n, course in enumerate(courses, start=10)
        ]
        before = [[str(run.course_key), run.title] for run in runs]
        key, _ = before[11]  # On the second page of the list, and the first of the nested one.

        story = ask_node(
            "caches/story.mjs",
            library,
            json.dumps(
                {
                    "url": f"{live_server.url}/graphql/",
                    "headers": headers,
                    "course": "catalog-course:MITx:6.002x",
                    "run": key,
                    "title": "Changed",
                }
            ),
        )

        # Three pages of each list, and one request for each change.
        assert story == {
            "paged": {"requests": 9, **lists(before)},
            "changed": {"requests": 10, **lists([*before[:11], [key, "Changed"], *before[12:]])},
            "deleted": {"requests": 11, **lists([*before[:11], *before[12:]])},
        }
