"""The checker of responses accepts those that conform, and nothing else."""

import pytest
from graphql import parse

from tests.conformance.answers import problems

DOCUMENT = parse("""{
    viewer { name: username isGlobalStaff }
    courseRuns { totalCount }
    nodes(ids: ["a", "b"]) { __typename ... on CourseRun { courseKey status created schedule { start } } }
}""")
RUN = {
    "__typename": "CourseRun",
    "courseKey": "course-v1:MITx+6.002x+R1",
    "status": "ACTIVE",
    "created": "2012-01-01T00:00:00Z",
    "schedule": None,
}
DATA = {
    "viewer": {"name": None, "isGlobalStaff": True},
    "courseRuns": {"totalCount": 1},
    "nodes": [RUN, {"__typename": "Organization"}, None],
}
ERROR = {"message": "No.", "extensions": {"code": "FORBIDDEN"}}


def with_run(**fields):
    return DATA | {"nodes": [RUN | fields]}


class TestProblems:
    @pytest.mark.parametrize(
        "answer",
        [
            {"data": DATA},
            {"data": DATA, "extensions": {"a": 1}},
            {"errors": [ERROR]},
            {"errors": [ERROR | {"locations": [{"line": 1, "column": 1}]}]},
            {"data": None, "errors": [ERROR | {"path": ["courseRuns", "totalCount"]}]},
            {"data": DATA, "errors": [ERROR | {"path": ["nodes", 2]}]},
            {"data": DATA, "errors": [ERROR | {"path": ["nodes", 2, "courseKey"]}]},
        ],
    )
    def test_are_none_of_what_conforms(self, answer):
        assert problems(DOCUMENT, answer) == []

    @pytest.mark.parametrize(
        "answer",
        [
            None, [], "data", {}, {"data": None}, {"data": DATA, "else": 1}, {"data": DATA, "errors": []},
            {"errors": ERROR}, {"errors": ["No."]}, {"errors": [{"message": "No."}]},
            {"errors": [ERROR | {"message": 1}]}, {"errors": [ERROR | {"extensions": {"code": 1}}]},
            {"errors": [ERROR | {"code": "FORBIDDEN"}]},
            {"errors": [ERROR | {"locations": [{"line": 0, "column": 1}]}]},
            {"data": DATA, "errors": [ERROR | {"path": ["nodes", 0]}]},
            {"data": DATA, "errors": [ERROR | {"path": ["nodes", 3]}]},
            {"data": DATA, "errors": [ERROR | {"path": ["viewer", "username"]}]},
        ],
    )  # fmt: skip
    def test_are_in_what_is_no_response(self, answer):
        assert len(problems(DOCUMENT, answer)) == 1

    @pytest.mark.parametrize(
        "data",
        [
            [], {}, DATA | {"more": 1}, DATA | {"viewer": None}, DATA | {"viewer": {"isGlobalStaff": True}},
            DATA | {"viewer": {"isGlobalStaff": True, "name": None}},
            DATA | {"viewer": {"name": 1, "isGlobalStaff": True}},
            DATA | {"viewer": {"name": "a", "isGlobalStaff": 1}}, DATA | {"courseRuns": {"totalCount": "1"}},
            DATA | {"courseRuns": {"totalCount": True}}, DATA | {"courseRuns": {"totalCount": 2**31}},
            DATA | {"nodes": None}, DATA | {"nodes": RUN}, DATA | {"nodes": [{}]},
            DATA | {"nodes": [{"__typename": "Viewer"}]}, with_run(__typename="Organization"), with_run(status="OVER"),
            with_run(status=None), with_run(created="2012-01-01"), with_run(created=2012), with_run(courseKey="MITx"),
            with_run(schedule={}), with_run(schedule=[]), with_run(title="Circuits"),
        ],
    )  # fmt: skip
    def test_are_in_data_that_the_schema_does_not_have(self, data):
        assert problems(DOCUMENT, {"data": data}) != []
