"""What the rows of one listing, however far apart, contribute to a catalog course."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from organizations.models import Organization

from catalog_graphql.catalog.imports import ListingChangedError, Row, import_course_runs
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, as_text
from tests.catalog_graphql.catalog.imports.conftest import KEY, LATER_KEY, LATEST_KEY, read_rows, run_import

MakeOrganization = Callable[..., Organization]
MakeCatalogCourse = Callable[..., CatalogCourse]


@pytest.mark.django_db
class TestCatalogCourses:
    """What a catalog course created by an import takes from its runs, however far apart they are listed."""

    @pytest.mark.parametrize(
        ("rows", "title", "language"),
        [
            (
                [
                    {"course_key": LATER_KEY, "title": "Newest", "language": "fr", "start": "2013-09-01T00:00:00Z"},
                    {"course_key": KEY, "title": "Older", "language": "de", "start": "2012-09-01T00:00:00Z"},
                ],
                "Newest",
                "fr",
            ),
            (
                [
                    {"course_key": KEY, "title": "Newest", "language": "fr", "created": "2015-01-01T00:00:00Z"},
                    {
                        "course_key": LATER_KEY,
                        "title": "Older",
                        "language": "de",
                        "created": "2014-01-01T00:00:00Z",
                        "start": "2020-01-01T00:00:00Z",
                    },
                ],
                "Newest",
                "fr",
            ),
            (
                [
                    {"course_key": KEY, "title": "Older", "language": "de"},
                    {"course_key": LATER_KEY, "title": "Newest", "language": "fr"},
                ],
                "Newest",
                "fr",
            ),
            (
                [
                    {"course_key": KEY, "title": "Titled", "language": "fr"},
                    {"course_key": LATER_KEY},
                ],
                "Titled",
                "fr",
            ),
            (
                [
                    {"course_key": KEY, "title": "Taken"},
                    {"course_key": KEY.replace("6.002x", "6.002X"), "title": "Other capitals", "language": "fr"},
                    {"course_key": KEY, "title": "Repeated", "language": "fr"},
                ],
                "Taken",
                "en",
            ),
            ([{"course_key": KEY}], "6.002x", "en"),
        ],
        ids=["by start", "by created", "by line", "where given", "of rows taken", "nothing given"],
    )
    def test_have_their_newest_runs_title_and_language(
        self, rows: list[dict[str, str]], title: str, language: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("catalog_graphql.catalog.imports.importing.BATCH_SIZE", 1)

        run_import(*rows)

        catalog_course = CatalogCourse.objects.get()
        assert (catalog_course.title, catalog_course.language) == (title, language)

    def test_are_as_old_as_their_oldest_run(self) -> None:
        run_import(
            {"course_key": LATER_KEY, "created": "2014-01-01T00:00:00Z"},
            {"course_key": KEY, "created": "2013-01-01T00:00:00+01:00"},
            {"course_key": LATEST_KEY},
        )

        assert CatalogCourse.objects.get().created == datetime(2012, 12, 31, 23, tzinfo=UTC)

    def test_keep_what_they_have(self, make_catalog_course: MakeCatalogCourse) -> None:
        made = make_catalog_course(title="Circuits", language="de")

        run_import({"course_key": KEY, "title": "Electronics", "language": "fr", "created": "2012-01-01T00:00:00Z"})

        catalog_course = CatalogCourse.objects.get()
        assert (catalog_course.title, catalog_course.language, catalog_course.created) == (
            "Circuits",
            "de",
            made.created,
        )

    def test_belong_to_an_organization_found_without_case(self, make_organization: MakeOrganization) -> None:
        organization = make_organization("MITX", active=False)

        outcomes = run_import({"course_key": KEY}, {"course_key": LATER_KEY.replace("MITx", "mitx")})

        assert outcomes == ["CREATED", "CREATED"]
        assert CatalogCourse.objects.get().org == organization
        assert list(CourseRun.objects.order_by("run_code").values_list(as_text("course_key"), flat=True)) == [
            KEY,
            LATER_KEY.replace("MITx", "mitx"),
        ]

    @pytest.mark.usefixtures("needs_org_codes_that_differ_by_case")
    def test_belong_to_the_organization_spelled_so(self, make_organization: MakeOrganization) -> None:
        oldest = make_organization("mitx")
        spelled_so = make_organization("MITx")

        run_import({"course_key": KEY}, {"course_key": "course-v1:MITX+8.01x+1T2013"})

        assert list(CatalogCourse.objects.order_by("course_code").values_list("course_code", "org")) == [
            ("6.002x", spelled_so.pk),
            ("8.01x", oldest.pk),
        ]


@pytest.mark.django_db
class TestListingChanged:
    def test_is_an_error(self) -> None:
        class Changing:
            keys = [KEY, LATER_KEY]

            def __iter__(self) -> Iterator[Row]:
                return iter(read_rows({"course_key": self.keys.pop(0)}))

        with pytest.raises(ListingChangedError) as raised:
            import_course_runs(Changing())

        assert str(raised.value) == "Line 1 was changed while the listing was being read."
        assert CourseRun.objects.count() == 0
