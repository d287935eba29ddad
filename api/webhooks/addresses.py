"""Where a message may go: never, unless it is allowed, to a machine of this network.

Names are looked up once, and the connection goes to the address that was checked: a name that
points elsewhere a moment later gains nothing.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

_PORTS = {"https": 443, "http": 80}
_MOST = 2_000


class ForbiddenAddressError(Exception):
    """The address may not be called; the message says why and what would do."""


@dataclass(frozen=True)
class Target:
    """A checked address: connect to `url`, which names the machine by number, as `host`."""

    url: str
    host: str
    authority: str


def check_form(url: str, *, private: bool) -> None:
    """Refuse what is no address to send to, without looking any name up.

    Raises
    ------
    ForbiddenAddressError
        Another scheme than https (http where private addresses are allowed), a user or password
        in it, no host, or a machine of this network given by number.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ForbiddenAddressError(
            "should be an address with a port from 1 to 65535 or none"
        ) from None
    schemes = ("https", "http") if private else ("https",)
    if len(url) > _MOST or parts.scheme not in schemes:
        raise ForbiddenAddressError(f"should begin with {' or '.join(schemes)}://")
    if parts.username is not None or parts.password is not None:
        raise ForbiddenAddressError("should hold no user and no password")
    if not parts.hostname or parts.fragment:
        raise ForbiddenAddressError("should name a host, and no part of a page")
    try:
        numbered = ip_address(parts.hostname)
    except ValueError:  # a name, looked up when a message goes there
        return
    if not private:
        _refuse_private([numbered])


def resolve(url: str, *, private: bool) -> Target:
    """Look up where a message goes, and refuse it if that is inside.

    Parameters
    ----------
    url : str
        Of the endpoint.
    private : bool
        Whether machines of this network may be called.

    Raises
    ------
    ForbiddenAddressError
        As `check_form`; or the name is unknown, or any of its addresses is not public.
    """
    check_form(url, private=private)
    parts = urlsplit(url)
    host = str(parts.hostname)
    port = parts.port or _PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ForbiddenAddressError(f"{host} is not known") from None
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not private:
        _refuse_private(addresses)
    chosen = addresses[0]
    number = f"[{chosen}]" if isinstance(chosen, IPv6Address) else str(chosen)
    rest = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    authority = host if parts.port is None else f"{host}:{parts.port}"
    return Target(f"{parts.scheme}://{number}:{port}{rest}", host, authority)


def _refuse_private(addresses: list[IPv4Address | IPv6Address]) -> None:
    for address in addresses:
        inner = getattr(address, "ipv4_mapped", None) or address
        if not inner.is_global or inner.is_multicast:
            raise ForbiddenAddressError(
                "is a machine of this network; an admin may allow it with "
                "CREWQUOTE_WEBHOOK_PRIVATE_ADDRESSES=true"
            )
