"""Schedules of runs: a table of our own, one-to-one with course runs, whichever package provides those.

A run is archived once its end has passed; without an end, it never is.
"""

import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseSchedule(models.Model):
    """When a run takes place, and when learners may enrol. Every instant may be open."""

    course_run = models.OneToOneField(
        "openedx_catalog.CourseRun",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="schedule",
        verbose_name=_("course run"),
    )
    start = models.DateTimeField(_("start"), null=True, blank=True, help_text=_("When the run starts."))
    end = models.DateTimeField(
        _("end"), null=True, blank=True, help_text=_("When the run ends. Once it has passed, the run is archived.")
    )
    enrollment_start = models.DateTimeField(
        _("enrollment start"), null=True, blank=True, help_text=_("When enrollment opens.")
    )
    enrollment_end = models.DateTimeField(
        _("enrollment end"), null=True, blank=True, help_text=_("When enrollment closes.")
    )

    class Meta:
        """Require that the end is not before the start."""

        verbose_name = _("course schedule")
        verbose_name_plural = _("course schedules")
        constraints = [
            models.CheckConstraint(
                name="oex_catalog_courseschedule_end_not_before_start",
                condition=models.Q(end__gte=models.F("start")),
                violation_error_message=_("The end must not be before the start."),
            ),
            models.CheckConstraint(
                name="oex_catalog_courseschedule_enrollment_end_not_before_start",
                condition=models.Q(enrollment_end__gte=models.F("enrollment_start")),
                violation_error_message=_("The end of enrollment must not be before its start."),
            ),
        ]
        indexes = [
            models.Index(fields=["start", "course_run"], name="oex_catalog_schedule_start"),
            models.Index(fields=["end", "course_run"], name="oex_catalog_schedule_end"),
        ]

    def __str__(self) -> str:
        """Return the start and the end."""
        return f"{self.start} to {self.end}"


def archived(now: datetime.datetime) -> models.Q:
    """Return the condition that a run is archived at this time."""
    return models.Q(schedule__end__lt=now)


def is_archived(course_run: Any, now: datetime.datetime) -> bool:
    """Return whether a run, or a plan's stand-in for one, is archived at this time."""
    schedule = getattr(course_run, "schedule", None)
    return schedule is not None and schedule.end is not None and schedule.end < now
