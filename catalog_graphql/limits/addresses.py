"""Client addresses, also behind proxies."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.http import HttpRequest

from catalog_graphql import conf

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_OF_ONE_CLIENT = 64  # Leading bits of an IPv6 address that identify a client, which can choose the other bits itself.


def client_of(request: HttpRequest) -> str:
    """Return the client's address; for IPv6, its network, since one client can use all addresses in it.

    `X-Forwarded-For` is trusted only as far as it was written by proxies in the setting `CATALOG_TRUSTED_PROXIES`, a
    list of addresses and networks.
    """
    trusted = _networks(conf.trusted_proxies())
    found = _parse(request.META.get("REMOTE_ADDR") or "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    # A request through a Unix socket has no address: only a proxy can have sent it.
    while forwarded and trusted and (found is None or any(found in network for network in trusted)):
        before = _parse(forwarded.pop())
        if before is None:
            break
        found = before
    if isinstance(found, IPv6Address):
        return str(ip_network((found, _OF_ONE_CLIENT), strict=False))
    return str(found or "")


def problems() -> list[str]:
    """Return the problems of the setting."""
    wrong = []
    for name in conf.trusted_proxies():
        try:
            ip_network(name)
        except ValueError:
            wrong.append(f"CATALOG_TRUSTED_PROXIES: {name} is no address and no network.")
    return wrong


@lru_cache(maxsize=8)
def _networks(names: Iterable[str]) -> tuple[Network, ...]:
    return tuple(ip_network(name) for name in names)


def _parse(text: str) -> Address | None:
    """Return the address in this text, without the port that some proxies add; None if it is not an address."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
