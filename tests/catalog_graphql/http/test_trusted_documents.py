"""Trusted documents: operations that clients request by their hash."""

import hashlib
import json

import pytest
from django.core.checks import run_checks

from tests.catalog_graphql.answers import answer_of

TYPENAME = "query Typename { __typename }"
RUNS = "query Runs($first: Int) { courseRuns(first: $first) { totalCount } }"
CHANGE = "mutation Change { __typename }"
STRANGER = "{ viewer { username } }"
RESPONSE_JSON = "application/graphql-response+json"


def hash_of(document):
    return hashlib.sha256(document.encode()).hexdigest()


@pytest.fixture(params=["", "sha256:"], ids=["bare", "prefixed"])
def manifest(request, tmp_path, settings):
    """A manifest of documents by hash, with or without prefix, named in the setting."""
    prefix = request.param
    path = tmp_path / "persisted-documents.json"
    path.write_text(json.dumps({prefix + hash_of(document): document for document in (TYPENAME, RUNS, CHANGE)}))
    settings.CATALOG_TRUSTED_DOCUMENTS = [path]
    return path


@pytest.fixture
def send(client):
    """Return a function that posts a body anonymously."""

    def send(**body):
        return client.post("/graphql/", body, content_type="application/json")

    return send


@pytest.mark.django_db
class TestDocumentId:
    @pytest.mark.parametrize("prefix", ["", "sha256:"])
    def test_is_taken_by_post(self, manifest, send, prefix):
        response = send(documentId=prefix + hash_of(TYPENAME), operationName="Typename")

        assert response.status_code == 200
        assert answer_of(response) == {"data": {"__typename": "Query"}}

    def test_takes_variables(self, manifest, client, sign_in):
        sign_in(is_staff=True)

        response = client.get("/graphql/", {"documentId": hash_of(RUNS), "variables": '{"first": 3}'})

        assert answer_of(response) == {"data": {"courseRuns": {"totalCount": 0}}}

    @pytest.mark.parametrize(
        ("accept", "status"), [("application/json", 200), ("application/graphql-response+json", 400)]
    )
    @pytest.mark.parametrize("document_id", [hash_of(STRANGER), "sha256:", "nonsense", "md5:" + hash_of(TYPENAME)])
    def test_of_a_stranger_is_not_found(self, manifest, client, accept, status, document_id):
        response = client.get("/graphql/", {"documentId": document_id}, headers={"accept": accept})

        assert response.status_code == status
        assert answer_of(response) == {
            "errors": [
                {
                    "message": "There is no trusted document of this id.",
                    "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"},
                }
            ]
        }

    def test_needs_a_manifest(self, send):
        response = send(documentId=hash_of(TYPENAME))

        assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["PERSISTED_QUERY_NOT_FOUND"]

    @pytest.mark.parametrize(
        "body",
        [{}, {"query": TYPENAME, "documentId": hash_of(TYPENAME)}, {"documentId": 1}, {"documentId": ""}],
    )
    def test_comes_instead_of_a_document(self, manifest, send, body):
        response = send(**body)

        assert response.status_code == 400
        assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["BAD_USER_INPUT"]

    def test_of_a_mutation_is_not_taken_by_get(self, manifest, client):
        response = client.get("/graphql/", {"documentId": hash_of(CHANGE)})

        assert (response.status_code, response["Allow"]) == (405, "POST")


def persisted(document, **changed):
    """Return the extensions with which clients request a document that they believe to be known."""
    return {"persistedQuery": {"version": 1, "sha256Hash": hash_of(document), **changed}}


@pytest.mark.django_db
class TestAutomaticPersistedQuery:
    def test_is_answered_where_it_is_trusted(self, manifest, client, send):
        extensions = persisted(TYPENAME)
        by_get = client.get("/graphql/", {"extensions": json.dumps(extensions)})

        assert answer_of(send(extensions=extensions)) == answer_of(by_get) == {"data": {"__typename": "Query"}}

    @pytest.mark.parametrize(("accept", "status"), [("application/json", 200), (RESPONSE_JSON, 400)])
    def test_is_asked_for_in_full_where_another_is_trusted(self, manifest, client, accept, status):
        body = {"operationName": None, "variables": {}, "extensions": persisted(STRANGER)}

        response = client.post("/graphql/", body, content_type="application/json", headers={"accept": accept})

        assert response.status_code == status
        assert answer_of(response) == {
            "errors": [{"message": "PersistedQueryNotFound", "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"}}]
        }

    @pytest.mark.parametrize(("accept", "status"), [("application/json", 200), (RESPONSE_JSON, 400)])
    def test_is_not_supported_where_none_is_trusted(self, client, accept, status):
        query = {"extensions": json.dumps(persisted(TYPENAME))}

        response = client.get("/graphql/", query, headers={"accept": accept})

        assert response.status_code == status
        assert answer_of(response) == {
            "errors": [
                {"message": "PersistedQueryNotSupported", "extensions": {"code": "PERSISTED_QUERY_NOT_SUPPORTED"}}
            ]
        }

    def test_comes_in_full_the_second_time(self, send):
        response = send(query=TYPENAME, extensions=persisted(TYPENAME))

        assert answer_of(response) == {"data": {"__typename": "Query"}}

    @pytest.mark.parametrize(
        "extensions", [{}, {"persistedQuery": None}, {"persistedQuery": []}, persisted("", sha256Hash=1)]
    )
    def test_has_a_hash(self, send, extensions):
        response = send(extensions=extensions)

        assert response.status_code == 400
        assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["BAD_USER_INPUT"]


@pytest.mark.django_db
class TestRevalidation:
    @pytest.fixture
    def get(self, manifest, client):
        """Return a function that requests a trusted document by GET."""

        def get(**headers):
            return client.get("/graphql/", {"documentId": hash_of(TYPENAME)}, headers=headers)

        return get

    def test_is_offered(self, get):
        response = get()

        assert response["ETag"].strip('"')
        assert response["Cache-Control"] == "private, no-cache"
        assert {"accept", "authorization", "cookie"} <= {name.strip().lower() for name in response["Vary"].split(",")}

    def test_answers_304_without_a_body_while_nothing_has_changed(self, get):
        etag = get()["ETag"]

        response = get(**{"if-none-match": etag})

        assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)

    def test_answers_whole_once_something_has_changed(self, manifest, client, sign_in, make_run):
        sign_in(is_staff=True)
        etag = client.get("/graphql/", {"documentId": hash_of(RUNS)})["ETag"]
        make_run()

        response = client.get("/graphql/", {"documentId": hash_of(RUNS)}, headers={"if-none-match": etag})

        assert response.status_code == 200
        assert answer_of(response) == {"data": {"courseRuns": {"totalCount": 1}}}
        assert response["ETag"] != etag

    def test_is_not_offered_of_other_answers(self, manifest, client, send):
        responses = [
            client.get("/graphql/", {"query": TYPENAME}),
            client.get("/graphql/", {"documentId": "stranger"}),
            send(documentId=hash_of(TYPENAME)),
        ]

        assert [("ETag" in response, response["Cache-Control"]) for response in responses] == [(False, "no-store")] * 3


@pytest.mark.django_db
class TestOnly:
    @pytest.fixture(autouse=True)
    def only(self, manifest, settings):
        settings.CATALOG_TRUSTED_DOCUMENTS_ONLY = True

    def test_admits_trusted_documents(self, send):
        assert answer_of(send(documentId=hash_of(TYPENAME))) == {"data": {"__typename": "Query"}}
        assert answer_of(send(query=TYPENAME)) == {"data": {"__typename": "Query"}}

    @pytest.mark.parametrize("document", [STRANGER, TYPENAME + " ", "{"])
    def test_admits_nothing_else(self, client, send, document):
        for response in (send(query=document), client.get("/graphql/", {"query": document})):
            assert response.status_code == 403
            assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["FORBIDDEN"]

    def test_admits_nothing_else_of_staff_either(self, sign_in, post):
        sign_in(is_staff=True)

        assert post(STRANGER).status_code == 403


class TestSetting:
    def test_is_checked(self, manifest, settings, tmp_path):
        wrong = tmp_path / "wrong.json"
        wrong.write_text(json.dumps({"0" * 64: TYPENAME}))
        listed = tmp_path / "list.json"
        listed.write_text("[]")
        settings.CATALOG_TRUSTED_DOCUMENTS = [manifest, wrong, listed, tmp_path / "missing.json"]

        problems = [check.msg for check in run_checks(tags=["security"])]

        assert problems == [
            f"{wrong}: {'0' * 64} is not the hash of its document.",
            f"{listed} is no manifest of trusted documents: it must be a JSON object of documents by their hash.",
            f"{tmp_path}/missing.json is no manifest of trusted documents: "
            f"[Errno 2] No such file or directory: '{tmp_path}/missing.json'.",
        ]

    def test_admits_nothing_at_all_without_a_manifest(self, settings):
        settings.CATALOG_TRUSTED_DOCUMENTS_ONLY = True

        assert [check.msg for check in run_checks(tags=["security"])] == [
            "Only trusted documents are admitted, and there is no manifest of any."
        ]
