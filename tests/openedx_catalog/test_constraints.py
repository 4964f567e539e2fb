"""What the database refuses below `save()`, on every database."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CharField, Value
from opaque_keys.edx.keys import CourseKey

from openedx_catalog.models import CatalogCourse, CourseRun
from tests.conftest import MakeRun

COURSE_V1 = "course-v1:MITx+6.002x+3T2012"
CCX_V1 = "ccx-v1:MITx+6.002x+3T2012+ccx@1"
SLASHES = "MITx/6.002x/3T2012"

NO_CODES = ["", " ", "   ", "É", "6 002", "6.002x ", "6.002x\n", "6.002x\r", "6/002x", "6+002x", "6@002x"]
NO_TITLES = ["", " ", "   "]


def text(value: str) -> Value:
    """Return a value that bypasses our fields on its way to the database."""
    return Value(value, output_field=CharField())


def assert_refused(write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def course_like(catalog_course: CatalogCourse, **fields: object) -> CatalogCourse:
    return CatalogCourse(**{"org": catalog_course.org, "course_code": "8.01", "title": "Mechanics", **fields})


def run_like(course_run: CourseRun, course_key: str, run_code: str, **fields: object) -> CourseRun:
    return CourseRun(
        **{
            "catalog_course": course_run.catalog_course,
            "course_key": CourseKey.from_string(course_key),
            "run_code": run_code,
            "title": "Circuits",
            **fields,
        }
    )


class TestNames:
    def test_are_those_that_open_edx_released(self) -> None:
        released = {
            "oex_catalog_catalogcourse_language_regex",
            "oex_catalog_catalogcourse_course_code_not_blank",
            "oex_catalog_catalogcourse_title_not_blank",
            "oex_catalog_courserun_run_code_not_blank",
            "oex_catalog_courserun_title_not_blank",
            "oex_catalog_courserun_course_key_run_code_match_exactly",
        }

        checks = {
            constraint.name
            for model in (CatalogCourse, CourseRun)
            for constraint in model._meta.constraints
            if isinstance(constraint, models.CheckConstraint)
        }

        assert released - checks == set()


class TestCatalogCourse:
    @pytest.mark.parametrize("course_code", ["6.002x", "6.002X"])
    def test_is_the_only_one_of_its_code_case_aside(
        self, make_catalog_course: Callable[..., CatalogCourse], course_code: str
    ) -> None:
        catalog_course = make_catalog_course(course_code="6.002x")
        other = make_catalog_course(course_code="8.01")

        assert_refused(
            lambda: CatalogCourse.objects.bulk_create([course_like(catalog_course, course_code=course_code)])
        )
        assert_refused(lambda: CatalogCourse.objects.filter(pk=other.pk).update(course_code=course_code))

    def test_shares_its_code_with_another_organizations(
        self, make_catalog_course: Callable[..., CatalogCourse]
    ) -> None:
        make_catalog_course("MITx", "6.002x")
        other = make_catalog_course("HarvardX", "8.01")

        CatalogCourse.objects.filter(pk=other.pk).update(course_code="6.002X")

        assert set(CatalogCourse.objects.values_list("org__short_name", "course_code")) == {
            ("MITx", "6.002x"),
            ("HarvardX", "6.002X"),
        }

    @pytest.mark.parametrize("course_code", NO_CODES)
    def test_has_a_code(self, make_catalog_course: Callable[..., CatalogCourse], course_code: str) -> None:
        catalog_course = make_catalog_course()

        assert_refused(
            lambda: CatalogCourse.objects.bulk_create([course_like(catalog_course, course_code=course_code)])
        )
        assert_refused(lambda: CatalogCourse.objects.update(course_code=course_code))

    @pytest.mark.parametrize("title", NO_TITLES)
    def test_has_a_title(self, make_catalog_course: Callable[..., CatalogCourse], title: str) -> None:
        catalog_course = make_catalog_course()

        assert_refused(lambda: CatalogCourse.objects.bulk_create([course_like(catalog_course, title=title)]))
        assert_refused(lambda: CatalogCourse.objects.update(title=title))

    @pytest.mark.parametrize(
        "language",
        ["", " ", "EN", "e", "en-", "en--us", "en_us", "en-US", "-en", "klingon_x", "eng", "én", "en\n", "en\r", "en "],
    )
    def test_has_a_language(self, make_catalog_course: Callable[..., CatalogCourse], language: str) -> None:
        catalog_course = make_catalog_course()

        assert_refused(lambda: CatalogCourse.objects.bulk_create([course_like(catalog_course, language=language)]))
        assert_refused(lambda: CatalogCourse.objects.update(language=language))

    @pytest.mark.parametrize("language", ["en", "fr-ca", "zh-cn", "ca-es-valencia", "es-419"])
    def test_has_any_language_that_is_one(
        self, make_catalog_course: Callable[..., CatalogCourse], language: str
    ) -> None:
        make_catalog_course()

        CatalogCourse.objects.update(language=language)

        assert CatalogCourse.objects.get().language == language


class TestCourseRun:
    @pytest.mark.parametrize(
        "course_key",
        [COURSE_V1, "course-v1:MITX+6.002x+3T2012", "course-v1:MITx+6.002X+3T2012"],
    )
    def test_is_the_only_one_of_its_key_case_aside(self, make_run: MakeRun, course_key: str) -> None:
        make_run("MITx", "6.002x", "3T2012")
        other = make_run("MITx", "8.01", "3T2012")

        assert_refused(lambda: CourseRun.objects.bulk_create([run_like(other, course_key, "3T2012")]))
        assert_refused(lambda: CourseRun.objects.filter(pk=other.pk).update(course_key=course_key))

    @pytest.mark.parametrize(
        ("course_key", "run_code"),
        [
            ("course-v1:MITx+other+3T2012", "3T2012"),
            ("course-v1:MITx+other+3t2012", "3t2012"),
            (SLASHES, "3T2012"),
            ("MITx/6.002x/3t2012", "3t2012"),
        ],
    )
    def test_is_the_only_ordinary_one_of_its_code_case_aside(
        self, make_run: MakeRun, course_key: str, run_code: str
    ) -> None:
        first = make_run(run_code="3T2012")
        second = make_run(run_code="3T2013")

        assert_refused(lambda: CourseRun.objects.bulk_create([run_like(first, course_key, run_code)]))
        assert_refused(lambda: CourseRun.objects.filter(pk=second.pk).update(course_key=course_key, run_code=run_code))

    def test_shares_its_code_with_custom_courses(self, make_run: MakeRun) -> None:
        first = make_run(run_code="3T2012")

        CourseRun.objects.bulk_create(
            run_like(first, f"ccx-v1:MITx+6.002x+3T2012+ccx@{number}", "3T2012") for number in (1, 2)
        )

        assert set(map(str, CourseRun.objects.filter(run_code="3T2012").values_list("course_key", flat=True))) == {
            COURSE_V1,
            "ccx-v1:MITx+6.002x+3T2012+ccx@1",
            "ccx-v1:MITx+6.002x+3T2012+ccx@2",
        }

    @pytest.mark.parametrize("title", NO_TITLES)
    def test_has_a_title(self, make_run: MakeRun, title: str) -> None:
        course_run = make_run()

        assert_refused(
            lambda: CourseRun.objects.bulk_create(
                [run_like(course_run, "course-v1:MITx+6.002x+2T2013", "2T2013", title=title)]
            )
        )
        assert_refused(lambda: CourseRun.objects.update(title=title))

    @pytest.mark.parametrize(
        "run_code",
        [
            *NO_CODES,
            "3t2012",
            "T2012",
            "2",
            "3T2012x",
            "2T2013",
            "x+3T2012",
            "+3T2012",
            "6.002x+3T2012",
            "6.002x/3T2012",
            "MITx+6.002x+3T2012",
            "MITx/6.002x/3T2012",
            "3T2012+ccx@1",
            "3T2012 ",
            "3T2012\n",
        ],
    )
    @pytest.mark.parametrize("course_key", [COURSE_V1, CCX_V1, SLASHES])
    def test_has_the_run_code_of_its_key(self, make_run: MakeRun, course_key: str, run_code: str) -> None:
        course_run = make_run(run_code="1T2012")
        CourseRun.objects.bulk_create([run_like(course_run, course_key, "3T2012")])
        inserted = CourseRun.objects.filter(run_code="3T2012")

        assert_refused(lambda: inserted.update(run_code=run_code))

        inserted.delete()
        assert_refused(lambda: CourseRun.objects.bulk_create([run_like(course_run, course_key, run_code)]))

    @pytest.mark.parametrize(
        "other_key",
        [
            "course-v1:MITx+6.002x+3t2012",
            "course-v1:MITx+6.002x+3T2013",
            "course-v1:MITx+6.002x+x3T2012",
            "course-v1:MITx+3T2012+6.002x",
            "course-v1:3T2012+6.002x+MITx",
            "ccx-v1:MITx+6.002x+3t2012+ccx@1",
            "ccx-v1:MITx+6.002x+x3T2012+ccx@1",
            "ccx-v1:MITx+3T2012+6.002x+ccx@3",
            "MITx/6.002x/3t2012",
            "MITx/6.002x/x3T2012",
            "MITx/3T2012/6.002x",
        ],
    )
    @pytest.mark.parametrize("course_key", [COURSE_V1, CCX_V1, SLASHES])
    def test_has_the_key_of_its_run_code(self, make_run: MakeRun, course_key: str, other_key: str) -> None:
        make_run(run_code="3T2012", course_key=course_key)

        assert_refused(lambda: CourseRun.objects.update(course_key=other_key))

    @pytest.mark.parametrize("other_key", [COURSE_V1, CCX_V1, SLASHES, "course-v1:OTHER+other+3T2012"])
    @pytest.mark.parametrize("course_key", [COURSE_V1, CCX_V1, SLASHES])
    def test_has_any_key_of_its_run_code(self, make_run: MakeRun, course_key: str, other_key: str) -> None:
        make_run(run_code="3T2012", course_key=course_key)

        CourseRun.objects.update(course_key=other_key)

        assert str(CourseRun.objects.get().course_key) == other_key

    @pytest.mark.parametrize(
        "malformed",
        [
            "",
            "3T2012",
            "+3T2012",
            "course-v1:É+1+3T2012",
            "course-v1:MITx+é+3T2012",
            "course-v1:MITx+3T2012",
            "course-v1:MITx++3T2012",
            "course-v1:MITx+6.002x+x+3T2012",
            "course-v1:MITx+6 002x+3T2012",
            "COURSE-V1:MITx+6.002x+3T2012",
            " course-v1:MITx+6.002x+3T2012",
            "course-v1:MITx+6.002x+3T2012 ",
            "course-v1:MITx+6.002x+3T2012\n",
            "course-v1:MITx+6.002x+3T2012\r",
            "x\ncourse-v1:MITx+6.002x+3T2012",
            "course-v1:MITx+6.002x+3T2012+branch@draft",
            "library-v1:MITx+3T2012",
            "library-v1:MITx+6.002x+3T2012",
            "ccx-v1:MITx+6.002x+3T2012",
            "ccx-v1:MITx+6.002x+3T2012+ccx@",
            "ccx-v1:MITx+6.002x+3T2012+ccx@x",
            "ccx-v1:MITx+6.002x+3T2012+ccx@1\n",
            "ccx-v1:MITx+6.002x+3T2012+CCX@1",
            "CCX-v1:MITx+6.002x+3T2012+ccx@1",
            "MITx/3T2012",
            "MITx//3T2012",
            "MITx/6.002x/x/3T2012",
            "É/6.002x/3T2012",
            "MITx/6:002x/3T2012",
            "MITx/6.002x/3T2012\n",
        ],
    )
    def test_has_a_key_that_is_one(self, make_run: MakeRun, malformed: str) -> None:
        make_run(run_code="3T2012")

        assert_refused(lambda: CourseRun.objects.update(course_key=text(malformed)))

    @pytest.mark.parametrize("course_key", ["course-v1:É+1+3T2012", "library-v1:MITx+3T2012"])
    def test_has_a_key_that_the_catalog_can_hold(self, make_run: MakeRun, course_key: str) -> None:
        course_run = make_run(run_code="1T2012")

        assert_refused(lambda: CourseRun.objects.bulk_create([run_like(course_run, course_key, "3T2012")]))


@pytest.mark.django_db
class TestMigrations:
    def test_fold_keys_alike_under_every_locale(self) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("needs PostgreSQL, whose databases have locales: set DATABASE_URL")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT column_name, generation_expression FROM information_schema.columns"
                " WHERE table_name = 'openedx_catalog_courserun' AND column_name = 'course_key_folded'"
            )
            [(_, expression)] = cursor.fetchall()

        assert 'COLLATE "C"' in expression
