"""Mutations that create, update and delete course runs."""

import datetime

import pytest

from catalog_graphql.catalog.records import CourseRun, CourseSchedule
from catalog_graphql.schema.ids import encode_id
from tests.catalog_graphql.schema.mutations.conftest import found

RUN = "courseRun { courseKey title schedule { start end } }"
COURSE_KEY = "catalog-course:MITx:6.002x"
KEY = "course-v1:MITx+6.002x+3T2012"
START, END = "2012-09-05T00:00:00Z", "2012-12-25T00:00:00Z"


class TestCreateCourseRun:
    @pytest.fixture(autouse=True)
    def catalog_course(self, make_catalog_course):
        return make_catalog_course("MITx", "6.002x", title="Circuits")

    @pytest.mark.parametrize(
        ("fields", "shown"),
        [
            ({}, {}),
            ({"title": None, "schedule": None}, {}),
            ({"title": " Circuits, fall "}, {"title": "Circuits, fall"}),
            ({"schedule": {"start": START, "end": END}}, {"schedule": {"start": START, "end": END}}),
            ({"schedule": {"start": "2012-09-05T02:00:00+02:00"}}, {"schedule": {"start": START, "end": None}}),
            ({"schedule": {}}, {}),
        ],
    )
    def test_creates_it(self, mutate, fields, shown):
        payload = mutate("createCourseRun", RUN, catalogCourseKey=COURSE_KEY, runCode=" 3T2012 ", **fields)

        expected = {"courseKey": KEY, "title": "Circuits", "schedule": None}
        assert payload == {"courseRun": expected | shown, "errors": [], "clientMutationId": None}

    @pytest.mark.parametrize("run_code", ["3T2012", "3t2012"])
    def test_hands_back_the_one_in_the_way_whatever_its_capitals(self, mutate, make_run, run_code):
        make_run("MITx", "6.002x", "3T2012", title="Mine")

        payload = mutate(
            "createCourseRun",
            f"{RUN} existing {{ courseKey title }}",
            catalogCourseKey=COURSE_KEY,
            runCode=run_code,
            title="Yours",
        )

        assert payload["courseRun"] is None
        assert payload["existing"] == {"courseKey": KEY, "title": "Mine"}
        assert found(payload) == [("ALREADY_EXISTS", ["runCode"])]

    @pytest.mark.parametrize(
        ("fields", "errors"),
        [
            ({"runCode": " "}, [("REQUIRED", ["runCode"])]),
            ({"runCode": "3T 2012"}, [("INVALID", ["runCode"])]),
            ({"runCode": "3T+2012"}, [("INVALID", ["runCode"])]),
            ({"runCode": "\0"}, [("INVALID", ["runCode"])]),
            ({"runCode": "x" * 250}, [("TOO_LONG", ["runCode"])]),
            (
                {"runCode": "a b", "title": "x" * 256, "schedule": {"start": END, "end": START}},
                [("INVALID", ["runCode"]), ("TOO_LONG", ["title"]), ("INVALID", ["schedule", "end"])],
            ),
            (
                {"schedule": {"enrollmentStart": END, "enrollmentEnd": START}},
                [("INVALID", ["schedule", "enrollmentEnd"])],
            ),
            ({"catalogCourseKey": "catalog-course:MITx:8.02x"}, [("NOT_FOUND", ["catalogCourseKey"])]),
        ],
    )
    def test_says_all_that_is_wrong(self, mutate, fields, errors):
        payload = mutate("createCourseRun", RUN, **{"catalogCourseKey": COURSE_KEY, "runCode": "3T2012", **fields})

        assert payload["courseRun"] is None
        assert found(payload) == errors
        assert not CourseRun.objects.exists()

    def test_says_what_would_be_right(self, mutate):
        payload = mutate("createCourseRun", RUN, catalogCourseKey=COURSE_KEY, runCode="a b")

        assert payload["errors"][0]["message"] == "The run code may hold letters, digits, - . _ ~ and :."

    def test_needs_an_offset_in_dates(self, ask):
        answer = ask(
            "mutation ($input: CreateCourseRunInput!) { createCourseRun(input: $input) { errors { code } } }",
            input={"catalogCourseKey": COURSE_KEY, "runCode": "R", "schedule": {"start": "2012-09-05T00:00:00"}},
        )

        assert answer["errors"][0]["extensions"] == {
            "code": "BAD_USER_INPUT",
            "inputPath": ["input", "schedule", "start"],
        }

    def test_answers_with_whatever_any_query_could_read(self, mutate, make_run):
        make_run("MITx", "6.002x", "1T2013")

        payload = mutate(
            "createCourseRun",
            """courseRun {
                catalogCourse { runs(orderBy: {field: RUN_CODE}) { totalCount edges { node { runCode } } } }
            }""",
            catalogCourseKey=COURSE_KEY,
            runCode="3T2012",
        )

        runs = payload["courseRun"]["catalogCourse"]["runs"]
        assert runs == {"totalCount": 2, "edges": [{"node": {"runCode": "1T2013"}}, {"node": {"runCode": "3T2012"}}]}


class TestUpdateCourseRun:
    @pytest.fixture(autouse=True)
    def course_run(self, make_run):
        schedule = {"start": datetime.datetime(2012, 9, 5, tzinfo=datetime.UTC)}
        return make_run("MITx", "6.002x", "3T2012", title="Circuits", schedule=schedule)

    @pytest.mark.parametrize(
        ("fields", "title", "schedule"),
        [
            ({}, "Circuits", {"start": START, "end": None}),
            ({"title": " Electronics "}, "Electronics", {"start": START, "end": None}),
            ({"schedule": {"end": END}}, "Circuits", {"start": START, "end": END}),
            ({"schedule": {"start": None, "end": END}}, "Circuits", {"start": None, "end": END}),
            ({"schedule": {"start": None}}, "Circuits", None),
            ({"schedule": None}, "Circuits", None),
            ({"schedule": {}}, "Circuits", {"start": START, "end": None}),
            ({"title": "Electronics", "expectedTitle": "Circuits"}, "Electronics", {"start": START, "end": None}),
        ],
    )
    def test_changes_what_is_given(self, mutate, fields, title, schedule):
        payload = mutate("updateCourseRun", RUN, courseKey=KEY, **fields)

        assert payload == {
            "courseRun": {"courseKey": KEY, "title": title, "schedule": schedule},
            "errors": [],
            "clientMutationId": None,
        }

    @pytest.mark.parametrize(
        ("fields", "errors"),
        [
            ({"title": None}, [("REQUIRED", ["title"])]),
            ({"title": "x", "expectedTitle": "circuits"}, [("STALE", ["expectedTitle"])]),
            ({"schedule": {"end": "2012-09-04T00:00:00Z"}}, [("INVALID", ["schedule", "end"])]),
        ],
    )
    def test_says_all_that_is_wrong(self, mutate, fields, errors):
        payload = mutate("updateCourseRun", RUN, courseKey=KEY, **fields)

        assert payload["courseRun"] is None
        assert found(payload) == errors
        assert CourseRun.objects.get().title == "Circuits"
        assert CourseSchedule.objects.get().end is None

    def test_does_not_find_what_is_not_there(self, mutate):
        payload = mutate("updateCourseRun", RUN, courseKey="course-v1:MITx+6.002x+1T2013", title="Mine")

        assert found(payload) == [("NOT_FOUND", ["courseKey"])]


class TestDeleteCourseRun:
    def test_deletes_it_and_leaves_its_key_free(self, mutate, make_run):
        make_run("MITx", "6.002x", "3T2012", schedule={})

        deleted = mutate("deleteCourseRun", "deletedId", courseKey=KEY)
        again = mutate("createCourseRun", RUN, catalogCourseKey=COURSE_KEY, runCode="3t2012")

        assert deleted == {"deletedId": encode_id("CourseRun", KEY), "errors": [], "clientMutationId": None}
        assert again["courseRun"]["courseKey"] == "course-v1:MITx+6.002x+3t2012"
        assert not CourseSchedule.objects.exists()

    def test_does_not_find_what_is_not_there(self, mutate):
        assert found(mutate("deleteCourseRun", "deletedId", courseKey=KEY)) == [("NOT_FOUND", ["courseKey"])]
