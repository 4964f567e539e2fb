"""Mutations that create and update organizations."""

import pytest
from organizations.models import Organization

from tests.catalog_graphql.schema.mutations.conftest import found

ORGANIZATION = "organization { orgCode name description isActive }"
LONG = "x" * 256


class TestCreateOrganization:
    def test_creates_it_trimmed(self, mutate):
        payload = mutate(
            "createOrganization",
            f"{ORGANIZATION} existing {{ orgCode }}",
            orgCode=" MITx ",
            name="\tMIT \U0001f600 ",
            description=" On the Charles.\nSince 1861. ",
            clientMutationId="7",
        )

        assert payload == {
            "organization": {
                "orgCode": "MITx",
                "name": "MIT \U0001f600",
                "description": "On the Charles.\nSince 1861.",
                "isActive": True,
            },
            "existing": None,
            "errors": [],
            "clientMutationId": "7",
        }

    def test_hands_back_the_one_in_the_way_whatever_its_capitals(self, mutate, make_organization):
        make_organization("MITx", name="MIT")

        payload = mutate("createOrganization", f"{ORGANIZATION} existing {{ name }}", orgCode="mitX", name="Mine")

        assert payload["organization"] is None
        assert payload["existing"] == {"name": "MIT"}
        assert found(payload) == [("ALREADY_EXISTS", ["orgCode"])]
        assert Organization.objects.count() == 1

    @pytest.mark.parametrize(
        ("fields", "errors"),
        [
            ({"orgCode": "", "name": " "}, [("REQUIRED", ["orgCode"]), ("REQUIRED", ["name"])]),
            ({"orgCode": "MIT x"}, [("INVALID", ["orgCode"])]),
            ({"orgCode": "É"}, [("INVALID", ["orgCode"])]),
            ({"orgCode": "a\0b"}, [("INVALID", ["orgCode"])]),
            ({"orgCode": LONG, "name": LONG}, [("TOO_LONG", ["orgCode"]), ("TOO_LONG", ["name"])]),
            ({"description": "d" * 10_001}, [("TOO_LONG", ["description"])]),
            ({"description": "d" * 10_000, "name": ""}, [("REQUIRED", ["name"])]),
            ({"name": "a\nb"}, [("INVALID", ["name"])]),
            ({"name": "a\0b", "description": "a\0b"}, [("INVALID", ["name"]), ("INVALID", ["description"])]),
        ],
    )
    def test_says_all_that_is_wrong(self, mutate, fields, errors):
        payload = mutate("createOrganization", ORGANIZATION, **{"orgCode": "MITx", "name": "MIT", **fields})

        assert payload["organization"] is None
        assert found(payload) == errors
        assert not Organization.objects.exists()

    def test_says_what_would_be_right(self, mutate):
        payload = mutate("createOrganization", ORGANIZATION, orgCode="MIT x", name="MIT")

        assert payload["errors"][0]["message"] == "The organization code may hold letters, digits, - . and _."


class TestUpdateOrganization:
    @pytest.fixture(autouse=True)
    def organization(self, make_organization):
        return make_organization("MITx", name="MIT", description="On the Charles.")

    @pytest.mark.parametrize(
        ("fields", "changed"),
        [
            ({}, {}),
            ({"name": " M.I.T. "}, {"name": "M.I.T."}),
            ({"description": None}, {"description": None}),
            ({"description": " "}, {"description": None}),
            ({"isActive": False}, {"isActive": False}),
            ({"newOrgCode": "MITX"}, {"orgCode": "MITX"}),
            ({"newOrgCode": "HarvardX", "name": "Harvard"}, {"orgCode": "HarvardX", "name": "Harvard"}),
        ],
    )
    def test_changes_what_is_given(self, mutate, fields, changed):
        payload = mutate("updateOrganization", ORGANIZATION, orgCode="mitx", **fields)

        before = {"orgCode": "MITx", "name": "MIT", "description": "On the Charles.", "isActive": True}
        assert payload["organization"] == before | changed
        assert payload["errors"] == []

    @pytest.mark.parametrize(
        ("fields", "errors"),
        [
            ({"name": None}, [("REQUIRED", ["name"])]),
            ({"isActive": None}, [("REQUIRED", ["isActive"])]),
            ({"isActive": None, "name": ""}, [("REQUIRED", ["isActive"]), ("REQUIRED", ["name"])]),
            ({"newOrgCode": None}, [("REQUIRED", ["newOrgCode"])]),
            ({"newOrgCode": "M I T", "name": ""}, [("INVALID", ["newOrgCode"]), ("REQUIRED", ["name"])]),
        ],
    )
    def test_says_all_that_is_wrong(self, mutate, fields, errors):
        payload = mutate("updateOrganization", ORGANIZATION, orgCode="MITx", **fields)

        assert payload["organization"] is None
        assert found(payload) == errors
        assert Organization.objects.values_list("short_name", "name", "active").get() == ("MITx", "MIT", True)

    def test_refuses_a_code_that_contradicts_a_run_and_names_it(self, mutate, make_run):
        make_run("MITx", "6.002x", "3T2012")

        payload = mutate("updateOrganization", ORGANIZATION, orgCode="MITx", newOrgCode="HarvardX")

        assert payload["organization"] is None
        assert payload["errors"] == [
            {
                "code": "KEY_MISMATCH",
                "message": "The code HarvardX would contradict the run course-v1:MITx+6.002x+3T2012.",
                "field": ["newOrgCode"],
            }
        ]

    def test_takes_other_capitals_and_what_puts_keys_right(self, mutate, make_run):
        make_run("MITx", "6.002x", "3T2012")

        capitals = mutate("updateOrganization", ORGANIZATION, orgCode="MITx", newOrgCode="MITX")
        Organization.objects.update(short_name="Wrong")
        right = mutate("updateOrganization", ORGANIZATION, orgCode="Wrong", newOrgCode="MITx")

        assert capitals["organization"]["orgCode"] == "MITX"
        assert right["organization"]["orgCode"] == "MITx"

    def test_refuses_the_code_of_another_whatever_its_capitals(self, mutate, make_organization):
        make_organization("HarvardX")

        payload = mutate("updateOrganization", ORGANIZATION, orgCode="MITx", newOrgCode="harvardx")

        assert found(payload) == [("ALREADY_EXISTS", ["newOrgCode"])]

    @pytest.mark.parametrize("org_code", ["nobody", "a\0b", ""])
    def test_does_not_find_what_is_not_there(self, mutate, org_code):
        payload = mutate("updateOrganization", ORGANIZATION, orgCode=org_code, name="Mine")

        assert found(payload) == [("NOT_FOUND", ["orgCode"])]
