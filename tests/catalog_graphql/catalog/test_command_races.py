"""Commands and other writers: what is retried, and what is raised if retrying does not help."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models.signals import pre_save
from organizations.models import Organization

from catalog_graphql.catalog import api
from catalog_graphql.catalog.commands.command import command

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("needs_row_locks")]

SECONDS = 20

MakeOrganization = Callable[..., Organization]


def in_another_connection(write: Callable[[], Any]) -> Any:
    """Call the function in another thread, and wait until it is committed."""

    def do() -> Any:
        try:
            return write()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(do).result(timeout=SECONDS)


class TestCommand:
    def test_begins_again_after_a_deadlock(self, make_organization: MakeOrganization) -> None:
        one, two = make_organization("one"), make_organization("two")
        both_hold_one = Barrier(2)
        attempts: list[int] = []

        @command
        def close_both(first: int, second: int) -> None:
            attempts.append(first)
            Organization.objects.select_for_update().get(pk=first)
            if attempts.count(first) == 1:
                both_hold_one.wait(SECONDS)
            Organization.objects.select_for_update().get(pk=second)
            Organization.objects.filter(pk__in=[first, second]).update(active=False)

        def go(first: int, second: int) -> None:
            try:
                close_both(first, second)
            finally:
                connection.close()

        with ThreadPoolExecutor(max_workers=2) as pool:
            for future in [pool.submit(go, one.pk, two.pk), pool.submit(go, two.pk, one.pk)]:
                future.result(timeout=SECONDS)

        assert len(attempts) == 3
        assert not Organization.objects.filter(active=True).exists()

    def test_begins_again_after_a_serialization_failure(self, make_organization: MakeOrganization) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("needs PostgreSQL: set DATABASE_URL")
        make_organization("MITx", name="M")
        seen: list[str] = []

        @command
        def append() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            seen.append(Organization.objects.get().name)
            if len(seen) == 1:
                in_another_connection(lambda: Organization.objects.update(name="I"))
            Organization.objects.update(name=f"{seen[-1]}T")

        append()

        assert seen == ["M", "I"]
        assert Organization.objects.get().name == "IT"

    def test_gives_up_on_others_that_are_always_faster(self, make_organization: MakeOrganization) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("needs PostgreSQL: set DATABASE_URL")
        make_organization("MITx")

        @command
        def rename() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            Organization.objects.get()
            in_another_connection(lambda: Organization.objects.update(name="theirs"))
            Organization.objects.update(name="mine")

        with pytest.raises(api.BusyError, match="try again"):
            rename()

        assert Organization.objects.get().name == "theirs"

    def test_finds_what_another_wrote_between_check_and_insert(self, transactional_db: None) -> None:
        def be_faster(instance: Organization, **kwargs: Any) -> None:
            if instance.name == "mine":
                in_another_connection(lambda: Organization.objects.create(short_name="MITx", name="theirs"))

        pre_save.connect(be_faster, sender=Organization)
        try:
            with pytest.raises(api.RefusedError) as refused:
                api.create_organization(org_code="MITx", name="mine")
        finally:
            pre_save.disconnect(be_faster, sender=Organization)

        assert [problem.code for problem in refused.value.problems] == [api.ProblemCode.ALREADY_EXISTS]
        assert refused.value.existing == Organization.objects.get()

    def test_is_run_once_within_a_transaction_of_its_callers(self, make_organization: MakeOrganization) -> None:
        make_organization("MITx")
        attempts = []

        @command
        def create() -> None:
            attempts.append(1)
            Organization.objects.create(short_name="MITx", name="mine")

        with pytest.raises(api.RefusedError), transaction.atomic():
            create()

        assert attempts == [1]
