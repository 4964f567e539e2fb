"""Clients that guess passwords, and nobody else, are refused before more passwords are hashed."""

import time
import uuid

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

HERE, THERE = "192.0.2.1", "192.0.2.2"


class Counting(MD5PasswordHasher):
    """A hasher that counts the passwords it has hashed."""

    algorithm = "counting"
    hashed = 0

    def encode(self, password, salt):
        Counting.hashed += 1
        return super().encode(password, salt)


def sign_in(username="ada", password="wrong", address=HERE, page="/login/"):
    return Client(REMOTE_ADDR=address).post(page, {"username": username, "password": password})


@pytest.mark.django_db
class TestGuessing:
    @pytest.fixture(autouse=True)
    def users(self, settings, django_user_model):
        settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": uuid.uuid4().hex}}
        for username in ("ada", "charles"):
            django_user_model.objects.create_user(username, password="swordfish", is_staff=True)
        Counting.hashed = 0

    @pytest.mark.parametrize("page", ["/login/", "/admin/login/"])
    @pytest.mark.parametrize("username", ["ada", "nobody"])
    def test_is_refused_before_a_password_is_hashed(self, username, page):
        responses = [sign_in(username, f"wrong{number}", page=page) for number in range(80)]

        assert [response.status_code for response in responses] == [200] * 10 + [429] * 70
        assert Counting.hashed == 10

    def test_is_refused_with_the_right_password_too(self):
        for _ in range(10):
            sign_in()

        response = sign_in(password="swordfish")

        assert (response.status_code, response["Retry-After"]) == (429, "900")
        assert "sessionid" not in response.cookies
        assert "There were too many wrong passwords." in response.content.decode()

    def test_tells_nothing_of_the_user(self):
        pages = [sign_in(username).content for username in ("ada", "nobody") for _ in range(11)]

        assert pages[10] == pages[21]

    @pytest.mark.parametrize("username", ["Ada", "ADA", "\uff41da"])
    def test_is_the_same_in_other_letters(self, username):
        for _ in range(10):
            sign_in()

        assert sign_in(username).status_code == 429

    def test_locks_nobody_out_elsewhere(self):
        for _ in range(10):
            sign_in()

        assert sign_in(password="swordfish", address=THERE).status_code == 302
        assert sign_in("charles", "swordfish").status_code == 302

    def test_of_many_names_locks_the_address(self):
        responses = [sign_in(f"user{number}") for number in range(60)]

        assert [response.status_code for response in responses] == [200] * 50 + [429] * 10
        assert sign_in("charles", "swordfish").status_code == 429
        assert sign_in("charles", "swordfish", THERE).status_code == 302

    def test_is_forgotten_for_the_name_by_the_right_password(self):
        for password in ["wrong"] * 9 + ["swordfish"] + ["wrong"] * 8:
            sign_in(password=password)

        assert sign_in(password="swordfish").status_code == 302

    def test_is_forgotten_in_time(self, settings, monkeypatch):
        refused = [sign_in().status_code for _ in range(11)][-1]

        # The cache asks `time.time()`; a real wait could end before a busy machine has refused.
        later = time.time() + settings.AXES_COOLOFF_TIME.total_seconds() + 1
        monkeypatch.setattr(time, "time", lambda: later)

        assert (refused, sign_in(password="swordfish").status_code) == (429, 302)

    def test_goes_on_where_it_is_switched_off(self, settings):
        settings.AXES_ENABLED = False

        assert {sign_in().status_code for _ in range(60)} == {200}

    def test_is_not_counted_where_the_cache_does_not_answer(self, settings):
        address = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
        settings.CACHES = {"default": address}

        responses = [sign_in(), sign_in(password="swordfish")]

        assert [response.status_code for response in responses] == [200, 302]

    def test_leaves_no_names_and_addresses_in_the_log(self, caplog):
        for _ in range(12):
            sign_in()

        assert "ada" not in caplog.text
        assert HERE not in caplog.text
