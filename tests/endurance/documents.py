"""The requests of overloading clients: the most expensive documents that are accepted, and some that are not.

No two are equal, so that no cache entry of one serves another: they differ in their names and in other details.
"""

from collections.abc import Callable
from random import Random
from typing import Any

import orjson

Document = tuple[str, dict[str, Any]]

RUN = """
fragment Run on CourseRun {
  id courseKey runCode title created status warnings viewerCanEdit viewerCanDelete schedule { start end }
}
"""
COURSE = """
fragment Course on CatalogCourse { id key title language languageShort created viewerCanEdit viewerCanDelete }
"""
ORDERS = ("TITLE", "COURSE_KEY", "RUN_CODE", "CREATED", "START")
WORDS = ("a", "e", "i", "o", "in", "an", "er", "or", "the", "ics", "ogy", "x", "1", "2", "3")
ALIASES = 30


def runs_of_organizations(random: Random) -> Document:
    """Request nearly 5,000 existing rows with all their fields: more than ten each."""
    document = """query NAME($first: Int, $order: CourseRunOrder) {
      catalogCourses(first: $first) {
        nodes { ...Course org { name courseRuns(first: 100, orderBy: $order) { nodes { ...Run } } } }
      }
    }"""
    return _named(document + COURSE + RUN, random), {"first": random.randrange(44, 49), "order": _order(random)}


def runs_of_courses(random: Random) -> Document:
    """Request nested pages, with cursors and counts."""
    document = """query NAME($first: Int, $filter: CourseRunFilter, $order: CourseRunOrder) {
      catalogCourses(first: $first) {
        totalCount
        nodes {
          ...Course
          runs(first: 100, filter: $filter, orderBy: $order) { totalCount edges { cursor node { ...Run } } }
        }
      }
    }"""
    since = {"createdOnOrAfter": f"2013-01-01T00:00:00.{random.randrange(10**6):06}Z"}
    variables = {"first": random.randrange(43, 48), "filter": since, "order": _order(random)}
    return _named(document + COURSE + RUN, random), variables


def many_roots(random: Random) -> Document:
    """Request as many lists as the limit on aliases allows, each with parents and a count."""
    field = """courseRuns(first: 50, orderBy: $order) {
      totalCount nodes { ...Run catalogCourse { ...Course org { name } } }
    }"""
    document = f"query NAME($order: CourseRunOrder) {{ {_aliased(field, random)} }}"
    return _named(document + COURSE + RUN, random), {"order": _order(random)}


def searches(random: Random) -> Document:
    """Search for rows that contain all of the words, and count them, so that every row must be examined."""
    field = "catalogCourses(first: 100, filter: { search: $words }) { totalCount nodes { ...Course } }"
    document = f"query NAME($words: String) {{ {_aliased(field, random, 6)} }}"
    return _named(document + COURSE, random), {"words": _words(random)}


def many_searches(random: Random) -> Document:
    """Make as many searches as the limit on aliases allows."""
    field = "catalogCourses(first: 1, filter: { search: $words }) { totalCount }"
    document = f"query NAME($words: String) {{ {_aliased(field, random)} }}"
    return _named(document, random), {"words": _words(random)}


def with_an_error(random: Random) -> Document:
    """Request thousands of rows that no plan answers, because of another list with an invalid cursor."""
    document = """query NAME($first: Int, $after: String) {
      organization(orgCode: "A0X") {
        catalogCourses(first: $first) { nodes { ...Course org { courseRuns(first: 100) { nodes { ...Run } } } } }
        bad: catalogCourses(after: $after) { nodes { id } }
      }
    }"""
    return _named(document + COURSE + RUN, random), {"first": random.randrange(20, 40), "after": _name(random)}


def long_document(random: Random) -> Document:
    """Use nearly all characters that a document may have, most of them in a comment."""
    document = "query NAME { courseRuns(first: 100) { nodes { ...Run } } } # " + _name(random) * 4_500
    return _named(document + RUN, random), {}


def long_variables(random: Random) -> Document:
    """Fill nearly the whole body with variables, for as many lists as the limit on aliases allows."""
    field = "courseRuns(first: 1, filter: { orgCodes: $codes }) { nodes { title } }"
    document = f"query NAME($codes: [String!]) {{ {_aliased(field, random)} }}"
    return _named(document, random), {"codes": [_name(random) * 700 for _ in range(100)]}


def import_in_a_dry_run(random: Random) -> Document:
    """Import as many rows as allowed, all new, in a dry run."""
    document = """mutation NAME($input: ImportCourseRunsInput!) {
      importCourseRuns(input: $input) { createdCount results { row outcome } }
    }"""
    run_code = _name(random)
    rows = [{"courseKey": f"course-v1:Nobody+{number}+{run_code}", "title": f"The {number}."} for number in range(500)]
    return _named(document, random), {"input": {"dryRun": True, "rows": rows}}


def many_plans(random: Random) -> Document:
    """Need as many small plans as the limit on aliases allows."""
    return _named(f"query NAME {{ {_aliased('courseRuns(first: 1) { nodes { ...Run } }', random)} }}" + RUN, random), {}


def different_document(random: Random) -> Document:
    """Request a few lists, with variables that nobody else sends, in a cached document."""
    field = """courseRuns(first: $first, filter: $filter) {
      totalCount nodes { ...Run catalogCourse { title org { name } runs(first: 1) { nodes { title } } } }
    }"""
    document = (
        f"query NAME($first: Int, $filter: CourseRunFilter) {{ {_aliased(field, random, random.randrange(1, 3))} }}"
    )
    codes = [_name(random) for _ in range(20)]
    return _named(document + RUN, random), {"first": random.randrange(1, 5), "filter": {"orgCodes": codes}}


def kept_document(random: Random) -> Document:
    """Use nearly all allowed tokens, in a document so short that it is cached although it is refused."""
    return _named(f"query NAME {{ {'a ' * 1980} }}", random), {}


def too_expensive(random: Random) -> Document:
    """Request more rows than allowed."""
    document = "query NAME { catalogCourses(first: 100) { nodes { runs(first: 100) { nodes { ...Run } } } } }"
    return _named(document + RUN, random), {}


def too_deep(random: Random) -> Document:
    """Nest more levels than allowed."""
    within, end = "catalogCourse { runs(first: 1) { nodes { ", " } } }"
    return _named(f"query NAME {{ courseRuns {{ nodes {{ {within * 20} title {end * 20} }} }} }}", random), {}


def too_many_tokens(random: Random) -> Document:
    """Use more tokens than allowed, in a document of an allowed length."""
    return _named(f"query NAME {{ {'__typename ' * 5_000} }}", random), {}


def no_graphql(random: Random) -> Document:
    """Send a document that cannot be parsed."""
    return _named("query NAME { catalogCourses(first: ", random), {}


def no_such_fields(random: Random) -> Document:
    """Request a field that the schema does not have."""
    return _named(f"query NAME {{ {_aliased('nothing', random)} }}", random), {}


def too_large(random: Random) -> Document:
    """Send more bytes than a body may have."""
    document = "query NAME($text: String) { organization(orgCode: $text) { id } }"
    return _named(document, random), {"text": "x" * random.randrange(1_100_000, 4_000_000)}


Outcome = tuple[int | None, tuple[str, ...]]

ANSWERED: Outcome = (200, ())
TIMED_OUT: Outcome = (200, ("TIMEOUT",))
WRONG: Outcome = (200, ("BAD_USER_INPUT",))
TOO_COMPLEX: Outcome = (200, ("QUERY_TOO_COMPLEX",))
NOT_PARSED: Outcome = (200, ("GRAPHQL_PARSE_FAILED",))
NOT_VALID: Outcome = (200, ("GRAPHQL_VALIDATION_FAILED",))
TOO_LARGE: Outcome = (413, ("BAD_USER_INPUT",))

# The possible results of each: the status, and the codes of errors. Many accepted documents may take too long.
KINDS: dict[Callable[[Random], Document], set[Outcome]] = {
    runs_of_organizations: {ANSWERED, TIMED_OUT},
    runs_of_courses: {ANSWERED, TIMED_OUT},
    many_roots: {ANSWERED, TIMED_OUT},
    searches: {ANSWERED, TIMED_OUT},
    many_searches: {ANSWERED, TIMED_OUT},
    with_an_error: {WRONG, TIMED_OUT},
    long_document: {ANSWERED, TIMED_OUT},
    long_variables: {ANSWERED, TIMED_OUT, WRONG},
    import_in_a_dry_run: {ANSWERED, TIMED_OUT},
    many_plans: {ANSWERED, TIMED_OUT},
    kept_document: {TOO_COMPLEX},
    too_expensive: {TOO_COMPLEX},
    too_deep: {TOO_COMPLEX},
    too_many_tokens: {NOT_PARSED},
    no_graphql: {NOT_PARSED},
    no_such_fields: {NOT_VALID},
    too_large: {TOO_LARGE},
}


def body(kind: Callable[[Random], Document], random: Random) -> bytes:
    """Return the body of a request with a document of this kind."""
    query, variables = kind(random)
    return orjson.dumps({"query": query, "variables": variables})


def _name(random: Random) -> str:
    return f"x{random.getrandbits(48):012x}"


def _named(document: str, random: Random) -> str:
    return document.replace("NAME", _name(random))


def _aliased(field: str, random: Random, times: int = ALIASES) -> str:
    return " ".join(f"{_name(random)}: {field}" for _ in range(times))


def _order(random: Random) -> dict[str, str]:
    return {"field": random.choice(ORDERS), "direction": random.choice(("ASC", "DESC"))}


def _words(random: Random) -> str:
    return " ".join(random.sample(WORDS, 10))
