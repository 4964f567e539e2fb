from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from auditlog.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone
from organizations.models import Organization
from pytest_django import Settings

from catalog_graphql.catalog import keys
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from tests.conftest import MakeRun

pytestmark = pytest.mark.django_db


def load_demo_catalog(*arguments: str) -> str:
    stdout = StringIO()
    call_command("load_demo_catalog", *arguments, stdout=stdout)
    return stdout.getvalue()


def content() -> list[tuple[str, ...]]:
    """Return what is loaded, without dates."""
    return sorted(
        CatalogCourse.objects.values_list("org__short_name", "course_code", "title", "language", "runs__title")
    )


class TestLoadDemoCatalog:
    def test_says_in_a_line_what_it_did(self, settings: Settings) -> None:
        settings.DEBUG = True

        said = load_demo_catalog()

        assert said == (
            f"Loaded the demo catalog: {Organization.objects.count()} organizations, {CatalogCourse.objects.count()} "
            f"catalog courses, {CourseRun.objects.count()} runs. Sign in as staff, password staff.\n"
        )

    def test_loads_the_same_each_time(self) -> None:
        load_demo_catalog()
        loaded_first = content()
        CourseSchedule.objects.all().delete()
        CourseRun.objects.all().delete()
        CatalogCourse.objects.all().delete()
        Organization.objects.all().delete()

        load_demo_catalog()

        assert content() == loaded_first

    def test_passes_the_audit(self) -> None:
        load_demo_catalog()

        audited = StringIO()
        call_command("check_catalog", stdout=audited)

        assert audited.getvalue() == "The catalog is as it should be.\n"

    def test_creates_a_staff_account(self, settings: Settings) -> None:
        settings.DEBUG = True

        load_demo_catalog()

        account = get_user_model().objects.get()
        assert (account.username, account.is_active, account.is_staff, account.is_superuser) == (
            "staff",
            True,
            True,
            True,
        )
        assert account.check_password("staff")

    def test_leaves_an_account_of_that_name_as_it_is(self, settings: Settings) -> None:
        settings.DEBUG = True
        get_user_model().objects.create_user("staff", password="of somebody else")

        said = load_demo_catalog()

        assert said.endswith("The account staff was there already.\n")
        account = get_user_model().objects.get()
        assert (account.is_staff, account.check_password("of somebody else")) == (False, True)

    def test_creates_no_account_outside_debug(self) -> None:
        said = load_demo_catalog()

        assert said.endswith("The account staff is left out: it is for DEBUG only.\n")
        assert not get_user_model().objects.exists()

    def test_refuses_a_catalog_that_is_not_empty(self, make_run: MakeRun) -> None:
        make_run("MITx")

        with pytest.raises(CommandError) as refused:
            load_demo_catalog()

        assert str(refused.value) == (
            "There are organizations or catalog courses already: the demo catalog is for an empty database."
        )
        assert [organization.short_name for organization in Organization.objects.all()] == ["MITx"]

    def test_leaves_a_catalog_alone_if_told(self, settings: Settings, make_run: MakeRun) -> None:
        settings.DEBUG = True
        make_run("MITx")

        said = load_demo_catalog("--if-empty")

        assert said == "There is a catalog already: the demo catalog is left out.\n"
        assert [organization.short_name for organization in Organization.objects.all()] == ["MITx"]
        assert not get_user_model().objects.exists()

    def test_loads_into_an_empty_database_if_told(self) -> None:
        said = load_demo_catalog("--if-empty")

        assert said.startswith("Loaded the demo catalog: 12 organizations, ")


@pytest.mark.once
class TestDemoCatalog:
    def test_loads_what_a_form_would_take(self) -> None:
        load_demo_catalog()

        for model in (Organization, CatalogCourse, CourseRun, CourseSchedule):
            for row in model.objects.all():
                row.full_clean()

    def test_starts_a_history_of_everything(self) -> None:
        load_demo_catalog()

        for model in (CatalogCourse, CourseRun, CourseSchedule):
            entries = LogEntry.objects.filter(content_type__model=model._meta.model_name, action=LogEntry.Action.CREATE)
            assert sorted(entries.values_list("object_id", flat=True)) == sorted(
                model.objects.values_list("pk", flat=True)
            )
        assert set(LogEntry.objects.values_list("actor", "additional_data__by")) == {(None, "command")}
        assert Organization.history.count() == Organization.objects.count()

    def test_has_a_dozen_organizations_one_of_them_inactive(self) -> None:
        load_demo_catalog()

        described = Organization.objects.exclude(description="").exclude(name="")

        assert Counter(described.values_list("active", flat=True)) == {True: 11, False: 1}

    def test_has_a_few_hundred_courses_in_many_languages(self) -> None:
        load_demo_catalog()

        languages = set(CatalogCourse.objects.values_list("language", flat=True))

        assert 200 < CatalogCourse.objects.count() < 500
        assert languages > {"en", "fr", "es", "de", "pt-br", "ar", "zh-cn", "ja", "uk", "he"}

    def test_has_no_two_courses_of_one_title_in_an_organization(self) -> None:
        load_demo_catalog()

        repeated = CatalogCourse.objects.values("org", "title").annotate(count=Count("pk")).filter(count__gt=1)

        assert list(repeated) == []

    def test_has_runs_of_every_kind(self) -> None:
        load_demo_catalog()
        now = timezone.now()

        runs = CourseRun.objects.all()
        kinds = {
            "archived": runs.filter(schedule__end__lt=now),
            "running": runs.filter(schedule__start__lt=now, schedule__end__gt=now),
            "open": runs.filter(schedule__start__lt=now, schedule__end=None),
            "announced": runs.filter(schedule__start__gt=now),
            "without a schedule": runs.filter(schedule=None),
        }

        assert {kind for kind, found in kinds.items() if found.count() >= 20} == kinds.keys()
        assert sum(found.count() for found in kinds.values()) == runs.count()

    def test_has_every_peculiarity(self) -> None:
        load_demo_catalog()

        course_keys = [str(course_key) for course_key in CourseRun.objects.values_list("course_key", flat=True)]
        spelled_differently = [
            str(run.course_key)
            for run in CourseRun.objects.select_related("catalog_course__org")
            if run.org_code != run.catalog_course.org_code
        ]

        assert sum(map(keys.is_ccx, course_keys)) == 2
        assert [course_key for course_key in course_keys if "/" in course_key] == ["NorthlakeX/OLD100/2012_Fall"]
        assert sorted(spelled_differently) == [
            "course-v1:TU-FALKENRIED+MINT+Winter",
            "course-v1:tu-falkenried+MINT+Sommer",
        ]
        assert CatalogCourse.objects.annotate(count=Count("runs")).filter(count=12).count() == 1
        assert CatalogCourse.objects.filter(runs=None).count() >= 5
        assert CatalogCourse.objects.get(course_code="SAIL101").title == "Sailing by the Stars ⛵🌟"

    def test_dates_a_course_as_its_oldest_run_and_nothing_in_the_future(self) -> None:
        load_demo_catalog()

        for catalog_course in CatalogCourse.objects.exclude(runs=None).prefetch_related("runs"):
            assert catalog_course.created == min(run.created for run in catalog_course.runs.all())
        assert not CourseRun.objects.filter(created__gt=timezone.now() - timedelta(hours=1)).exists()
