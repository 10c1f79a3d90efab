"""A stand-in on this machine alone, and the ways in which it can be made to fail."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from typing_extensions import override

MOST_BYTES = 1_000_000
PAGE = (
    "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Hệ thống đang bảo trì</h1></body></html>"
)

__all__ = ["TURNED_AWAY", "Fault", "Faults", "Reply", "Request", "faulty", "served"]


class Fault(StrEnum):
    """What goes wrong."""

    SLOW = "slow"
    """The answer comes byte by byte, for ever."""
    DOWN = "down"
    """Status 503."""
    BROKEN = "broken"
    """The line breaks in the middle of the answer."""
    FEWER = "fewer"
    """The answer holds fewer rows than it says."""
    CODE = "code"
    """The service answers with an error code of its own; `said` is which."""
    ODD_CODE = "odd_code"
    """A row carries a code that is in no table."""
    EXPIRED = "expired"
    """The token is no longer taken: status 401, once."""
    REVOKED = "revoked"
    """No token is taken any more: status 401, always."""
    QUOTA = "quota"
    """Status 429 with `Retry-After`."""
    WEB_PAGE = "web_page"
    """An HTML page with status 200."""
    GARBAGE = "garbage"
    """An answer of the right kind whose content is torn."""
    ENDLESS = "endless"
    """An answer that is far longer than any."""


@dataclass(slots=True)
class Faults:
    """What goes wrong, from which answer on, how often; `rest` is how long a caller who came too often is to wait."""

    kind: Fault | None = None
    after: int = 0
    times: int = 1_000_000
    said: str = ""
    rest: int = 30
    asked: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def set(self, kind: Fault | None, *, after: int = 0, times: int = 1_000_000, said: str = "") -> None:
        """Have something go wrong: after so many sound answers, so many times."""
        with self.lock:
            self.kind, self.after, self.times, self.said = kind, after, times, said

    def take(self) -> Fault | None:
        """Return what goes wrong with this answer."""
        with self.lock:
            self.asked += 1
            if self.kind is None or self.times <= 0:
                return None
            if self.after > 0:
                self.after -= 1
                return None
            self.times -= 1
            return self.kind


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back; `torn` breaks the line in its middle, `slowly` lets it drip."""

    status: int
    body: bytes
    kind: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    torn: bool = False
    slowly: bool = False


_THROTTLED = b'{"fault":{"code":900802,"message":"Resource level throttled out"}}'
_NO_TOKEN = b'{"fault":{"code":900901,"message":"Invalid Credentials"}}'
_INSTEAD = {
    Fault.DOWN: Reply(503, b""),
    Fault.QUOTA: Reply(429, _THROTTLED, headers={"Retry-After": "30"}),
    Fault.EXPIRED: Reply(401, _NO_TOKEN),
    Fault.REVOKED: Reply(401, _NO_TOKEN),
    Fault.WEB_PAGE: Reply(200, PAGE.encode(), "text/html; charset=utf-8"),
}


TURNED_AWAY = frozenset(_INSTEAD)
"""What goes wrong before the service has seen the question."""


def faulty(fault: Fault | None, reply: Reply) -> Reply:
    """Return the reply with what goes wrong on the way, whichever service it is."""
    match fault:
        case Fault.GARBAGE:
            return replace(reply, body=reply.body[: len(reply.body) // 2])
        case Fault.ENDLESS:
            return replace(reply, body=b" " * 4_000_000 + reply.body)
        case Fault.BROKEN | Fault.SLOW:
            return replace(reply, torn=fault is Fault.BROKEN, slowly=fault is Fault.SLOW)
        case None:
            return reply
        case _:
            return _INSTEAD.get(fault, reply)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, answer: Callable[[Request], Reply], port: int) -> None:
        self.answer = answer
        self.closing = threading.Event()
        super().__init__(("127.0.0.1", port), _Handler)

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing when a caller hangs up: callers in a hurry are part of the exercise."""


@contextmanager
def served(answer: Callable[[Request], Reply], port: int = 0) -> Iterator[str]:
    """Serve on a port of the loopback, a free one where none is given, until the end; gives the address."""
    server = _Server(answer, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _serve(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        if size > MOST_BYTES:
            self.close_connection = True
            self.send_error(413)
            return
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Request(self.command, parts.path, dict(parse_qsl(parts.query)), headers, self.rfile.read(size))
        self._tell(self.server.answer(asked))

    def _tell(self, told: Reply) -> None:
        self.send_response(told.status)
        self.send_header("Content-Type", told.kind)
        self.send_header("Content-Length", str(len(told.body)))
        for name, value in told.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if told.torn:
            self.wfile.write(told.body[: len(told.body) // 2])
            self.close_connection = True
        elif told.slowly:
            for byte in told.body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                if self.server.closing.wait(0.05):
                    return
        else:
            self.wfile.write(told.body)

    do_GET = do_POST = _serve  # noqa: N815  the names that http.server looks for

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what is asked here names people."""
