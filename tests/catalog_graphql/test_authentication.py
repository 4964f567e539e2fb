"""Who is asking: sessions, tokens, and everything that looks like one."""

import base64
import hmac
import json
import logging
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from jwt.algorithms import RSAAlgorithm

from tests.catalog_graphql.answers import answer_of

WHO = "{ viewer { isAuthenticated username isGlobalStaff } }"
ANONYMOUS = {"isAuthenticated": False, "username": None, "isGlobalStaff": False}
ADA = {"isAuthenticated": True, "username": "ada", "isGlobalStaff": False}
CSRF = "t" * 32

KEY, ANOTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
JWK = {**RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "ours", "use": "sig"}
PUBLIC_PEM = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def claims(**changed: Any) -> dict[str, Any]:
    """Return the claims of a right token, as Open edX makes it; None takes one out."""
    now = int(time.time())
    right = {
        "iss": "https://lms.example/oauth2", "aud": "openedx", "iat": now, "exp": now + 60, "version": "1.2.0",
        "preferred_username": "ada", "email": "ada@lovelace.example", "administrator": False,
    }  # fmt: skip
    return {name: value for name, value in {**right, **changed}.items() if value is not None}


def encode(part: Any) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def token(key: Any = KEY, algorithm: str = "RS512", **changed: Any) -> str:
    return jwt.encode(claims(**changed), key, algorithm=algorithm)


def signed_by_hand(algorithm: str, key: bytes) -> str:
    """Return a token signed with a text that PyJWT refuses to sign with: a public key's."""
    unsigned = f"{encode({'alg': algorithm, 'typ': 'JWT'})}.{encode(claims(administrator=True))}"
    digest = jwt.algorithms.get_default_algorithms()[algorithm].hash_alg
    return f"{unsigned}.{encode(hmac.new(key, unsigned.encode(), digest).digest())}"


# Made when asked for, as they hold the time. `administrator` says that the forger would be staff.
FORGED = {
    "unsigned": lambda: f"{encode({'alg': 'none', 'typ': 'JWT'})}.{encode(claims(administrator=True))}.",
    "unsigned, None": lambda: f"{encode({'alg': 'None'})}.{encode(claims(administrator=True))}.",
    "its signature cut off": lambda: token(administrator=True).rpartition(".")[0] + ".",
    "HS256 with the public key": lambda: signed_by_hand("HS256", PUBLIC_PEM),
    "HS512 with the public key": lambda: signed_by_hand("HS512", PUBLIC_PEM),
    "HS256 with no key": lambda: signed_by_hand("HS256", b""),
    "HS256 with the key's text": lambda: signed_by_hand("HS256", json.dumps(JWK).encode()),
    "another key": lambda: token(ANOTHER_KEY, administrator=True),
    "another key that it brings": lambda: jwt.encode(
        claims(administrator=True), ANOTHER_KEY, algorithm="RS512",
        headers={"jwk": RSAAlgorithm.to_jwk(ANOTHER_KEY.public_key(), as_dict=True)},
    ),
    "other claims under the signature": lambda: ".".join(
        [(parts := token().split("."))[0], encode(claims(administrator=True)), parts[2]]
    ),
    "another issuer": lambda: token(administrator=True, iss="https://elsewhere.example"),
    "no issuer": lambda: token(administrator=True, iss=None),
    "another audience": lambda: token(administrator=True, aud="elsewhere"),
    "no audience": lambda: token(administrator=True, aud=None),
    "expired": lambda: token(administrator=True, exp=int(time.time()) - 3600),
    "no expiry": lambda: token(administrator=True, exp=None),
    "not valid yet": lambda: token(administrator=True, nbf=int(time.time()) + 3600),
    "no issue date": lambda: token(administrator=True, iat=None),
    "nobody's": lambda: token(administrator=True, preferred_username=None),
    "a version to come": lambda: token(administrator=True, version="2.0.0"),
    "garbage": lambda: "garbage",
    "garbage in three parts": lambda: "a.b.c",
    "no JSON": lambda: f"{encode(b'no')}.{encode(b'json')}.{encode(b'here')}",
}  # fmt: skip


@pytest.fixture
def browser(db: None) -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def ada(django_user_model, db):
    return django_user_model.objects.create_user("ada", email="ada@lovelace.example")


@pytest.fixture
def jwt_on(settings):
    """Switch tokens on, with one key."""
    issuer = {"ISSUER": "https://lms.example/oauth2", "AUDIENCE": "openedx", "SECRET_KEY": None}
    settings.CATALOG_JWT_ENABLED = True
    settings.JWT_AUTH = {
        **settings.JWT_AUTH, "JWT_PUBLIC_SIGNING_JWK_SET": json.dumps({"keys": [JWK]}), "JWT_ISSUERS": [issuer],
    }  # fmt: skip


def ask(browser: Client, **headers: str) -> Any:
    return browser.post("/graphql/", {"query": WHO}, content_type="application/json", headers=headers)


def put_cookies(browser: Client, of: str) -> dict[str, str]:
    """Give the browser a token in two cookies, as the platform does, and return the header that goes with them."""
    header_payload, _, signature = of.rpartition(".")
    browser.cookies["edx-jwt-cookie-header-payload"] = header_payload
    browser.cookies["edx-jwt-cookie-signature"] = signature
    browser.cookies["csrftoken"] = CSRF
    return {"use-jwt-cookie": "true"}


def assert_refused(response: Any, status: int, code: str) -> None:
    assert response.status_code == status
    [error] = response.json()["errors"]
    assert error["extensions"] == {"code": code}
    assert set(answer_of(response)) == {"errors"}


class TestSessions:
    def test_get_in_with_a_csrf_token(self, browser, ada):
        browser.force_login(ada)
        browser.cookies["csrftoken"] = CSRF

        assert answer_of(ask(browser, **{"x-csrftoken": CSRF})) == {"data": {"viewer": ADA}}

    @pytest.mark.parametrize("sent", [{}, {"x-csrftoken": "u" * 32}, {"x-csrftoken": ""}])
    def test_are_refused_without_one(self, browser, ada, sent):
        browser.force_login(ada)
        browser.cookies["csrftoken"] = CSRF

        assert_refused(ask(browser, **sent), 403, "FORBIDDEN")

    def test_need_none_to_read_by_get(self, browser, ada):
        browser.force_login(ada)

        assert answer_of(browser.get("/graphql/", {"query": WHO})) == {"data": {"viewer": ADA}}

    def test_change_nothing_by_get(self, browser, ada):
        browser.force_login(ada)
        mutation = 'mutation { createOrganization(input: {orgCode: "x", name: "x"}) { errors { code } } }'

        assert browser.get("/graphql/", {"query": mutation}).status_code >= 400

    def test_of_inactive_users_are_anonymous(self, browser, ada):
        browser.force_login(ada)
        ada.is_active = False
        ada.save()

        assert answer_of(ask(browser)) == {"data": {"viewer": ANONYMOUS}}


class TestAnonymous:
    def test_needs_no_csrf_token(self, browser):
        assert answer_of(ask(browser)) == {"data": {"viewer": ANONYMOUS}}
        assert answer_of(browser.get("/graphql/", {"query": WHO})) == {"data": {"viewer": ANONYMOUS}}


@pytest.mark.usefixtures("jwt_on")
class TestTokens:
    @pytest.mark.parametrize("algorithm", ["RS512", "RS256"])
    def test_get_in_by_header_without_csrf(self, browser, ada, algorithm):
        response = ask(browser, authorization=f"JWT {token(algorithm=algorithm)}")

        assert answer_of(response) == {"data": {"viewer": ADA}}

    def test_get_in_by_cookies_with_csrf(self, browser, ada):
        headers = put_cookies(browser, token())

        assert answer_of(ask(browser, **headers, **{"x-csrftoken": CSRF})) == {"data": {"viewer": ADA}}

    def test_by_cookies_are_refused_without_csrf(self, browser, ada):
        headers = put_cookies(browser, token())

        assert ask(browser, **headers).status_code in (401, 403)
        assert "data" not in ask(browser, **headers).json()

    def test_make_staff_of_administrators(self, browser, ada):
        response = ask(browser, authorization=f"JWT {token(administrator=True)}")

        assert answer_of(response) == {"data": {"viewer": {**ADA, "isGlobalStaff": True}}}

    def test_of_inactive_users_are_anonymous(self, browser, ada):
        ada.is_active = False
        ada.save()

        response = ask(browser, authorization=f"JWT {token(administrator=True)}")

        assert answer_of(response) == {"data": {"viewer": ANONYMOUS}}

    def test_that_are_wrong_spoil_a_session(self, browser, ada):
        browser.force_login(ada)
        browser.cookies["csrftoken"] = CSRF

        response = ask(browser, authorization=f"JWT {token(ANOTHER_KEY)}", **{"x-csrftoken": CSRF})

        assert_refused(response, 401, "UNAUTHENTICATED")

    @pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
    def test_that_are_forged_are_refused_by_header(self, browser, ada, forged):
        response = ask(browser, authorization=f"JWT {forged()}")

        assert_refused(response, 401, "UNAUTHENTICATED")
        assert response["WWW-Authenticate"] == 'JWT realm="api"'
        ada.refresh_from_db()
        assert not ada.is_staff

    @pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
    def test_that_are_forged_are_refused_by_cookies(self, browser, ada, forged):
        headers = put_cookies(browser, forged())

        assert_refused(ask(browser, **headers, **{"x-csrftoken": CSRF}), 401, "UNAUTHENTICATED")
        ada.refresh_from_db()
        assert not ada.is_staff

    @pytest.mark.parametrize("header", ["JWT", "JWT ", "JWT a b", "jwt \xff", "Bearer x.y.z", "bearer"])
    def test_that_are_malformed_are_refused(self, browser, header):
        assert_refused(ask(browser, authorization=header), 401, "UNAUTHENTICATED")

    def test_leave_no_trace_of_a_person_in_the_log(self, browser, ada, caplog):
        ada.email = "old@lovelace.example"
        ada.save()

        with caplog.at_level(logging.INFO):
            ask(browser, authorization=f"JWT {token()}")
            ask(browser, authorization=f"JWT {token(ANOTHER_KEY)}")

        assert "lovelace" not in caplog.text


NO_KEYS = [None, "", "{}", "[]", "nonsense", '{"keys": []}', '{"keys": 5}', '{"keys": [{"kty": "RSA"}]}']
NO_KEYS += ['{"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}']  # Of the wrong kind: whoever knows it can sign.
NO_KEYS += [{"keys": []}]  # No text at all.


class TestTokensSwitchedOff:
    @pytest.fixture(
        params=[
            {"CATALOG_JWT_ENABLED": False},
            *({"JWT_PUBLIC_SIGNING_JWK_SET": keys} for keys in NO_KEYS),
            {"JWT_ISSUERS": []},
            {"JWT_DECODE_HANDLER": None},
            {"JWT_ISSUERS": [{"ISSUER": "https://lms.example/oauth2", "AUDIENCE": "", "SECRET_KEY": None}]},
            {"JWT_ISSUERS": [{"ISSUER": "https://lms.example/oauth2", "AUDIENCE": "openedx", "SECRET_KEY": "secret"}]},
        ],
        ids=str,
    )  # fmt: skip
    def broken(self, request, settings, jwt_on):
        """Switch tokens off, or break what they need."""
        settings.CATALOG_JWT_ENABLED = request.param.get("CATALOG_JWT_ENABLED", True)
        settings.JWT_AUTH = {**settings.JWT_AUTH, **request.param}
        return settings.CATALOG_JWT_ENABLED

    def test_let_none_in(self, broken, browser, ada):
        for made in (token, FORGED["unsigned"], FORGED["HS256 with no key"], FORGED["garbage"]):
            assert_refused(ask(browser, authorization=f"JWT {made()}"), 401, "UNAUTHENTICATED")

            with_cookies = Client(enforce_csrf_checks=True)
            headers = put_cookies(with_cookies, made())
            assert_refused(ask(with_cookies, **headers, **{"x-csrftoken": CSRF}), 401, "UNAUTHENTICATED")

    def test_fail_the_system_check_where_they_are_asked_for(self, broken):
        if not broken:
            call_command("check")
            return
        with pytest.raises(SystemCheckError, match=r"catalog_graphql\.E001"):
            call_command("check")
