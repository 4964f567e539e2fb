"""This server as it is shipped, with its own URLs, schema and view."""

from collections.abc import Callable
from typing import Any

from catalog_graphql.standalone.urls import urlpatterns
from tests.benchmarks.contestants import Ask
from tests.benchmarks.invention import SEARCH_WORD
from tests.benchmarks.operations import FLAT_RUNS, HOME_COURSES, HOME_RUNS, LIST_RUNS, NUMBERED_RUNS, Facts

__all__ = ["ask", "shaped", "urlpatterns"]

_CARD = "courseKey title runCode status created"
_COURSE = "key title org { orgCode name }"
_ROW = f"{_CARD} catalogCourse {{ {_COURSE} }}"
_HOME = f"""
query Home {{
  catalogCourses(first: {HOME_COURSES}, orderBy: {{ field: TITLE }}) {{
    nodes {{ {_COURSE} runs(first: {HOME_RUNS}) {{ totalCount nodes {{ {_CARD} }} }} }}
  }}
}}
"""
_DOCUMENTS = {
    "home": _HOME,
    "author": _HOME,
    "flat": f"query Flat {{ courseRuns(first: {FLAT_RUNS}) {{ nodes {{ {_ROW} }} }} }}",
    "key": f"""
query ByKey($courseKey: CourseKey!) {{
  courseRun(courseKey: $courseKey) {{ {_CARD} schedule {{ start end }} catalogCourse {{ {_COURSE} }} }}
}}
""",
    "search": f"""
query Search($search: String!) {{
  courseRuns(first: {LIST_RUNS}, filter: {{ search: $search }}) {{ totalCount nodes {{ {_ROW} }} }}
}}
""",
    "active": f"""
query Active {{
  courseRuns(first: {LIST_RUNS}, filter: {{ status: ACTIVE }}) {{ nodes {{ {_ROW} }} }}
}}
""",
    "deep": f"""
query Deep($after: String!) {{
  courseRuns(first: {LIST_RUNS}, after: $after) {{ pageInfo {{ hasNextPage }} nodes {{ {_ROW} }} }}
}}
""",
    "page": f"""
query Page($offset: Int!) {{
  courseRuns(first: {NUMBERED_RUNS}, offset: $offset) {{ totalCount nodes {{ {_ROW} }} }}
}}
""",
}
# A client has the cursor from the previous page.
_BEFORE_DEEP = "query Before($offset: Int!) { courseRuns(first: 1, offset: $offset) { pageInfo { endCursor } } }"


def ask(operation: str, facts: Facts, fetch: Callable[[Ask], Any]) -> Ask:
    """Return the request for the operation's data."""
    variables: dict[str, Any] = {}
    if operation == "key":
        variables = {"courseKey": facts.course_key}
    elif operation == "search":
        variables = {"search": SEARCH_WORD}
    elif operation == "page":
        variables = {"offset": facts.offset}
    elif operation == "deep":
        before = fetch(Ask("/graphql/", _BEFORE_DEEP, {"offset": facts.deep_row - 1}))
        variables = {"after": before["data"]["courseRuns"]["pageInfo"]["endCursor"]}
    return Ask("/graphql/", _DOCUMENTS[operation], variables)


def shaped(operation: str, answer: Any) -> Any:
    """Return the response's data, which is already in the common shape."""
    return answer["data"]
