"""The lists: pages, cursors, orders."""

import datetime
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule

UTC = datetime.UTC
SESSION_AND_USER = 2

RUNS = """query (
    $first: Int, $after: String, $last: Int, $before: String, $offset: Int, $orderBy: CourseRunOrder
) {
    courseRuns(first: $first, after: $after, last: $last, before: $before, offset: $offset, orderBy: $orderBy) {
        edges { cursor node { runCode } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        totalCount
    }
}"""
BY_RUN_CODE = {"field": "RUN_CODE", "direction": "ASC"}


@pytest.fixture
def runs(make_run):
    """Five runs, A to E."""
    return [make_run(run_code=run_code) for run_code in "ABCDE"]


def run_codes(connection):
    return [edge["node"]["runCode"] for edge in connection["edges"]]


class TestPage:
    @pytest.mark.parametrize(
        ("arguments", "expected", "has_previous_page", "has_next_page"),
        [
            ({}, "ABCDE", False, False),
            ({"first": 2}, "AB", False, True),
            ({"first": 5}, "ABCDE", False, False),
            ({"first": 0}, "", False, True),
            ({"last": 2}, "DE", True, False),
            ({"last": 5}, "ABCDE", False, False),
            ({"first": 2, "offset": 2}, "CD", True, True),
            ({"offset": 3}, "DE", True, False),
            ({"offset": 9}, "", True, False),
        ],
    )
    def test_holds_the_rows_asked_for(self, ask, runs, arguments, expected, has_previous_page, has_next_page):
        connection = ask(RUNS, orderBy=BY_RUN_CODE, **arguments)["data"]["courseRuns"]

        assert run_codes(connection) == list(expected)
        cursors = [edge["cursor"] for edge in connection["edges"]]
        assert connection["pageInfo"] == {
            "hasNextPage": has_next_page,
            "hasPreviousPage": has_previous_page,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        }
        assert connection["totalCount"] == 5

    @pytest.mark.parametrize(
        ("arguments", "expected", "has_previous_page", "has_next_page"),
        [
            ({"after": "B"}, "CDE", True, False),
            ({"first": 2, "after": "B"}, "CD", True, True),
            ({"last": 2, "after": "B"}, "DE", True, False),
            ({"before": "D"}, "ABC", False, False),
            ({"last": 2, "before": "D"}, "BC", True, True),
            ({"first": 2, "before": "D"}, "AB", False, True),
            ({"after": "A", "before": "E"}, "BCD", True, False),
            ({"after": "E"}, "", True, False),
        ],
    )
    def test_lies_between_its_cursors(self, ask, runs, arguments, expected, has_previous_page, has_next_page):
        everything = ask(RUNS, orderBy=BY_RUN_CODE)["data"]["courseRuns"]
        cursors = dict(zip("ABCDE", (edge["cursor"] for edge in everything["edges"]), strict=True))
        arguments = {name: cursors.get(value, value) for name, value in arguments.items()}

        connection = ask(RUNS, orderBy=BY_RUN_CODE, **arguments)["data"]["courseRuns"]

        assert run_codes(connection) == list(expected)
        assert connection["pageInfo"]["hasPreviousPage"] is has_previous_page
        assert connection["pageInfo"]["hasNextPage"] is has_next_page

    def test_has_twenty_rows_unless_told(self, ask, make_run):
        for number in range(21):
            make_run(run_code=f"R{number}")

        assert len(ask(RUNS)["data"]["courseRuns"]["edges"]) == 20

    @pytest.mark.parametrize(
        ("arguments", "at_fault"),
        [
            ({"first": 101}, "first"),
            ({"first": -1}, "first"),
            ({"last": 101}, "last"),
            ({"last": -1}, "last"),
            ({"first": 1, "last": 1}, "last"),
            ({"offset": -1}, "offset"),
            ({"offset": 1, "last": 1}, "offset"),
            ({"offset": 1, "after": "x"}, "offset"),
            ({"after": ""}, "after"),
            ({"after": "nonsense"}, "after"),
            ({"before": "\U0001f600"}, "before"),
        ],
    )
    def test_refuses_what_does_not_make_sense(self, ask, runs, arguments, at_fault):
        answer = ask(RUNS, **arguments)

        assert answer["data"] is None
        assert [error["path"] for error in answer["errors"]] == [["courseRuns"]]
        assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": [at_fault]}

    def test_counts_only_where_it_is_asked(self, ask, runs, django_assert_num_queries):
        with django_assert_num_queries(SESSION_AND_USER + 1):
            ask("{ courseRuns { nodes { runCode } } }")

        with django_assert_num_queries(SESSION_AND_USER + 1):
            ask("{ courseRuns { totalCount } }")

        with django_assert_num_queries(SESSION_AND_USER + 2):
            ask("{ courseRuns { totalCount nodes { runCode } pageInfo { hasNextPage } edges { cursor } } }")

    @pytest.mark.parametrize("rows", ["nodes { %s }", "edges { node { %s } }", "nodes { title } edges { node { %s } }"])
    def test_needs_no_query_per_row_for_what_a_row_points_at(self, ask, runs, rows, django_assert_num_queries):
        fields = "title id status warnings schedule { start } catalogCourse { key orgCode org { name isActive } }"

        with django_assert_num_queries(SESSION_AND_USER + 1):
            answer = ask("{ courseRuns { %s } }" % (rows % fields))

        assert "errors" not in answer


class TestCursor:
    def test_is_good_for_no_other_order(self, ask, runs):
        cursor = ask(RUNS, first=1, orderBy=BY_RUN_CODE)["data"]["courseRuns"]["pageInfo"]["endCursor"]

        answer = ask(RUNS, first=1, after=cursor, orderBy=BY_RUN_CODE | {"direction": "DESC"})

        assert answer["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "inputPath": ["after"]}

    def test_is_good_for_no_other_list(self, ask, make_run):
        make_run(course_code="one")
        make_run(course_code="two")
        query = """query ($after: String) {
            catalogCourses(orderBy: {field: COURSE_CODE}) {
                nodes { courseCode runs(after: $after) { edges { cursor } } }
            }
        }"""
        one = ask(query)["data"]["catalogCourses"]["nodes"][0]

        answer = ask(query, after=one["runs"]["edges"][0]["cursor"])

        assert [error["path"] for error in answer["errors"]] == [["catalogCourses"]]

    def test_stays_good_when_its_row_is_gone(self, ask, runs):
        cursor = ask(RUNS, first=2, orderBy=BY_RUN_CODE)["data"]["courseRuns"]["pageInfo"]["endCursor"]
        runs[1].delete()

        connection = ask(RUNS, after=cursor, orderBy=BY_RUN_CODE)["data"]["courseRuns"]

        assert run_codes(connection) == ["C", "D", "E"]

    def test_stays_good_when_the_secret_key_is_rotated(self, ask, runs, settings):
        cursor = ask(RUNS, first=2, orderBy=BY_RUN_CODE)["data"]["courseRuns"]["pageInfo"]["endCursor"]
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another"

        connection = ask(RUNS, after=cursor, orderBy=BY_RUN_CODE)["data"]["courseRuns"]

        assert run_codes(connection) == ["C", "D", "E"]

    def test_tells_no_client_what_it_holds(self, ask, runs):
        first, second = (ask(RUNS)["data"]["courseRuns"]["edges"] for _ in range(2))

        assert first == second
        assert all("MITx" not in edge["cursor"] and len(edge["cursor"]) > 20 for edge in first)


class TestOrder:
    @pytest.fixture
    def catalog(self, make_run):
        """Runs with ties in every column that can have ties, in two organizations."""
        now = datetime.datetime(2026, 1, 1, tzinfo=UTC)
        starts = [None, now, now + datetime.timedelta(days=1), now, None, now]
        titles = ["Beta", "alpha", "Alpha", "gamma", "beta", "Alpha"]
        for number, (start, title) in enumerate(zip(starts, titles, strict=True)):
            make_run(
                org_code="MITx" if number % 2 else "HarvardX",
                course_code=f"C{number // 2}",
                run_code=f"R{number % 3}",
                title=title,
                created=now + datetime.timedelta(days=number // 3, microseconds=7),
                schedule=None if number == 0 else {"start": start},
            )
        CatalogCourse.objects.filter(course_code__in=["C0", "C2"]).update(title="Same")

    @pytest.mark.parametrize("direction", ["ASC", "DESC"])
    @pytest.mark.parametrize(
        ("field", "order_field", "node"),
        [
            *(("courseRuns", name, "courseKey") for name in ("TITLE", "COURSE_KEY", "RUN_CODE", "CREATED", "START")),
            *(("catalogCourses", name, "key") for name in ("TITLE", "ORG_CODE", "COURSE_CODE", "CREATED")),
            *(("organizations", name, "orgCode") for name in ("ORG_CODE", "NAME")),
        ],
    )
    def test_is_the_same_page_by_page_in_both_directions(self, ask, catalog, field, order_field, node, direction):
        query = f"""query ($first: Int, $after: String, $last: Int, $before: String) {{
            {field}(
                first: $first, after: $after, last: $last, before: $before,
                orderBy: {{field: {order_field}, direction: {direction}}}
            ) {{
                nodes {{ {node} }}
                pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
            }}
        }}"""

        def walk(size, cursor, follow, more):
            arguments, pages = {size: 1}, []
            for _ in range(10):
                connection = ask(query, **arguments)["data"][field]
                pages.append([row[node] for row in connection["nodes"]])
                if not connection["pageInfo"][more]:
                    return pages
                arguments = {size: 2, follow: connection["pageInfo"][cursor]}
            raise AssertionError("the pages do not end")

        whole = [row[node] for row in ask(query)["data"][field]["nodes"]]
        forward = walk("first", "endCursor", "after", "hasNextPage")
        backward = walk("last", "startCursor", "before", "hasPreviousPage")

        assert len(whole) == len(set(whole)) > 1
        assert list(itertools.chain(*forward)) == whole
        assert list(itertools.chain(*reversed(backward))) == whole

    @pytest.mark.parametrize("direction", ["ASC", "DESC"])
    def test_lists_as_many_as_it_counts_where_an_organization_has_no_code(self, ask, make_catalog_course, direction):
        for org_code in ("", "MITx"):
            make_catalog_course(org_code, "6.002x")
        query = f"""query ($after: String) {{
            catalogCourses(first: 1, after: $after, orderBy: {{field: ORG_CODE, direction: {direction}}}) {{
                totalCount nodes {{ key }} pageInfo {{ endCursor }}
            }}
        }}"""

        first = ask(query)["data"]["catalogCourses"]
        second = ask(query, after=first["pageInfo"]["endCursor"])["data"]["catalogCourses"]

        assert first["totalCount"] == 2
        keys = ["catalog-course::6.002x", "catalog-course:MITx:6.002x"]
        assert [page["nodes"][0]["key"] for page in (first, second)] == (keys if direction == "ASC" else keys[::-1])

    def test_has_titles_case_aside(self, ask, catalog):
        answer = ask("{ courseRuns(orderBy: {field: TITLE}) { nodes { title } } }")

        titles = [run["title"].lower() for run in answer["data"]["courseRuns"]["nodes"]]
        assert titles == ["alpha", "alpha", "alpha", "beta", "beta", "gamma"]

    @pytest.mark.parametrize("direction", ["ASC", "DESC"])
    def test_has_runs_without_a_start_last(self, ask, catalog, direction):
        answer = ask(
            """query ($direction: OrderDirection!) {
                courseRuns(orderBy: {field: START, direction: $direction}) { nodes { schedule { start } } }
            }""",
            direction=direction,
        )

        starts = [(run["schedule"] or {}).get("start") for run in answer["data"]["courseRuns"]["nodes"]]
        ascending = ["2026-01-01T00:00:00Z"] * 3 + ["2026-01-02T00:00:00Z"]
        assert starts == (ascending if direction == "ASC" else ascending[::-1]) + [None, None]

    def test_is_newest_first_for_runs_and_by_title_for_catalog_courses_unless_told(self, ask, catalog):
        answer = ask("{ courseRuns { nodes { created } } catalogCourses { nodes { title } } }")

        created = [run["created"] for run in answer["data"]["courseRuns"]["nodes"]]
        titles = [course["title"].lower() for course in answer["data"]["catalogCourses"]["nodes"]]
        assert created == sorted(created, reverse=True)
        assert titles == sorted(titles)

    def test_repeats_and_skips_nothing_while_rows_are_added(self, ask, make_run, runs):
        query = """query ($after: String) {
            courseRuns(first: 2, after: $after, orderBy: {field: RUN_CODE}) {
                nodes { runCode } pageInfo { endCursor }
            }
        }"""
        seen, cursor = [], None

        for added in ("0", "BB", "EE"):
            connection = ask(query, after=cursor)["data"]["courseRuns"]
            seen += [run["runCode"] for run in connection["nodes"]]
            cursor = connection["pageInfo"]["endCursor"]
            make_run(run_code=added)

        assert seen == ["A", "B", "C", "D", "E"]

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_of_any_starts_and_titles_is_walked_whole(self, ask, make_catalog_course, data):
        rows = data.draw(
            st.lists(
                st.tuples(
                    st.sampled_from(["a", "A", "b", "\xe9", "\U0001f600", "Ä"]),
                    st.none() | st.integers(0, 2),
                ),
                max_size=9,
            )
        )
        order = data.draw(st.sampled_from(["START", "TITLE"]))
        direction = data.draw(st.sampled_from(["ASC", "DESC"]))
        size = data.draw(st.integers(1, 3))
        CourseSchedule.objects.all().delete()
        CourseRun.objects.all().delete()
        CatalogCourse.objects.all().delete()
        catalog_course = make_catalog_course()
        for number, (title, start) in enumerate(rows):
            run = CourseRun.objects.create(catalog_course=catalog_course, run_code=f"R{number}", title=title)
            if start is not None:
                CourseSchedule.objects.create(course_run=run, start=datetime.datetime(2026, 1, 1 + start, tzinfo=UTC))
        query = """query ($first: Int, $after: String, $by: CourseRunOrderField!, $direction: OrderDirection!) {
            courseRuns(first: $first, after: $after, orderBy: {field: $by, direction: $direction}) {
                nodes { runCode } pageInfo { hasNextPage endCursor }
            }
        }"""
        variables = {"by": order, "direction": direction}

        whole = [run["runCode"] for run in ask(query, **variables)["data"]["courseRuns"]["nodes"]]
        walked, cursor, more = [], None, True
        while more:
            connection = ask(query, first=size, after=cursor, **variables)["data"]["courseRuns"]
            walked += [run["runCode"] for run in connection["nodes"]]
            cursor, more = connection["pageInfo"]["endCursor"], connection["pageInfo"]["hasNextPage"]

        assert walked == whole
        assert sorted(whole) == [f"R{number}" for number in range(len(rows))]


class TestNestedList:
    def test_goes_as_deep_as_the_question(self, ask, make_run):
        make_run("HarvardX", "CS50x", "2015")
        make_run("MITx", "6.002x", "3T2012")
        make_run("MITx", "6.002x", "1T2013")
        make_run("MITx", "8.02x", "1T2013")

        answer = ask(
            """{ organizations(first: 5) { totalCount nodes {
                orgCode
                courseRuns { totalCount }
                catalogCourses(orderBy: {field: COURSE_CODE}) { totalCount nodes {
                    courseCode
                    newest: runs(first: 1, orderBy: {field: RUN_CODE}) { nodes { runCode } }
                    runs { totalCount nodes { catalogCourse { courseCode } } }
                } }
            } } }"""
        )

        def course(course_code, newest, count):
            return {
                "courseCode": course_code,
                "newest": {"nodes": [{"runCode": newest}]},
                "runs": {"totalCount": count, "nodes": [{"catalogCourse": {"courseCode": course_code}}] * count},
            }

        assert answer == {
            "data": {
                "organizations": {
                    "totalCount": 2,
                    "nodes": [
                        {
                            "orgCode": "HarvardX",
                            "courseRuns": {"totalCount": 1},
                            "catalogCourses": {"totalCount": 1, "nodes": [course("CS50x", "2015", 1)]},
                        },
                        {
                            "orgCode": "MITx",
                            "courseRuns": {"totalCount": 3},
                            "catalogCourses": {
                                "totalCount": 2,
                                "nodes": [course("6.002x", "1T2013", 2), course("8.02x", "1T2013", 1)],
                            },
                        },
                    ],
                }
            }
        }
