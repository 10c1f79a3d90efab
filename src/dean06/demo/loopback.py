"""A small HTTP service on this machine alone, for the services that the demonstration has to have around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Self

from typing_extensions import override

MOST_BYTES = 1_000_000

__all__ = ["Answer", "Loopback", "Question"]


@dataclass(frozen=True, slots=True)
class Question:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes
    kind: str = "application/json"


@dataclass
class Loopback:
    """A service that answers at 127.0.0.1, from `with` to its end.

    Attributes:
        answer: what it says to a request.
        silent: while set, requests are taken and never answered.
        port: where it answers; a free one where none is given.
    """

    answer: Callable[[Question], Answer]
    silent: bool = False
    port: int = 0
    closing: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        self._server.daemon_threads = True
        self._server.block_on_close = False

    @property
    def address(self) -> str:
        """The address of the service."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        """Begin to answer."""
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop, and let go of whoever still waits."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(service: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def _serve(self) -> None:
            size = min(int(self.headers.get("Content-Length") or 0), MOST_BYTES)
            asked = Question(self.command, self.path, dict(self.headers), self.rfile.read(size))
            if service.silent:
                service.closing.wait()
                return
            told = service.answer(asked)
            try:
                self.send_response(told.status)
                self.send_header("Content-Type", told.kind)
                self.send_header("Content-Length", str(len(told.body)))
                self.end_headers()
                self.wfile.write(told.body)
            except ConnectionError:  # whoever asked has gone
                return

        do_GET = do_POST = _serve  # noqa: N815  the names that http.server looks for

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: what is asked here concerns keys."""

    return Handler
