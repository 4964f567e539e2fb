"""The Studio home page as it is served; its content is tested in a browser."""

import re

import pytest
from django.contrib.staticfiles import finders

from catalog_graphql.http import pages


@pytest.fixture
def needs_bundle() -> None:
    if finders.find(pages.SCRIPT) is None:
        pytest.skip("needs the built pages: make frontend")


class TestStudioHome:
    def test_asks_who_has_not_signed_in_to_do_so(self, client):
        response = client.get("/studio-home/?search=data")

        assert (response.status_code, response["location"]) == (302, "/login/?next=/studio-home/%3Fsearch%3Ddata")

    def test_names_its_endpoint_and_sets_a_csrf_cookie(self, client, sign_in, needs_bundle):
        sign_in("ada")

        response = client.get("/studio-home/")

        page = response.content.decode()
        assert response.status_code == 200
        assert 'data-base="/studio-home/"' in page
        assert 'data-endpoint="/graphql/"' in page
        assert '<html lang="en" dir="ltr" data-csrf-cookie="csrftoken">' in page
        assert 'data-logout-url="/logout/"' in page
        assert response.cookies["csrftoken"].value

    @pytest.mark.urls("tests.catalog_graphql.http.mounted")
    def test_is_shown_where_no_url_is_named_logout(self, client, sign_in, needs_bundle):
        sign_in("ada")

        response = client.get("/studio-home/")

        assert response.status_code == 200
        assert 'data-logout-url=""' in response.content.decode()

    @pytest.mark.parametrize("manifests", [[], ["manifest.json"]])
    def test_says_whether_there_are_trusted_documents(self, client, sign_in, needs_bundle, settings, manifests):
        settings.CATALOG_TRUSTED_DOCUMENTS = manifests
        sign_in("ada")

        page = client.get("/studio-home/").content.decode()

        assert ("data-document-ids" in page) == bool(manifests)

    def test_takes_nothing_from_elsewhere(self, client, sign_in, needs_bundle):
        sign_in("ada")

        page = client.get("/studio-home/").content.decode()

        assert "http:" not in page
        assert "https:" not in page

    def test_has_a_strict_policy_with_a_nonce_of_its_own(self, client, sign_in, needs_bundle):
        sign_in("ada")

        responses = [client.get("/studio-home/") for _ in range(2)]

        policies = [response["content-security-policy"] for response in responses]
        [[first], [second]] = [re.findall(r"style-src 'self' 'nonce-([^']+)';", policy) for policy in policies]
        assert first != second
        assert f'nonce="{first}"' in responses[0].content.decode()
        assert policies[0] == (
            f"default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'nonce-{first}'; "
            "img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
        )

    @pytest.mark.parametrize("policy", [None, {"DIRECTIVES": {"script-src": ["'none'"]}}])
    def test_has_its_policy_whatever_the_project_has(self, client, sign_in, needs_bundle, settings, policy):
        settings.CONTENT_SECURITY_POLICY = policy
        if policy is None:
            settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("csp.")]
        sign_in("ada")

        response = client.get("/studio-home/")

        assert response["content-security-policy"].startswith("default-src 'none'; script-src 'self'; ")

    def test_has_no_script_inline(self, client, sign_in, needs_bundle):
        sign_in("ada")

        page = client.get("/studio-home/").content.decode()

        assert re.findall(r"<script[^>]*>([^<]*)</script>", page) == [""]

    def test_says_how_it_is_built_where_it_is_not(self, client, sign_in, monkeypatch):
        monkeypatch.setattr(pages, "SCRIPT", "catalog_graphql/studio-home/nothing.js")
        sign_in("ada")

        response = client.get("/studio-home/")

        message = b"The Studio home page is not built: run `make frontend`.\n"
        assert (response.status_code, response.content) == (404, message)
        assert response["content-type"].startswith("text/plain")

    def test_is_only_for_looking_at(self, client, sign_in):
        sign_in("ada")

        assert client.options("/studio-home/").status_code == 405


class TestHome:
    def test_leads_to_the_page(self, client):
        response = client.get("/")

        assert (response.status_code, response["location"]) == (302, "/studio-home/")

    def test_is_where_signing_in_leads(self, client, django_user_model, db):
        django_user_model.objects.create_user("ada", password="lovelace")
        token = client.get("/login/").cookies["csrftoken"].value

        response = client.post("/login/", {"username": "ada", "password": "lovelace", "csrfmiddlewaretoken": token})

        assert (response.status_code, response["location"]) == (302, "/studio-home/")
