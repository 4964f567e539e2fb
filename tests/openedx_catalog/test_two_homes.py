"""Code that `openedx_catalog` and `catalog_graphql.catalog` duplicate, since neither can import it from the other."""

import inspect
from types import ModuleType

import pytest
from django.db import models

import catalog_graphql.catalog.keys
import catalog_graphql.catalog.languages
import catalog_graphql.catalog.text
import openedx_catalog.keys
import openedx_catalog.languages
import openedx_catalog.text
from catalog_graphql.catalog.indexes import WANTED
from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.catalog.rules import SENTENCES

PAIRS = [
    (openedx_catalog.keys, catalog_graphql.catalog.keys),
    (openedx_catalog.languages, catalog_graphql.catalog.languages),
    (openedx_catalog.text, catalog_graphql.catalog.text),
]


def said(module: ModuleType) -> dict[str, object]:
    """Return what the module itself defines: the source of functions and classes, the values of constants."""
    found = {}
    for name, value in vars(module).items():
        if inspect.isfunction(value) or inspect.isclass(value):
            if value.__module__ == module.__name__:
                found[name] = inspect.getsource(value)
        elif not name.startswith("__") and not inspect.ismodule(value):
            found[name] = repr(value)
    return found


@pytest.mark.parametrize(("contract", "catalog"), PAIRS, ids=lambda module: module.__name__)
class TestModule:
    def test_says_nothing_that_the_catalog_says_otherwise(self, contract: ModuleType, catalog: ModuleType) -> None:
        ours, theirs = said(contract), said(catalog)

        assert ours.keys() & theirs.keys()
        assert {name: ours[name] for name in ours.keys() & theirs.keys()} == {
            name: theirs[name] for name in ours.keys() & theirs.keys()
        }


class TestIndexes:
    @pytest.mark.parametrize("model", WANTED, ids=lambda model: model.__name__)
    def test_are_of_the_same_columns(self, model: type[models.Model]) -> None:
        wanted, ours = ({tuple(index.fields) for index in each} for each in (WANTED[model], model._meta.indexes))

        assert wanted == ours


class TestSentences:
    def test_of_constraints_that_both_have_are_the_same(self) -> None:
        constraints = [*CatalogCourse._meta.constraints, *CourseRun._meta.constraints]
        ours = {each.name: each.violation_error_message for each in constraints if each.name in SENTENCES}

        assert ours
        assert ours == {name: SENTENCES[name] for name in ours}
