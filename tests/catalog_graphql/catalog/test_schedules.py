from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog_graphql.catalog import schedules
from catalog_graphql.catalog.records import CourseRun, CourseSchedule
from tests.conftest import MakeRun

NOW, MOMENT = datetime(2026, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
EARLIER, LATER = datetime(2012, 9, 5, tzinfo=UTC), datetime(2012, 12, 25, tzinfo=UTC)


class TestFullClean:
    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"start": LATER, "end": EARLIER}, "The end must not be before the start."),
            (
                {"enrollment_start": LATER, "enrollment_end": EARLIER},
                "The end of enrollment must not be before its start.",
            ),
        ],
    )
    def test_refuses_what_ends_before_it_starts(
        self, make_run: MakeRun, fields: dict[str, datetime], message: str
    ) -> None:
        course_schedule = CourseSchedule(course_run=make_run(), **fields)

        with pytest.raises(ValidationError) as refused:
            course_schedule.full_clean()

        assert refused.value.messages == [message]

    def test_takes_enrollment_outside_the_run(self, make_run: MakeRun) -> None:
        course_schedule = CourseSchedule(
            course_run=make_run(), start=EARLIER, end=EARLIER, enrollment_start=LATER, enrollment_end=LATER
        )

        course_schedule.full_clean()
        course_schedule.save()

        assert CourseSchedule.objects.get() == course_schedule


class TestConstraints:
    @pytest.mark.parametrize(("start", "end"), [("start", "end"), ("enrollment_start", "enrollment_end")])
    def test_refuse_what_ends_before_it_starts_below_save(self, make_run: MakeRun, start: str, end: str) -> None:
        make_run(run_code="3T2012", schedule={start: EARLIER, end: LATER})
        other = CourseSchedule(course_run=make_run(run_code="1T2013"), **{start: LATER, end: EARLIER})

        with pytest.raises(IntegrityError), transaction.atomic():
            CourseSchedule.objects.bulk_create([other])
        with pytest.raises(IntegrityError), transaction.atomic():
            CourseSchedule.objects.update(**{start: LATER, end: EARLIER})

    @pytest.mark.parametrize(
        ("start", "end"), [(None, None), (None, EARLIER), (EARLIER, None), (EARLIER, EARLIER), (EARLIER, LATER)]
    )
    def test_let_an_instant_be_open_or_the_same(
        self, make_run: MakeRun, start: datetime | None, end: datetime | None
    ) -> None:
        instants = {"start": start, "end": end, "enrollment_start": start, "enrollment_end": end}

        CourseSchedule.objects.bulk_create([CourseSchedule(course_run=make_run(), **instants)])

        assert CourseSchedule.objects.values(*instants).get() == instants


class TestCourseRun:
    def test_has_one_schedule(self, make_run: MakeRun) -> None:
        course_run = make_run(schedule={"start": EARLIER, "end": LATER})

        assert course_run.schedule.course_run == course_run
        assert str(course_run.schedule) == "2012-09-05 00:00:00+00:00 to 2012-12-25 00:00:00+00:00"

    def test_takes_its_schedule_along_when_deleted(self, make_run: MakeRun) -> None:
        course_run = make_run(schedule={"start": EARLIER})

        course_run.delete()

        assert not CourseSchedule.objects.exists()


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
