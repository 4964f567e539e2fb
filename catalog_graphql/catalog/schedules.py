"""Schedules: whether a run is archived, which it is once its end has passed; without an end, it never is."""

import datetime
from typing import Any

from django.db.models import Q


def archived(now: datetime.datetime) -> Q:
    """Return the condition on runs that they are archived at this instant."""
    return Q(schedule__end__lt=now)


def is_archived(course_run: Any, now: datetime.datetime) -> bool:
    """Say whether a run, or what stands in for one, is archived at this instant."""
    schedule = getattr(course_run, "schedule", None)
    return schedule is not None and schedule.end is not None and schedule.end < now
