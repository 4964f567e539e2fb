"""Record a history of every change.

Existing rows have no history before their next change, unless `manage.py populate_history --auto` records them.
"""

import django.db.models.deletion
import django.utils.timezone
import opaque_keys.edx.django.models
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import openedx_catalog.models.catalog_course
import openedx_catalog.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("openedx_catalog", "0001_initial"),
        ("organizations", "0004_auto_20230727_2054"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalCatalogCourse",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "course_code",
                    openedx_catalog.models.fields.CodeField(
                        help_text="The course's code within its organization, such as 6.002x. Its runs' keys spell it.",
                        max_length=255,
                        verbose_name="course code",
                    ),
                ),
                (
                    "created",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        help_text="When the course was created; for an imported one, when its oldest run was.",
                        verbose_name="created",
                    ),
                ),
                (
                    "title",
                    openedx_catalog.models.fields.TitleField(
                        blank=True,
                        help_text="The course's title. Left blank, it becomes the course code.",
                        max_length=255,
                        verbose_name="title",
                    ),
                ),
                (
                    "language",
                    openedx_catalog.models.fields.CodeField(
                        default=openedx_catalog.models.catalog_course.default_language,
                        help_text="The language of the course, lowercase and hyphenated: en, fr-ca, zh-cn.",
                        max_length=64,
                        verbose_name="language",
                    ),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="The organization that offers the course.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical catalog course",
                "verbose_name_plural": "historical catalog courses",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCourseRun",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "run_code",
                    openedx_catalog.models.fields.CodeField(
                        help_text="The run's code, such as 3T2012: the last part of its key.",
                        max_length=255,
                        verbose_name="run code",
                    ),
                ),
                (
                    "course_key",
                    opaque_keys.edx.django.models.CourseKeyField(
                        blank=True,
                        case_sensitive=True,
                        db_index=True,
                        help_text="The run's key, such as course-v1:MITx+6.002x+3T2012. Left blank, it is made from the codes.",
                        max_length=255,
                        verbose_name="course key",
                    ),
                ),
                (
                    "created",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        help_text="When the run was created.",
                        verbose_name="created",
                    ),
                ),
                (
                    "title",
                    openedx_catalog.models.fields.TitleField(
                        blank=True,
                        help_text="The run's title. Left blank, it becomes the catalog course's.",
                        max_length=255,
                        verbose_name="title",
                    ),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "catalog_course",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="The catalog course of which this is a run.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="openedx_catalog.catalogcourse",
                        verbose_name="catalog course",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical course run",
                "verbose_name_plural": "historical course runs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCourseSchedule",
            fields=[
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
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "course_run",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="openedx_catalog.courserun",
                        verbose_name="course run",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical course schedule",
                "verbose_name_plural": "historical course schedules",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
