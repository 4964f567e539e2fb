"""What is archived: to a database and to Python alike."""

import datetime

import pytest

from catalog_graphql.catalog import schedules
from openedx_catalog.models import CourseRun

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
MOMENT = datetime.timedelta(microseconds=1)


@pytest.mark.django_db
class TestArchived:
    @pytest.mark.parametrize(
        ("schedule", "is_archived"),
        [
            (None, False),
            ({"start": NOW - MOMENT}, False),
            ({"end": NOW - MOMENT}, True),
            ({"end": NOW}, False),
            ({"end": NOW + MOMENT}, False),
        ],
    )
    def test_is_a_run_whose_end_has_passed(self, make_run, schedule, is_archived):
        run = make_run(schedule=schedule)

        assert CourseRun.objects.filter(schedules.archived(NOW)).exists() == is_archived
        assert schedules.is_archived(CourseRun.objects.get(pk=run.pk), NOW) == is_archived
