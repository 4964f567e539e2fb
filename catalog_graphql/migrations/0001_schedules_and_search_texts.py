"""Create the catalog's own tables, or take them over from older versions of `openedx_catalog`."""

import django.db.models.deletion
from django.db import migrations, models

import catalog_graphql.catalog.fields
from catalog_graphql.catalog.adoption import Adopt, move_content_types

HANDED_OVER_BY = ("openedx_catalog", "0007_hand_over")


def search_text(owner):
    return Adopt(
        name=f"{owner.partition('.')[2]}SearchText",
        fields=[
            ("text", catalog_graphql.catalog.fields.CodeField(max_length=765)),
            (
                "owner",
                catalog_graphql.catalog.fields.OwnerField(
                    on_delete=django.db.models.deletion.CASCADE,
                    primary_key=True,
                    related_name="search_text",
                    serialize=False,
                    to=owner,
                ),
            ),
        ],
        options={"abstract": False, "default_permissions": ()},
        handed_over_by=HANDED_OVER_BY,
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("openedx_catalog", "0001_initial"),
        ("organizations", "0004_auto_20230727_2054"),
    ]

    operations = [
        Adopt(
            name="CourseSchedule",
            fields=[
                (
                    "course_run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="schedule",
                        serialize=False,
                        to="openedx_catalog.courserun",
                        verbose_name="course run",
                    ),
                ),
                (
                    "start",
                    models.DateTimeField(blank=True, help_text="When the run starts.", null=True, verbose_name="start"),
                ),
                (
                    "end",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the run ends. Once it has passed, the run is archived.",
                        null=True,
                        verbose_name="end",
                    ),
                ),
                (
                    "enrollment_start",
                    models.DateTimeField(
                        blank=True, help_text="When enrollment opens.", null=True, verbose_name="enrollment start"
                    ),
                ),
                (
                    "enrollment_end",
                    models.DateTimeField(
                        blank=True, help_text="When enrollment closes.", null=True, verbose_name="enrollment end"
                    ),
                ),
            ],
            options={
                "verbose_name": "course schedule",
                "verbose_name_plural": "course schedules",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))),
                        name="oex_catalog_courseschedule_end_not_before_start",
                        violation_error_message="The end must not be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enrollment_end__gte", models.F("enrollment_start"))),
                        name="oex_catalog_courseschedule_enrollment_end_not_before_start",
                        violation_error_message="The end of enrollment must not be before its start.",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["start", "course_run"], name="oex_catalog_schedule_start"),
                    models.Index(fields=["end", "course_run"], name="oex_catalog_schedule_end"),
                ],
            },
            handed_over_by=HANDED_OVER_BY,
        ),
        search_text("openedx_catalog.CatalogCourse"),
        search_text("openedx_catalog.CourseRun"),
        search_text("organizations.Organization"),
        move_content_types(
            "openedx_catalog",
            "catalog_graphql",
            "courseschedule",
            "catalogcoursesearchtext",
            "courserunsearchtext",
            "organizationsearchtext",
        ),
    ]
