"""A canceled change has no effect: time runs out before each statement of each mutation in turn."""

import datetime
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, connections
from django.test import Client
from organizations.models import Organization, OrganizationCourse

from catalog_graphql.catalog import api
from catalog_graphql.catalog.records import CatalogCourse, CourseRun, CourseSchedule
from catalog_graphql.catalog.search_text import CatalogCourseSearchText, CourseRunSearchText, OrganizationSearchText
from catalog_graphql.limits import deadlines
from catalog_graphql.schema.schema import schema
from catalog_graphql.standalone.models import CourseAccessRole, Role

COURSE, RUN = "catalog-course:MITx:6.002x", "course-v1:MITx+6.002x+3T2012"
START = "2030-09-01T08:00:00Z"

# An input for each mutation that changes something. The author's also creates two roles.
INPUTS = {
    "createOrganization": {"orgCode": "DelftX", "name": "Delft"},
    "updateOrganization": {"orgCode": "LTIx", "newOrgCode": "LundX", "name": "Lund"},
    "createCatalogCourse": {"orgCode": "MITx", "courseCode": "8.01", "title": "Mechanics"},
    "updateCatalogCourse": {"key": COURSE, "title": "Circuits and Electronics"},
    "deleteCatalogCourse": {"key": "catalog-course:LTIx:1"},
    "createCourseRun": {"catalogCourseKey": COURSE, "runCode": "1T2013", "schedule": {"start": START}},
    "updateCourseRun": {"courseKey": RUN, "title": "Circuits", "schedule": {"start": START}},
    "deleteCourseRun": {"courseKey": RUN},
    "syncCourseRun": {"courseKey": "course-v1:BerkeleyX+CS188+1", "title": "AI", "schedule": {"start": START}},
    "importCourseRuns": {
        "rows": [
            {"courseKey": "course-v1:BerkeleyX+CS188+1", "title": "AI"},
            {"courseKey": RUN, "title": "Circuits", "schedule": {"start": START}},
        ]
    },
}
AUTHORS = {"createCourseRun"}
SELECTIONS = {  # Selections for which the response must be read from the database.
    "createOrganization": "organization { orgCode }",
    "updateOrganization": "organization { orgCode }",
    "createCatalogCourse": "catalogCourse { key }",
    "updateCatalogCourse": "catalogCourse { key runs { totalCount } }",
    "deleteCatalogCourse": "deletedId",
    "createCourseRun": "courseRun { courseKey }",
    "updateCourseRun": "courseRun { courseKey }",
    "deleteCourseRun": "deletedId",
    "syncCourseRun": "courseRun { courseKey }",
    "importCourseRuns": "results { outcome courseRun { courseKey } }",
}
CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


def stored():
    """Count the rows in the tables of the catalog and of roles, without the values that differ each time."""
    rows = Counter()
    for label in ("organizations", "openedx_catalog", "catalog_graphql"):
        for model in apps.get_app_config(label).get_models():
            names = [
                field.attname
                for field in model._meta.concrete_fields
                if not (field.primary_key or field.is_relation or field.name == "id" or "date" in field.name)
                and field.name not in ("created", "modified")
            ]
            rows.update((model._meta.label, *values) for values in model._base_manager.values_list(*names))
    return rows


class Clock:
    """A clock that jumps a day ahead once this many statements of a request have started."""

    def __init__(self):
        self._real = time.monotonic
        self._ahead, self._left = 0, None

    def __call__(self):
        return self._real() + self._ahead

    @contextmanager
    def jumping_after(self, statements) -> Iterator[None]:
        self._left = statements
        with connection.execute_wrapper(self._count):
            yield

    def _count(self, execute, sql, params, many, context):
        if not sql.startswith(CONTROL):
            if self._left == 0:
                self._ahead += 86_400
            self._left -= 1
        return execute(sql, params, many, context)


def fill():
    """Fill the database as before a change, with nothing left of an earlier one."""
    searched = (CourseRunSearchText, CatalogCourseSearchText, OrganizationSearchText)
    rows = (CourseSchedule, CourseRun, CatalogCourse, OrganizationCourse, Organization)
    for model in (CourseAccessRole, *searched, *rows):
        model._base_manager.all()._raw_delete("default")
        if (history := getattr(model, "history", None)) is not None:
            history.model._base_manager.all()._raw_delete("default")
    api.create_organization(org_code="LTIx", name="LTI")
    api.create_catalog_course(org_code="LTIx", course_code="1")
    start = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)
    rows = [api.make_row(0, course_key=RUN, title="Circuits and such", schedule={"start": start})]
    api.sync_course_runs(rows=rows, all_or_nothing=True)
    author = get_user_model().objects.get(username="author")
    CourseAccessRole.objects.create(user=author, org="MITx", role=Role.CREATOR)
    CourseAccessRole.objects.create(user=author, org="MITx", role=Role.STAFF)


@pytest.mark.django_db(transaction=True)
class TestChange:
    @pytest.fixture(params=[True, False], ids=["atomic requests", "no atomic requests"], autouse=True)
    def atomic_requests(self, request, monkeypatch):
        monkeypatch.setitem(connections.settings["default"], "ATOMIC_REQUESTS", request.param)

    @pytest.fixture
    def clock(self, monkeypatch):
        clock = Clock()
        monkeypatch.setattr(deadlines.time, "monotonic", clock)
        return clock

    @pytest.fixture
    def change(self, clock, django_user_model):
        """Return a function that sends a mutation, whose time runs out after this many statements."""
        clients = {}
        for name in ("staff", "author"):
            client = clients[name] = Client()
            client.force_login(django_user_model.objects.create_user(name, is_staff=name == "staff"))

        def change(field, statements=10**6):
            query = f"mutation ($input: {field[0].upper()}{field[1:]}Input!) {{ {field}(input: $input) {{ "
            query += f"{SELECTIONS[field]} errors {{ code message }} }} }}"
            asked = {"query": query, "variables": {"input": INPUTS[field]}}
            client = clients["author" if field in AUTHORS else "staff"]
            with clock.jumping_after(statements):
                return client.post("/graphql/", asked, content_type="application/json").json()

        return change

    def test_is_tried_for_every_mutation(self):
        assert set(INPUTS) == set(schema._schema.mutation_type.fields)

    @pytest.mark.parametrize("field", INPUTS)
    def test_that_is_given_up_has_not_been_done(self, change, field):
        fill()
        before = stored()

        for statements in count():
            answer = change(field, statements)
            if is_done(answer, field):
                break
            assert {error["extensions"]["code"] for error in answer["errors"]} == {"TIMEOUT"}
            assert stored() == before

        after = stored()
        fill()
        assert change(field)["data"][field]["errors"] == []
        assert after == stored() != before
        assert statements > 3


def is_done(answer, field):
    """Return whether the response says that the change is done, which it may be even if the response is too late."""
    if "errors" not in answer:
        return answer["data"][field]["errors"] == []
    return answer["extensions"].get("done") == [field]
