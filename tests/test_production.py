"""The production settings in docs/how-to/deploy.md, in a separate process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = {
    "SECRET_KEY": "only-for-tests, but as long as one should be: kT9vQ2wZ7rL4nB8mX3",
    "ALLOWED_HOSTS": "catalog.example.org",
    "TLS": "1",
    "TLS_BY_PROXY": "1",
}


def manage(*arguments, **environment):
    of_tests = ("DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE", "DJANGO_SETTINGS_MODULE", "SECRET_KEY")
    inherited = {name: value for name, value in os.environ.items() if name not in of_tests}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
    )


class TestCheck:
    def test_of_a_deployment_is_clean(self):
        checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

        assert (checked.returncode, checked.stderr) == (0, "")

    def test_finds_what_is_missing(self):
        checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | {"TLS": "0"})

        assert checked.returncode == 1
        assert "security.W004" in checked.stderr

    def test_of_limits_finds_what_there_is_not(self):
        checked = manage("check", **PRODUCTION, CATALOG_LIMITS='{"width": 3}')

        assert checked.returncode == 1
        assert "there is no limit width" in checked.stderr

    def test_of_proxies_finds_what_is_no_network(self):
        checked = manage("check", **PRODUCTION, CATALOG_TRUSTED_PROXIES="proxy.example.org")

        assert checked.returncode == 1
        assert "proxy.example.org is no address and no network" in checked.stderr


class TestStart:
    def test_needs_a_secret_key(self):
        started = manage("check")

        assert started.returncode == 1
        assert "SECRET_KEY" in started.stderr


@pytest.mark.django_db
class TestHeaders:
    @pytest.mark.parametrize("path", ["/graphql/?query={__typename}", "/login/", "/admin/login/", "/graphql/?query={"])
    def test_are_as_the_guides_ask(self, client, path):
        response = client.get(path)

        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]

    def test_of_an_answer_let_it_be_nothing_but_data(self, client):
        response = client.get("/graphql/", {"query": "{ __typename }"})

        assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert response["Cache-Control"] == "no-store"

    def test_ask_for_tls_where_there_is_tls(self, client, settings):
        settings.SECURE_HSTS_SECONDS = 31_536_000
        settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True

        response = client.get("/graphql/", {"query": "{ __typename }"}, secure=True)

        assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
