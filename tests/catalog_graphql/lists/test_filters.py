"""Filters: which rows a list contains."""

import datetime

import pytest

from catalog_graphql.catalog.records import CatalogCourse
from catalog_graphql.catalog.search_text import mend

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


class TestOrganizationFilter:
    @pytest.fixture(autouse=True)
    def organizations(self, make_organization):
        make_organization("MITx", name="Massachusetts Institute of Technology")
        make_organization("HarvardX", name="Harvard University")
        make_organization("Old_Uni", name="100% Old", active=False)

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            (None, ["HarvardX", "MITx", "Old_Uni"]),
            ({}, ["HarvardX", "MITx", "Old_Uni"]),
            ({"search": "uni"}, ["HarvardX", "Old_Uni"]),
            ({"search": "  uni HARV "}, ["HarvardX"]),
            ({"search": "tech mitx"}, ["MITx"]),
            ({"search": "100%"}, ["Old_Uni"]),
            ({"search": "%"}, ["Old_Uni"]),
            ({"search": "_"}, ["Old_Uni"]),
            ({"search": ""}, ["HarvardX", "MITx", "Old_Uni"]),
            ({"search": None, "isActive": None}, ["HarvardX", "MITx", "Old_Uni"]),
            ({"search": "nobody"}, []),
            ({"orgCodes": ["mitx", "HARVARDX", "nobody"]}, ["HarvardX", "MITx"]),
            ({"orgCodes": []}, []),
            ({"isActive": True}, ["HarvardX", "MITx"]),
            ({"isActive": False}, ["Old_Uni"]),
            ({"isActive": False, "orgCodes": ["MITx"]}, []),
        ],
    )
    def test_lists(self, ask, asked, expected):
        answer = ask(
            "query ($asked: OrganizationFilter) { organizations(filter: $asked) { totalCount nodes { orgCode } } }",
            asked=asked,
        )

        nodes = [{"orgCode": org_code} for org_code in expected]
        assert answer == {"data": {"organizations": {"totalCount": len(expected), "nodes": nodes}}}


class TestCatalogCourseFilter:
    @pytest.fixture(autouse=True)
    def catalog(self, make_run, make_catalog_course):
        make_run("MITx", "6.002x", "3T2012", title="Circuits, fall", schedule={"end": NOW - DAY})
        make_run("MITx", "6.002x", "1T2030", title="Circuits, spring", schedule={"end": NOW + DAY})
        make_run("HarvardX", "CS50x", "2014", title="This is CS50", schedule={"end": NOW - DAY})
        make_run("HarvardX", "CS51x", "2030")
        make_catalog_course("MITx", "8.02x", title="Electricity", language="fr-ca")
        make_run("MITx", "9.01x", "2013", course_key="ccx-v1:MITx+9.01x+2013+ccx@1", title="Coached", created=NOW)
        CatalogCourse.objects.filter(course_code="6.002x").update(title="Electronics", created=NOW - 9 * DAY)
        mend(CatalogCourse)

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            (None, ["6.002x", "8.02x", "9.01x", "CS50x", "CS51x"]),
            ({"search": "electr"}, ["6.002x", "8.02x"]),
            ({"search": "electr mitx"}, ["6.002x", "8.02x"]),
            ({"search": "electr 3t2012"}, ["6.002x"]),
            ({"search": "circuits 3t2012 spring"}, ["6.002x"]),
            ({"search": "this cs50"}, ["CS50x"]),
            ({"search": "harvard"}, ["CS50x", "CS51x"]),
            ({"orgCodes": ["MITX"]}, ["6.002x", "8.02x", "9.01x"]),
            ({"orgCodes": []}, []),
            ({"languages": ["FR-ca"]}, ["8.02x"]),
            ({"languages": ["fr-ca", "en"]}, ["6.002x", "8.02x", "9.01x", "CS50x", "CS51x"]),
            ({"languages": []}, []),
            ({"status": "ACTIVE"}, ["6.002x", "CS51x"]),
            ({"status": "ARCHIVED"}, ["6.002x", "CS50x"]),
            ({"hasRuns": True}, ["6.002x", "CS50x", "CS51x"]),
            ({"hasRuns": False}, ["8.02x", "9.01x"]),
            ({"search": "coached"}, []),
            ({"search": "2013", "includeCcx": False}, []),
            ({"search": "coached 2013", "includeCcx": True}, ["9.01x"]),
            ({"status": "ACTIVE", "includeCcx": None}, ["6.002x", "CS51x"]),
            ({"status": "ACTIVE", "includeCcx": True}, ["6.002x", "9.01x", "CS51x"]),
            ({"hasRuns": True, "includeCcx": False}, ["6.002x", "CS50x", "CS51x"]),
            ({"hasRuns": True, "includeCcx": True}, ["6.002x", "9.01x", "CS50x", "CS51x"]),
            ({"hasRuns": False, "includeCcx": True}, ["8.02x"]),
            ({"createdOnOrBefore": (NOW - 9 * DAY).isoformat()}, ["6.002x"]),
            ({"createdOnOrAfter": (NOW - 8 * DAY).isoformat()}, ["8.02x", "9.01x", "CS50x", "CS51x"]),
            ({"orgCodes": ["HarvardX"], "status": "ARCHIVED"}, ["CS50x"]),
        ],
    )
    def test_lists(self, ask, asked, expected):
        answer = ask(
            """query ($asked: CatalogCourseFilter) {
                catalogCourses(filter: $asked, orderBy: {field: COURSE_CODE}) { totalCount nodes { courseCode } }
            }""",
            asked=asked,
        )

        nodes = [{"courseCode": course_code} for course_code in expected]
        assert answer == {"data": {"catalogCourses": {"totalCount": len(expected), "nodes": nodes}}}

    @pytest.mark.parametrize("include_ccx", [False, True])
    @pytest.mark.parametrize(
        "condition", ["hasRuns: true", "status: ACTIVE", "status: ARCHIVED", 'search: "coached"', 'search: "3t2012"']
    )
    def test_finds_by_a_run_only_what_lists_that_run(self, ask, condition, include_ccx):
        answer = ask(
            f"""query ($ccx: Boolean!) {{
                catalogCourses(filter: {{{condition}, includeCcx: $ccx}}) {{
                    nodes {{ courseCode runs(filter: {{includeCcx: $ccx}}) {{ totalCount }} }}
                }}
            }}""",
            ccx=include_ccx,
        )

        courses = answer["data"]["catalogCourses"]["nodes"]
        assert [course for course in courses if not course["runs"]["totalCount"]] == []


class TestCourseRunFilter:
    @pytest.fixture(autouse=True)
    def catalog(self, make_run):
        make_run("MITx", "6.002x", "A", title="Circuits", schedule={"start": NOW - 9 * DAY, "end": NOW - DAY})
        make_run("MITx", "6.002x", "B", title="Circuits", schedule={"start": NOW - DAY, "end": NOW + DAY})
        make_run("MITx", "6.002x", "C", title="Circuits", schedule={"start": NOW + 9 * DAY})
        make_run("MITx", "6.002x", "D", title="Plans", created=NOW - 9 * DAY)
        make_run("HarvardX", "CS50x", "E", title="Culture \U0001f600", schedule={})
        make_run("HarvardX", "CS50x", "F", course_key="ccx-v1:HarvardX+CS50x+F+ccx@1", title="Coached")
        CatalogCourse.objects.filter(course_code="CS50x").update(language="pt-br")

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            (None, "ABCDE"),
            ({}, "ABCDE"),
            ({"includeCcx": False}, "ABCDE"),
            ({"includeCcx": None}, "ABCDE"),
            ({"includeCcx": True}, "ABCDEF"),
            ({"search": "CIRCUITS"}, "ABC"),
            ({"search": "circuits course-v1:mitx+6.002X+b"}, "B"),
            ({"search": "\U0001f600"}, "E"),
            ({"search": "cs50x"}, "E"),
            ({"search": "cs50x", "includeCcx": True}, "EF"),
            ({"orgCodes": ["mitx"]}, "ABCD"),
            ({"orgCodes": []}, ""),
            ({"languages": ["pt-BR"]}, "E"),
            ({"status": "ARCHIVED"}, "A"),
            ({"status": "ACTIVE"}, "BCDE"),
            ({"startOnOrAfter": (NOW - DAY).isoformat()}, "BC"),
            ({"startOnOrBefore": (NOW - DAY).isoformat()}, "AB"),
            ({"startOnOrAfter": (NOW - 2 * DAY).isoformat(), "startOnOrBefore": NOW.isoformat()}, "B"),
            ({"createdOnOrBefore": (NOW - 9 * DAY).isoformat()}, "D"),
            ({"createdOnOrAfter": (NOW - 8 * DAY).isoformat()}, "ABCE"),
        ],
    )
    def test_lists(self, ask, asked, expected):
        answer = ask(
            """query ($asked: CourseRunFilter) {
                courseRuns(filter: $asked, orderBy: {field: RUN_CODE}) { totalCount nodes { runCode } }
            }""",
            asked=asked,
        )

        nodes = [{"runCode": run_code} for run_code in expected]
        assert answer == {"data": {"courseRuns": {"totalCount": len(expected), "nodes": nodes}}}

    def test_agrees_with_the_status_it_lists(self, ask):
        answer = ask(
            """{
                active: courseRuns(filter: {status: ACTIVE}) { nodes { status } }
                archived: courseRuns(filter: {status: ARCHIVED}) { nodes { status } }
            }"""
        )

        assert answer == {
            "data": {
                "active": {"nodes": [{"status": "ACTIVE"}] * 4},
                "archived": {"nodes": [{"status": "ARCHIVED"}]},
            }
        }

    @pytest.mark.parametrize(
        ("asked", "path"),
        [
            ({"startOnOrAfter": "2026-01-01T00:00:00"}, ["asked", "startOnOrAfter"]),
            ({"startOnOrAfter": "2026-01-01"}, ["asked", "startOnOrAfter"]),
            ({"startOnOrAfter": "2026-02-30T00:00:00Z"}, ["asked", "startOnOrAfter"]),
            ({"startOnOrAfter": "0001-01-01T00:00:00+01:00"}, ["asked", "startOnOrAfter"]),
            ({"startOnOrAfter": 5}, ["asked", "startOnOrAfter"]),
            ({"orgCodes": ["MITx", None]}, ["asked", "orgCodes", "1"]),
            ({"status": "OVER"}, ["asked", "status"]),
            ({"unknown": 1}, ["asked"]),
            ({"search": "a\0b"}, ["filter", "search"]),
            ({"search": "\ud800"}, ["asked", "search"]),
            ({"orgCodes": ["MITx", "a\0b"]}, ["filter", "orgCodes", "1"]),
            ({"languages": ["a\0b"]}, ["filter", "languages", "0"]),
        ],
    )
    def test_says_what_is_malformed_and_where(self, ask, asked, path):
        answer = ask(
            "query ($asked: CourseRunFilter) { courseRuns(filter: $asked) { totalCount } }",
            asked=asked,
        )

        assert answer.get("data") is None
        assert [error["extensions"] for error in answer["errors"]] == [{"code": "BAD_USER_INPUT", "inputPath": path}]

    def test_says_where_in_the_document(self, ask):
        answer = ask(
            """{
                courseRuns(filter: {startOnOrAfter: "2026-01-01T00:00:00", orgCodes: ["MITx", 5]}) { totalCount }
            }"""
        )

        assert sorted(error["extensions"]["inputPath"] for error in answer["errors"]) == [
            ["filter", "orgCodes", "1"],
            ["filter", "startOnOrAfter"],
        ]
