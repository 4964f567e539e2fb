"""Who the viewer is: sessions, tokens, and everything that looks like a token."""

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
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import InterfaceError, OperationalError, connection
from django.test import Client, override_settings
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from jwt.algorithms import RSAAlgorithm
from organizations.models import Organization

from catalog_graphql.standalone.models import CourseAccessRole
from tests.catalog_graphql.answers import answer_of

WHO = "{ viewer { isAuthenticated username isGlobalStaff } }"
ANONYMOUS = {"isAuthenticated": False, "username": None, "isGlobalStaff": False}
ADA = {"isAuthenticated": True, "username": "ada", "isGlobalStaff": False}
CSRF = "t" * 32

KEY, ANOTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
JWK = {**RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "ours", "use": "sig"}
PUBLIC_PEM = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def claims(**changed: Any) -> dict[str, Any]:
    """Return the claims of a valid token, as Open edX issues it; None removes a claim."""
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
    """Return a token signed with a text that PyJWT refuses to use as a secret: a public key."""
    unsigned = f"{encode({'alg': algorithm, 'typ': 'JWT'})}.{encode(claims(administrator=True))}"
    digest = jwt.algorithms.get_default_algorithms()[algorithm].hash_alg
    return f"{unsigned}.{encode(hmac.new(key, unsigned.encode(), digest).digest())}"


# Made on demand, since they contain the time. `administrator` claims that the forger is staff.
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
    """Enable tokens, with one key."""
    issuer = {"ISSUER": "https://lms.example/oauth2", "AUDIENCE": "openedx", "SECRET_KEY": None}
    settings.CATALOG_JWT_ENABLED = True
    settings.JWT_AUTH = {
        **settings.JWT_AUTH, "JWT_PUBLIC_SIGNING_JWK_SET": json.dumps({"keys": [JWK]}), "JWT_ISSUERS": [issuer],
    }  # fmt: skip


def ask(browser: Client, **headers: str) -> Any:
    return browser.post("/graphql/", {"query": WHO}, content_type="application/json", headers=headers)


def put_cookies(browser: Client, of: str) -> dict[str, str]:
    """Give the browser a token in two cookies, like the platform, and return the header that they need."""
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

    def test_is_welcome_in_a_project_without_settings_for_tokens(self, browser, settings):
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "jwt" not in name]
        del settings.JWT_AUTH
        browser.cookies["edx-jwt-cookie"] = "of another site"

        assert answer_of(ask(browser)) == {"data": {"viewer": ANONYMOUS}}


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


TEXTS = st.text(max_size=5) | st.sampled_from(["\ud800", "\0", "a\nb", "x" * 151, "x" * 8_000, "1.2.0", "x.y"])
NUMBERS = st.integers() | st.floats() | st.sampled_from([10**400, -(10**400), 2**63, float("inf"), float("nan")])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=3,
)
NAMES = [
    "iss", "aud", "iat", "nbf", "exp", "jti", "sub", "version", "preferred_username", "username", "user_id", "email",
    "administrator", "is_restricted", "scopes", "filters", "email_verified", "tracking_context",
]  # fmt: skip


class TestClaims(TestCase):
    """Whatever the content of a properly signed token, it is either accepted or refused."""

    def setUp(self):
        issuer = {"ISSUER": "https://lms.example/oauth2", "AUDIENCE": "openedx", "SECRET_KEY": None}
        jwt_auth = {"JWT_PUBLIC_SIGNING_JWK_SET": json.dumps({"keys": [JWK]}), "JWT_ISSUERS": [issuer]}
        changed = override_settings(CATALOG_JWT_ENABLED=True, JWT_AUTH={**django_settings.JWT_AUTH, **jwt_auth})
        changed.enable()
        self.addCleanup(changed.disable)

    @settings(max_examples=60, deadline=None)
    @given(changed=st.dictionaries(st.sampled_from(NAMES), VALUES, min_size=1, max_size=2))
    @example(changed={"version": "x.y"})
    @example(changed={"exp": []})
    @example(changed={"exp": 10**400})
    @example(changed={"preferred_username": "\ud800"})
    @example(changed={"filters": ["content_org:a", 5]})
    @example(changed={"filters": {"content_org": 5}})
    @example(changed={"administrator": "yes"})
    def test_may_be_anything(self, changed):
        made = {name: changed.get(name, value) for name, value in claims().items()} | changed
        signed = jwt.api_jws.encode(json.dumps(made).encode(), KEY, "RS512")

        by_header = ask(Client(), authorization=f"JWT {signed}")
        in_cookies = Client()
        by_cookies = ask(in_cookies, **put_cookies(in_cookies, signed), **{"x-csrftoken": CSRF})

        assert by_header.status_code == by_cookies.status_code
        assert by_header.status_code in (200, 401, 403)
        if by_header.status_code == 200:
            assert set(answer_of(by_header)) == {"data"}
        else:
            assert set(answer_of(by_header)) == set(answer_of(by_cookies)) == {"errors"}

    def test_are_those_that_there_are_room_for(self):
        for changed in ({"preferred_username": "x" * 151}, {"email": "x" * 255}, {"preferred_username": "a\nb"}):
            assert_refused(ask(Client(), authorization=f"JWT {token(**changed)}"), 401, "UNAUTHENTICATED")


CREATE = 'mutation { createOrganization(input: {orgCode: "x", name: "x"}) { organization { orgCode } } }'
SCOPES = {"read": ["catalog:read"], "write": ["catalog:write", "catalog:all"]}


@pytest.mark.usefixtures("jwt_on")
class TestRestrictedTokens:
    @pytest.fixture
    def send(self, browser, ada):
        """Return a function that sends a document with a restricted token with these scopes."""
        ada.is_staff = True
        ada.save()

        def send(document, *scopes, **changed):
            made = token(administrator=True, is_restricted=True, scopes=list(scopes), **changed)
            headers = {"authorization": f"JWT {made}"}
            return browser.post("/graphql/", {"query": document}, content_type="application/json", headers=headers)

        return send

    @pytest.mark.parametrize("scopes", [{}, {"write": ["catalog:read"]}, {"read": []}, {"read": ["catalog:read", "b"]}])
    @pytest.mark.parametrize("document", [WHO, CREATE])
    def test_are_denied(self, send, settings, scopes, document):
        settings.CATALOG_RESTRICTED_SCOPES = scopes

        assert_refused(send(document, "catalog:read"), 403, "FORBIDDEN")

    def test_are_denied_in_cookies(self, browser, ada):
        headers = put_cookies(browser, token(is_restricted=True, scopes=["catalog:read"]))

        assert_refused(ask(browser, **headers, **{"x-csrftoken": CSRF}), 403, "FORBIDDEN")

    def test_read_by_the_scopes_of_the_setting(self, send, settings):
        settings.CATALOG_RESTRICTED_SCOPES = SCOPES

        assert answer_of(send(WHO, "catalog:read", "other")) == {"data": {"viewer": {**ADA, "isGlobalStaff": True}}}

    @pytest.mark.parametrize("held", [["catalog:read"], ["catalog:read", "catalog:write"], ["catalog:write"]])
    def test_change_nothing_without_all_scopes_for_that(self, send, settings, held):
        settings.CATALOG_RESTRICTED_SCOPES = SCOPES

        assert_refused(send(CREATE, *held), 403, "FORBIDDEN")
        assert not Organization.objects.exists()

    def test_change_what_their_user_may_with_them(self, send, settings):
        settings.CATALOG_RESTRICTED_SCOPES = SCOPES

        answer = answer_of(send(CREATE, "catalog:read", "catalog:write", "catalog:all"))

        assert answer == {"data": {"createOrganization": {"organization": {"orgCode": "x"}}}}

    @pytest.mark.parametrize(
        ("scopes", "problem"),
        [
            ([], "CATALOG_RESTRICTED_SCOPES must be an object of lists of scopes."),
            ({"delete": ["x"]}, "CATALOG_RESTRICTED_SCOPES: there is no delete, only read and write."),
            ({"read": []}, "CATALOG_RESTRICTED_SCOPES: read must be a list of scopes, and not an empty one."),
            ({"write": "x"}, "CATALOG_RESTRICTED_SCOPES: write must be a list of scopes, and not an empty one."),
            ({"read": [1]}, "CATALOG_RESTRICTED_SCOPES: read must be a list of scopes, and not an empty one."),
        ],
    )
    def test_have_a_setting_that_is_checked(self, settings, scopes, problem):
        settings.CATALOG_RESTRICTED_SCOPES = scopes

        assert [(check.id, check.msg) for check in run_checks(tags=["security"])] == [("catalog_graphql.E002", problem)]


@pytest.mark.usefixtures("jwt_on")
class TestFilters:
    ALL = "{ organizations { nodes { orgCode } } catalogCourses { nodes { key } } courseRuns { nodes { courseKey } } }"

    @pytest.fixture(params=[True, False], ids=["by plan", "by reference"])
    def send(self, request, browser, ada, settings, make_run):
        """Return a function that sends a document with a token with these filters, by default of global staff."""
        settings.CATALOG_READ_PLAN = request.param
        for org_code in ("MITx", "Other", "Third"):
            make_run(org_code)

        def send(document, *filters, administrator=True, **variables):
            made = token(administrator=administrator, filters=list(filters))
            body = {"query": document, "variables": variables}
            headers = {"authorization": f"JWT {made}"}
            return browser.post("/graphql/", body, content_type="application/json", headers=headers)

        return send

    def seen(self, response):
        data = answer_of(response)["data"]
        return [[next(iter(node.values())) for node in data[root]["nodes"]] for root in data]

    @pytest.mark.parametrize(
        ("filters", "org_codes"),
        [
            ([], ["MITx", "Other", "Third"]),
            (["user:me"], ["MITx", "Other", "Third"]),
            (["user:ADA"], ["MITx", "Other", "Third"]),
            (["content_org:MITx"], ["MITx"]),
            (["content_org:mitX", "user:me", "content_org:Third"], ["MITx", "Third"]),
            (["content_org:Nobody"], []),
            (["content_org:"], []),
            (["content_org:MITx:Other"], []),
        ],
    )
    def test_limit_what_is_seen(self, send, filters, org_codes):
        courses = [f"catalog-course:{org_code}:6.002x" for org_code in org_codes]
        runs = [f"course-v1:{org_code}+6.002x+3T2012" for org_code in org_codes]

        organizations, catalog_courses, course_runs = self.seen(send(self.ALL, *filters))

        assert (organizations, sorted(catalog_courses), sorted(course_runs)) == (org_codes, courses, runs)

    def test_do_not_share_what_was_worked_out_for_others(self, send):
        answers = [self.seen(send(self.ALL, f"content_org:{org_code}"))[0] for org_code in ("MITx", "Other", "MITx")]

        assert answers == [["MITx"], ["Other"], ["MITx"]]

    def test_limit_what_a_role_shows(self, send, ada):
        for org_code in ("MITx", "Other"):
            CourseAccessRole.objects.create(user=ada, org=org_code, role="staff")

        organizations, _, course_runs = self.seen(send(self.ALL, "content_org:Other", administrator=False))

        assert (organizations, course_runs) == (["Other"], ["course-v1:Other+6.002x+3T2012"])

    def test_add_nothing_to_what_their_user_sees(self, send):
        assert self.seen(send(self.ALL, "content_org:MITx", administrator=False)) == [["MITx"], [], []]

    @pytest.mark.parametrize(("org_code", "error"), [("MITx", []), ("Other", [{"code": "NOT_FOUND"}])])
    def test_limit_what_is_changed(self, send, org_code, error):
        document = "mutation ($key: CourseKey!) { deleteCourseRun(input: {courseKey: $key}) { errors { code } } }"

        response = send(document, "content_org:MITx", key=f"course-v1:{org_code}+6.002x+3T2012")

        assert answer_of(response) == {"data": {"deleteCourseRun": {"errors": error}}}

    @pytest.mark.parametrize(
        ("org_code", "codes"), [("MITx", []), ("Other", [{"code": "NOT_FOUND"}]), ("New", [{"code": "NOT_FOUND"}])]
    )
    def test_limit_where_something_is_created(self, send, org_code, codes):
        document = """
            mutation ($org: String!) {
                createCatalogCourse(input: {orgCode: $org, courseCode: "new"}) { errors { code } }
            }
        """

        response = send(document, "content_org:MITx", org=org_code)

        assert answer_of(response) == {"data": {"createCatalogCourse": {"errors": codes}}}

    def test_make_nobody_global_staff(self, send):
        sync = 'mutation { syncCourseRun(input: {courseKey: "course-v1:A+B+C", title: "x"}) { errors { code } } }'

        who, synced, created = (send(document, "content_org:MITx") for document in (WHO, sync, CREATE))

        assert answer_of(who) == {"data": {"viewer": ADA}}
        assert answer_of(synced) == {"data": {"syncCourseRun": {"errors": [{"code": "FORBIDDEN"}]}}}
        assert answer_of(created) == {"data": {"createOrganization": {"organization": None}}}
        assert not Organization.objects.filter(short_name__in=["A", "x"]).exists()

    @pytest.mark.parametrize("strange", ["user:eve", "content_library:MITx", "MITx", ""])
    def test_that_are_strange_deny_everything(self, send, strange):
        assert_refused(send(WHO, "content_org:MITx", strange), 403, "FORBIDDEN")


@pytest.mark.usefixtures("jwt_on")
class TestLog:
    @pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
    @pytest.mark.parametrize("in_cookies", [False, True], ids=["by header", "by cookies"])
    def test_has_one_line_of_a_wrong_token(self, browser, ada, caplog, forged, in_cookies):
        made = forged()
        headers = {"authorization": f"JWT {made}"}
        if in_cookies:
            headers = {**put_cookies(browser, made), "x-csrftoken": CSRF}

        with caplog.at_level(logging.INFO):
            ask(browser, **headers)

        [record] = caplog.records
        assert record.getMessage().startswith("A token was refused: ")
        assert record.exc_info is None
        assert not any(len(part) > 5 and part in record.getMessage() for part in made.split("."))

    def test_names_nobody(self, browser, ada, caplog):
        with caplog.at_level(logging.INFO):
            ask(browser, authorization=f"JWT {token(preferred_username='eve' * 60)}")

        assert [record.getMessage() for record in caplog.records] == [
            "A token was refused: strange claims: preferred_username"
        ]


@pytest.mark.usefixtures("jwt_on")
class TestDatabaseAway:
    @pytest.mark.parametrize(
        "error", [OperationalError(2006, "gone"), InterfaceError("closed")], ids=["gone", "closed"]
    )
    @pytest.mark.parametrize("in_cookies", [False, True], ids=["by header", "by cookies"])
    def test_is_not_the_fault_of_a_token(self, browser, ada, error, in_cookies):
        def fail(*args):
            raise error

        headers = {"authorization": f"JWT {token()}"}
        if in_cookies:
            headers = {**put_cookies(browser, token()), "x-csrftoken": CSRF}

        with connection.execute_wrapper(fail):
            response = ask(browser, **headers)

        assert response.status_code == 503
        assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["SERVICE_UNAVAILABLE"]


NO_KEYS = [None, "", "{}", "[]", "nonsense", '{"keys": []}', '{"keys": 5}', '{"keys": [{"kty": "RSA"}]}']
NO_KEYS += ['{"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}']  # A symmetric key: everybody who knows it can sign.
NO_KEYS += [{"keys": []}]  # Not text.


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
        """Disable tokens, or break the settings that they need."""
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
