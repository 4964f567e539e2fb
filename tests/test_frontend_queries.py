"""The frontend's operations are valid, work on the demo catalog, keep to SQL budgets, and are trusted documents."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from graphql import DocumentNode, Node, OperationDefinitionNode, build_schema, parse, validate

from catalog_graphql.catalog.records import CatalogCourse, CourseRun
from catalog_graphql.http import trusted_documents
from catalog_graphql.standalone import demo

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = build_schema((ROOT / "schema/schema.graphql").read_text())
MANIFEST = ROOT / "frontend-queries/src/generated/persisted-documents.json"
OPERATIONS = {path.stem: path for path in sorted((ROOT / "frontend-queries/operations").glob("*.graphql"))}
FRAGMENTS = list((ROOT / "frontend-queries/operations/fragments").glob("*.graphql"))

COURSE = "catalog-course:Harbor.Tech:3.014"
RUN = "course-v1:Harbor.Tech+3.014+2030_Term1"


# Statements that budgets do not count: for the session and its user, for locks that only PostgreSQL needs, and for what
# a process reads only once.
ASIDE = ("session", "auth_user", "pg_advisory_xact_lock", "django_content_type")


class Case(NamedTuple):
    """The variables of an operation, and the number of statements that it may take with them."""

    variables: dict[str, Any]
    budget: int


CASES = {
    "catalog-course": Case({"key": COURSE, "runsFilter": {"status": "ACTIVE"}}, 3),
    "catalog-course-runs": Case({"key": COURSE, "first": 2}, 3),
    "catalog-courses": Case(
        {
            "first": 50,
            "offset": 1,
            "filter": {"search": "data", "orgCodes": ["harbor.tech"], "status": "ACTIVE"},
            "orderBy": {"field": "CREATED", "direction": "DESC"},
            "runsFirst": 10,
            "runsFilter": {"status": "ACTIVE"},
        },
        4,
    ),
    "course-run": Case({"courseKey": RUN}, 1),
    "course-runs": Case({"first": 10, "offset": 20, "filter": {"search": "data", "status": "ARCHIVED"}}, 2),
    "creatable-organizations": Case({"first": 2, "filter": {"search": "university"}}, 1),
    "organizations": Case({"filter": {"search": "harbor"}}, 1),
    "studio-home": Case({"first": 50, "runsFirst": 10}, 6),
    "viewer": Case({}, 1),
    "create-organization": Case({"input": {"orgCode": "NewX", "name": "New"}}, 5),
    "create-catalog-course": Case({"input": {"orgCode": "Harbor.Tech", "courseCode": "9.999", "title": "New"}}, 7),
    "update-catalog-course": Case({"input": {"key": COURSE, "title": "New", "language": "fr"}}, 7),
    "delete-catalog-course": Case({"input": {"key": "catalog-course:Harbor.Tech:0.000"}}, 9),
    "create-course-run": Case(
        {
            "input": {
                "catalogCourseKey": COURSE,
                "runCode": "2031_Term1",
                "schedule": {"start": "2031-02-01T00:00:00Z", "end": "2031-06-01T00:00:00Z"},
            }
        },
        13,
    ),
    "update-course-run": Case(
        {"input": {"courseKey": RUN, "title": "New", "schedule": {"start": "2031-02-01T00:00:00Z"}}}, 10
    ),
    "delete-course-run": Case({"input": {"courseKey": RUN}}, 8),
}

Send = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def catalog(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo catalog, with a run and an empty course whose keys are known, loaded once for all tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.load()
        course = CatalogCourse.objects.get(org__short_name="Harbor.Tech", course_code="3.014")
        CourseRun.objects.create(catalog_course=course, run_code="2030_Term1")
        CatalogCourse.objects.create(org=course.org, course_code="0.000")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def client(db: None) -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def send(catalog: None, client: Client, django_user_model: Any) -> Send:
    """Return a function that posts a body as global staff, like the client, and returns the response."""
    client.force_login(django_user_model.objects.create_user("staff", is_staff=True))
    token = client.get("/login/").cookies["csrftoken"].value

    def send(**body: Any) -> dict[str, Any]:
        headers = {"x-csrftoken": token, "accept": "application/graphql-response+json, application/json;q=0.9"}
        return client.post("/graphql/", body, content_type="application/json", headers=headers).json()

    return send


@pytest.fixture(autouse=True)
def trusted(settings: Any) -> None:
    """Trust only the documents in the manifest."""
    settings.CATALOG_TRUSTED_DOCUMENTS = [MANIFEST]
    settings.CATALOG_TRUSTED_DOCUMENTS_ONLY = True


def kebab_case(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).removeprefix("-")


def documents() -> dict[str, tuple[str, str]]:
    """Return the hash and text of the manifest's documents, by the file that should contain the operation."""
    found = {}
    for document_id, text in json.loads(MANIFEST.read_text()).items():
        [name] = [
            definition.name.value
            for definition in parse(text).definitions
            if isinstance(definition, OperationDefinitionNode)
        ]
        found[kebab_case(name)] = document_id, text
    return found


DOCUMENTS = documents()


def sorted_out(node: Any) -> Any:
    """Return the content of a part of a document, regardless of the order of its children."""
    if isinstance(node, Node):
        return [node.kind, *(sorted_out(getattr(node, key)) for key in node.keys if key != "loc")]
    return sorted(map(sorted_out, node), key=repr) if isinstance(node, tuple) else node


def definitions(document: DocumentNode) -> dict[str, Any]:
    return {definition.name.value: sorted_out(definition) for definition in document.definitions}


def created_aside(answer: Any) -> Any:
    """Return a response without the creation times of rows, which differ each time."""
    return json.loads(json.dumps(answer), object_hook=lambda row: {**row, "created": None})


class TestManifest:
    def test_is_one_that_the_server_takes(self):
        assert trusted_documents.problems() == []

    def test_has_each_operation_and_nothing_else(self):
        assert DOCUMENTS.keys() == OPERATIONS.keys()

    @pytest.mark.parametrize("name", OPERATIONS)
    def test_says_what_the_files_say(self, name):
        written = definitions(parse(OPERATIONS[name].read_text()))
        fragments = {}
        for path in FRAGMENTS:
            fragments |= definitions(parse(path.read_text()))

        shipped = definitions(parse(DOCUMENTS[name][1]))

        assert shipped == written | {name: fragments[name] for name in shipped if name not in written}


class TestOperation:
    def test_is_in_the_table(self):
        assert CASES.keys() == OPERATIONS.keys()

    def test_is_in_the_readme(self):
        table = (ROOT / "frontend-queries/README.md").read_text().partition("| file |")[2].partition("\n\n")[0]

        assert set(re.findall(r"`([a-z-]+)`", table)) == OPERATIONS.keys()

    @pytest.mark.parametrize("name", OPERATIONS)
    def test_is_one_a_file_of_its_name(self, name):
        [definition] = parse(OPERATIONS[name].read_text()).definitions

        assert isinstance(definition, OperationDefinitionNode)
        assert kebab_case(definition.name.value) == name

    @pytest.mark.parametrize("name", OPERATIONS)
    def test_is_valid(self, name):
        assert validate(SCHEMA, parse(DOCUMENTS[name][1])) == []

    @pytest.mark.parametrize("name", CASES)
    def test_keeps_its_budget_and_answers_by_its_id_alike(self, send, name):
        document_id, text = DOCUMENTS[name]
        variables, budget = CASES[name]
        with transaction.atomic():  # Undo the mutation, so that it can be sent again.
            answer = send(query=text, variables=variables)
            transaction.set_rollback(True)

        with CaptureQueriesContext(connection) as captured:
            answer_by_id = send(documentId=document_id, variables=variables)

        assert "errors" not in answer
        assert all(field for field in answer["data"].values())
        assert [field["errors"] for field in answer["data"].values() if "errors" in field] in ([], [[]])
        assert created_aside(answer_by_id) == created_aside(answer)
        sql = [
            query["sql"]
            for query in captured
            if query["sql"].startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))
            and not any(aside in query["sql"] for aside in ASIDE)
        ]
        assert len(sql) == budget, "\n".join(sql)


class TestCatalogCourseRuns:
    def test_goes_on_where_the_home_page_stops(self, send):
        runs_filter = {"status": "ARCHIVED"}
        home = send(
            query=DOCUMENTS["studio-home"][1],
            variables={
                "filter": {"search": "data", "orgCodes": ["Harbor.Tech"]},
                "runsFirst": 1,
                "runsFilter": runs_filter,
            },
        )
        course = max(home["data"]["catalogCourses"]["nodes"], key=lambda course: course["runs"]["totalCount"])
        shown = course["runs"]
        everything = send(
            query=DOCUMENTS["catalog-course"][1], variables={"key": course["key"], "runsFilter": runs_filter}
        )["data"]["catalogCourse"]["runs"]

        rest = send(
            query=DOCUMENTS["catalog-course-runs"][1],
            variables={"key": course["key"], "after": shown["pageInfo"]["endCursor"], "filter": runs_filter},
        )["data"]["catalogCourse"]["runs"]

        assert rest["nodes"]
        assert shown["nodes"] + rest["nodes"] == everything["nodes"]
        assert shown["totalCount"] == rest["totalCount"] == len(everything["nodes"])
