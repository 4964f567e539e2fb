"""The language of messages: the one that a request accepts, whatever the project does elsewhere."""

import hashlib
import json

import pytest
from django.utils import translation

from catalog_graphql.catalog.records import CatalogCourse
from tests.catalog_graphql.answers import answer_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

RUNS = "query Runs { courseRuns { totalCount } }"
SEARCH = "query Search($search: String) { courseRuns(filter: {search: $search}) { totalCount } }"
CREATE = """mutation Create($input: CreateCatalogCourseInput!) {
  createCatalogCourse(input: $input) { errors { code field message } }
}"""
DELETE = """mutation Delete($input: DeleteCatalogCourseInput!) {
  deleteCatalogCourse(input: $input) { errors { code field message } }
}"""
SIGN_IN, SIGN_IN_AR = "Sign in first.", "يجب تسجيل الدخول أولًا."
WITHOUT_LOCALE_MIDDLEWARE = pytest.param(False, id="without LocaleMiddleware")


@pytest.fixture(autouse=True, params=[pytest.param(True, id="with LocaleMiddleware"), WITHOUT_LOCALE_MIDDLEWARE])
def middleware(request, settings):
    """The project's middleware; what it activates in this thread is forgotten again."""
    if not request.param:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "LocaleMiddleware" not in name]
    with translation.override("en"):
        yield


@pytest.fixture
def send(client):
    """Return a function that posts a query with headers, and returns the response."""

    def send(query, variables=None, **headers):
        token = client.get("/login/").cookies["csrftoken"].value
        headers = {"x-csrftoken": token, **headers}
        body = {"query": query, "variables": variables or {}}
        return client.post("/graphql/", body, content_type="application/json", headers=headers)

    return send


def messages(response):
    return [error["message"] for error in response.json()["errors"]]


class TestProblems:
    @pytest.fixture
    def create(self, send, sign_in, make_organization):
        """Return a function that creates a course with a blank code, and returns what is wrong."""
        make_organization("MITx")
        sign_in(is_staff=True)

        def create(**headers):
            response = send(CREATE, {"input": {"orgCode": "MITx", "courseCode": "", "title": "x" * 256}}, **headers)
            return answer_of(response)["data"]["createCatalogCourse"]["errors"]

        return create

    def test_are_in_arabic_for_who_accepts_that(self, create):
        assert create(accept_language="ar-EG,en;q=0.5") == [
            {"code": "REQUIRED", "field": ["courseCode"], "message": "يجب ألا يُترك رمز المقرر فارغًا."},
            {"code": "TOO_LONG", "field": ["title"], "message": "عدد أحرف العنوان 256، والحد الأقصى 255."},
        ]

    @pytest.mark.parametrize("headers", [{}, {"accept_language": "en,ar;q=0.5"}, {"accept_language": "*"}])
    def test_are_in_english_for_others(self, create, headers):
        assert create(**headers) == [
            {"code": "REQUIRED", "field": ["courseCode"], "message": "The course code must not be blank."},
            {"code": "TOO_LONG", "field": ["title"], "message": "The title has 256 characters, and may have 255."},
        ]

    @pytest.mark.parametrize(
        ("count", "message"),
        [
            (1, "للمقرر دورة واحدة يجب حذفها أولًا."),
            (2, "للمقرر دورتان يجب حذفهما أولًا."),
            (3, "للمقرر 3 دورات يجب حذفها أولًا."),
            (11, "للمقرر 11 دورة يجب حذفها أولًا."),
        ],
    )
    def test_count_as_arabic_does(self, send, sign_in, make_run, count, message):
        sign_in(is_staff=True)
        for number in range(count):
            make_run("MITx", "6.002x", f"R{number}")

        response = send(DELETE, {"input": {"key": CatalogCourse.objects.get().key_str}}, accept_language="ar")

        errors = answer_of(response)["data"]["deleteCatalogCourse"]["errors"]
        assert errors == [{"code": "IN_USE", "field": None, "message": message}]


class TestLanguage:
    def test_is_told_and_varies_by_what_is_accepted(self, send):
        response = send(RUNS, accept_language="ar")

        assert messages(response) == [SIGN_IN_AR]
        assert response["Content-Language"] == "ar"
        assert "Accept-Language" in response["Vary"]

    def test_is_not_that_of_a_cookie(self, send, client, settings):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

        response = send(RUNS, accept_language="ar")

        assert messages(response) == [SIGN_IN_AR]
        assert response["Content-Language"] == "ar"

    @pytest.mark.parametrize("headers", [{}, {"accept_language": "fr"}, {"accept_language": "nonsense;;q=x"}])
    def test_is_the_sites_where_none_is_accepted_that_there_is(self, client, settings, headers):
        settings.LANGUAGE_CODE = "ar"
        translation.deactivate()

        response = client.post("/graphql/", {"query": RUNS}, content_type="application/json", headers=headers)

        assert messages(response) == [SIGN_IN_AR]

    def test_is_that_of_refusals_of_pages(self, client, sign_in):
        sign_in()

        response = client.get("/graphql/", headers={"accept": "text/html", "accept-language": "ar"})

        assert (response.status_code, messages(response)) == (403, ["واجهة GraphiQL ليست متاحة للجميع هنا."])

    def test_is_not_kept_with_plans(self, send, sign_in):
        sign_in(is_staff=True)
        variables = {"search": "x" * 1000}

        found = [messages(send(SEARCH, variables, accept_language=language)) for language in ("ar", "en", "ar")]

        arabic, english = ["الحد الأقصى لعدد أحرف البحث 500."], ["A search has 500 characters at most."]
        assert found == [arabic, english, arabic]


class TestTrustedDocument:
    def test_is_not_taken_for_its_answer_in_another_language(self, client, settings, tmp_path):
        document_id = hashlib.sha256(RUNS.encode()).hexdigest()
        settings.CATALOG_TRUSTED_DOCUMENTS = [tmp_path / "manifest.json"]
        settings.CATALOG_TRUSTED_DOCUMENTS[0].write_text(json.dumps({document_id: RUNS}))

        def get(language, **headers):
            headers |= {"accept": "application/json", "accept-language": language}
            return client.get("/graphql/", {"documentId": document_id}, headers=headers)

        english = get("en")
        again = get("en", if_none_match=english["ETag"])
        arabic = get("ar", if_none_match=english["ETag"])

        assert (messages(english), english.status_code) == ([SIGN_IN], 200)
        assert again.status_code == 304
        assert (messages(arabic), arabic.status_code) == ([SIGN_IN_AR], 200)
        assert english["ETag"] != arabic["ETag"]
        assert {vary for response in (english, again, arabic) for vary in response["Vary"].split(", ")} >= {
            *("Accept", "Accept-Language", "Authorization", "Cookie"),
        }
        assert all("Accept-Language" in response["Vary"] for response in (english, again, arabic))
