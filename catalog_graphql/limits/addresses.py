"""Addresses: where a request comes from, also behind proxies."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.http import HttpRequest

from catalog_graphql import conf

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_OF_ONE_CLIENT = 64  # Bits of an IPv6 address: the rest a client picks.


def client_of(request: HttpRequest) -> str:
    """Return the client's address. For IPv6 it is the network, since one client can use all addresses in it.

    `X-Forwarded-For` is believed as far as proxies have written it that the setting `CATALOG_TRUSTED_PROXIES` names,
    as a list of addresses and networks; without the setting, not at all.
    """
    trusted = _networks(conf.trusted_proxies())
    found = _parse(request.META.get("REMOTE_ADDR") or "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    # There is no address where the request came by a socket of the machine's own, as only a proxy's does.
    while forwarded and trusted and (found is None or any(found in network for network in trusted)):
        before = _parse(forwarded.pop())
        if before is None:
            break
        found = before
    if isinstance(found, IPv6Address):
        return str(ip_network((found, _OF_ONE_CLIENT), strict=False))
    return str(found or "")


def problems() -> list[str]:
    """Return what is wrong with the setting."""
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
    """Return the address in this text, which may have a port as some proxies write it; None if there is none."""
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
