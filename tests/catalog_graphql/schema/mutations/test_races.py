"""Concurrent clients on separate connections: those who are too late are told so, and the catalog stays consistent."""

from collections.abc import Callable
from typing import Any

import pytest
from auditlog.models import LogEntry
from organizations.models import Organization

from catalog_graphql.catalog import audit
from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from tests.catalog_graphql.catalog.logged import told
from tests.catalog_graphql.schema.mutations.conftest import Race, Ride, Send, found
from tests.conftest import MakeRun

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS = 16
ROUNDS = 4

COURSE_KEY = "catalog-course:MITx:6.002x"
RUN_KEY = "course-v1:MITx+6.002x+3T2012"

MakeOrganization = Callable[..., Organization]
MakeCatalogCourse = Callable[..., CatalogCourse]


def once(name: str, selection: str, /, **fields: Any) -> Ride:
    return lambda send: send(name, selection, **fields)


def deletions_of(model_name: str) -> int:
    return LogEntry.objects.filter(content_type__model=model_name, action=LogEntry.Action.DELETE).count()


def codes(payload: dict[str, Any]) -> list[str]:
    return [error["code"] for error in payload["errors"]]


class TestCreateCourseRun:
    @pytest.mark.parametrize("run_codes", [["fall"], ["fall", "FALL", "Fall", "faLL"]])
    def test_lets_one_in_and_hands_it_to_the_others(
        self, race: Race, make_catalog_course: MakeCatalogCourse, run_codes: list[str]
    ) -> None:
        make_catalog_course("MITx", "6.002x")
        selection = "courseRun { courseKey } existing { courseKey }"

        payloads = race(
            *(
                once("createCourseRun", selection, catalogCourseKey=COURSE_KEY, runCode=run_codes[i % len(run_codes)])
                for i in range(CLIENTS)
            )
        )

        course_run = {"courseKey": str(CourseRun.objects.get().course_key)}
        won = [payload for payload in payloads if not payload["errors"]]
        lost = [payload for payload in payloads if payload["errors"]]
        assert won == [{"courseRun": course_run, "existing": None, "errors": []}]
        assert len(lost) == CLIENTS - 1
        for payload in lost:
            assert found(payload) == [("ALREADY_EXISTS", ["runCode"])]
            assert (payload["courseRun"], payload["existing"]) == (None, course_run)

    def test_against_the_deletion_of_its_catalog_course_leaves_both_or_none(
        self, race: Race, make_catalog_course: MakeCatalogCourse
    ) -> None:
        for i in range(ROUNDS):
            key = make_catalog_course("MITx", f"course{i}").key_str

            creating, deleting = race(
                once("createCourseRun", "courseRun { courseKey }", catalogCourseKey=key, runCode="3T2012"),
                once("deleteCatalogCourse", "deletedId", key=key),
            )

            if CatalogCourse.objects.filter(course_code=f"course{i}").exists():
                assert creating == {
                    "courseRun": {"courseKey": f"course-v1:MITx+course{i}+3T2012"},
                    "errors": [],
                }
                assert found(deleting) == [("IN_USE", None)]
            else:
                assert codes(creating) == ["NOT_FOUND"]
                assert deleting["errors"] == []
                assert not CourseRun.objects.filter(catalog_course__course_code=f"course{i}").exists()


class TestCreateOrganization:
    def test_lets_one_in_and_hands_it_to_the_others(self, race: Race) -> None:
        spellings = ["Org", "ORG", "org", "oRg"]
        selection = "organization { orgCode } existing { orgCode }"

        payloads = race(
            *(once("createOrganization", selection, orgCode=spellings[i % 4], name="Org") for i in range(CLIENTS))
        )

        organization = {"orgCode": Organization.objects.get().short_name}
        won = [payload for payload in payloads if not payload["errors"]]
        lost = [payload for payload in payloads if payload["errors"]]
        assert won == [{"organization": organization, "existing": None, "errors": []}]
        assert len(lost) == CLIENTS - 1
        for payload in lost:
            assert found(payload) == [("ALREADY_EXISTS", ["orgCode"])]
            assert (payload["organization"], payload["existing"]) == (None, organization)

    def test_lets_one_make_it_and_one_its_catalog_course(self, race: Race) -> None:
        def provision(send: Send) -> list[list[str]]:
            return [
                codes(send("createOrganization", "existing { orgCode }", orgCode="MITx", name="MIT")),
                codes(send("createCatalogCourse", "existing { key }", orgCode="mitx", courseCode="6.002x")),
            ]

        outcomes = race(*[provision] * CLIENTS)

        assert CatalogCourse.objects.get().key_str == COURSE_KEY
        for step in zip(*outcomes, strict=True):
            assert sorted(step) == [[], *[["ALREADY_EXISTS"]] * (CLIENTS - 1)]


class TestUpdateOrganization:
    def test_against_new_runs_never_makes_a_key_lie(self, race: Race, make_catalog_course: MakeCatalogCourse) -> None:
        for i in range(ROUNDS):
            key = make_catalog_course(f"Org{i}", "6.002x").key_str
            rename = once("updateOrganization", "organization { orgCode }", orgCode=f"Org{i}", newOrgCode=f"New{i}")

            renaming, *creating = race(
                rename,
                *(
                    once("createCourseRun", "courseRun { orgCode }", catalogCourseKey=key, runCode=f"run{number}")
                    for number in range(3)
                ),
            )

            assert codes(renaming) in ([], ["KEY_MISMATCH"])
            org_code = f"Org{i}" if renaming["errors"] else f"New{i}"
            for payload in creating:
                assert codes(payload) == ["NOT_FOUND"] or payload == {"courseRun": {"orgCode": org_code}, "errors": []}
        assert list(audit.findings()) == []

    def test_crosswise_is_refused_and_never_fails(self, race: Race, make_organization: MakeOrganization) -> None:
        make_organization("one")
        make_organization("two")

        def swap(org_code: str, other: str, send: Send) -> set[str]:
            refused = set()
            for number in range(ROUNDS):
                refused.update(
                    codes(send("updateOrganization", "clientMutationId", orgCode=org_code, newOrgCode=other))
                )
                send("createCatalogCourse", "clientMutationId", orgCode=other, courseCode=f"course{number}")
                send("updateOrganization", "clientMutationId", orgCode=org_code, name=f"Name {number}")
                send("createCatalogCourse", "clientMutationId", orgCode=org_code, courseCode=f"course{number}")
            return refused

        outcomes = race(
            *[lambda send: swap("one", "two", send)] * (CLIENTS // 4),
            *[lambda send: swap("two", "one", send)] * (CLIENTS // 4),
        )

        assert outcomes == [{"ALREADY_EXISTS"}] * (CLIENTS // 2)
        assert CatalogCourse.objects.count() == 2 * ROUNDS


class TestUpdateCatalogCourse:
    def test_leaves_alone_what_another_changes(self, race: Race, make_run: MakeRun) -> None:
        catalog_course = make_run("MITx", "6.002x", "3T2012").catalog_course

        race(
            once("updateCatalogCourse", "clientMutationId", key=COURSE_KEY, title="Circuits"),
            once("updateCatalogCourse", "clientMutationId", key=COURSE_KEY, language="fr"),
        )

        assert CatalogCourse.objects.values_list("title", "language").get() == ("Circuits", "fr")
        changes = [entry[3] for entry in told(catalog_course)[:-1]]
        assert sorted(changes, key=str) == [{"language": ["en", "fr"]}, {"title": ["6.002x", "Circuits"]}]


class TestUpdateCourseRun:
    def test_lets_one_of_those_that_expect_the_same_title_write(self, race: Race, make_run: MakeRun) -> None:
        make_run("MITx", "6.002x", "3T2012", title="A")

        payloads = race(
            *(
                once(
                    "updateCourseRun",
                    "courseRun { title }",
                    courseKey=RUN_KEY,
                    title=f"Title {number}",
                    expectedTitle="A",
                )
                for number in range(CLIENTS)
            )
        )

        won = [payload["courseRun"] for payload in payloads if not payload["errors"]]
        assert won == [{"title": CourseRun.objects.get().title}]
        lost = [found(payload) for payload in payloads if payload["errors"]]
        assert lost == [[("STALE", ["expectedTitle"])]] * (CLIENTS - 1)

    def test_against_deletion_is_done_or_finds_nothing(self, race: Race, make_run: MakeRun) -> None:
        for i in range(ROUNDS):
            make_run("MITx", "6.002x", f"run{i}", title="A")
            key = f"course-v1:MITx+6.002x+run{i}"
            schedule = {"start": "2012-09-05T00:00:00Z"}

            *updating, deleting = race(
                once("updateCourseRun", "courseRun { title }", courseKey=key, title="B"),
                once("updateCourseRun", "courseRun { title }", courseKey=key, title="B", schedule=schedule),
                once("deleteCourseRun", "deletedId", courseKey=key),
            )

            assert deleting["errors"] == []
            for payload in updating:
                assert codes(payload) == ["NOT_FOUND"] or payload == {"courseRun": {"title": "B"}, "errors": []}
        assert not CourseRun.objects.exists()


class TestDeleteCourseRun:
    def test_lets_one_delete_it(self, race: Race, make_run: MakeRun) -> None:
        make_run("MITx", "6.002x", "3T2012", schedule={})

        payloads = race(*[once("deleteCourseRun", "deletedId", courseKey=RUN_KEY)] * CLIENTS)

        assert sorted(map(codes, payloads)) == [[], *[["NOT_FOUND"]] * (CLIENTS - 1)]
        assert deletions_of("courserun") == 1


class TestDeleteCatalogCourse:
    def test_lets_one_delete_it(self, race: Race, make_catalog_course: MakeCatalogCourse) -> None:
        make_catalog_course("MITx", "6.002x")

        payloads = race(*[once("deleteCatalogCourse", "deletedId", key=COURSE_KEY)] * CLIENTS)

        assert sorted(map(codes, payloads)) == [[], *[["NOT_FOUND"]] * (CLIENTS - 1)]
        assert deletions_of("catalogcourse") == 1


class TestSyncCourseRun:
    def test_creates_once_what_many_sync(self, race: Race) -> None:
        sync = once("syncCourseRun", "courseRun { title } created", courseKey=RUN_KEY, title="Circuits")

        payloads = race(*[sync] * CLIENTS)

        assert sorted(payload.pop("created") for payload in payloads) == [False] * (CLIENTS - 1) + [True]
        assert payloads == [{"courseRun": {"title": "Circuits"}, "errors": []}] * CLIENTS
        assert CatalogCourse.objects.get().key_str == COURSE_KEY


class TestImportCourseRuns:
    def test_of_the_same_organizations_crosswise_never_fails(self, race: Race) -> None:
        rows = [
            {"courseKey": f"course-v1:{org_code}+6.002x+{number}", "title": "Circuits"}
            for org_code in ("one", "two", "three")
            for number in range(5)
        ]
        counts = "createdCount unchangedCount rejectedCount"

        payloads = race(
            *[once("importCourseRuns", counts, rows=rows)] * (CLIENTS // 4),
            *[once("importCourseRuns", counts, rows=rows[::-1])] * (CLIENTS // 4),
        )

        assert sum(payload["createdCount"] for payload in payloads) == CourseRun.objects.count() == len(rows)
        assert {payload["rejectedCount"] for payload in payloads} == {0}
        assert [payload["errors"] for payload in payloads] == [[]] * (CLIENTS // 2)
