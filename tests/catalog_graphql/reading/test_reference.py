"""Read plans and their reference, strawberry-django's stock optimizer: the same response for any document.

Errors are the same, too, except for their paths: a plan's belong to the root field, the reference's to nested fields.
The setting `CATALOG_READ_PLAN` chooses between the two. Both answer random documents, sent by two random viewers each:
two hundred by default, and 2,000 if CI is set, as in `.ci/run` on SQLite.
"""

import json
import os
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
from django.test import Client, override_settings

from tests.catalog_graphql.reading.catalog import post
from tests.catalog_graphql.reading.conftest import SCHEMA
from tests.catalog_graphql.reading.documents import Document
from tests.catalog_graphql.reading.smaller import smallest

MORE = [
    pytest.param(number, marks=[pytest.mark.once, pytest.mark.skipif("CI" not in os.environ, reason="set CI")])
    for number in range(1, 10)
]

pytestmark = pytest.mark.django_db


class Answer(NamedTuple):
    """A response with its status. The order of its fields matters."""

    status: int
    body: dict[str, Any]

    @property
    def errors(self) -> list[list[str]]:
        """The root field and the code of each error of a field."""
        errors = self.body.get("errors", ())
        return [[error["path"][0], error["extensions"]["code"]] for error in errors if "path" in error]

    def is_like(self, reference: "Answer") -> bool:
        """Return whether a plan may give this response if the reference gives the other."""
        if not (self.errors and reference.errors):
            return json.dumps(self) == json.dumps(reference)
        if self.body["data"] is None:  # A plan ends with the first error, even if the reference continues with null.
            return self.errors == reference.errors[: len(self.errors)]
        return json.dumps([self.body["data"], self.errors]) == json.dumps([reference.body["data"], reference.errors])


def answers(viewers: Sequence[Client], document: Document) -> list[list[Answer]]:
    """Return the plan's responses and the reference's.

    Plans are cached: the second viewer, with other variables, may be answered by the first one's plan.
    """
    found = []
    for plan in (True, False):
        with override_settings(CATALOG_READ_PLAN=plan):
            responses = [
                post(viewer, document.query, variables)
                for viewer, variables in zip(viewers, document.variables, strict=True)
            ]
        found.append([Answer(response.status_code, response.json()) for response in responses])
    return found


def fault(viewers: Sequence[Client], document: Document) -> str | None:
    """Return what is wrong with the responses, if anything."""
    planned, reference = answers(viewers, document)
    if not all(map(Answer.is_like, planned, reference)):
        return "the plan answers otherwise than the reference"
    return "an internal error" if "INTERNAL_SERVER_ERROR" in json.dumps(planned) else None


def check_answers(viewers: Sequence[Client], document: Document) -> None:
    """Fail if something is wrong with the responses, and show the smallest document that reproduces it."""
    found = fault(viewers, document)
    if found is not None:
        smaller = smallest(SCHEMA, document, lambda smaller: fault(viewers, smaller) == found)
        planned, reference = (json.dumps(each, indent=1) for each in answers(viewers, smaller))
        assert planned == reference, f"\n{found}:\n{smaller}"
        pytest.fail(f"{found}:\n{smaller}\n{reference}")


class TestPlan:
    @pytest.mark.parametrize("number", [None, *MORE])
    def test_answers_as_the_reference_does(self, everybody, number):
        everybody.ask(check_answers, count=200, number=number)
