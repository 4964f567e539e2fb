"""The database's objections, as messages about a field of the input."""

import pytest
from django.db import IntegrityError, transaction
from organizations.models import Organization

from catalog_graphql.catalog.problems import Problem, ProblemCode
from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.catalog.rules import broken_rules
from tests.conftest import MakeRun

RUN_CODE_TAKEN = "The catalog course already has a run of this code, case aside."


@pytest.mark.django_db
class TestBrokenRules:
    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            (("catalog_course", "run_code", "title"), ("run_code",)),
            (("course_key", "title"), ("course_key",)),
            (("rows", "dry_run"), ()),
        ],
    )
    def test_are_told_at_a_field_that_the_input_has(
        self, make_run: MakeRun, fields: tuple[str, ...], field: tuple[str, ...]
    ) -> None:
        run = make_run()

        with pytest.raises(IntegrityError) as objection, transaction.atomic():
            CourseRun.objects.bulk_create(
                [
                    CourseRun(
                        catalog_course=run.catalog_course,
                        run_code=run.run_code,
                        course_key="course-v1:Other+6.002x+3T2012",
                        title="Circuits",
                    )
                ]
            )

        assert broken_rules(objection.value, fields) == [Problem(ProblemCode.ALREADY_EXISTS, RUN_CODE_TAKEN, field)]

    @pytest.mark.parametrize("field", ["new_org_code", "org_code", "course_key"])
    def test_are_told_of_organizations_too(self, field: str) -> None:
        Organization.objects.create(short_name="MITx", name="MIT")

        with pytest.raises(IntegrityError) as objection, transaction.atomic():
            Organization.objects.create(short_name="MITx", name="MIT")

        [problem] = broken_rules(objection.value, ["title", field])
        assert (problem.code, problem.field) == (ProblemCode.ALREADY_EXISTS, (field,))

    def test_are_ours(self) -> None:
        with pytest.raises(IntegrityError) as objection, transaction.atomic():
            CatalogCourse.objects.bulk_create([CatalogCourse(org=None, course_code="6.002x", title="Circuits")])

        assert broken_rules(objection.value, ["org_code"]) == []
