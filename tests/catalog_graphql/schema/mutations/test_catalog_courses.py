"""Mutations that create, update and delete catalog courses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.schema.ids import encode_id
from tests.catalog_graphql.schema.mutations.conftest import found

COURSE = "catalogCourse { key title language runs { totalCount } }"
KEY = "catalog-course:MITx:6.002x"


class TestCreateCatalogCourse:
    @pytest.mark.parametrize(
        ("fields", "shown"),
        [
            ({}, {"title": "6.002x", "language": "en"}),
            ({"title": None, "language": None}, {"title": "6.002x", "language": "en"}),
            ({"title": " Circuits \U0001f469\u200d\U0001f52c "}, {"title": "Circuits \U0001f469\u200d\U0001f52c"}),
            ({"language": "zh_HANS"}, {"language": "zh-cn"}),
        ],
    )
    def test_creates_it(self, mutate, make_organization, fields, shown):
        make_organization("MITx")

        payload = mutate("createCatalogCourse", COURSE, orgCode="mitx", courseCode=" 6.002x ", **fields)

        expected = {"key": KEY, "title": "6.002x", "language": "en", "runs": {"totalCount": 0}}
        assert payload == {"catalogCourse": expected | shown, "errors": [], "clientMutationId": None}

    def test_hands_back_the_one_in_the_way_whatever_its_capitals(self, mutate, make_catalog_course):
        make_catalog_course("MITx", "6.002x", title="Circuits")

        payload = mutate("createCatalogCourse", f"{COURSE} existing {{ title }}", orgCode="MITx", courseCode="6.002X")

        assert payload["catalogCourse"] is None
        assert payload["existing"] == {"title": "Circuits"}
        assert found(payload) == [("ALREADY_EXISTS", ["courseCode"])]

    @pytest.mark.parametrize(
        ("fields", "errors"),
        [
            ({"orgCode": "nobody"}, [("NOT_FOUND", ["orgCode"])]),
            (
                {"orgCode": "nobody", "courseCode": "a b", "language": "klingon"},
                [("INVALID", ["courseCode"]), ("INVALID", ["language"]), ("NOT_FOUND", ["orgCode"])],
            ),
            ({"courseCode": ""}, [("REQUIRED", ["courseCode"])]),
            ({"courseCode": "É\0"}, [("INVALID", ["courseCode"])]),
            ({"courseCode": "x" * 256}, [("TOO_LONG", ["courseCode"])]),
            ({"title": "x" * 256, "language": "E"}, [("TOO_LONG", ["title"]), ("INVALID", ["language"])]),
            ({"title": "a\u0007b"}, [("INVALID", ["title"])]),
            ({"language": "en-" + "x" * 64}, [("TOO_LONG", ["language"])]),
        ],
    )
    def test_says_all_that_is_wrong(self, mutate, make_organization, fields, errors):
        make_organization("MITx")

        payload = mutate("createCatalogCourse", COURSE, **{"orgCode": "MITx", "courseCode": "6.002x", **fields})

        assert payload["catalogCourse"] is None
        assert found(payload) == errors
        assert not CatalogCourse.objects.exists()

    @pytest.mark.parametrize(
        ("org_code", "code"),
        [
            *((org_code, "INVALID") for org_code in ("Org With Space", "plus+org", "slash/org", "co:lon", "Éco")),
            ("", "REQUIRED"),
        ],
    )
    def test_is_refused_in_an_organization_that_no_key_can_name(self, mutate, make_organization, org_code, code):
        make_organization(org_code, name="Old")

        payload = mutate("createCatalogCourse", COURSE, orgCode=org_code, courseCode="6.002x")

        assert payload["catalogCourse"] is None
        assert found(payload) == [(code, ["orgCode"])]
        assert not CatalogCourse.objects.exists()


class TestUpdateCatalogCourse:
    @pytest.fixture(autouse=True)
    def catalog_course(self, make_run):
        make_run("MITx", "6.002x", "3T2012")
        CatalogCourse.objects.update(title="Circuits")

    @pytest.mark.parametrize(
        ("fields", "title", "language"),
        [
            ({}, "Circuits", "en"),
            ({"title": " Electronics "}, "Electronics", "en"),
            ({"language": "fr-ca"}, "Circuits", "fr-ca"),
            ({"title": "Electronics", "expectedTitle": "Circuits"}, "Electronics", "en"),
            ({"title": "Electronics", "expectedTitle": None}, "Electronics", "en"),
        ],
    )
    def test_changes_what_is_given(self, mutate, fields, title, language):
        payload = mutate("updateCatalogCourse", COURSE, key=KEY, **fields)

        shown = {"key": KEY, "title": title, "language": language, "runs": {"totalCount": 1}}
        assert payload == {"catalogCourse": shown, "errors": [], "clientMutationId": None}

    @pytest.mark.parametrize(
        ("fields", "errors"),
        [
            ({"title": None}, [("REQUIRED", ["title"])]),
            ({"title": " ", "language": None}, [("REQUIRED", ["title"]), ("REQUIRED", ["language"])]),
            ({"title": "Electronics", "expectedTitle": "circuits"}, [("STALE", ["expectedTitle"])]),
            (
                {"title": "", "language": "klingon", "expectedTitle": ""},
                [("STALE", ["expectedTitle"]), ("REQUIRED", ["title"]), ("INVALID", ["language"])],
            ),
        ],
    )
    def test_says_all_that_is_wrong(self, mutate, fields, errors):
        payload = mutate("updateCatalogCourse", COURSE, key=KEY, **fields)

        assert payload["catalogCourse"] is None
        assert found(payload) == errors
        assert CatalogCourse.objects.values_list("title", "language").get() == ("Circuits", "en")

    def test_writes_only_the_columns_it_changes(self, mutate):
        with CaptureQueriesContext(connection) as captured:
            mutate("updateCatalogCourse", COURSE, key=KEY, title="Electronics")

        updates = [query["sql"] for query in captured if query["sql"].startswith("UPDATE")]
        assert len(updates) == 1
        assert "title" in updates[0]
        assert "language" not in updates[0]

    def test_does_not_find_what_is_not_there(self, mutate):
        payload = mutate("updateCatalogCourse", COURSE, key="catalog-course:MITx:8.02x", title="Mine")

        assert found(payload) == [("NOT_FOUND", ["key"])]


class TestDeleteCatalogCourse:
    def test_deletes_it(self, mutate, make_catalog_course):
        make_catalog_course("MITx", "6.002x")

        payload = mutate("deleteCatalogCourse", "deletedId", key=KEY)

        assert payload == {"deletedId": encode_id("CatalogCourse", KEY), "errors": [], "clientMutationId": None}
        assert not CatalogCourse.objects.exists()

    def test_is_refused_while_there_are_runs_and_says_how_many(self, mutate, make_run):
        make_run("MITx", "6.002x", "3T2012")
        make_run("MITx", "6.002x", "1T2013")

        payload = mutate("deleteCatalogCourse", "deletedId", key=KEY)

        assert payload["deletedId"] is None
        assert payload["errors"] == [
            {"code": "IN_USE", "message": "The course has 2 runs, to be deleted first.", "field": None}
        ]
        assert CourseRun.objects.count() == 2

    def test_does_not_find_what_is_not_there(self, mutate):
        assert found(mutate("deleteCatalogCourse", "deletedId", key=KEY)) == [("NOT_FOUND", ["key"])]

    def test_leaves_the_key_to_be_created_again_with_other_capitals(self, mutate, make_catalog_course):
        make_catalog_course("MITx", "6.002x")
        mutate("deleteCatalogCourse", "deletedId", key=KEY)

        payload = mutate("createCatalogCourse", COURSE, orgCode="MITx", courseCode="6.002X")

        assert payload["catalogCourse"]["key"] == "catalog-course:MITx:6.002X"
