"""The time limit of a request: what takes longer is canceled, inside and outside of the database."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from organizations.models import Organization

from catalog_graphql.limits.deadlines import Deadline
from catalog_graphql.standalone.policy import StudioPolicy
from tests.catalog_graphql.answers import answer_of
from tests.catalog_graphql.schema.mutations.conftest import many_connections

# A statement that takes minutes, and one that shows the database's time limit for statements.
FOREVER = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "postgresql": "SELECT count(*) FROM generate_series(1, 1000000000000)",
    "mysql": "SELECT count(*) FROM information_schema.columns a, information_schema.columns b, "
    "information_schema.columns c, information_schema.columns d",
}
# The database's settings that limit the time of statements or of their waits, with their default values.
LIMITS = {
    "sqlite": ("PRAGMA busy_timeout", (20_000,)),
    "postgresql": ("SHOW statement_timeout", ("0",)),
    "mariadb": ("SELECT @@max_statement_time", (0,)),
    "mysql": ("SELECT @@max_execution_time, @@innodb_lock_wait_timeout, @@lock_wait_timeout", (0, 50, 31_536_000)),
}


class OfSlowDatabase(StudioPolicy):
    """A policy whose query takes the database too long."""

    cache_key = None

    def scope(self, queryset, subject):
        with connection.cursor() as cursor:
            cursor.execute(FOREVER[connection.vendor])
        return queryset


class OfSlowPython(StudioPolicy):
    """A policy that takes time itself."""

    cache_key = None

    def scope(self, queryset, subject):
        time.sleep(1.2)
        return queryset


class OfSlowPythonAndDatabase(OfSlowDatabase):
    """A policy that takes time itself, and whose query then takes the database too long."""

    def scope(self, queryset, subject):
        time.sleep(1.8)
        return super().scope(queryset, subject)


def kind_of(connection):
    return "mariadb" if getattr(connection, "mysql_is_mariadb", False) else connection.vendor


def limit_of(connection):
    with connection.cursor() as cursor:
        cursor.execute(LIMITS[kind_of(connection)][0])
        return cursor.fetchone()


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
        settings.CATALOG_ACCESS_POLICY = "catalog_graphql.standalone.policy.StudioPolicy"

        answer = ask("{ courseRuns { totalCount } }")

        assert answer == {"data": {"courseRuns": {"totalCount": 0}}}
        assert limit_of(connection) == LIMITS[kind_of(connection)][1]
        if connection.vendor == "sqlite":
            threading.Timer(0.5, connection.connection.interrupt).start()
            started = time.monotonic()
            with connection.cursor() as cursor, pytest.raises(OperationalError, match="interrupted"):
                cursor.execute(FOREVER["sqlite"])
            assert time.monotonic() - started > 0.4

    def test_has_no_more_time_than_is_left_of_the_request(self, ask, settings):
        settings.CATALOG_LIMITS = {"seconds": 2}
        settings.CATALOG_ACCESS_POLICY = f"{__name__}.OfSlowPythonAndDatabase"
        ask("{ __typename }")
        started = time.monotonic()

        answer = ask("{ courseRuns { totalCount } }")

        assert errors_of(answer) == [(["courseRuns"], {"code": "TIMEOUT"})]
        assert time.monotonic() - started < 3  # Generous: it takes 2.1, or 3.8 with a deadline of its own.

    def test_is_limited_after_a_rollback_too(self, db):
        deadline = Deadline(10)

        with deadline.on_statements():
            with suppress(ZeroDivisionError), transaction.atomic():
                limit_of(connection)
                raise ZeroDivisionError
            limited = limit_of(connection)

        assert limited != limit_of(connection) == LIMITS[kind_of(connection)][1]

    def test_is_limited_by_requests_that_overlap_on_a_connection(self, db):
        with ExitStack() as first, ExitStack() as second:
            for stack, seconds in [(first, 10), (second, 9)]:
                stack.enter_context(Deadline(seconds).on_statements())
                limit_of(connection)
            first.close()

        assert limit_of(connection) == LIMITS[kind_of(connection)][1]

    def test_is_limited_by_few_statements_of_its_own(self, db):
        deadline = Deadline(10)
        limit_of(connection)

        with deadline.on_statements():
            first = limit_of(connection)
            later = {limit_of(connection) for _ in range(20)}

        assert later == {first}  # It would differ if it were set before each statement.


@pytest.mark.django_db(transaction=True)
class TestWaitForALock:
    @pytest.fixture
    def locked(self, tmp_path, make_organization, sign_in):
        """Let another writer lock organizations and users; return a function that calls another one in a thread."""
        make_organization("MITx")
        user = sign_in(is_staff=True, password="swordfish")
        has_locked, done = threading.Event(), threading.Event()

        def lock():
            with transaction.atomic():
                Organization.objects.update(name="Theirs")
                type(user).objects.update(first_name="Theirs")
                has_locked.set()
                done.wait(60)

        def call(function):
            try:
                return function()
            finally:
                connections.close_all()

        with many_connections(tmp_path / "catalog.sqlite3"), ThreadPoolExecutor(2) as threads:
            holding = threads.submit(call, lock)
            try:
                assert has_locked.wait(10)
                yield lambda function: threads.submit(call, function).result(60)
            finally:
                done.set()
                holding.result(60)

    def test_ends_with_the_time_of_the_request(self, settings, post, locked):
        settings.CATALOG_LIMITS = {"seconds": 1}
        mutation = 'mutation { updateOrganization(input: {orgCode: "MITx", name: "M"}) { errors { code } } }'
        started = time.monotonic()

        response = locked(lambda: post(mutation))

        assert errors_of(answer_of(response)) == [(["updateOrganization"], {"code": "TIMEOUT"})]
        assert time.monotonic() - started < 6  # Generous: MySQL waits for whole seconds. SQLite by itself waits 20.

    @pytest.mark.parametrize("page", ["/login/", "/admin/login/"])
    def test_of_a_page_ends_likewise(self, settings, locked, page):
        settings.CATALOG_LIMITS = {"seconds": 1}
        client = Client(raise_request_exception=False)
        started = time.monotonic()

        response = locked(lambda: client.post(page, {"username": "staff", "password": "swordfish"}))

        assert (response.status_code, response["Retry-After"]) == (503, "5")
        assert "It took too long." in response.content.decode()
        assert time.monotonic() - started < 6


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
