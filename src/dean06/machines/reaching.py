"""Reaching an address outside: which ones may be reached at all, and one bounded exchange with the checked one.

An address that a person enters must not lead the worker into the installation's own network: every name is resolved
here, each of its addresses is judged, and the connection goes to one of those that were judged, not to the name again.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from typing_extensions import override

from dean06.clock.errors import Unavailable
from dean06.machines.errors import AddressRefused

TIMEOUT = 10.0  # seconds for each step
WHOLE = 20.0  # seconds for all of it, however slowly the other side speaks
MOST_HEADERS = 50
MOST_ADDRESSES = 2

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Addresses of version 6 that lead to others of version 4, which are then not seen for what they are.
TRANSLATED = tuple(ipaddress.ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))

__all__ = ["Reply", "exchange", "require_allowed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address taken apart."""

    https: bool
    host: str
    port: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the other side answered: its status and headers, their names in small letters; the body is not read."""

    status: int
    headers: Mapping[str, str]


def _refused(vi: str, en: str) -> AddressRefused:
    return AddressRefused(f"Không gửi được tới địa chỉ này: {vi}.", f"Nothing may be sent to this address: {en}.")


def _target(url: str) -> Target:
    if len(url) > 500 or not url.isascii() or any(one <= " " for one in url):
        raise _refused("địa chỉ viết sai", "it is not written as an address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise _refused("địa chỉ viết sai", "it is not written as an address") from problem
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username or parts.password:
        raise _refused("phải là https://…, không kèm tên hay mật khẩu", "it must be https://…, with no name in it")
    if parts.fragment:
        raise _refused("bỏ phần sau dấu #", "leave out what follows the #")
    https = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(https=https, host=parts.hostname, port=port or (443 if https else 80), path=path)


def _declared(address: Address) -> bool:
    """Say whether the operator declared a network of this address."""
    networks = (ipaddress.ip_network(one) for one in settings.WEBHOOK_NETWORKS)
    return any(address.version == one.version and address in one for one in networks)


def _judged(text: str) -> Address:
    address = ipaddress.ip_address(text.partition("%")[0])
    return getattr(address, "ipv4_mapped", None) or address


def _allowed(address: Address, *, https: bool) -> bool:
    if not https and not address.is_loopback:
        return False
    if _declared(address):
        return True
    translated = any(address.version == one.version and address in one for one in TRANSLATED)
    return https and address.is_global and not address.is_multicast and not translated


def _resolved(target: Target) -> tuple[str, ...]:
    """Return the addresses of a target; refused unless all that its name leads to may be reached."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Unavailable(
            f"Không tìm thấy máy chủ {target.host}: kiểm tra tên miền.", f"The host {target.host} is not found."
        ) from problem
    addresses = tuple(dict.fromkeys(str(one[4][0]) for one in found))
    if not addresses or not all(_allowed(_judged(one), https=target.https) for one in addresses):
        raise _refused(
            "chỉ nhận https tới mạng công cộng; mạng riêng phải do người vận hành khai ở DEAN06_WEBHOOK_NETWORKS",
            "https to a public network alone; the operator declares a private one in DEAN06_WEBHOOK_NETWORKS",
        )
    return addresses


def require_allowed(url: str) -> None:
    """Refuse an address that may not be reached, so far as it tells; where it leads is judged at each sending."""
    target = _target(url)
    with contextlib.suppress(Unavailable):  # a host that is away today may be entered
        _resolved(target)


def _dial(addresses: tuple[str, ...], port: int) -> socket.socket:
    """Return a line to the first of these addresses that answers."""
    for place, one in enumerate(addresses[:MOST_ADDRESSES], 1):
        try:
            return socket.create_connection((one, port), TIMEOUT)
        except OSError:
            if place == min(len(addresses), MOST_ADDRESSES):
                raise
    raise OSError(port)


class _Checked(http.client.HTTPSConnection):
    """A connection to an address that was judged; the certificate is asked of the name."""

    def __init__(self, target: Target, addresses: tuple[str, ...]) -> None:
        self._addresses, self._trusting = addresses, ssl.create_default_context()
        super().__init__(target.host, target.port, timeout=TIMEOUT, context=self._trusting)

    @override
    def connect(self) -> None:
        plain = _dial(self._addresses, self.port)
        self.sock = self._trusting.wrap_socket(plain, server_hostname=self.host)


class _Plain(http.client.HTTPConnection):
    """A connection on the machine itself, for a demonstration or a test."""

    def __init__(self, target: Target, addresses: tuple[str, ...]) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT)
        self._addresses = addresses

    @override
    def connect(self) -> None:
        self.sock = _dial(self._addresses, self.port)


@contextlib.contextmanager
def _bounded(connection: http.client.HTTPConnection) -> Iterator[None]:
    """End a connection after its time, whatever the other side does meanwhile."""

    def end() -> None:
        with contextlib.suppress(OSError):
            if connection.sock is not None:
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(WHOLE, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()


def exchange(url: str, method: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
    """Ask an address once and return what it answered; redirections are not followed, for nobody checked where to."""
    target = _target(url)
    addresses = _resolved(target)
    connection = _Checked(target, addresses) if target.https else _Plain(target, addresses)
    try:
        with _bounded(connection):
            connection.request(method, target.path, body or None, dict(headers))
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()[:MOST_HEADERS]}
            return Reply(status=answer.status, headers=told)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise Unavailable(
            f"Máy chủ {target.host} không trả lời.", f"The host {target.host} gives no answer."
        ) from problem
