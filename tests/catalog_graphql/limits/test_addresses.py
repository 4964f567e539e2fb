"""Client addresses, also behind proxies."""

import pytest
from django.test import RequestFactory

from catalog_graphql.limits import addresses


def client_of(address, forwarded=None):
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return addresses.client_of(RequestFactory(REMOTE_ADDR=address, headers=headers).get("/"))


class TestClientOf:
    def test_believes_no_proxy_unless_it_is_told(self):
        assert client_of("10.0.0.1", "192.0.2.1") == "10.0.0.1"

    @pytest.mark.parametrize(
        ("address", "forwarded", "client"),
        [
            ("10.0.0.1", "192.0.2.1", "192.0.2.1"),
            ("10.0.0.1", "192.0.2.1:4711", "192.0.2.1"),
            ("10.0.0.1", "6.6.6.6, 192.0.2.1", "192.0.2.1"),  # The client has made up the addresses on the left.
            ("10.0.0.1", "6.6.6.6, 192.0.2.1, 10.9.9.9, 203.0.113.7", "192.0.2.1"),
            ("10.0.0.1", "10.9.9.9", "10.9.9.9"),
            ("10.0.0.1", "192.0.2.1, what", "10.0.0.1"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("10.0.0.1", None, "10.0.0.1"),
            ("203.0.113.8", "192.0.2.1", "203.0.113.8"),
            ("", "192.0.2.1", "192.0.2.1"),  # Through a Unix socket.
            ("::ffff:10.0.0.1", "::ffff:192.0.2.1", "192.0.2.1"),
            ("10.0.0.1", "[2001:db8:0:7::1]:4711", "2001:db8:0:7::/64"),
        ],
    )
    def test_believes_proxies_that_are_trusted(self, settings, address, forwarded, client):
        settings.CATALOG_TRUSTED_PROXIES = ["10.0.0.0/8", "203.0.113.7"]

        assert client_of(address, forwarded) == client

    def test_is_a_network_of_ipv6(self):
        assert client_of("2001:db8:0:7:1:2:3:4") == client_of("2001:db8:0:7::1") == "2001:db8:0:7::/64"


class TestProblems:
    def test_names_what_is_no_network(self, settings):
        settings.CATALOG_TRUSTED_PROXIES = ["10.0.0.0/8", "10.0.0.1/8", "proxy.example.org"]

        assert addresses.problems() == [
            "CATALOG_TRUSTED_PROXIES: 10.0.0.1/8 is no address and no network.",
            "CATALOG_TRUSTED_PROXIES: proxy.example.org is no address and no network.",
        ]
