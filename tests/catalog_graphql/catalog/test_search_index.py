"""The index of search texts changes no answer."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from organizations.models import Organization

from catalog_graphql.catalog import search_index, searches
from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.catalog.search_text import SEARCH_TEXTS, CourseRunSearchText
from catalog_graphql.catalog.text import fold_text
from tests.titles import TITLES

WORDS = st.one_of(
    st.text("ab'\"%_\\-", min_size=1, max_size=6),
    st.sampled_from([word for title in TITLES for word in title.split()]),
)


def create_runs(titles: dict[str, str]) -> None:
    """Create a course with runs of these titles, by their run codes."""
    organization = Organization.objects.create(short_name="Org", name="Org")
    catalog_course = CatalogCourse.objects.create(org=organization, course_code="C")
    for run_code, title in titles.items():
        CourseRun.objects.create(catalog_course=catalog_course, run_code=run_code, title=title)


class TestSearch(TestCase):
    @given(titles=st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=4), word=WORDS, cut=st.data())
    def test_finds_what_has_the_word_and_nothing_else(self, titles, word, cut):
        runs = {f"R{n}": " ".join(words) for n, words in enumerate(titles)}
        create_runs(runs)
        begin = cut.draw(st.integers(0, len(word) - 1))
        part = word[begin : cut.draw(st.integers(begin + 1, len(word)))]

        found = CourseRun.objects.filter(searches.course_run_has(part)).values_list("run_code", flat=True)

        texts = {
            run_code: (fold_text(title), f"course-v1:org+c+{run_code.lower()}") for run_code, title in runs.items()
        }
        assert sorted(found) == [code for code, both in texts.items() if any(fold_text(part) in text for text in both)]


@pytest.mark.django_db
class TestIndex:
    def test_is_there_where_the_engine_has_one(self):
        has_one = connection.vendor in ("sqlite", "postgresql")

        assert [search_index.exists(connection, model) for model in SEARCH_TEXTS.values()] == [has_one] * 3

    def test_follows_what_sql_writes_into_the_texts(self):
        create_runs({"R": "Before"})
        CourseRunSearchText.objects.update(text="afterwards")

        found = [CourseRun.objects.filter(searches.course_run_has(word)).count() for word in ("before", "terwar")]
        CourseRunSearchText.objects.all().delete()

        assert found == [0, 1]
        assert not CourseRun.objects.filter(searches.course_run_has("terwar")).exists()
