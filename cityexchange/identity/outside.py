"""Asking other machines: over HTTPS, on the open network, at the very address that was checked, briefly, and for little.

Threat: whoever may name an address makes this server ask it. So names are looked up once, every answer is checked, and the
line goes to what was checked (a second look-up could say something else); nobody is followed elsewhere; a slow or endless
answer is cut. OUTSIDE_NETWORKS names private networks that may be asked all the same, on any port, without TLS too.
"""

import json
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import current_app
from werkzeug.utils import import_string

from cityexchange.core.transactions import let_go

SECONDS = 8
MOST = 1_000_000
"""Bytes of an answer."""
PORTS = (443, 8443)
THROUGH_IPV6 = ip_network("64:ff9b::/96")
"""Addresses of IPv4 as IPv6 writes them on the way through a translator (RFC 6052)."""


class Unreachable(Exception):
    """No answer that could be used: the address may not be asked, or nobody answered as expected in time."""


@dataclass(frozen=True)
class Reply:
    """As far as Authlib asks of one."""

    status_code: int
    body: bytes

    def json(self) -> Any:
        """ValueError for what is no JSON."""
        return json.loads(self.body)

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise Unreachable(f"answered {self.status_code}")


class Outside:
    """A session for Authlib, and for our own questions."""

    def request(
        self, method: str, url: str, data: Any = None, headers: Any = None, auth: Any = None, **_: Any
    ) -> Reply:
        body = urlencode(data) if isinstance(data, dict) else data or ""
        told = {"Accept": "application/json", "User-Agent": "cityexchange", **(headers or {})}
        if auth:
            url, told, body = auth.prepare(method, url, told, body)
        return ask(method, url, body, told)

    def post(self, url: str, **options: Any) -> Reply:
        return self.request("POST", url, **options)


def ask(
    method: str, url: str, body: str, headers: dict[str, str], now: Callable[[], float] = time.monotonic
) -> Reply:
    """Ends the transaction begun so far: see `transactions.let_go`. Unreachable for whatever goes wrong."""
    let_go()
    library = import_string("urllib3")  # more than a megabyte, for the few processes that ask
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
        address = checked(scheme, host, port)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        told = headers | {"Host": parts.netloc.rpartition("@")[2]}
        with line_to(library, scheme, host, address, port) as line:
            reply = line.urlopen(
                method,
                path,
                body=body or None,
                headers=told,
                redirect=False,
                retries=False,
                preload_content=False,
            )
            return Reply(reply.status, drained(reply, now))
    except (library.exceptions.HTTPError, OSError, ValueError, UnicodeError) as problem:
        raise Unreachable(str(problem)) from problem


def line_to(library: Any, scheme: str, host: str, address: str, port: int | None) -> Any:
    timeout = library.Timeout(connect=SECONDS, read=SECONDS)
    if scheme == "http":
        return library.HTTPConnectionPool(address, port or 80, timeout=timeout)
    names = {"server_hostname": host, "assert_hostname": host}
    return library.HTTPSConnectionPool(
        address, port or 443, timeout=timeout, cert_reqs="CERT_REQUIRED", **names
    )


def drained(reply: Any, now: Callable[[], float]) -> bytes:
    until, parts, size = now() + SECONDS, [], 0
    while part := reply.read1(65_536, decode_content=False):
        parts.append(part)
        size += len(part)
        if size > MOST or now() > until:
            reply.close()
            raise Unreachable("too much, or too slowly")
    return b"".join(parts)


def checked(scheme: str, host: str, port: int | None) -> str:
    """The address to ask, once all that the name stands for have been looked at. Unreachable where one may not be asked."""
    found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    addresses = [ip_address(str(where[0]).partition("%")[0]) for *_, where in found]
    if all(_is_allowed(address) for address in addresses):
        return str(addresses[0])
    is_usual = scheme == "https" and (port or 443) in PORTS
    if not is_usual or not all(is_open(address) for address in addresses):
        raise Unreachable("this address may not be asked")
    return str(addresses[0])


def is_open(address: IPv4Address | IPv6Address) -> bool:
    """Whether it stands on the open network, whatever way of writing an address it hides in."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in THROUGH_IPV6:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return is_open(inner)
    return address.is_global and not address.is_multicast


def _is_allowed(address: IPv4Address | IPv6Address) -> bool:
    return any(address in ip_network(name) for name in current_app.config["OUTSIDE_NETWORKS"])
