"""The limits of a request: it is answered at a limit, and refused with a code above it."""

import json

import pytest
from django.core.checks import run_checks

from catalog_graphql.limits.limits import Limits

ALIASES = "aliases", lambda n: "{ " + " ".join(f"a{i}: __typename" for i in range(n)) + " }"
DIRECTIVES = "directives", lambda n: "{ " + " ".join(f"f{i}: __typename @skip(if: false)" for i in range(n)) + " }"
REPEATS = "repeats", lambda n: "{ " + "__typename " * (n + 1) + "}"
MUTATIONS = "mutations", lambda n: "mutation { " + " ".join(f"m{i}: __typename" for i in range(n)) + " }"
FIELDS = "fields", lambda n: "{ viewer { " + " ".join(f"a{i}: username" for i in range(n - 1)) + " } }"
FIELDS_IN_FRAGMENTS = (
    "fields",
    lambda n: "{ ...A } fragment A on Query { viewer { " + " ".join(f"a{i}: username" for i in range(n - 2)) + " } }",
)
REPEATS_IN_INLINE_FRAGMENTS = "repeats", lambda n: "{ " + "...{ __typename } " * (n + 1) + "}"
REPEATS_IN_FRAGMENTS = (
    "repeats",
    lambda n: (
        f"{{ {' '.join(f'...F{i}' for i in range(n + 1))} }} "
        + " ".join(f"fragment F{i} on Query {{ __typename }}" for i in range(n + 1))
    ),
)
MEASURES = [
    *(ALIASES, DIRECTIVES, REPEATS, REPEATS_IN_INLINE_FRAGMENTS, REPEATS_IN_FRAGMENTS),
    *(MUTATIONS, FIELDS, FIELDS_IN_FRAGMENTS),
]


def nested(depth: int) -> str:
    """Return a document with fields nested to this depth, alternating between nodes and courses."""
    names = ["courseRuns(first: 1)", "nodes", *["catalogCourse", "runs(first: 1)", "nodes"] * 10][: depth - 1]
    return "{ " + " { ".join([*names, "__typename"]) + " }" * depth


def in_fragments(depth: int) -> str:
    """Return the same document, with each level in a separate fragment."""
    types = ["Query", "CourseRunConnection", *["CourseRun", "CatalogCourse", "CourseRunConnection"] * 10]
    names = ["courseRuns(first: 1)", "nodes", *["catalogCourse", "runs(first: 1)", "nodes"] * 10]
    levels = [f"fragment F{i} on {types[i]} {{ {names[i]} {{ ...F{i + 1} }} }}" for i in range(depth - 1)]
    return f"{{ ...F0 }} {' '.join(levels)} fragment F{depth - 1} on {types[depth - 1]} {{ __typename }}"


@pytest.fixture
def limit(settings):
    """Set a limit, and lift those that the test is not about."""

    def limit(name: str, value: float) -> None:
        settings.CATALOG_LIMITS = {"aliases": 10**6, "directives": 10**6, "depth": 100, name: value}

    return limit


@pytest.mark.django_db
class TestDocument:
    @pytest.mark.parametrize(("name", "document"), MEASURES)
    @pytest.mark.parametrize(("size", "is_answered"), [(6, True), (7, True), (8, False)])
    def test_has_so_many_at_most(self, ask, limit, name, document, size, is_answered):
        limit(name, 7)

        answer = ask(document(size))

        if is_answered:
            assert "errors" not in answer
        else:
            assert [error["extensions"] for error in answer["errors"]] == [
                {"code": "QUERY_TOO_COMPLEX", name: size, "limit": 7}
            ]

    @pytest.mark.parametrize("times", [8, 280])
    def test_may_repeat_no_more_below_fragments_than_elsewhere(self, ask, limit, times):
        limit("repeats", 13)

        answer = ask("{ " + "...{ viewer { username } } " * times + "}")

        # Each time except for the first repeats two fields.
        assert [error["extensions"] for error in answer["errors"]] == [
            {"code": "QUERY_TOO_COMPLEX", "repeats": 2 * (times - 1), "limit": 13}
        ]

    @pytest.mark.parametrize(
        "document",
        [
            f"{{ viewer {{ username }} }} fragment Unused on Query {{ {'...{ viewer { username } } ' * 50} }}",
            f"{{ ...A }} fragment A on Query {{ {'...{ viewer { username } } ' * 50} }} "
            "fragment A on Query { __typename }",
            f"{{ ...A }} fragment A on Query {{ __typename }} "
            f"fragment A on Query {{ {'...{ viewer { username } } ' * 50} }}",
        ],
        ids=["unused", "the first of a name", "the last of a name"],
    )
    def test_is_measured_with_the_fragments_that_nothing_spreads(self, ask, document):
        [error] = ask(document)["errors"]

        assert error["extensions"] == {"code": "QUERY_TOO_COMPLEX", "repeats": 98, "limit": 30}

    @pytest.mark.parametrize(
        ("levels", "fields"), [(9, 1024 + 2046), (150, 2**31 - 1)], ids=["thousands", "more than can be told"]
    )
    def test_is_counted_without_spreading_its_fragments(self, ask, limit, levels, fields):
        twice = " ".join(f"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}" for i in range(levels))

        [error] = ask(f"{{ ...F0 ...F0 }} {twice} fragment F{levels} on Query {{ __typename }}")["errors"]

        assert error["extensions"] == {"code": "QUERY_TOO_COMPLEX", "fields": fields, "limit": 1000}

    @pytest.mark.parametrize("document", [nested, in_fragments])
    @pytest.mark.parametrize(("depth", "is_answered"), [(6, True), (7, True), (8, False), (30, False)])
    def test_is_so_deep_at_most(self, ask, limit, document, depth, is_answered):
        limit("depth", 7)

        answer = ask(document(depth))

        if is_answered:
            assert "errors" not in answer
        else:
            assert [error["extensions"] for error in answer["errors"]] == [
                {"code": "QUERY_TOO_COMPLEX", "depth": 8, "limit": 7}
            ]

    @pytest.mark.parametrize(("count", "is_answered"), [(6, True), (7, True), (8, False)])
    def test_has_so_many_tokens_at_most(self, ask, limit, count, is_answered):
        limit("tokens", 7)

        answer = ask("{ # A comment is no token.\n" + "__typename " * (count - 2) + "}")

        assert ("data" in answer) is is_answered
        if not is_answered:
            assert [error["extensions"] for error in answer["errors"]] == [{"code": "GRAPHQL_PARSE_FAILED"}]

    def test_may_be_long_where_it_is_comments(self, ask):
        document = "{ __typename }" + "# nothing\n" * 5_000

        assert ask(document) == ask(document) == {"data": {"__typename": "Query"}}

    @pytest.mark.parametrize(
        "document",
        [
            "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
            "{ ...A } fragment A on Query { courseRuns { nodes { catalogCourse { runs { ...B } } } } } "
            "fragment B on CourseRunConnection { nodes { catalogCourse { runs { ...B } } } }",
            "{ ...Nobody }",
        ],
    )
    def test_may_be_wrong_in_any_way(self, ask, document):
        answer = ask(document)

        codes = {error["extensions"]["code"] for error in answer["errors"]}
        assert codes <= {"GRAPHQL_VALIDATION_FAILED", "QUERY_TOO_COMPLEX"}

    @pytest.mark.parametrize(("wrong", "reported"), [(4, 4), (5, 5), (6, 5)])
    def test_has_so_many_errors_reported_at_most(self, ask, wrong, reported):
        of_document = ask("{ " + " ".join(f"nothing{i}" for i in range(wrong)) + " }")
        of_variables = ask(
            f"query ({' '.join(f'$n{i}: Int!' for i in range(wrong))}) "
            f"{{ courseRuns(first: $n0) {{ totalCount }} nodes(ids: []) {{ id }} "
            f"{' '.join(f'x{i}: courseRuns(first: $n{i}) {{ totalCount }}' for i in range(1, wrong))} }}"
        )

        assert len(of_document["errors"]) == len(of_variables["errors"]) == reported


@pytest.mark.django_db
class TestInput:
    @pytest.mark.parametrize("root", ["organizations", "catalogCourses", "courseRuns"])
    @pytest.mark.parametrize(
        ("search", "is_answered"),
        [("aa bb", True), ("a b c", True), ("a b c d", False), ("a" * 8, True), ("a" * 9, False), ("", True)],
    )
    def test_searches_for_so_much_at_most(self, ask, limit, settings, root, search, is_answered):
        settings.CATALOG_LIMITS = {"search_words": 3, "search_length": 8}

        answer = ask(f'{{ {root}(filter: {{search: "{search}"}}) {{ totalCount }} }}')

        if is_answered:
            assert answer == {"data": {root: {"totalCount": 0}}}
        else:
            assert [error["extensions"] for error in answer["errors"]] == [
                {"code": "BAD_USER_INPUT", "inputPath": ["filter", "search"]}
            ]

    @pytest.mark.parametrize(
        ("root", "name"),
        [
            ("organizations", "orgCodes"),
            ("catalogCourses", "orgCodes"),
            ("catalogCourses", "languages"),
            ("courseRuns", "orgCodes"),
            ("courseRuns", "languages"),
        ],
    )
    @pytest.mark.parametrize(("count", "is_answered"), [(2, True), (3, True), (4, False)])
    def test_filters_by_so_many_values_at_most(self, ask, limit, root, name, count, is_answered):
        limit("filter_values", 3)

        answer = ask(f"{{ {root}(filter: {{{name}: {json.dumps(['x'] * count)}}}) {{ totalCount }} }}")

        if is_answered:
            assert answer == {"data": {root: {"totalCount": 0}}}
        else:
            assert [error["extensions"] for error in answer["errors"]] == [
                {"code": "BAD_USER_INPUT", "inputPath": ["filter", name]}
            ]

    @pytest.mark.parametrize(("count", "is_answered"), [(2, True), (3, True), (4, False)])
    def test_names_so_many_ids_at_most(self, ask, limit, count, is_answered):
        limit("ids", 3)

        answer = ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["T3JnYW5pemF0aW9uOng"] * count)

        if is_answered:
            assert answer == {"data": {"nodes": [None] * count}}
        else:
            assert [error["extensions"] for error in answer["errors"]] == [
                {"code": "BAD_USER_INPUT", "inputPath": ["ids"]}
            ]


class TestBody:
    @pytest.mark.parametrize(("size", "status"), [(99, 200), (100, 200), (101, 413)])
    @pytest.mark.django_db
    def test_has_so_many_bytes_at_most(self, client, settings, size, status):
        settings.CATALOG_LIMITS = {"body_bytes": 100}
        body = json.dumps({"query": "{ __typename }"}).ljust(size)

        response = client.post("/graphql/", body, content_type="application/json")

        assert response.status_code == status
        if status == 413:
            assert [error["extensions"] for error in response.json()["errors"]] == [{"code": "BAD_USER_INPUT"}]


class TestSetting:
    def test_changes_what_it_names_alone(self, settings):
        settings.CATALOG_LIMITS = {"depth": 3}

        assert run_checks(tags=["security"]) == []
        assert Limits(**settings.CATALOG_LIMITS) == Limits(depth=3)

    @pytest.mark.parametrize(
        ("limits", "problem"),
        [
            ({"width": 3}, "CATALOG_LIMITS: there is no limit width."),
            ({"depth": 0}, "CATALOG_LIMITS: depth must be a number above 0."),
            ({"depth": "3"}, "CATALOG_LIMITS: depth must be a number above 0."),
        ],
    )
    def test_is_checked(self, settings, limits, problem):
        settings.CATALOG_LIMITS = limits

        assert [(check.id, check.msg) for check in run_checks(tags=["security"])] == [("catalog_graphql.E002", problem)]


LONG = "x" * 60_000
LONG_QUERIES = [
    ("query ($x: String!) { organization(orgCode: $x) { name } }", "organization"),
    ("query ($x: CourseKey!) { courseRun(courseKey: $x) { title } }", "courseRun"),
    ("query ($x: CatalogCourseKey!) { catalogCourse(key: $x) { title } }", "catalogCourse"),
    ("query ($x: ID!) { node(id: $x) { id } }", "node"),
    ("query ($x: String!) { courseRuns(after: $x) { totalCount nodes { id } } }", "courseRuns"),
    ("query ($x: String!) { courseRuns(filter: {orgCodes: [$x], languages: [$x]}) { totalCount } }", "courseRuns"),
]
LONG_CHANGES = [
    "createOrganization(input: {orgCode: $x, name: $x, description: $x, clientMutationId: $x})",
    "updateOrganization(input: {orgCode: $x, newOrgCode: $x, name: $x})",
    'updateOrganization(input: {orgCode: "MITx", newOrgCode: $x, name: $x})',
    "createCatalogCourse(input: {orgCode: $x, courseCode: $x, title: $x, language: $x})",
    'createCatalogCourse(input: {orgCode: "MITx", courseCode: $x, title: $x, language: $x})',
    'createCourseRun(input: {catalogCourseKey: "catalog-course:MITx:6.002x", runCode: $x, title: $x})',
    'updateCourseRun(input: {courseKey: "course-v1:MITx+6.002x+3T2012", title: $x, expectedTitle: $x})',
    "importCourseRuns(input: {rows: [{courseKey: $x, title: $x, language: $x}]})",
    'importCourseRuns(input: {rows: [{courseKey: "course-v1:A+B+C", title: $x, language: $x}]})',
]


@pytest.mark.django_db
class TestText:
    @pytest.mark.parametrize(("query", "name"), LONG_QUERIES)
    def test_may_be_very_long_in_a_query(self, ask, make_run, query, name):
        make_run()

        answer = ask(query, x=LONG)

        if "errors" in answer:
            assert {error["extensions"]["code"] for error in answer["errors"]} == {"BAD_USER_INPUT"}
        else:
            assert answer["data"][name] in (None, {"totalCount": 0})

    def test_may_be_very_long_and_still_asks_to_sign_in(self, db, post):
        answer = post("query ($x: String!) { organization(orgCode: $x) { name } }", x=LONG).json()

        assert [error["extensions"] for error in answer["errors"]] == [{"code": "UNAUTHENTICATED"}]

    @pytest.mark.parametrize("change", LONG_CHANGES)
    def test_may_be_very_long_in_a_change_which_is_refused(self, ask, make_run, change):
        make_run()
        errors = "results { errors { code } }" if change.startswith("import") else "errors { code }"

        answer = ask(f"mutation ($x: String!) {{ change: {change} {{ {errors} }} }}", x=LONG)

        results = answer["data"]["change"].get("results", [answer["data"]["change"]])
        assert all(result["errors"] for result in results)
