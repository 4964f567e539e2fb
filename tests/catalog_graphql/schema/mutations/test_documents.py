"""Behavior that all mutations share."""

import logging

from organizations.models import Organization

from tests.catalog_graphql.answers import answer_of


class TestDocument:
    def test_does_its_mutations_in_order_and_each_on_its_own(self, ask):
        answer = ask(
            """mutation {
                one: createOrganization(input: {orgCode: "MITx", name: "MIT"}) { organization { name } errors { code } }
                two: createOrganization(input: {orgCode: "mitx", name: "No"}) { organization { name } errors { code } }
                three: updateOrganization(input: {orgCode: "MITx", name: "M.I.T."}) {
                    organization { name } errors { code }
                }
            }"""
        )

        assert answer == {
            "data": {
                "one": {"organization": {"name": "MIT"}, "errors": []},
                "two": {"organization": None, "errors": [{"code": "ALREADY_EXISTS"}]},
                "three": {"organization": {"name": "M.I.T."}, "errors": []},
            }
        }

    def test_logs_who_changed_what(self, ask, caplog, django_user_model):
        with caplog.at_level(logging.INFO, logger="catalog_graphql.schema.mutations.mutation"):
            ask('mutation { createOrganization(input: {orgCode: "MITx", name: "M"}) { clientMutationId } }')
            ask('mutation { createOrganization(input: {orgCode: "MITx", name: "M"}) { clientMutationId } }')

        user = django_user_model.objects.get()
        assert [record.message for record in caplog.records] == [f"createOrganization MITx by user {user.pk}"]

    def test_is_for_global_staff(self, sign_in, post):
        sign_in()

        answer = answer_of(
            post('mutation { createOrganization(input: {orgCode: "MITx", name: "M"}) { errors { code } } }')
        )

        assert answer == {"data": {"createOrganization": {"errors": [{"code": "FORBIDDEN"}]}}}
        assert not Organization.objects.exists()

    def test_is_not_taken_by_get(self, ask, client):
        response = client.get("/graphql/", {"query": "mutation { __typename }"})

        assert response.status_code == 405
