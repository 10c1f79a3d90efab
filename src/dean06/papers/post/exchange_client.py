"""Speaking to the axis of documents: its operations, its signed headers, its answers (SDK VXP 2.0, `XroadVnpt-`).

What may be asked twice is asked again after a pause. A packet may not: when its answer is lost, `Unsure` is raised, and
the caller looks in `sent` before it sends again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import http.client
import json
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError

from dean06.clock import service as clock
from dean06.clock.errors import BadInput, Unavailable

PREFIX = "XroadVnpt-"
VERSION = "3.0.201608"
AGENT = "JAVASDKAgent/1.0.0 XRoad/VPCP"
ANSWER_BYTES = 200 * 1024 * 1024

Message = Literal["edoc", "status"]
Progress = Literal["processing", "done", "fail"]
Row = TypeVar("Row", bound=BaseModel)


class AxisRefused(BadInput):
    """The axis answered that it will not; `code` is its own."""

    def __init__(self, code: str, said: str) -> None:
        shown = " ".join(said.split())[:200]
        super().__init__(
            f"Trục liên thông từ chối (mã {code}): {shown}. Kiểm tra mã cơ quan và khóa kết nối.",
            f"The axis refused (code {code}): {shown}. Check the organ code and the key of the connection.",
        )
        self.code = code


class Unsure(Unavailable):
    """A packet was handed over and no answer came: whether the axis has it must be looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Where the axis is and by which name and key it is spoken to."""

    url: str
    system_id: str
    secret: str = field(repr=False)
    timeout: float = 20.0
    tries: int = 4
    pause: float = 0.5


class _Answer(BaseModel):
    status: str
    error_code: str = Field(alias="ErrorCode")
    error: str = Field(default="", alias="ErrorDesc")
    packet_id: str = Field(default="", alias="DocId")
    data: object = None


class Waiting(BaseModel):
    """A packet that lies on the axis for us."""

    packet_id: str = Field(alias="docId", pattern=r"^[\x21-\x7e]{1,200}$")
    sender: str = Field(default="", alias="from", max_length=100)


class Sent(BaseModel):
    """A packet that we gave to the axis, for one receiver."""

    packet_id: str = Field(alias="senderDocId")
    to: str = Field(alias="toCode")
    message: str = Field(alias="messageType")
    notation: str = ""


class OrganRow(BaseModel):
    """An office in the register of the axis."""

    code: str
    name: str
    mail: str = ""


def send(axis: Axis, packet: bytes, *, message: Message, sender: str, to: Sequence[str]) -> str:
    """Give a packet to the axis and return the id it has there."""
    names = {
        "from": sender,
        "to": json.dumps(list(to)),
        "servicetype": "eDoc",
        "messagetype": message,
        "hash-file": hashlib.sha256(packet).hexdigest(),
    }
    answer = _ask(axis, "sendEdoc", names, packet, repeatable=False)
    if not answer.packet_id:
        raise Unsure("Trục liên thông nhận gói mà không cấp mã.", "The axis took the packet and gave it no id.")
    return answer.packet_id


def waiting(axis: Axis, message: Message) -> tuple[Waiting, ...]:
    """Return the packets that lie on the axis for us, in its order."""
    return _rows(_ask(axis, "getReceivedEdocList", {"servicetype": "eDoc", "messagetype": message}), Waiting)


def sent(axis: Axis, message: Message) -> tuple[Sent, ...]:
    """Return the packets that the axis has from us."""
    return _rows(_ask(axis, "getSentEdocList", {"servicetype": "eDoc", "messagetype": message}), Sent)


def organs(axis: Axis) -> tuple[OrganRow, ...]:
    """Return the register of organs."""
    return _rows(_ask(axis, "getAgenciesList", {}), OrganRow)


def get(axis: Axis, packet_id: str) -> bytes:
    """Return the file of a packet that lies on the axis for us, as it came; it may be broken."""
    answer = _ask(axis, "getEdoc", {"docId": packet_id, "filePath": "xml"})
    try:
        return base64.b64decode(answer.data if isinstance(answer.data, str) else "", validate=False)
    except (binascii.Error, ValueError):
        return b""


def confirm(axis: Axis, packet_id: str, progress: Progress) -> None:
    """Tell the axis what became of a packet on our side; after `done` or `fail` it is not offered again."""
    _ask(axis, "updateStatus", {"docId": packet_id, "status": progress})


def signed_headers(axis: Axis, names: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of a call: every name twice, once as itself and once under the signature."""
    now = clock.now()
    stamp = f"{now:%d%m%Y}T{now:%H%M%S}+{now.microsecond // 1000:04d}"
    told = {
        f"{PREFIX}{name}": value
        for name, value in ({"systemid": axis.system_id, "timestamp": stamp} | dict(names)).items()
    }
    signed = json.dumps(told, separators=(",", ":"))
    return told | {
        f"{PREFIX}sign-header-key": ";".join(name.removeprefix(PREFIX) for name in told),
        f"{PREFIX}sign-header": signed,
        f"{PREFIX}hash-header": hmac.digest(axis.secret.encode(), signed.encode(), "sha256").hex(),
        f"{PREFIX}version": VERSION,
        "User-Agent": AGENT,
    }


def _rows(answer: _Answer, kind: type[Row]) -> tuple[Row, ...]:
    rows = answer.data if isinstance(answer.data, list) else []
    try:
        return tuple(kind.model_validate(row) for row in rows)
    except ValidationError as problem:
        raise _speechless() from problem


def _ask(
    axis: Axis, operation: str, names: Mapping[str, str], body: bytes = b"", *, repeatable: bool = True
) -> _Answer:
    for attempt in range(1, axis.tries + 1):
        try:
            return _understood(_once(axis, operation, names, body))
        except (OSError, http.client.HTTPException, Unavailable) as problem:
            reached = not isinstance(problem, ConnectionRefusedError | _Busy)
            if reached and not repeatable:
                raise Unsure(
                    "Trục liên thông không trả lời sau khi nhận gói: sẽ kiểm tra rồi mới gửi lại.",
                    "The axis gave no answer after it was handed the packet: it is looked up before it is sent again.",
                ) from problem
            if attempt == axis.tries:
                raise Unavailable(
                    "Trục liên thông văn bản không liên lạc được: gói vẫn ở hàng chờ, sẽ gửi lại.",
                    "The axis of documents cannot be reached: the packet stays queued and is sent later.",
                ) from problem
            time.sleep(axis.pause * 2 ** (attempt - 1))
    raise AssertionError(axis.tries)


class _Busy(Unavailable):
    """The axis said that it does nothing for now, and so has not taken what it was handed."""


def _once(axis: Axis, operation: str, names: Mapping[str, str], body: bytes) -> bytes:
    target = urlsplit(axis.url)
    connection: http.client.HTTPConnection
    host = target.hostname or ""
    if target.scheme == "https":
        connection = http.client.HTTPSConnection(
            host, target.port, timeout=axis.timeout, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(host, target.port, timeout=axis.timeout)
    headers = signed_headers(axis, names) | {
        "Content-Type": "application/octet-stream" if body else "application/json",
    }
    try:
        connection.request("POST", f"{target.path.rstrip('/')}/{operation}", body, headers)
        answer = connection.getresponse()
        if answer.status in {429, 503}:
            raise _Busy("Trục liên thông tạm ngừng.", "The axis is not at work for now.")
        if answer.status >= 500:
            raise _speechless()
        return answer.read(ANSWER_BYTES)
    finally:
        connection.close()


def _understood(body: bytes) -> _Answer:
    try:
        answer = _Answer.model_validate_json(body)
    except ValidationError as problem:
        raise _speechless() from problem
    if answer.error_code != "0":
        raise AxisRefused(answer.error_code, answer.error)
    return answer


def _speechless() -> Unavailable:
    return Unavailable("Trục liên thông trả lời sai dạng.", "The axis gave an answer that is not of its form.")
