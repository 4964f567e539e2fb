"""The validation of a single row, whatever the catalog has."""

from datetime import UTC, datetime
from typing import Any

import pytest

from catalog_graphql.catalog.imports import make_row, read_row
from tests.catalog_graphql.catalog.imports.conftest import KEY


class TestReadRow:
    @pytest.mark.parametrize(
        ("cells", "code", "message"),
        [
            ({"org_code": "MITx", "run_code": "1T"}, "REQUIRED", "The course code is missing."),
            (
                {"course_key": KEY, "run_code": "3T2013"},
                "KEY_MISMATCH",
                "The key spells the run code otherwise.",
            ),
            (
                {"course_key": "course-v1:MITx+6.002x"},
                "INVALID",
                "A key looks like course-v1:MITx+6.002x+3T2012; its codes hold letters, digits, - . _ ~ and :, "
                "and no spaces.",
            ),
            (
                {"course_key": "course-v1:MIT:x+6.002x+3T2012"},
                "INVALID",
                "The organization code in the key may hold letters, digits, - . and _.",
            ),
            ({"course_key": KEY + "x" * 255}, "TOO_LONG", "The key has 283 characters, and may have 255."),
            (
                {"course_key": KEY, "title": "x" * 256},
                "TOO_LONG",
                "The title has 256 characters, and may have 255.",
            ),
            (
                {"course_key": KEY, "title": "Circuits\0"},
                "INVALID",
                "The title must be one line of text, without control characters.",
            ),
            (
                {"course_key": KEY, "start": "2012-09-05"},
                "INVALID",
                "The start '2012-09-05' should be a date and time with its offset, such as 2012-09-05T00:00:00Z.",
            ),
            (
                {"course_key": KEY, "created": "2012-09-05T10:00:00"},
                "INVALID",
                "The created '2012-09-05T10:00:00' should be a date and time with its offset, such as "
                "2012-09-05T00:00:00Z.",
            ),
            (
                {"course_key": KEY, "end": "0001-01-01T00:00:00+05:00"},
                "INVALID",
                "The end '0001-01-01T00:00:00+05:00' should be a date and time with its offset, such as "
                "2012-09-05T00:00:00Z.",
            ),
            (
                {"course_key": KEY, "start": "2013-01-01T00:00:00+01:00", "end": "2012-12-31T22:59:59Z"},
                "INVALID",
                "The end, 2012-12-31T22:59:59+00:00, is before the start, 2012-12-31T23:00:00+00:00.",
            ),
        ],
    )
    def test_rejects_what_no_catalog_can_hold(self, cells: dict[str, str], code: str, message: str) -> None:
        row = read_row(7, cells)

        assert [(problem.code, problem.message) for problem in row.problems] == [(code, message)]

    def test_says_all_that_is_wrong(self) -> None:
        row = read_row(7, {"org_code": "MITx", "title": "\0" * 256, "start": "soon", "end": "later"})

        assert [(problem.code, problem.field) for problem in row.problems] == [
            ("REQUIRED", ("course_code",)),
            ("REQUIRED", ("run_code",)),
            ("TOO_LONG", ("title",)),
            ("INVALID", ("title",)),
            ("INVALID", ("start",)),
            ("INVALID", ("end",)),
        ]

    @pytest.mark.parametrize(
        ("spelling", "language"),
        [("", None), ("zh_HANS", "zh-cn"), ("zh-Hant", "zh-hk"), ("ca@valencia", "ca-es-valencia"), ("pt_BR", "pt-br")],
    )
    def test_reads_any_spelling_of_a_language(self, spelling: str, language: str | None) -> None:
        row = read_row(1, {"course_key": KEY, "language": spelling})

        assert (row.language, row.warnings) == (language, ())

    @pytest.mark.parametrize("spelling", ["Klingon!", "e", "en" + "-x" * 40])
    def test_reads_no_language_as_the_sites(self, spelling: str, settings: Any) -> None:
        settings.LANGUAGE_CODE = "zh-hans"

        row = read_row(1, {"course_key": KEY, "language": spelling})

        assert (row.language, len(row.warnings)) == ("zh-cn", 1)


class TestMakeRow:
    def test_trims_what_it_is_given(self) -> None:
        row = make_row(1, course_key=f" {KEY}\n", title=" Circuits ", language=" zh_HANS ")

        assert (row.course_key, row.codes, row.title, row.language, row.problems) == (
            KEY,
            ("MITx", "6.002x", "3T2012"),
            "Circuits",
            "zh-cn",
            (),
        )

    def test_says_all_that_is_wrong(self) -> None:
        moments = [datetime(2012, month, 1, tzinfo=UTC) for month in (9, 8)]
        schedule = dict(zip(("start", "end", "enrollment_start", "enrollment_end"), moments * 2, strict=True))

        row = make_row(1, course_key="MITx 6.002x", title=" ", language="Klingon!", schedule=schedule)

        assert [(problem.code, problem.field) for problem in row.problems] == [
            ("INVALID", ("course_key",)),
            ("REQUIRED", ("title",)),
            ("INVALID", ("language",)),
            ("INVALID", ("schedule", "end")),
            ("INVALID", ("schedule", "enrollment_end")),
        ]
