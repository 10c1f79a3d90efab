"""A receiver of events on this machine, as an agency would write one: it checks with tools that are not ours."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests
from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms

COVERED = ("@method", "@target-uri", "content-type", "content-digest")


class Keys(HTTPSignatureKeyResolver):
    """The keys that the installation publishes."""

    def __init__(self, jwks: dict[str, list[dict[str, str]]]) -> None:
        self.known = {one["kid"]: one for one in jwks["keys"]}

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        raw = base64.urlsafe_b64decode(self.known[key_id]["x"] + "=")
        return Ed25519PublicKey.from_public_bytes(raw)


@dataclass
class Receiver:
    """What came, and how it is answered."""

    url: str = ""
    origin: str = "localhost"
    allowed: bool = True
    rate: str = "*"
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    asked: list[dict[str, str]] = field(default_factory=list)
    came: list[requests.PreparedRequest] = field(default_factory=list)

    def events(self) -> list:
        """Read what came with the SDK of CloudEvents."""
        return [from_http_event(HTTPMessage(headers=dict(one.headers), body=one.body)) for one in self.came]

    def verified(self, jwks: dict[str, list[dict[str, str]]]) -> int:
        """Check the signature of all that came with a library of RFC 9421; returns how many were good."""
        verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=Keys(jwks))
        for one in self.came:
            verifier.verify(one, max_age=None, expect_tag="dean06", require_components=COVERED, body=one.body)
        return len(self.came)


def handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_OPTIONS(self) -> None:
            receiver.asked.append(dict(self.headers))
            self.send_response(200 if receiver.allowed else 403)
            if receiver.allowed:
                self.send_header("WebHook-Allowed-Origin", receiver.origin)
                self.send_header("WebHook-Allowed-Rate", receiver.rate)
            self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(receiver.pause)
            asked = requests.Request("POST", f"{receiver.url}{self.path}", headers=dict(self.headers), data=body)
            receiver.came.append(asked.prepare())
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Stand a receiver on a free port of this machine."""
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(receiver))
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
