"""The cache between requests: its size is bounded, and it evicts the least recently used entries first."""

import pytest
from django.test.utils import override_settings

from catalog_graphql.execution import documents, executor
from catalog_graphql.execution.cache import BoundedCache

MAKE = {name: f"value of {name}" for name in "abcd"}


def size(value: str) -> int:
    """Return a size such that 2,000 bytes have room for three values with their keys."""
    return 100


@pytest.fixture
def kept() -> BoundedCache[str]:
    """A cache with room for three values."""
    return BoundedCache(2_000)


def get(kept: BoundedCache[str], name: str, made: list[str]) -> str:
    def make() -> str:
        made.append(name)
        return MAKE[name]

    return kept.get(name, make, size)


class TestKept:
    def test_is_made_once(self, kept):
        made: list[str] = []

        values = [get(kept, name, made) for name in "abab"]

        assert values == [MAKE[name] for name in "abab"]
        assert made == ["a", "b"]

    def test_gives_up_what_was_used_least_lately(self, kept):
        made: list[str] = []

        for name in "abcadab":
            get(kept, name, made)

        # When d was added, b was the least recently used, and a more recently used than c.
        assert made == ["a", "b", "c", "d", "b"]
        assert len(kept) == 3

    def test_is_not_larger_than_it_may_be(self, kept):
        for number in range(1_000):
            kept.get(number, lambda: "value", size)

        assert kept.bytes <= 2_000

    def test_does_not_keep_what_is_larger_than_all_of_it(self, kept):
        kept.get("small", lambda: "value", size)

        assert kept.get("large", lambda: "value", lambda _: 2_000) == "value"

        assert len(kept) == 1

    def test_does_not_keep_what_has_no_key(self, kept):
        assert kept.get(None, lambda: "value", size) == "value"

        assert len(kept) == 0

    def test_keeps_what_is_false(self):
        kept: BoundedCache[int] = BoundedCache(2_000)
        kept.get("zero", lambda: 0, lambda _: 100)

        assert kept.get("zero", lambda: 1, lambda _: 100) == 0

    def test_counts_nothing_once_it_is_cleared(self, kept):
        kept.get("a", lambda: "value", size)

        kept.clear()

        assert (len(kept), kept.bytes) == (0, 0)


@pytest.mark.django_db
class TestSizes:
    """A larger document counts as larger."""

    @pytest.mark.parametrize(
        ("module", "name"),
        [(documents, "_documents"), (documents, "_found"), (executor, "_plans"), (executor, "_costs")],
    )
    @override_settings(CATALOG_EXPLORERS="everyone")
    def test_grow_with_the_document(self, ask, make_run, module, name):
        make_run()
        cache = getattr(module, name)
        sizes = []

        for lists in (1, 10):
            cache.clear()
            ask("{ " + " ".join(f"a{i}: courseRuns(first: 1) {{ nodes {{ title }} }}" for i in range(lists)) + " }")
            sizes.append(cache.bytes)

        assert 0 < sizes[0] < sizes[1]
