"""A line to a service: whose certificate is trusted, how long is waited, what is followed, what is taken for whole."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from socket import create_server

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError, Unavailable
from dean06.demo.simulators.serving import Reply, served
from dean06.sources.connectors.line import Line, reached
from dean06.sources.connectors.types import AccessRefused, TryLater
from dean06.sources.rule import Words

TITLE = Words(vi="Dịch vụ thử", en="The service")


def line(url: str, **said: object) -> Line:
    return Line(url=url, title=TITLE, timeout=1, **said)


@contextmanager
def saying(raw: bytes, *, pause: float = 0.0) -> Iterator[str]:
    """Say these bytes to whoever calls, and hang up."""
    server = create_server(("127.0.0.1", 0))
    closing = threading.Event()

    def answer() -> None:
        while not closing.is_set():
            try:
                call, _ = server.accept()
            except OSError:
                return
            with call, suppress(OSError):  # whoever asked hung up
                call.recv(65536)
                for at in range(0, len(raw), 200):
                    call.sendall(raw[at : at + 200])
                    if pause and closing.wait(pause):
                        return

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        closing.set()
        server.close()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Make a key and a certificate for this machine that its system does not know."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "may-chu.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    (tmp_path / "goc.pem").write_bytes(made.public_bytes(Encoding.PEM))
    return path


class _Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a caller that trusts nobody."""


@contextmanager
def encrypted(certificate: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = _Quiet(("127.0.0.1", 0), _Hello)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_certificate_is_trusted_only_where_its_issuer_is(certificate):
    with encrypted(certificate) as url:
        with pytest.raises(Unavailable, match="Chứng thư"):
            line(url).ask("GET", "/", {})
        known = line(url, authority=str(certificate.with_name("goc.pem")))
        assert known.ask("GET", "/", {}).status == 200
        with pytest.raises(Unavailable, match="Chứng thư"):
            line(url.replace("127.0.0.1", "localhost"), authority=known.authority).ask("GET", "/", {})


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://api.tinh.gov.vn", "api.tinh.gov.vn:443"),
        ("https://api.tinh.gov.vn:8443/a", "api.tinh.gov.vn:8443"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
    ],
)
def test_the_machine_of_an_address(url, host):
    assert reached(url) == host


def test_no_redirect_is_followed():
    with served(lambda _asked: Reply(302, b"", headers={"Location": "http://127.0.0.1:1/"})) as url:
        one = line(url)
        with pytest.raises(BadInput, match="302"):
            one.sound(one.ask("GET", "/", {}))


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (400, {}, BadInput),
        (404, {}, BadInput),
        (401, {}, AccessRefused),
        (403, {}, AccessRefused),
        (500, {}, Unavailable),
        (502, {}, Unavailable),
        (503, {}, Unavailable),
        (503, {"Retry-After": "120"}, TryLater),
        (429, {}, TryLater),
    ],
)
def test_each_status_is_an_error_of_its_kind(status, headers, error):
    with served(lambda _asked: Reply(status, b"{}", headers=headers)) as url:
        one = line(url)
        with pytest.raises(HouseError) as told:
            one.sound(one.ask("GET", "/", {}))
    assert type(told.value) is error


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("120", 120, 120),
        ("0", 1, 1),
        ("99999999", 86400, 86400),
        pytest.param(
            format_datetime((clock.now() + timedelta(hours=1)).astimezone(UTC), usegmt=True), 0, 3600, id="in an hour"
        ),
        (format_datetime(datetime(2001, 1, 1, tzinfo=UTC), usegmt=True), 1, 1),
        ("sớm thôi".encode().decode("latin-1"), 60, 60),
    ],
)
def test_how_long_to_wait_is_a_number_or_a_time(said, least, most):
    with served(lambda _asked: Reply(429, b"", headers={"Retry-After": said})) as url:
        one = line(url)
        with pytest.raises(TryLater) as told:
            one.sound(one.ask("GET", "/", {}))
    assert least <= told.value.seconds <= most


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"xin chao\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{}",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n{}",
        b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n{}",
    ],
)
def test_an_answer_that_breaks_off_or_is_none_is_no_answer(raw):
    with saying(raw) as url, pytest.raises(Unavailable):
        line(url).ask("GET", "/", {})


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.0 200 OK\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: rat dai\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ],
)
def test_an_answer_is_whole_in_each_way_of_saying_where_it_ends(raw):
    with saying(raw) as url:
        assert line(url).ask("GET", "/", {}).body == b"{}"


@pytest.mark.parametrize("raw", [b"HTTP/1.0 200 OK\r\n\r\n" + b"{" * 9000, b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 2000])
def test_what_drips_is_hung_up_on_when_the_time_is_over(raw):
    with saying(raw, pause=0.2) as url:
        began = time.monotonic()
        with pytest.raises(Unavailable):
            line(url).ask("GET", "/", {})
        assert time.monotonic() - began < 3


def test_an_answer_without_end_is_not_read_to_its_end():
    with saying(b"HTTP/1.0 200 OK\r\n\r\n" + b" " * 3_000_000) as url, pytest.raises(BadInput, match="dài hơn"):
        line(url, most_bytes=1_000_000).ask("GET", "/", {})


def test_a_kept_line_that_was_hung_up_is_taken_up_again():
    with saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as url:
        one = line(url)
        assert [one.ask("GET", "/", {}).body for _ in range(3)] == [b"{}"] * 3
