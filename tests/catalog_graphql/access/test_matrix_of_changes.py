"""Who may do what to which object: every mutation, sent by every viewer."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from catalog_graphql.standalone.models import CourseAccessRole
from tests.catalog_graphql.access.conftest import CIRCUITS, CS50, EMPTY, VOID, A, B, C, H, outcome, undone

# The response of each mutation to each viewer. "gone" is NOT_FOUND, "no" is FORBIDDEN.
CHANGERS = ["misspelled", "run_author", "run_instructor", "ccx_coach", "org_author", "org_instructor", "creator"]
CHANGERS += ["global_staff", "superuser"]  # One column for both.
CHANGES = """
    who                             nobody  run author  run instr.  ccx coach  org author  org instr.  creator  staff
    createOrganization              no      no          no          no         no          no          no       ok
    createOrganization taken        no      no          no          no         no          no          no       taken
    updateOrganization MITx         no      no          no          no         no          no          no       ok
    updateOrganization absent       gone    gone        gone        gone       gone        gone        gone     gone
    createCatalogCourse MITx        no      no          no          no         no          no          ok       ok
    createCatalogCourse HarvardX    no      no          no          no         no          no          no       ok
    createCatalogCourse taken       no      no          no          no         no          no          taken    taken
    createCatalogCourse absent      gone    gone        gone        gone       gone        gone        gone     gone
    updateCatalogCourse circuits    gone    no          no          no         ok          ok          no       ok
    updateCatalogCourse empty       gone    gone        gone        gone       ok          ok          no       ok
    updateCatalogCourse cs50        gone    gone        gone        gone       gone        gone        gone     ok
    updateCatalogCourse absent      gone    gone        gone        gone       gone        gone        gone     gone
    deleteCatalogCourse circuits    gone    no          no          no         no          in use      no       in use
    deleteCatalogCourse empty       gone    gone        gone        gone       no          ok          no       ok
    deleteCatalogCourse void        gone    gone        gone        gone       gone        gone        gone     ok
    deleteCatalogCourse absent      gone    gone        gone        gone       gone        gone        gone     gone
    createCourseRun circuits        gone    no          no          no         no          no          ok       ok
    createCourseRun taken           gone    no          no          no         no          no          taken    taken
    createCourseRun empty           gone    gone        gone        gone       no          no          ok       ok
    createCourseRun void            gone    gone        gone        gone       gone        gone        gone     ok
    createCourseRun absent          gone    gone        gone        gone       gone        gone        gone     gone
    updateCourseRun A               gone    ok          ok          gone       ok          ok          gone     ok
    updateCourseRun B               gone    gone        gone        gone       ok          ok          gone     ok
    updateCourseRun C               gone    gone        gone        ok         ok          ok          gone     ok
    updateCourseRun H               gone    gone        gone        gone       gone        gone        gone     ok
    updateCourseRun absent          gone    gone        gone        gone       gone        gone        gone     gone
    deleteCourseRun A               gone    no          ok          gone       no          ok          gone     ok
    deleteCourseRun B               gone    gone        gone        gone       no          ok          gone     ok
    deleteCourseRun C               gone    gone        gone        no         no          ok          gone     ok
    deleteCourseRun H               gone    gone        gone        gone       gone        gone        gone     ok
    deleteCourseRun absent          gone    gone        gone        gone       gone        gone        gone     gone
    syncCourseRun A                 no      no          no          no         no          no          no       ok
    syncCourseRun H                 no      no          no          no         no          no          no       ok
    syncCourseRun new               no      no          no          no         no          no          no       ok
    importCourseRuns A              no      no          no          no         no          no          no       ok
    importCourseRuns new            no      no          no          no         no          no          no       ok
"""
WORDS = {
    "no": "FORBIDDEN", "gone": "NOT_FOUND", "ok": "ok", "in use": "IN_USE", "taken": "ALREADY_EXISTS",
}  # fmt: skip
NEW = "course-v1:MITx+6.002x+N"
KEYS = {"A": A, "B": B, "C": C, "H": H, "absent": NEW, "new": NEW}
COURSE_KEYS = {"circuits": CIRCUITS, "empty": EMPTY, "cs50": CS50, "void": VOID, "absent": "catalog-course:MITx:9.99x"}


def fields_of(change: str) -> dict[str, Any]:
    """Return the input of a mutation in the table."""
    mutation, _, what = change.partition(" ")
    match mutation, what:
        case "createOrganization", _:
            return {"orgCode": "mitx" if what == "taken" else "ETHx", "name": "New"}
        case "updateOrganization", _:
            return {"orgCode": {"absent": "Nowhere"}.get(what, what), "name": "New"}
        case "createCatalogCourse", _:
            org_code = {"absent": "Nowhere", "taken": "MITx"}.get(what, what)
            return {"orgCode": org_code, "courseCode": "6.002X" if what == "taken" else "new"}
        case "createCourseRun", _:
            return {"catalogCourseKey": COURSE_KEYS.get(what, CIRCUITS), "runCode": "a" if what == "taken" else "N"}
        case "updateCatalogCourse", _:
            return {"key": COURSE_KEYS[what], "title": "New"}
        case "deleteCatalogCourse", _:
            return {"key": COURSE_KEYS[what]}
        case "importCourseRuns", _:
            return {"rows": [{"courseKey": KEYS[what], "title": "New"}]}
        case "deleteCourseRun", _:
            return {"courseKey": KEYS[what]}
    return {"courseKey": KEYS[what], "title": "New"}


def stored() -> list[Any]:
    """Return everything that mutations could change."""
    kinds = (Organization, CatalogCourse, CourseRun, CourseSchedule, CourseAccessRole)
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]


def rows_of(table: str) -> dict[str, list[str]]:
    """Return the lines of a table by their first column."""
    lines = [re.split(r"\s{2,}", line.strip()) for line in table.strip().splitlines()]
    return {first: cells for first, *cells in lines[1:]}


class TestChanging:
    @pytest.mark.parametrize(("change", "expected"), rows_of(CHANGES).items(), ids=rows_of(CHANGES))
    def test_is_for_those_who_may(self, ask_as, mutate_as, change, expected):
        outcomes, untouched = {}, {}
        for viewer in CHANGERS:
            with undone():
                ask_as(viewer, "{ __typename }")  # Signs in.
                before = stored()
                outcomes[viewer] = outcome(mutate_as(viewer, change.split()[0], **fields_of(change)))
                untouched[viewer] = stored() == before

        words = [WORDS[word] for word in [*expected, expected[-1]]]
        assert outcomes == dict(zip(CHANGERS, words, strict=True))
        assert untouched == {viewer: word != "ok" for viewer, word in outcomes.items()}

    @pytest.mark.parametrize("change", rows_of(CHANGES))
    def test_is_not_for_who_has_not_signed_in(self, mutate_as, change):
        for viewer in ("anonymous", "inactive"):
            answer = mutate_as(viewer, change.split()[0], **fields_of(change))

            assert [error["extensions"] for error in answer["errors"]] == [{"code": "UNAUTHENTICATED"}]

    @pytest.mark.parametrize(
        ("change", "field", "hidden", "absent"),
        [
            ("updateCatalogCourse empty", "key", EMPTY, "catalog-course:MITx:9.99x"),
            ("deleteCatalogCourse empty", "key", EMPTY, "catalog-course:MITx:9.99x"),
            ("createCourseRun empty", "catalogCourseKey", EMPTY, "catalog-course:MITx:9.99x"),
            ("updateCourseRun B", "courseKey", B, NEW),
            ("deleteCourseRun B", "courseKey", B, NEW),
        ],
    )
    def test_of_what_may_not_be_seen_answers_as_if_it_were_not_there(self, mutate_as, change, field, hidden, absent):
        mutation = change.split()[0]

        payload = mutate_as("run_author", mutation, **fields_of(change))

        never = mutate_as("run_author", mutation, **{**fields_of(change), field: absent})
        assert never == {"errors": [{"code": "NOT_FOUND", "message": f"There is no {absent}.", "field": [field]}]}
        assert payload == {"errors": [{"code": "NOT_FOUND", "message": f"There is no {hidden}.", "field": [field]}]}

    def test_names_nothing_that_is_in_the_way_and_may_not_be_seen(self, mutate_as):
        payload = mutate_as(
            "creator", "createCourseRun", "existing { title }", catalogCourseKey=CIRCUITS, runCode="a", title="x"
        )

        error = {"code": "ALREADY_EXISTS", "message": "The code is taken.", "field": ["runCode"]}
        assert payload == {"existing": None, "errors": [error]}

    def test_hands_back_what_is_in_the_way_and_may_be_seen(self, mutate_as):
        payload = mutate_as("creator", "createCatalogCourse", "existing { title }", orgCode="MITx", courseCode="6.002X")

        assert payload["existing"] == {"title": "circuits"}

    def test_makes_who_creates_a_run_its_instructor_and_staff(self, mutate_as):
        payload = mutate_as(
            "creator",
            "createCourseRun",
            "courseRun { title viewerCanEdit viewerCanDelete catalogCourse { runs { totalCount nodes { title } } } }",
            catalogCourseKey=CIRCUITS,
            runCode="N",
            title="N",
        )

        runs = {"totalCount": 1, "nodes": [{"title": "N"}]}
        run = {"title": "N", "viewerCanEdit": True, "viewerCanDelete": True, "catalogCourse": {"runs": runs}}
        assert payload == {"courseRun": run, "errors": []}
        user = get_user_model().objects.get(username="creator")
        roles = CourseAccessRole.objects.filter(user=user).exclude(course_key=CourseAccessRole.NO_COURSE)
        assert {(role.org, str(role.course_key), role.role) for role in roles} == {
            ("MITx", NEW, "instructor"),
            ("MITx", NEW, "staff"),
        }

    def test_gives_global_staff_no_role_on_what_they_create(self, mutate_as):
        mutate_as("global_staff", "createCourseRun", catalogCourseKey=CIRCUITS, runCode="N")

        assert not CourseAccessRole.objects.filter(course_key=CourseRun.objects.get(run_code="N").course_key)
