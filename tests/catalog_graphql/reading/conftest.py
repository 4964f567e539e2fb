"""The catalog, its viewers, and random documents for them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import Client, override_settings
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from catalog_graphql.schema.schema import schema
from tests.catalog_graphql.answers import WITHOUT_LIMITS
from tests.catalog_graphql.reading.catalog import VIEWERS, make_catalog, make_clients, worth_asking
from tests.catalog_graphql.reading.documents import Document, documents
from tests.catalog_graphql.reading.values import Known

SCHEMA = schema._schema
SITES = {"CMS_ROOT_URL": "https://studio.example.org/", "LMS_ROOT_URL": "https://lms.example.org"}


class Everybody(NamedTuple):
    """All viewers, and the values that they know to use in documents."""

    clients: dict[str, Client]
    known: list[Known]

    def ask(self, do: Callable[[Sequence[Client], Document], None], *, count: int, number: int | None = None) -> None:
        """Run a function on random documents, each with two random viewers, who may be the same.

        They are the same each time if a number is given, or if CI is set. There is no shrinking: see `smaller.py`.
        """

        @settings(max_examples=count, deadline=None, phases=[Phase.reuse, Phase.generate], report_multiple_bugs=False)
        @given(viewers=st.tuples(*[st.sampled_from(VIEWERS)] * 2), document=documents(SCHEMA, self.known))
        def do_for(viewers: tuple[str, ...], document: Document) -> None:
            do([self.clients[viewer] for viewer in viewers], document)

        (do_for if number is None else seed(number)(do_for))()


@pytest.fixture(scope="module")
def everybody(django_db_setup: None, django_db_blocker: Any) -> Iterator[Everybody]:
    """The viewers and the catalog, created once per module, since the tests only read them."""
    with django_db_blocker.unblock(), override_settings(**SITES, **WITHOUT_LIMITS), transaction.atomic():
        make_catalog()
        clients = make_clients()
        yield Everybody(clients, worth_asking(clients["global_staff"], SCHEMA))
        transaction.set_rollback(True)
