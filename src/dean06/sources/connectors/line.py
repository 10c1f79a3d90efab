"""A line to one service over HTTP: bounded in time and in size, TLS verified, no redirect followed, nothing quoted.

`http.client` does all that is asked here; see docs/adr/0025-services.md.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from threading import Event, Timer
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

from dean06.clock import service as clock
from dean06.clock.errors import BadInput, Unavailable
from dean06.sources.connectors.types import AccessRefused, TryLater
from dean06.sources.rule import Words

MOST_BYTES = 32 * 1024 * 1024
CHUNK = 64 * 1024
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
LONGEST_REST = 24 * 3600
REST = 60  # where a service that asks for patience does not say how much
AGENT = "dean06"

__all__ = ["Answer", "Line", "checked_address", "checked_authority", "reached"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole."""

    status: int
    body: bytes = field(repr=False)
    rest: int = 0
    """Seconds after which the service wants to be asked again, where it says so."""


def checked_address(url: str) -> SplitResult:
    """Return a service's address in parts; plain HTTP is for this machine alone."""
    parts = urlsplit(url)
    try:
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host or parts.username is not None or parts.query or parts.fragment:
        raise BadInput(
            "Địa chỉ dịch vụ không đúng dạng: ghi như https://api.tinh.gov.vn, không kèm tài khoản và tham số.",
            "The service's address is malformed: write it like https://api.example.gov.vn, without account or query.",
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise BadInput(
            "Địa chỉ dịch vụ phải bắt đầu bằng https://: dữ liệu cá nhân không đi trên đường không mã hóa.",
            "The service's address must begin with https://: people's data do not travel unencrypted.",
        )
    return parts


def reached(url: str) -> str:
    """Return the machine of an address, as `host:port`."""
    parts = checked_address(url)
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def checked_authority(path: str) -> ssl.SSLContext:
    """Return what a service's certificate is checked against: the system's authorities, or those of a file."""
    try:
        return ssl.create_default_context(cafile=path or None)
    except (OSError, ssl.SSLError) as problem:
        name = Path(path).name
        raise BadInput(
            f"Tệp chứng thư gốc «{name}» không đọc được: cần tệp PEM của nơi cấp chứng thư cho dịch vụ.",
            f"The file of authorities {name!r} cannot be read: a PEM file of the service's issuer is needed.",
        ) from problem


@dataclass(slots=True, kw_only=True)
class Line:
    """A service that is spoken to, one question after another.

    Attributes:
        url: its address; what is asked for is put behind it.
        title: the service's name, for errors.
        timeout: seconds for one question, its answer read to the end.
        authority: a PEM file with the issuers to trust instead of the system's.
        most_bytes: an answer longer than this is not taken.
    """

    url: str
    title: Words
    timeout: float = 30.0
    authority: str = ""
    most_bytes: int = MOST_BYTES
    _open: http.client.HTTPConnection | None = field(default=None, init=False, repr=False)

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        """Put a question and return the whole answer; an answer cut short, too long or too slow is none."""
        told = {"Host": checked_address(self.url).netloc, "User-Agent": AGENT, "Accept-Encoding": "identity"}
        told |= headers
        again = self._open is not None
        while True:
            try:
                return self._once(method, path, told, body)
            except ConnectionError as problem:
                self.close()
                if not again:
                    self._silent(problem)
                again = False  # a kept line that was hung up meanwhile; the question itself was never taken
            except ssl.SSLCertVerificationError as problem:
                self.close()
                raise Unavailable(
                    f"Chứng thư của {self.title.vi} không tin được: kiểm tra tệp chứng thư gốc của kết nối.",
                    f"The certificate of {self.title.en} is not to be trusted: check the connection's authorities.",
                ) from problem
            except (OSError, http.client.HTTPException) as problem:
                self.close()
                self._silent(problem)

    def _silent(self, problem: Exception) -> NoReturn:
        raise Unavailable(
            f"Không liên lạc được với {self.title.vi}, hoặc câu trả lời bị đứt: sẽ hỏi lại.",
            f"{self.title.en} cannot be reached, or its answer broke off: it is asked again later.",
        ) from problem

    def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _once(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        target = checked_address(self.url)
        connection = self._open or self._connected(target)
        self._open = connection
        if connection.sock is None:
            connection.connect()
        with _deadline(connection.sock, self.timeout):
            connection.request(method, (target.path.rstrip("/") + path) or "/", body, dict(headers))
            answer = connection.getresponse()
            read = self._body(answer)
        if answer.will_close:
            self.close()
        return Answer(answer.status, read, _rest(answer.getheader("Retry-After") or ""))

    def _connected(self, target: SplitResult) -> http.client.HTTPConnection:
        host = target.hostname or ""
        if target.scheme == "http":
            return http.client.HTTPConnection(host, target.port, timeout=self.timeout)
        trusted = checked_authority(self.authority)
        return http.client.HTTPSConnection(host, target.port, timeout=self.timeout, context=trusted)

    def _body(self, answer: http.client.HTTPResponse) -> bytes:
        said = answer.length  # None where the end of the line, or of the last chunk, is the end of the body
        read = bytearray()
        while piece := answer.read(CHUNK):
            read += piece
            if len(read) > self.most_bytes:
                self.close()
                raise BadInput(
                    f"{self.title.vi} trả lời dài hơn {self.most_bytes // (1024 * 1024)} MB: thu hẹp một lần hỏi.",
                    f"{self.title.en} answers with over {self.most_bytes // (1024 * 1024)} MB: ask for less at once.",
                )
        if said is not None and len(read) < said:
            raise http.client.IncompleteRead(bytes(read), said - len(read))
        return bytes(read)

    def sound(self, answer: Answer) -> bytes:
        """Return the body of an answer whose status is good; any other status is an error of the right kind."""
        vi, en = self.title.vi, self.title.en
        if answer.status == 200:
            return answer.body
        if answer.status in {401, 403}:
            raise AccessRefused(
                f"{vi} không nhận quyền truy cập (mã {answer.status}): kiểm tra khóa, thời hạn và địa chỉ IP.",
                f"{en} does not accept the access (status {answer.status}): check key, term and IP address.",
            )
        if answer.status == 429 or (answer.status == 503 and answer.rest):
            seconds = answer.rest or REST
            raise TryLater(
                f"{vi} yêu cầu chờ {seconds} giây rồi mới hỏi tiếp.",
                f"{en} asks to wait {seconds} seconds before the next question.",
                seconds,
            )
        if answer.status >= 500:
            raise Unavailable(
                f"{vi} đang lỗi (mã {answer.status}): sẽ hỏi lại.",
                f"{en} is out of order (status {answer.status}): it is asked again later.",
            )
        raise BadInput(
            f"{vi} trả mã {answer.status} cho câu hỏi: kiểm tra địa chỉ và mô tả dịch vụ.",
            f"{en} answers the question with status {answer.status}: check the address and the service's description.",
        )


@contextmanager
def _deadline(line: socket.socket, seconds: float) -> Iterator[None]:
    """Break the line when the time is over, however slowly the other side still drips."""
    over = Event()
    timer = Timer(seconds, _break, (line, over))
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException):
        if over.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
    if over.is_set():
        raise TimeoutError


def _break(line: socket.socket, over: Event) -> None:
    over.set()
    with suppress(OSError):  # the other side was quicker
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _rest(said: str) -> int:
    """Return the seconds that `Retry-After` means; a day at most."""
    if said.strip().isdigit():
        return min(max(int(said), 1), LONGEST_REST)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return 0
    if until.tzinfo is None:
        return 0
    return min(max(int((until - clock.now()).total_seconds()), 1), LONGEST_REST)
