"""The cost of a document: the size of its largest possible response, known before execution."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

CIRCUITS, H = "catalog-course:MITx:6.002x", "course-v1:HarvardX+CS50x+H"

ROWS = '[{courseKey: "course-v1:MITx+6.002x+X", title: "X"}, {courseKey: "course-v1:MITx+6.002x+Y", title: "Y"}]'


def aliased(field: str, times: int) -> str:
    """Return a field under this many aliases."""
    return " ".join(f"a{number}: {field}" for number in range(times))


COSTS = [
    # Root fields.
    ("{ __typename }", 1),
    ("{ viewer { username } }", 1),
    ("{ a: viewer { username } b: viewer { isAuthenticated } }", 2),
    ("{ __typename @skip(if: true) viewer { username } }", 1),
    # Objects.
    (f'{{ courseRun(courseKey: "{H}") {{ title }} }}', 2),
    (f'{{ courseRun(courseKey: "{H}") {{ catalogCourse {{ title org {{ name }} }} }} }}', 4),
    (f'{{ courseRun(courseKey: "{H}") {{ schedule {{ start }} warnings }} }}', 2),
    ('{ node(id: "x") { id } }', 2),
    ('{ node(id: "x") { id ... on CourseRun { catalogCourse { title } } ... on Organization { name } } }', 3),
    ('{ nodes(ids: ["x", "y", "z"]) { id } }', 4),
    ('{ nodes(ids: ["x", "y"]) { ... on CourseRun { catalogCourse { title } } } }', 5),
    # Pages: the requested rows, however they are shown, and each count.
    ("{ courseRuns { nodes { title } } }", 21),
    ("{ courseRuns(first: 7) { nodes { title } edges { cursor node { title } } pageInfo { endCursor } } }", 8),
    ("{ courseRuns(last: 7) { pageInfo { startCursor } } }", 8),
    ("{ courseRuns(first: 7) { totalCount } }", 2),
    ("{ courseRuns(first: 7) { __typename totalCount nodes { title } } }", 9),
    ("{ courseRuns(first: 0) { nodes { title } } }", 2),
    ("{ courseRuns(first: 101) { nodes { title } } }", 101),
    ("{ courseRuns(first: null) { nodes { title } } }", 21),
    ("query ($n: Int = 5) { courseRuns(first: $n) { nodes { title } } }", 6),
    # Nested ones, times the rows above.
    ("{ catalogCourses(first: 3) { nodes { runs(first: 5) { totalCount nodes { title } } } } }", 1 + 3 + 3 + 15),
    ("{ catalogCourses(first: 3) { edges { node { runs(first: 5) { nodes { title } } } } } }", 1 + 3 + 15),
    ("{ catalogCourses(first: 3) { nodes { a: runs(first: 5) { totalCount } b: runs { totalCount } } } }", 1 + 3 + 6),
    ("{ catalogCourses(first: 3) { nodes { org { name } } } }", 1 + 3 + 3),
    ("{ viewer { creatableOrganizations(first: 4) { nodes { name } } } }", 1 + 4),
    (
        "query { catalogCourses(first: 2) { nodes { ...Runs ...Runs } } } "
        "fragment Runs on CatalogCourse { runs(first: 5) { nodes { title } } }",
        1 + 2 + 10,
    ),
    # A list that shows no rows.
    ("{ courseRuns(first: 7) { __typename } }", 1 + 1),
    ("{ catalogCourses(first: 3) { nodes { runs(first: 5) { __typename } } } }", 1 + 3 + 3),
    # Many fields: ten come with each object, list or root field.
    (f"{{ courseRuns(first: 7) {{ nodes {{ {aliased('title', 10)} }} }} }}", 1 + 7),
    (f"{{ courseRuns(first: 7) {{ nodes {{ {aliased('title', 11)} }} }} }}", 1 + 7 * 2),
    (f"{{ courseRuns(first: 7) {{ nodes {{ {aliased('title', 9)} schedule {{ start end }} }} }} }}", 1 + 7 * 2),
    (f"{{ courseRuns(first: 7) {{ edges {{ cursor node {{ {aliased('title', 10)} }} }} }} }}", 1 + 7 * 2),
    (f"{{ courseRuns(first: 7) {{ pageInfo {{ {aliased('endCursor', 21)} }} }} }}", 1 + 7 + 2),
    (f"{{ viewer {{ {aliased('username', 28)} }} }}", 1 + 2),
    (f'{{ nodes(ids: ["x", "y", "z"]) {{ ... on Organization {{ {aliased("description", 28)} }} }} }}', 1 + 3 * 3),
    # Full scans: once for the rows, and once for the count.
    ('{ courseRuns(first: 7, filter: {search: "a"}) { nodes { title } } }', 1 + 7 + 110),
    ('{ courseRuns(first: 7, filter: {search: "a  b c"}) { totalCount nodes { title } } }', 1 + 7 + 1 + 2 * 130),
    ('{ courseRuns(first: 7, filter: {search: " "}) { totalCount nodes { title } } }', 1 + 7 + 1),
    ("{ courseRuns(first: 7, orderBy: {field: START}) { totalCount nodes { title } } }", 1 + 7 + 1 + 100),
    ("{ catalogCourses(first: 7, orderBy: {field: ORG_CODE}) { nodes { title } } }", 1 + 7 + 100),
    ("{ courseRuns(first: 7, orderBy: {field: TITLE}) { nodes { title } } }", 1 + 7),
    (
        '{ catalogCourses(first: 3) { nodes { runs(first: 5, filter: {search: "a"}) { totalCount } } } }',
        1 + 3 + 3 + 110,
    ),
    # Mutations: each object that is written.
    (f'mutation {{ deleteCourseRun(input: {{courseKey: "{H}"}}) {{ deletedId }} }}', 11),
    (f'mutation {{ updateCourseRun(input: {{courseKey: "{H}"}}) {{ courseRun {{ title }} errors {{ code }} }} }}', 12),
    ("mutation { __typename }", 1),
    (
        f"mutation {{ importCourseRuns(input: {{rows: {ROWS}, dryRun: true}}) {{ createdCount results {{ "
        "courseRun { catalogCourse { title } } errors { code } } } }",
        1 + 2 * 10 + 2 * 2,
    ),
    # The schema.
    ("{ __schema { types { name fields { name } } } }", 101),
    ('{ __type(name: "CourseRun") { name } viewer { username } }', 102),
]

# Fields and statements.
MEASURES = [
    ("{ __typename }", 1, 0),
    ("{ viewer { username } }", 2, 0),
    ("{ viewer { creatableOrganizations { totalCount nodes { name } } } }", 5, 2),
    ("{ courseRuns { __typename } }", 2, 0),
    ("{ courseRuns { totalCount } }", 2, 1),
    ("{ courseRuns { totalCount nodes { catalogCourse { org { name } } } } }", 6, 2),
    (f'{{ courseRun(courseKey: "{H}") {{ catalogCourse {{ runs {{ nodes {{ title }} }} }} }} }}', 5, 2),
    ('{ node(id: "x") { id ... on CatalogCourse { runs { totalCount } } } }', 5, 2),
    ('{ nodes(ids: ["x", "y"]) { id ... on CatalogCourse { runs { totalCount } } } }', 5, 3),
    (
        f'mutation {{ deleteCourseRun(input: {{courseKey: "{H}"}}) {{ errors {{ code }} }} '
        f'updateCourseRun(input: {{courseKey: "{H}"}}) {{ a: courseRun {{ id }} b: courseRun {{ id }} }} }}',
        8,
        2,
    ),
    ("{ ...A ...A ... { ...A } } fragment A on Query { viewer { username } }", 10, 0),
]


def cost(response):
    return response.json()["extensions"]["cost"]


@pytest.mark.django_db
class TestCost:
    @pytest.mark.parametrize(("query", "expected"), COSTS)
    def test_is_what_the_answer_may_hold(self, sign_in, post, query, expected):
        sign_in(is_staff=True)

        assert (cost(post(query))["requested"], cost(post(query))["limit"]) == (expected, 10_000)

    @pytest.mark.parametrize(("query", "fields", "statements"), MEASURES)
    def test_tells_how_many_fields_and_statements_it_takes(self, sign_in, post, query, fields, statements):
        sign_in(is_staff=True)

        told = cost(post(query))

        assert (told["fields"], told["statements"]) == (fields, statements)

    def test_is_the_same_whoever_asks(self, sign_in, post):
        query = f'{{ catalogCourse(key: "{CIRCUITS}") {{ runs {{ totalCount nodes {{ title }} }} }} }}'

        anonymous = cost(post(query))
        sign_in("nobody")
        of_nobody = cost(post(query))
        sign_in("staff", is_staff=True)

        expected = {"requested": 23, "limit": 10_000, "fields": 5, "statements": 3}
        assert anonymous == of_nobody == cost(post(query)) == expected

    @pytest.mark.parametrize(
        ("query", "fields"),
        [("{", 0), ("{ nothing }", 1), ("query ($n: Int!) { courseRuns(first: $n) { totalCount } }", 2)],
    )
    def test_is_nothing_of_what_is_not_executed(self, sign_in, post, query, fields):
        assert cost(post(query)) == {"requested": 0, "limit": 10_000, "fields": fields, "statements": 0}

    @pytest.mark.parametrize(("limit", "is_answered"), [(18, False), (19, True), (20, True)])
    def test_has_a_limit(self, sign_in, post, settings, limit, is_answered):
        sign_in(is_staff=True)
        settings.CATALOG_LIMITS = {"cost": limit}

        response = post("{ catalogCourses(first: 3) { nodes { runs(first: 5) { nodes { title } } } } }")

        assert ("data" in response.json()) is is_answered
        assert cost(response) == {"requested": 19, "limit": limit, "fields": 5, "statements": 2}

    @pytest.mark.parametrize(("limit", "is_answered"), [(2, False), (3, True), (4, True)])
    def test_has_a_limit_of_statements(self, sign_in, post, settings, limit, is_answered):
        sign_in(is_staff=True)
        settings.CATALOG_LIMITS = {"statements": limit}

        response = post("{ catalogCourses(first: 3) { nodes { runs(first: 5) { totalCount nodes { title } } } } }")

        assert ("data" in response.json()) is is_answered
        assert cost(response) == {"requested": 22, "limit": 10_000, "fields": 6, "statements": 3}
        if not is_answered:
            [error] = response.json()["errors"]
            assert error["extensions"] == {"code": "QUERY_TOO_COMPLEX", "statements": 3, "limit": 2}

    def test_is_told_where_it_is_too_much_and_nothing_is_read(self, sign_in, post, settings):
        sign_in(is_staff=True)

        with CaptureQueriesContext(connection) as captured:
            answer = post("{ catalogCourses(first: 100) { nodes { runs(first: 100) { nodes { title } } } } }").json()

        assert answer["errors"] == [
            {
                "message": "The document is too complex: cost 10101, limit 10000.",
                "extensions": {"code": "QUERY_TOO_COMPLEX", "cost": 10_101, "limit": 10_000},
            }
        ]
        assert "data" not in answer
        assert [query["sql"] for query in captured if "openedx_catalog" in query["sql"]] == []

    def test_of_fragments_within_fragments_is_counted_at_once(self, sign_in, post):
        sign_in(is_staff=True)
        levels = " ".join(
            f"fragment L{n} on CatalogCourse {{ a: org {{ catalogCourses(first: 2) {{ nodes {{ ...L{n + 1} }} }} }} "
            f"b: org {{ catalogCourses(first: 2) {{ nodes {{ ...L{n + 1} }} }} }} }}"
            for n in range(4)
        )

        answer = post(
            f"{{ catalogCourses(first: 100) {{ nodes {{ ...L0 }} }} }} {levels} "
            "fragment L4 on CatalogCourse { title }"
        ).json()

        # Each level has two organizations, with two catalog courses each, for each catalog course above.
        below = sum(6 * 4**level for level in range(4))
        assert answer["errors"][0]["extensions"]["cost"] == 1 + 100 + 100 * below
