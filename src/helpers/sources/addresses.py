"""Addresses on the web: taken apart, and looked up once, so that nothing on this machine or its network is asked."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from helpers.errors import EvidenceError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}
WRAPPERS = ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96")  # NAT64, IPv4-compatible


class FetchError(EvidenceError):
    """An address that cannot be fetched, or may not be."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One address on the way, taken apart."""

    url: str
    scheme: str
    host: str
    port: int
    target: str


def is_public(address: Address) -> bool:
    """Return whether an address belongs to the public internet; one that wraps older addresses, whether those do.

    Examples
    --------
    >>> [is_public(ipaddress.ip_address(one)) for one in ("93.184.216.34", "10.0.0.1", "::1", "64:ff9b::7f00:1")]
    [True, False, False, False]
    """
    if isinstance(address, ipaddress.IPv6Address):
        if wrapped := list(_wrapped(address)):
            return all(map(is_public, wrapped))
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _wrapped(address: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    """Yield the addresses that a gateway would take out of this one."""
    yield from (one for one in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if one)
    if any(address in network for network in WRAPPERS):
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def take_apart(url: str) -> Hop:
    """Return the parts of an address, in the form in which it can be asked for.

    Raises
    ------
    FetchError
        When it is no http or https address, or holds a password, which the catalogue would print.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError as error:
        raise FetchError(f"{url!r} is no address: {error}; expected one such as https://example.org/a.html.") from None
    if parts.scheme not in PORTS or not host:
        raise FetchError(f"{url!r} is no web address; expected one that starts with https:// or http://.")
    if parts.username is not None or parts.password is not None:
        raise FetchError(
            f"the address at {host!r} holds a name or password; expected one without. Save the page instead."
        )
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else ""
    )
    shown = f"[{host}]" if ":" in host else host
    place = shown if port in (None, PORTS[parts.scheme]) else f"{shown}:{port}"
    whole = urlunsplit((parts.scheme, place, *target.partition("?")[::2], ""))
    return Hop(whole, parts.scheme, host, port or PORTS[parts.scheme], target)


def resolve(hop: Hop, is_local_allowed: bool) -> str:
    """Return the address of a host to connect to.

    Raises
    ------
    FetchError
        When the host has none, or any of them is not public unless that is allowed.
    """
    try:
        found = socket.getaddrinfo(hop.host, hop.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(
            f"the host {hop.host!r} cannot be found ({error}). Check the address, and that there is a network."
        ) from None
    addresses = [ipaddress.ip_address(str(one[4][0])) for one in found]
    closed = [str(address) for address in addresses if not is_public(address)]
    if closed and not is_local_allowed:
        raise FetchError(
            f"{hop.url!r} leads to {closed[0]}, which is this machine or a private network; expected a public address. "
            "If that is meant, say so with --allow-local."
        )
    return str(addresses[0])
