"""Random mutations: the server and a model of the rules refuse the same ones, and end up with the same data."""

from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from organizations.models import Organization

from catalog_graphql.catalog.records import CatalogCourse, CourseRun, as_text
from tests.catalog_graphql.conftest import Ask
from tests.catalog_graphql.schema.mutations.model import Catalog, Errors

SELECTIONS = {
    "createOrganization": "organization { orgCode } existing { orgCode }",
    "updateOrganization": "organization { orgCode }",
    "createCatalogCourse": "catalogCourse { key } existing { key }",
    "updateCatalogCourse": "catalogCourse { key }",
    "deleteCatalogCourse": "deletedId",
    "createCourseRun": "courseRun { courseKey } existing { courseKey }",
    "updateCourseRun": "courseRun { courseKey }",
    "deleteCourseRun": "deletedId",
    "syncCourseRun": "courseRun { courseKey }",
}
START = [
    ("createOrganization", {"orgCode": "MITx", "name": "MIT"}),
    ("createCatalogCourse", {"orgCode": "MITx", "courseCode": "a", "title": "A"}),
    ("createCourseRun", {"catalogCourseKey": "catalog-course:MITx:a", "runCode": "r"}),
]

LONG = "x" * 256
ODD_TEXTS = ["", " ", "a\0b", "a\nb", "a\u2028b", "\x7f", LONG]


def mostly(usual: list[Any], odd: list[Any]) -> st.SearchStrategy[Any]:
    """Draw one of the usual values four times out of five."""
    return st.integers(0, 4).flatmap(lambda number: st.sampled_from(usual if number else odd))


def inputs(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw inputs in which any field may be missing."""
    return st.fixed_dictionaries({}, optional=fields)


ORG_CODES = mostly(["MITx", "MITX", "Other", " Other "], [*ODD_TEXTS, "MIT x", "~", "\xc9", "\u212a", None])
CODES = mostly(["a", "A", " b ", "x" * 250], [*ODD_TEXTS, "a b", "a+b", "a/b", "\xc9", "%", "a:~", None])
LINES = mostly(["A", "B", " B ", "a", "\u03b4 \U0001f469\u200d\U0001f52c"], [*ODD_TEXTS, None])
TEXTS = mostly(["A\n\tB"], [*ODD_TEXTS, None])
LANGUAGES = mostly(["en", "fr", "fr-ca", "zh_HANS", "zh-cn"], ["", " ", "klingon", "e", "en-" + LONG, "en\0", None])
INSTANTS = mostly(
    ["2026-01-01T00:00:00+00:00", "2025-12-31T23:00:00-02:00", "2026-02-01T00:00:00+00:00", None],
    ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59.999999+00:00", "2026-01-01T00:00:00"],
)
SCHEDULES = st.none() | inputs(start=INSTANTS, end=INSTANTS, enrollmentStart=INSTANTS, enrollmentEnd=INSTANTS)
EXPECTED = mostly(["A", "B"], ["a", "", "\0", None])
COURSE_KEYS = mostly(
    [*["catalog-course:MITx:a"] * 4, "catalog-course:MITX:a", "catalog-course:MITx:A", "catalog-course:MITx:b"],
    ["catalog-course:Other:a", "catalog-course:MITx", "MITx:a", "", "catalog-course:MITx:a\0", None],
)
RUN_KEYS = mostly(
    [*["course-v1:MITx+a+r"] * 3, "course-v1:MITx+a+a", "course-v1:MITX+a+A", "ccx-v1:MITx+a+r+ccx@1"],
    ["course-v1:MITx+A+r", "course-v1:mitx+a+R", "course-v1:Other+b+r", "MITx", "course-v1:MITx+a+r\n", "", None],
)


def steps(name: str, /, *, needed: dict[str, Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    given = st.fixed_dictionaries(needed, optional=fields)
    return st.tuples(st.just(name), given)


STEPS = st.one_of(
    steps("createOrganization", needed={"orgCode": ORG_CODES, "name": LINES}, description=TEXTS),
    steps(
        "updateOrganization",
        needed={"orgCode": ORG_CODES},
        newOrgCode=ORG_CODES,
        name=LINES,
        description=TEXTS,
        isActive=st.sampled_from([True, False, None]),
    ),
    steps("createCatalogCourse", needed={"orgCode": ORG_CODES, "courseCode": CODES}, title=LINES, language=LANGUAGES),
    steps("updateCatalogCourse", needed={"key": COURSE_KEYS}, title=LINES, language=LANGUAGES, expectedTitle=EXPECTED),
    steps("deleteCatalogCourse", needed={"key": COURSE_KEYS}),
    steps(
        "createCourseRun", needed={"catalogCourseKey": COURSE_KEYS, "runCode": CODES}, title=LINES, schedule=SCHEDULES
    ),
    steps("updateCourseRun", needed={"courseKey": RUN_KEYS}, title=LINES, schedule=SCHEDULES, expectedTitle=EXPECTED),
    steps("deleteCourseRun", needed={"courseKey": RUN_KEYS}),
    steps("syncCourseRun", needed={"courseKey": RUN_KEYS, "title": LINES}, languageShort=LANGUAGES, schedule=SCHEDULES),
)


def answer(ask: Ask, name: str, given: dict[str, Any]) -> Errors:
    """Send the mutation, and return the errors of its response. Its object is null if and only if there are some."""
    type_name = name[0].upper() + name[1:]
    answer = ask(
        f"mutation ($input: {type_name}Input!) {{ {name}(input: $input) {{ "
        f"{SELECTIONS[name]} errors {{ code field }} }} }}",
        input=given,
    )
    if "errors" in answer:
        return [(error["extensions"]["code"], error["extensions"]["inputPath"]) for error in answer["errors"]]
    payload = answer["data"][name]
    errors = [(error["code"], error["field"]) for error in payload.pop("errors")]
    existing = payload.pop("existing", None)
    assert list(payload.values()) == [None] if errors else None not in payload.values()
    assert ("existing" in SELECTIONS[name] and "ALREADY_EXISTS" in dict(errors)) == (existing is not None)
    return errors


def rows() -> list[tuple[Any, ...]]:
    """Return everything in the database, in the model's form."""
    times = (f"schedule__{time}" for time in ("start", "end", "enrollment_start", "enrollment_end"))
    course = ("catalog_course__org__short_name", "catalog_course__course_code")
    found = [
        *Organization.objects.values_list("short_name", "name", "description", "active"),
        *CatalogCourse.objects.values_list("org__short_name", "course_code", "title", "language"),
        *CourseRun.objects.values_list(*course, as_text("course_key"), "title", *times),
    ]
    return sorted(found, key=repr)


class TestMutations:
    @settings(
        max_examples=100,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(sequence=st.lists(STEPS, min_size=5, max_size=15))
    def test_do_and_refuse_what_the_rules_say(self, ask: Ask, sequence: list[tuple[str, dict[str, Any]]]) -> None:
        catalog = Catalog()
        with transaction.atomic():
            for name, given_ in [*START, *sequence]:
                expected = catalog.answer(name, given_)

                errors = answer(ask, name, given_)

                assert sorted(errors, key=repr) == sorted(expected, key=repr)
                assert rows() == sorted(catalog.rows(), key=repr)
            transaction.set_rollback(True)
