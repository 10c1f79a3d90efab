"""A receiver of events on this machine, as an agency would write one: it checks with tools that are not ours."""

from __future__ import annotations

import base64
import ipaddress
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests
from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
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


def certified(folder: Path, name: str = "127.0.0.1") -> ssl.SSLContext:
    """Return what a server shows of itself that nobody vouches for; `chung-thu.pem` there is its certificate."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime(2022, 1, 1, tzinfo=UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "may-thu")])
    called = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=36500))
        .add_extension(called, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "chung-thu.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "khoa.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "chung-thu.pem", folder / "khoa.pem")
    return context


class Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing of a caller who hung up."""


@contextmanager
def receiving(shows: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Stand a receiver on a free port of this machine."""
    receiver = Receiver()
    server = Server(("127.0.0.1", 0), handler(receiver))
    if shows is not None:
        server.socket = shows.wrap_socket(server.socket, server_side=True)
    receiver.url = f"http{'s' if shows else ''}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
