"""The rate limit: how much a viewer may ask for in the long run."""

import logging
import shutil
import signal
import socket
import subprocess
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from catalog_graphql.errors import RateLimitedError
from catalog_graphql.limits import counting, rates
from catalog_graphql.standalone import settings as project_settings

QUERY = "{ courseRuns(first: 24) { nodes { title } } }"  # It costs 25.
REDIS = ("127.0.0.1", 6379)
MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "rates"}


def is_reachable(address) -> bool:
    with socket.socket() as tried:
        tried.settimeout(1)
        return tried.connect_ex(address) == 0


@pytest.fixture(params=["memory", "redis"])
def rate(request, settings):
    """A rate of 60 per minute, counted in each kind of cache."""
    if request.param == "redis" and not is_reachable(REDIS):
        pytest.skip("needs Redis at {}:{}".format(*REDIS))
    location = "redis://{}:{}/15".format(*REDIS)
    in_redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": location}
    kind = in_redis if request.param == "redis" else MEMORY
    settings.CACHES = {"default": kind | {"KEY_PREFIX": uuid.uuid4().hex}}
    settings.CATALOG_LIMITS = {"cost": 60}
    settings.CATALOG_RATE = 60


@pytest.fixture
def clock(monkeypatch):
    """A clock, in seconds, that stands still until it is moved."""

    class Clock:
        now = 1_000_000.0

    monkeypatch.setattr(rates.time, "time_ns", lambda: round(Clock.now * 1e9))
    monkeypatch.setattr(rates.time, "thread_time", lambda: 0.0)
    return Clock


def ask(client, query=QUERY):
    return client.get("/graphql/", {"query": query})


@pytest.mark.django_db
class TestRate:
    def test_is_off_unless_it_is_set(self, client, sign_in, settings):
        settings.CATALOG_LIMITS = {"cost": 25}
        sign_in()

        assert {ask(client).status_code for _ in range(5)} == {200}

    @pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
    def test_refuses_what_would_overflow_and_says_when_to_come_back(self, client, sign_in, rate, clock, accept):
        sign_in()
        answered = [ask(client).status_code for _ in range(2)]

        response = client.get("/graphql/", {"query": QUERY}, headers={"accept": accept})

        assert answered == [200, 200]
        assert (response.status_code, response["Retry-After"]) == (429, "15")
        assert response.json() == {
            "errors": [
                {
                    "message": "Too much was asked lately: ask again in 15 s.",
                    "extensions": {"code": "RATE_LIMITED", "retryAfter": 15},
                }
            ],
            "extensions": {"cost": {"requested": 25, "limit": 60, "fields": 3, "statements": 1}},
        }

    def test_leaks(self, client, sign_in, rate, clock):
        sign_in()
        answered = [ask(client).status_code for _ in range(3)]

        clock.now += 14
        answered.append(ask(client).status_code)
        clock.now += 1
        answered.append(ask(client).status_code)

        assert answered == [200, 200, 429, 429, 200]

    def test_counts_what_is_not_executed_too(self, client, sign_in, rate, clock):
        sign_in()

        answered = [ask(client, "{ nothing }").status_code for _ in range(61)]

        assert answered == [200] * 60 + [429]

    def test_is_each_viewers_own(self, client, rate, clock, django_user_model):
        other = Client()
        client.force_login(django_user_model.objects.create_user("ada"))
        other.force_login(django_user_model.objects.create_user("charles"))

        answered = [ask(who).status_code for who in (client, client, client, other)]

        assert answered == [200, 200, 429, 200]

    def test_of_anonymous_ones_is_their_addresss(self, rate, clock):
        query = "{ " + " ".join(f"a{i}: __typename" for i in range(25)) + " }"
        here, there = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")

        answered = [ask(who, query).status_code for who in (here, here, here, there)]

        assert answered == [200, 200, 429, 200]

    def test_is_that_of_a_proxys_clients(self, rate, clock, settings):
        settings.CATALOG_TRUSTED_PROXIES = ["10.0.0.0/8"]
        query = "{ " + " ".join(f"a{i}: __typename" for i in range(25)) + " }"
        clients = [Client(REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": f"192.0.2.{i}"}) for i in (1, 2)]

        answered = [ask(clients[number], query).status_code for number in (0, 0, 0, 1)]

        assert answered == [200, 200, 429, 200]

    def test_is_not_forgotten_when_many_others_ask(self, settings):
        settings.CATALOG_LIMITS, settings.CATALOG_RATE = {"cost": 60}, 60
        greedy, *others = [RequestFactory(REMOTE_ADDR=f"10.0.{i // 250}.{i % 250}").get("/") for i in range(421)]
        rates.charge(greedy, AnonymousUser(), 60)

        for other in others:
            rates.charge(other, AnonymousUser(), 1)

        with pytest.raises(RateLimitedError):
            rates.charge(greedy, AnonymousUser(), 1)

    def test_pays_for_the_processor_too(self, client, sign_in, rate):
        sign_in()

        def refuse():
            unknown = f"nothing{uuid.uuid4().hex}"  # A document is validated only once, so each must be new.
            return ask(client, "{ " + "... { viewer { username } } " * 280 + unknown + " }")

        first, *later = [refuse() for _ in range(10)]  # If each cost only 1, there would be room for 60.

        assert (first.status_code, "data" in first.json()) == (200, False)
        assert later[-1].status_code == 429

    def test_does_not_pay_twice(self, rate, clock, monkeypatch):
        request, nobody = RequestFactory().get("/"), AnonymousUser()

        with rates.metered(request):
            rates.charge(request, nobody, 20)
            monkeypatch.setattr(rates.time, "thread_time", lambda: 0.008)  # 5 ms go with it, and 3 cost 30.

        rates.charge(request, nobody, 30)
        with pytest.raises(RateLimitedError):
            rates.charge(request, nobody, 1)

    def test_lets_the_most_expensive_document_through_at_least(self, client, sign_in, rate, clock, settings):
        settings.CATALOG_RATE = 6
        sign_in()

        answered = [ask(client).status_code for _ in range(3)]

        assert answered == [200, 200, 429]

    def test_is_not_held_to_where_the_cache_does_not_answer(self, client, sign_in, rate, settings, caplog):
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": "redis://127.0.0.1:1/0",
            }
        }
        sign_in()

        with caplog.at_level(logging.ERROR, logger="catalog_graphql.limits.counting"):
            answered = [ask(client).status_code for _ in range(3)]

        assert answered == [200, 200, 200]
        said = [record.message for record in caplog.records]
        assert said == ["The cache does not answer: nobody's rate is limited. ConnectionError"]

    def test_loses_nothing_of_what_several_ask_at_once(self, rate, clock):
        request, nobody = RequestFactory().get("/"), AnonymousUser()
        rates.charge(request, nobody, 1)

        def charge(_number: int) -> bool:
            try:
                rates.charge(request, nobody, 1)
            except RateLimitedError:
                return False
            return True

        with ThreadPoolExecutor(8) as threads:
            admitted = sum(threads.map(charge, range(200)))

        # The threads check before they pour, so each may pour once too often.
        assert 59 <= admitted <= 59 + 8


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="needs redis-server")
@pytest.mark.django_db
class TestSilentCache:
    @pytest.fixture
    def redis(self, settings, tmp_path):
        """A separate cache server for the test, and its process."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = ["redis-server", "--port", str(port), "--save", "", "--dir", str(tmp_path)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while not is_reachable(("127.0.0.1", port)):
            time.sleep(0.02)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CACHE_URL", f"redis://127.0.0.1:{port}/0")
            settings.CACHES = {"default": project_settings._cache()}
        settings.CATALOG_LIMITS, settings.CATALOG_RATE = {"cost": 60}, 60
        yield process
        process.send_signal(signal.SIGCONT)
        process.terminate()
        process.wait()

    def test_that_hangs_limits_nobody_and_keeps_nobody_waiting(self, client, sign_in, redis):
        sign_in()
        before = [ask(client).status_code for _ in range(3)]
        redis.send_signal(signal.SIGSTOP)
        started = time.monotonic()

        meanwhile = [ask(client).status_code for _ in range(10)]

        assert (before[-1], set(meanwhile)) == (429, {200})
        assert time.monotonic() - started < 4  # Generous: one of them waits for a quarter of a second.

    def test_is_asked_again_after_a_while(self, client, sign_in, redis, monkeypatch):
        monkeypatch.setattr(counting, "PAUSE", 0.5)
        sign_in()
        redis.send_signal(signal.SIGSTOP)
        ask(client)
        redis.send_signal(signal.SIGCONT)

        time.sleep(0.6)
        answered = [ask(client).status_code for _ in range(4)]

        assert answered[-1] == 429


class TestProblems:
    def test_names_a_cache_that_there_is_not(self, settings):
        settings.CATALOG_CACHE = "rates"

        assert counting.problems() == ["CATALOG_CACHE: CACHES has no rates."]
