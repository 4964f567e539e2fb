"""For any catalog, roles and document: what a viewer may not see might as well not exist.

A viewer gets the same response as global staff after the deletion of all rows that the viewer may not see. Which rows
those are is decided by the rules in plain Python, applied to the role rows.
"""

from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from opaque_keys.edx.keys import CourseKey
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from catalog_graphql.schema.ids import encode_id
from catalog_graphql.standalone.models import CourseAccessRole
from tests.catalog_graphql.access.conftest import ON_NO_RUN, PAST
from tests.catalog_graphql.answers import WITHOUT_LIMITS

COURSES = [(org_code, course_code) for org_code in ("Ax", "bX") for course_code in ("m", "n")]
RUNS = [
    (*course, f"{scheme}:{course[0]}+{course[1]}+{run_code}{ccx}", run_code)
    for course in COURSES
    for scheme, ccx in (("course-v1", ""), ("ccx-v1", "+ccx@1"))
    for run_code in ("r", "s")
]
ROLES = ["instructor", "staff", "org_course_creator_group", "beta_testers"]


class RoleRow(NamedTuple):
    """A role row: on an organization, or on a run if it has a key."""

    role: str
    org_code: str
    course_key: str | None


def spellings(texts: list[str]) -> st.SearchStrategy[str]:
    """Draw texts, mostly as they are, sometimes in a different case."""
    return st.sampled_from([*texts, *texts, *(text.swapcase() for text in texts if ":" not in text)])


role_rows = st.lists(
    st.one_of(
        st.builds(RoleRow, st.sampled_from(ROLES), spellings(["Ax", "bX"]), st.none()),
        st.builds(
            RoleRow,
            st.sampled_from(ROLES),
            spellings(["Ax", "bX"]),
            st.sampled_from([key for *_, key, _ in RUNS] + [key.replace("Ax", "AX") for *_, key, _ in RUNS]),
        ),
    ),
    max_size=4,
    # For the unique index of MySQL and MariaDB, two spellings of an organization are equal.
    unique_by=lambda row: (row.role, row.org_code.lower(), row.course_key),
)


def see_run(rows: list[RoleRow], org_code: str, course_key: str) -> bool:
    """Return whether a user with these roles sees a run of the organization."""
    return any(
        row.role in ("instructor", "staff")
        and (row.course_key == course_key if row.course_key else row.org_code.lower() == org_code.lower())
        for row in rows
    )


def see_org(rows: list[RoleRow], org_code: str) -> bool:
    """Return whether a user with these roles sees the organization's catalog courses without runs."""
    return any(
        row.role in ROLES[:3] and row.course_key is None and row.org_code.lower() == org_code.lower() for row in rows
    )


# Documents.

words = st.sampled_from(["", "r", "s", "m", "ax", "r m", "ccx"])


def arguments(filters: dict[str, list[str]], orders: list[str]) -> st.SearchStrategy[str]:
    """Draw the arguments of a connection: a page, a filter and an order."""
    chosen = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in filters.items()})
    return st.builds(
        lambda size, offset, asked, search, order, way: (
            f"(first: {size}, offset: {offset}, orderBy: {{field: {order}, direction: {way}}}, filter: {{"
            + ", ".join([f'search: "{search}"', *(f"{name}: {value}" for name, value in asked.items())])
            + "})"
        ),
        st.sampled_from([1, 2, 20, 100]),
        st.sampled_from([0, 0, 1]),
        chosen,
        words,
        st.sampled_from(orders),
        st.sampled_from(["ASC", "DESC"]),
    )


STATUS = ["ACTIVE", "ARCHIVED"]
BOTH = ["true", "false"]
CODES = ['["ax"]', '["bX", "none"]']
run_arguments = arguments(
    {"status": STATUS, "includeCcx": BOTH, "orgCodes": CODES}, ["TITLE", "COURSE_KEY", "RUN_CODE", "CREATED", "START"]
)
course_arguments = arguments(
    {"status": STATUS, "hasRuns": BOTH, "includeCcx": BOTH, "orgCodes": CODES},
    ["TITLE", "ORG_CODE", "COURSE_CODE", "CREATED"],
)
PAGE = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


def lists(name: str, of: st.SearchStrategy[str], depth: int, selection: Any) -> st.SearchStrategy[str]:
    """Draw connections under two aliases, so that both are requested at once."""
    rows = st.sampled_from(["nodes {{ {} }}", "edges {{ cursor node {{ {} }} }}"])
    one = st.builds(
        lambda asked, shape, inner: f"{name}{asked} {{ {PAGE} {shape.format(inner)} }}", of, rows, selection(depth - 1)
    )
    return st.lists(one, min_size=1, max_size=2).map(
        lambda some: " ".join(f"{name}{index}: {field}" for index, field in enumerate(some))
    )


def fields(depth: int, scalars: str, *nested: Any) -> st.SearchStrategy[str]:
    """Draw selections: the scalars, and any of the nested fields while there is depth left."""
    if depth <= 0:
        return st.just(scalars)
    some = st.lists(st.one_of([make(depth) for make in nested]), max_size=1)
    return some.map(lambda chosen: " ".join([scalars, *chosen]))


def organization(depth: int) -> st.SearchStrategy[str]:
    return fields(
        depth,
        "orgCode",
        lambda d: lists("catalogCourses", course_arguments, d, course),
        lambda d: lists("courseRuns", run_arguments, d, run),
    )


def course(depth: int) -> st.SearchStrategy[str]:
    return fields(
        depth,
        "key title",
        lambda d: lists("runs", run_arguments, d, run),
        lambda d: organization(d - 1).map(lambda inner: f"org {{ {inner} }}"),
    )


def run(depth: int) -> st.SearchStrategy[str]:
    return fields(
        depth, "courseKey status warnings", lambda d: course(d - 1).map(lambda inner: f"catalogCourse {{ {inner} }}")
    )


ids = st.sampled_from(
    [encode_id("CourseRun", key) for *_, key, _ in RUNS]
    + [encode_id("CatalogCourse", f"catalog-course:{org_code}:{course_code}") for org_code, course_code in COURSES]
)
documents = st.one_of(
    lists("courseRuns", run_arguments, 3, run),
    lists("catalogCourses", course_arguments, 3, course),
    st.builds("organizations {{ totalCount nodes {{ {} }} }}".format, organization(3)),
    st.builds('organization(orgCode: "aX") {{ {} }}'.format, organization(3)),
    st.builds('courseRun(courseKey: "{}") {{ {} }}'.format, st.sampled_from([row[2] for row in RUNS]), run(3)),
    st.builds('catalogCourse(key: "catalog-course:{}:m") {{ {} }}'.format, st.sampled_from(["Ax", "bX"]), course(3)),
    st.builds(
        "nodes(ids: [{}]) {{ ... on CourseRun {{ {} }} ... on CatalogCourse {{ {} }} }}".format,
        st.lists(ids.map('"{}"'.format), max_size=8).map(", ".join),
        run(2),
        course(2),
    ),
    st.builds('node(id: "{}") {{ id ... on CourseRun {{ {} }} }}'.format, ids, run(2)),
)


@override_settings(**WITHOUT_LIMITS)
class TestAnswer(TestCase):
    def make(self, courses: list[tuple[str, str]], runs: list[tuple[Any, bool]]) -> None:
        orgs = {code: Organization.objects.create(short_name=code, name=code) for code in ("Ax", "bX")}
        made = {}
        for org_code, course_code in {*courses, *(row[:2] for row, _ in runs)}:
            made[org_code, course_code] = CatalogCourse.objects.create(org=orgs[org_code], course_code=course_code)
        for (org_code, course_code, course_key, run_code), over in runs:
            course_run = CourseRun.objects.create(
                catalog_course=made[org_code, course_code],
                course_key=CourseKey.from_string(course_key),
                run_code=run_code,
                title=f"{run_code} {course_code}",
            )
            if over:
                CourseSchedule.objects.create(course_run=course_run, **PAST)

    def delete_invisible(self, rows: list[RoleRow]) -> None:
        for course_run in CourseRun.objects.select_related("catalog_course__org"):
            if not see_run(rows, course_run.catalog_course.org.short_name, str(course_run.course_key)):
                course_run.delete()
        for catalog_course in CatalogCourse.objects.select_related("org"):
            if not catalog_course.runs.exists() and not see_org(rows, catalog_course.org.short_name):
                catalog_course.delete()

    def ask(self, username: str, document: str) -> dict[str, Any]:
        client = Client()
        client.force_login(get_user_model().objects.get(username=username))
        answer: dict[str, Any] = client.get("/graphql/", {"query": f"{{ {document} }}"}).json()
        return answer

    @settings(max_examples=60, deadline=None)
    @given(
        courses=st.lists(st.sampled_from(COURSES), unique=True),
        runs=st.lists(st.tuples(st.sampled_from(RUNS), st.booleans()), max_size=8, unique_by=lambda row: row[0]),
        rows=role_rows,
        document=documents,
    )
    def test_is_that_of_a_catalog_without_the_invisible(self, courses, runs, rows, document):
        self.make(courses, runs)
        viewer = get_user_model().objects.create_user("viewer")
        get_user_model().objects.create_user("staff", is_staff=True)
        for role, org_code, course_key in rows:
            key = CourseKey.from_string(course_key) if course_key else ON_NO_RUN
            CourseAccessRole.objects.create(user=viewer, role=role, org=org_code, course_key=key)

        seen = self.ask("viewer", document)

        self.delete_invisible(rows)
        assert "errors" not in seen
        assert seen == self.ask("staff", document)
