"""How long a request may take: what takes longer is given up, in the database and outside of it."""

import threading
import time

import pytest
from django.db import OperationalError, connection
from organizations.models import Organization

from catalog_graphql.access import StudioPolicy

# A statement that takes minutes, and one that shows what the database lets a statement take.
FOREVER = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "postgresql": "SELECT count(*) FROM generate_series(1, 1000000000000)",
    "mysql": "SELECT count(*) FROM information_schema.columns a, information_schema.columns b, "
    "information_schema.columns c, information_schema.columns d",
}
LIMIT = {"postgresql": "SHOW statement_timeout", "mysql": "SELECT @@max_statement_time"}
UNLIMITED = {"postgresql": "0", "mysql": 0}


class OfSlowDatabase(StudioPolicy):
    """A policy that asks the database for too much."""

    cache_key = None

    def scope(self, queryset, subject):
        with connection.cursor() as cursor:
            cursor.execute(FOREVER[connection.vendor])
        return queryset


class OfSlowPython(StudioPolicy):
    """A policy that takes its time."""

    cache_key = None

    def scope(self, queryset, subject):
        time.sleep(1.2)
        return queryset


def errors_of(answer):
    return [(error["path"], error["extensions"]) for error in answer["errors"]]


@pytest.mark.django_db(transaction=True)
class TestStatement:
    @pytest.fixture(autouse=True)
    def slow(self, settings):
        settings.CATALOG_LIMITS = {"seconds": 1}
        settings.CATALOG_ACCESS_POLICY = f"{__name__}.OfSlowDatabase"

    def test_is_given_up(self, ask, caplog):
        started = time.monotonic()

        answer = ask("{ courseRuns { totalCount } }")

        assert answer["data"] is None
        assert errors_of(answer) == [(["courseRuns"], {"code": "TIMEOUT"})]
        assert time.monotonic() - started < 10

    def test_leaves_nothing_half_done(self, ask, make_organization):
        make_organization("MITx")

        answer = ask('mutation { updateOrganization(input: {orgCode: "MITx", name: "M"}) { errors { code } } }')

        assert errors_of(answer) == [(["updateOrganization"], {"code": "TIMEOUT"})]
        assert Organization.objects.get().name == "MITx"

    def test_is_limited_for_the_request_only(self, ask, settings):
        ask("{ courseRuns { totalCount } }")
        settings.CATALOG_ACCESS_POLICY = "catalog_graphql.access.StudioPolicy"

        answer = ask("{ courseRuns { totalCount } }")

        assert answer == {"data": {"courseRuns": {"totalCount": 0}}}
        if connection.vendor in LIMIT:
            with connection.cursor() as cursor:
                cursor.execute(LIMIT[connection.vendor])
                assert cursor.fetchone()[0] == UNLIMITED[connection.vendor]
        else:
            threading.Timer(0.5, connection.connection.interrupt).start()
            started = time.monotonic()
            with connection.cursor() as cursor, pytest.raises(OperationalError, match="interrupted"):
                cursor.execute(FOREVER["sqlite"])
            assert time.monotonic() - started > 0.4


@pytest.mark.django_db
class TestExecution:
    @pytest.fixture(autouse=True)
    def slow(self, settings):
        settings.CATALOG_LIMITS = {"seconds": 1}
        settings.CATALOG_ACCESS_POLICY = f"{__name__}.OfSlowPython"

    @pytest.mark.parametrize("plan", [True, False])
    def test_is_given_up(self, ask, settings, plan):
        settings.CATALOG_READ_PLAN = plan

        answer = ask("{ courseRuns { nodes { title } } }")

        assert answer["data"] is None
        assert errors_of(answer) == [(["courseRuns"], {"code": "TIMEOUT"})]

    def test_begins_nothing_more(self, ask, make_organization):
        make_organization("MITx")

        answer = ask(
            """mutation {
                one: updateOrganization(input: {orgCode: "MITx", name: "One"}) { clientMutationId }
                two: updateOrganization(input: {orgCode: "MITx", name: "Two"}) { clientMutationId }
            }"""
        )

        assert answer["errors"]
        assert {error["extensions"]["code"] for error in answer["errors"]} == {"TIMEOUT"}
        assert Organization.objects.get().name == "MITx"
