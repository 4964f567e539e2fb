"""Pages of other origins: those in a setting may send requests with the viewer's cookies."""

import pytest
from django.test import Client


@pytest.fixture
def browser(db: None) -> Client:
    return Client(enforce_csrf_checks=True)


def ask(browser, **headers):
    return browser.post("/graphql/", {"query": "{ __typename }"}, content_type="application/json", headers=headers)


class TestCors:
    def preflight(self, browser, origin):
        headers = {
            "origin": origin, "access-control-request-method": "POST",
            "access-control-request-headers": "content-type, x-csrftoken, use-jwt-cookie",
        }  # fmt: skip
        return browser.options("/graphql/", headers=headers)

    def test_is_for_nobody_unless_told(self, browser):
        for response in (
            self.preflight(browser, "https://studio.example"),
            ask(browser, origin="https://studio.example"),
        ):
            assert not [name for name in response.headers if name.lower().startswith("access-control-")]

    def test_is_for_the_origins_that_are_named(self, browser, settings):
        settings.CORS_ALLOWED_ORIGINS = ["https://studio.example"]

        preflight = self.preflight(browser, "https://studio.example")
        response = ask(browser, origin="https://studio.example")

        for answer in (preflight, response):
            assert answer["access-control-allow-origin"] == "https://studio.example"
            assert answer["access-control-allow-credentials"] == "true"
        allowed = {header.strip() for header in preflight["access-control-allow-headers"].split(",")}
        assert {"content-type", "x-csrftoken", "use-jwt-cookie", "authorization"} <= allowed

    def test_is_for_no_other_origin(self, browser, settings):
        settings.CORS_ALLOWED_ORIGINS = ["https://studio.example"]

        assert "access-control-allow-origin" not in self.preflight(browser, "https://elsewhere.example").headers
