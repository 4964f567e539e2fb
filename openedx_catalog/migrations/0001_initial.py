"""Create the catalog's tables, with their constraints and indexes."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import opaque_keys.edx.django.models
from django.db import migrations, models

import openedx_catalog.models.catalog_course
import openedx_catalog.models.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0004_auto_20230727_2054"),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogCourse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "course_code_folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower("course_code"),
                        output_field=openedx_catalog.models.fields.CodeField(max_length=255),
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        help_text="The organization that offers the course.",
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "catalog course",
                "verbose_name_plural": "catalog courses",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("org", "course_code_folded"),
                        name="oex_catalog_catalogcourse_org_course_code_unique",
                        violation_error_message="The organization already has a course of this code, case aside.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__regex", "^[a-z][a-z](\\-[a-z0-9]+)*$(?![^a])")),
                        name="oex_catalog_catalogcourse_language_regex",
                        violation_error_message="A language is lowercase and hyphenated, such as en, fr-ca or zh-cn.",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThan(
                            django.db.models.functions.text.Length(django.db.models.functions.text.Trim("course_code")),
                            0,
                        ),
                        name="oex_catalog_catalogcourse_course_code_not_blank",
                        violation_error_message="The course code must not be blank.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("course_code__regex", "^[A-Za-z0-9_.~:%-]+$(?![^a])")),
                        name="oex_catalog_catalogcourse_course_code_regex",
                        violation_error_message="The course code may hold letters, digits, - . _ ~ and :.",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThan(
                            django.db.models.functions.text.Length(django.db.models.functions.text.Trim("title")), 0
                        ),
                        name="oex_catalog_catalogcourse_title_not_blank",
                        violation_error_message="The title must not be blank.",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["title", "id"], name="oex_catalog_catcourse_title"),
                    models.Index(fields=["course_code", "id"], name="oex_catalog_catcourse_code"),
                    models.Index(fields=["created", "id"], name="oex_catalog_catcourse_created"),
                    models.Index(fields=["org", "title", "id"], name="oex_catalog_catcourse_org"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        help_text="The run's key, such as course-v1:MITx+6.002x+3T2012. Left blank, it is made from the codes.",
                        max_length=255,
                        unique=True,
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
                (
                    "course_key_folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower("course_key"),
                        output_field=openedx_catalog.models.fields.CodeField(max_length=255),
                    ),
                ),
                (
                    "run_code_folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(models.Q(("course_key__startswith", "ccx-v1:")), then=None),
                            default=django.db.models.functions.text.Lower("run_code"),
                        ),
                        output_field=openedx_catalog.models.fields.CodeField(max_length=255, null=True),
                    ),
                ),
                (
                    "catalog_course",
                    models.ForeignKey(
                        help_text="The catalog course of which this is a run.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="openedx_catalog.catalogcourse",
                        verbose_name="catalog course",
                    ),
                ),
            ],
            options={
                "verbose_name": "course run",
                "verbose_name_plural": "course runs",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("course_key_folded",),
                        name="oex_catalog_courserun_course_key_unique",
                        violation_error_message="There is already a run of this key, case aside.",
                    ),
                    models.UniqueConstraint(
                        fields=("catalog_course", "run_code_folded"),
                        name="oex_catalog_courserun_catalog_course_run_code_unique",
                        violation_error_message="The catalog course already has a run of this code, case aside.",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThan(
                            django.db.models.functions.text.Length(django.db.models.functions.text.Trim("run_code")), 0
                        ),
                        name="oex_catalog_courserun_run_code_not_blank",
                        violation_error_message="The run code must not be blank.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("run_code__regex", "^[A-Za-z0-9_.~:%-]+$(?![^a])")),
                        name="oex_catalog_courserun_run_code_regex",
                        violation_error_message="The run code may hold letters, digits, - . _ ~ and :.",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThan(
                            django.db.models.functions.text.Length(django.db.models.functions.text.Trim("title")), 0
                        ),
                        name="oex_catalog_courserun_title_not_blank",
                        violation_error_message="The title must not be blank.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "course_key__regex",
                                "^(course-v1:[A-Za-z0-9_.~:-]+[+][A-Za-z0-9_.~:-]+[+][A-Za-z0-9_.~:-]+|ccx-v1:[A-Za-z0-9_.~:-]+[+][A-Za-z0-9_.~:-]+[+][A-Za-z0-9_.~:-]+[+]ccx@[0-9]+|[A-Za-z0-9_.%-]+/[A-Za-z0-9_.%-]+/[A-Za-z0-9_.%-]+)$(?![^a])",
                            )
                        ),
                        name="oex_catalog_courserun_course_key_regex",
                        violation_error_message="The course key must be one of a course run, in ASCII.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("course_key__startswith", "ccx-v1:")),
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.text.Substr(
                                        "course_key",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.functions.text.StrIndex(
                                                "course_key", models.Value("+ccx@")
                                            ),
                                            "-",
                                            django.db.models.functions.text.Length(
                                                django.db.models.functions.text.Concat(models.Value("+"), "run_code")
                                            ),
                                        ),
                                        django.db.models.functions.text.Length(
                                            django.db.models.functions.text.Concat(models.Value("+"), "run_code")
                                        ),
                                    ),
                                    django.db.models.functions.text.Concat(models.Value("+"), "run_code"),
                                ),
                            ),
                            models.Q(
                                models.Q(("course_key__startswith", "ccx-v1:"), _negated=True),
                                models.Q(
                                    django.db.models.lookups.Exact(
                                        django.db.models.functions.text.Substr(
                                            "course_key",
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.functions.text.Length("course_key"),
                                                    "+",
                                                    models.Value(1),
                                                ),
                                                "-",
                                                django.db.models.functions.text.Length(
                                                    django.db.models.functions.text.Concat(
                                                        models.Value("+"), "run_code"
                                                    )
                                                ),
                                            ),
                                            django.db.models.functions.text.Length(
                                                django.db.models.functions.text.Concat(models.Value("+"), "run_code")
                                            ),
                                        ),
                                        django.db.models.functions.text.Concat(models.Value("+"), "run_code"),
                                    ),
                                    django.db.models.lookups.Exact(
                                        django.db.models.functions.text.Substr(
                                            "course_key",
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.functions.text.Length("course_key"),
                                                    "+",
                                                    models.Value(1),
                                                ),
                                                "-",
                                                django.db.models.functions.text.Length(
                                                    django.db.models.functions.text.Concat(
                                                        models.Value("/"), "run_code"
                                                    )
                                                ),
                                            ),
                                            django.db.models.functions.text.Length(
                                                django.db.models.functions.text.Concat(models.Value("/"), "run_code")
                                            ),
                                        ),
                                        django.db.models.functions.text.Concat(models.Value("/"), "run_code"),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="oex_catalog_courserun_course_key_run_code_match_exactly",
                        violation_error_message="The run code must be the run of the course key, capitals included.",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["title", "id"], name="oex_catalog_courserun_title"),
                    models.Index(fields=["run_code", "id"], name="oex_catalog_courserun_run_code"),
                    models.Index(fields=["created", "id"], name="oex_catalog_courserun_created"),
                    models.Index(fields=["catalog_course", "created", "id"], name="oex_catalog_courserun_course"),
                ],
            },
        ),
        migrations.CreateModel(
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
        ),
    ]
