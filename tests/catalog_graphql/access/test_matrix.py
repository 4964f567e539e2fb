"""Who sees what, by every path that leads to it."""

from typing import Any

import pytest

from catalog_graphql.schema.ids import encode_id
from tests.catalog_graphql.access.conftest import CIRCUITS, EMPTY, SIGNED_IN, VOID, A, B, C, H

BY_TITLE = "orderBy: {field: TITLE}"
CCX = "filter: {includeCcx: true}"
COUNTED = "{ totalCount nodes { title } }"
IDS = ", ".join(
    f'"{encode_id(name, key)}"'
    for name, key in [
        *(("CourseRun", key) for key in (A, B, C, H)),
        *(("CatalogCourse", key) for key in (CIRCUITS, VOID)),
    ]
)

# Viewers who see the same, and the response of each query to them: its leaves, in order.
COLUMNS = {
    "nobody": ["nobody", "misspelled"],
    "run": ["run_author", "run_instructor"],
    "ccx": ["ccx_coach"],
    "org": ["org_author", "org_instructor"],
    "creator": ["creator"],
    "all": ["global_staff", "superuser"],
}
SEEN: dict[str, dict[str, str]] = {
    f"{{ courseRuns({BY_TITLE}) {COUNTED} }}": {
        "nobody": "0", "run": "1 A", "ccx": "0", "org": "2 A B", "creator": "0", "all": "3 A B H",
    },
    f"{{ courseRuns({BY_TITLE}, {CCX}) {COUNTED} }}": {
        "nobody": "0", "run": "1 A", "ccx": "1 C", "org": "3 A B C", "creator": "0", "all": "4 A B C H",
    },
    f'{{ courseRuns({BY_TITLE}, filter: {{search: "x"}}) {COUNTED} }}': {
        "nobody": "0", "run": "1 A", "ccx": "0", "org": "2 A B", "creator": "0", "all": "3 A B H",
    },
    f"{{ courseRuns({BY_TITLE}, filter: {{status: ARCHIVED}}) {COUNTED} }}": {
        "nobody": "0", "run": "0", "ccx": "0", "org": "1 B", "creator": "0", "all": "2 B H",
    },
    f"{{ courseRuns({BY_TITLE}, first: 1) {{ nodes {{ title }} pageInfo {{ hasNextPage }} }} }}": {
        "nobody": "False", "run": "A False", "ccx": "False", "org": "A True", "creator": "False", "all": "A True",
    },
    f"{{ catalogCourses {COUNTED} }}": {
        "nobody": "0", "run": "1 circuits", "ccx": "1 circuits", "org": "2 circuits empty",
        "creator": "2 circuits empty", "all": "4 circuits cs50 empty void",
    },
    # The course is found by its run's code or status only if the viewer may see the run.
    f'{{ catalogCourses(filter: {{search: "B"}}) {COUNTED} }}': {
        "nobody": "0", "run": "0", "ccx": "0", "org": "1 circuits", "creator": "0", "all": "1 circuits",
    },
    f"{{ catalogCourses(filter: {{status: ARCHIVED}}) {COUNTED} }}": {
        "nobody": "0", "run": "0", "ccx": "0", "org": "1 circuits", "creator": "0", "all": "2 circuits cs50",
    },
    f"{{ catalogCourses(filter: {{status: ACTIVE}}) {COUNTED} }}": {
        "nobody": "0", "run": "1 circuits", "ccx": "0", "org": "1 circuits", "creator": "0", "all": "1 circuits",
    },
    f"{{ catalogCourses(filter: {{status: ACTIVE, includeCcx: true}}) {COUNTED} }}": {
        "nobody": "0", "run": "1 circuits", "ccx": "1 circuits", "org": "1 circuits", "creator": "0",
        "all": "1 circuits",
    },
    f"{{ catalogCourses(filter: {{hasRuns: true}}) {COUNTED} }}": {
        "nobody": "0", "run": "1 circuits", "ccx": "0", "org": "1 circuits", "creator": "0", "all": "2 circuits cs50",
    },
    f"{{ catalogCourses(filter: {{hasRuns: true, includeCcx: true}}) {COUNTED} }}": {
        "nobody": "0", "run": "1 circuits", "ccx": "1 circuits", "org": "1 circuits", "creator": "0",
        "all": "2 circuits cs50",
    },
    f"{{ catalogCourses(filter: {{hasRuns: false}}) {COUNTED} }}": {
        "nobody": "0", "run": "0", "ccx": "1 circuits", "org": "1 empty", "creator": "2 circuits empty",
        "all": "2 empty void",
    },
    f"{{ catalogCourses(filter: {{hasRuns: false, includeCcx: true}}) {COUNTED} }}": {
        "nobody": "0", "run": "0", "ccx": "0", "org": "1 empty", "creator": "2 circuits empty", "all": "2 empty void",
    },
    "{ organizations { totalCount nodes { orgCode } } }": dict.fromkeys(COLUMNS, "2 HarvardX MITx"),
    # Nested lists, on every path.
    f"{{ organizations {{ nodes {{ courseRuns({BY_TITLE}, {CCX}) {COUNTED} }} }} }}": {
        "nobody": "0 0", "run": "0 1 A", "ccx": "0 1 C", "org": "0 3 A B C", "creator": "0 0", "all": "1 H 3 A B C",
    },
    f"{{ organizations {{ nodes {{ catalogCourses {COUNTED} }} }} }}": {
        "nobody": "0 0", "run": "0 1 circuits", "ccx": "0 1 circuits", "org": "0 2 circuits empty",
        "creator": "0 2 circuits empty", "all": "2 cs50 void 2 circuits empty",
    },
    f"{{ catalogCourses {{ nodes {{ title runs({BY_TITLE}, {CCX}) {COUNTED} }} }} }}": {
        "nobody": "", "run": "circuits 1 A", "ccx": "circuits 1 C", "org": "circuits 3 A B C empty 0",
        "creator": "circuits 0 empty 0", "all": "circuits 3 A B C cs50 1 H empty 0 void 0",
    },
    f"{{ courseRuns({BY_TITLE}, first: 1) {{ nodes {{ catalogCourse {{ runs({BY_TITLE}, {CCX}) {COUNTED} }} }} }} }}": {
        "nobody": "", "run": "1 A", "ccx": "", "org": "3 A B C", "creator": "", "all": "3 A B C",
    },
    f"{{ courseRuns({BY_TITLE}, {CCX}, first: 1) {{ edges {{ node {{ catalogCourse {{ org {{ "
    f"catalogCourses {COUNTED} courseRuns({BY_TITLE}) {COUNTED} }} }} }} }} }} }}": {
        "nobody": "", "run": "1 circuits 1 A", "ccx": "1 circuits 0", "org": "2 circuits empty 2 A B",
        "creator": "", "all": "2 circuits empty 2 A B",
    },
    f"{{ viewer {{ creatableOrganizations {{ totalCount nodes {{ orgCode courseRuns {COUNTED} }} }} }} }}": {
        "nobody": "0", "run": "0", "ccx": "0", "org": "0", "creator": "1 MITx 0", "all": "2 HarvardX 1 H MITx 2 B A",
    },
    # Single objects: by id, and by key.
    f"{{ nodes(ids: [{IDS}]) {{ ... on CourseRun {{ title }} ... on CatalogCourse {{ title }} }} }}": {
        "nobody": "None None None None None None", "run": "A None None None circuits None",
        "ccx": "None None C None circuits None", "org": "A B C None circuits None",
        "creator": "None None None None circuits None", "all": "A B C H circuits void",
    },
    **{
        f'{{ node(id: "{encode_id("CourseRun", key)}") {{ ... on CourseRun {{ title }} }} }}': expected
        for key, expected in {
            A: {"nobody": "None", "run": "A", "ccx": "None", "org": "A", "creator": "None", "all": "A"},
            C: {"nobody": "None", "run": "None", "ccx": "C", "org": "C", "creator": "None", "all": "C"},
        }.items()
    },
    f'{{ courseRun(courseKey: "{B}") {{ title }} }}': {
        "nobody": "None", "run": "None", "ccx": "None", "org": "B", "creator": "None", "all": "B",
    },
    f'{{ catalogCourse(key: "{EMPTY}") {{ title }} }}': {
        "nobody": "None", "run": "None", "ccx": "None", "org": "empty", "creator": "empty", "all": "empty",
    },
    f'{{ catalogCourse(key: "{CIRCUITS}") {{ runs({BY_TITLE}) {COUNTED} }} }}': {
        "nobody": "None", "run": "1 A", "ccx": "0", "org": "2 A B", "creator": "0", "all": "2 A B",
    },
    f'{{ organization(orgCode: "mitx") {{ orgCode courseRuns({BY_TITLE}) {COUNTED} }} }}': {
        "nobody": "MITx 0", "run": "MITx 1 A", "ccx": "MITx 0", "org": "MITx 2 A B", "creator": "MITx 0",
        "all": "MITx 2 A B",
    },
}  # fmt: skip


def leaves(value: Any) -> list[str]:
    """Return the leaves of a response, in order."""
    if isinstance(value, dict):
        value = list(value.values())
    return [leaf for item in value for leaf in leaves(item)] if isinstance(value, list) else [str(value)]


class TestReading:
    @pytest.mark.parametrize("query", SEEN)
    def test_shows_what_may_be_seen(self, ask_as, query):
        answers = {viewer: ask_as(viewer, query) for viewer in SIGNED_IN}

        expected = {viewer: SEEN[query][column] for column, viewers in COLUMNS.items() for viewer in viewers}
        assert {viewer: " ".join(leaves(answer["data"])) for viewer, answer in answers.items()} == expected
        assert not [answer for answer in answers.values() if "errors" in answer]

    @pytest.mark.parametrize("query", [*SEEN, "{ nodes(ids: []) { id } }"])
    def test_shows_nothing_to_who_has_not_signed_in(self, ask_as, query):
        for answer in (ask_as("anonymous", query), ask_as("inactive", query)):
            assert not any((answer["data"] or {}).values())
            assert [error["extensions"] for error in answer["errors"]] == [{"code": "UNAUTHENTICATED"}]

    @pytest.mark.parametrize("viewer", ["anonymous", "inactive"])
    def test_tells_anybody_that_they_have_not_signed_in(self, ask_as, viewer):
        answer = ask_as(
            viewer, "{ __typename viewer { isAuthenticated username isGlobalStaff canCreateOrganizations } }"
        )

        expected = {"isAuthenticated": False, "username": None, "isGlobalStaff": False, "canCreateOrganizations": False}
        assert answer == {"data": {"__typename": "Query", "viewer": expected}}
