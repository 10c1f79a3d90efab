"""A local axis of documents: it stores and forwards real packets over real HTTP, and can be made to fail.

It speaks as the national axis does (operations, signed headers and answers of SDK VXP 2.0) and knows nothing of the
product: it reads of a packet only whence and whither it goes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lxml import etree
from typing_extensions import override

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
PREFIX = "XroadVnpt-"
PACKET_BYTES = 100 * 1024 * 1024
STAMP = "%Y/%m/%d %H:%M:%S"
CLOSED = ("done", "fail")


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A program that may speak to the axis: its name, its key and the offices it speaks for."""

    system_id: str
    secret: str = field(repr=False)
    organs: Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class Faults:
    """What goes wrong. Counts are used up one by one; `deaf` takes a packet and breaks the line before it answers."""

    down: bool = False
    delay: float = 0.0
    deaf: int = 0
    twice: int = 0
    forgetful: int = 0
    broken: int = 0

    def take(self, name: str) -> bool:
        """Use up one of a kind of fault, if there is one left."""
        left: int = getattr(self, name)
        if left > 0:
            setattr(self, name, left - 1)
        return left > 0


@dataclass(slots=True, kw_only=True)
class Held:
    """A packet on the axis, for one receiver."""

    packet_id: str
    given_id: str
    sender: str
    to: str
    message: str
    notation: str
    title: str
    packet: bytes
    status: str = "initial"


class Refusal(Exception):
    """What the axis answers when it will not."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(said)
        self.code = code
        self.said = said


class DocumentExchange:
    """The axis: its register of offices, what it holds, and how to set it going."""

    def __init__(self, *systems: System) -> None:
        self.systems = {system.system_id: system for system in systems}
        self.held: list[Held] = []
        self.faults = Faults()
        self._lock = threading.Lock()
        self._stop = threading.Event()

    @property
    def organs(self) -> dict[str, str]:
        """Return the register: code and name of every office."""
        return {code: name for system in self.systems.values() for code, name in system.organs.items()}

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve on a free port of the loopback; gives the address."""
        server = _Server(("127.0.0.1", 0), _handler(self))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            self._stop.set()
            server.shutdown()
            server.server_close()
            thread.join(timeout=5)

    def wait(self) -> None:
        """Wait as long as the axis is made to, or until it is shut."""
        self._stop.wait(self.faults.delay)

    def answer(self, operation: str, system: System, names: Mapping[str, str], body: bytes) -> dict[str, object]:
        """Return what an operation answers; the caller is known already."""
        operations: dict[str, Callable[[System, Mapping[str, str], bytes], dict[str, object]]] = {
            "sendEdoc": self._send,
            "getReceivedEdocList": self._received,
            "getSentEdocList": self._sent,
            "getEdoc": self._get,
            "updateStatus": self._update,
            "getAgenciesList": self._agencies,
        }
        if operation not in operations:
            raise Refusal("404", "Không có dịch vụ này")
        with self._lock:
            return operations[operation](system, names, body)

    def _send(self, system: System, names: Mapping[str, str], body: bytes) -> dict[str, object]:
        digest = hashlib.sha256(body)
        # The Java kit writes each byte without its leading nought; both forms are in use.
        if names.get("hash-file") not in {digest.hexdigest(), "".join(f"{byte:x}" for byte in digest.digest())}:
            raise Refusal("12", "Sai mã băm của tệp")
        envelope = _envelope(body, names.get("messagetype", ""))
        if envelope.sender not in system.organs:
            raise Refusal("21", "Đơn vị gửi không thuộc hệ thống này")
        unknown = [code for code in envelope.to if code not in self.organs]
        if unknown or not envelope.to:
            raise Refusal("22", f"Đơn vị nhận chưa đăng ký: {', '.join(unknown)}")
        packet_id = str(uuid.uuid4())
        for code in envelope.to:
            for _ in range(2 if self.faults.take("twice") else 1):
                held = Held(
                    packet_id=str(uuid.uuid4()),
                    given_id=packet_id,
                    sender=envelope.sender,
                    to=code,
                    message=names.get("messagetype", ""),
                    notation=envelope.notation,
                    title=envelope.title,
                    packet=body,
                )
                self.held.append(held)
        return {"DocId": packet_id}

    def _received(self, system: System, names: Mapping[str, str], _body: bytes) -> dict[str, object]:
        rows = [
            {
                "docId": held.packet_id,
                "from": held.sender,
                "to": held.to,
                "serviceType": "eDoc",
                "messageType": held.message,
                "status": held.status,
            }
            for held in self.held
            if held.to in system.organs and held.message == names.get("messagetype") and held.status not in CLOSED
        ]
        return {"data": rows}

    def _sent(self, system: System, names: Mapping[str, str], _body: bytes) -> dict[str, object]:
        rows = [
            {
                "senderDocId": held.given_id,
                "receiverDocId": held.packet_id,
                "fromCode": held.sender,
                "toCode": held.to,
                "messageType": held.message,
                "notation": held.notation,
                "title": held.title,
                "sendStatus": "done",
                "receiveStatus": held.status,
            }
            for held in self.held
            if held.sender in system.organs and held.message == names.get("messagetype")
        ]
        return {"data": rows}

    def _mine(self, system: System, names: Mapping[str, str]) -> Held:
        packet_id = names.get("docId", names.get("docid", ""))
        for held in self.held:
            if held.packet_id == packet_id and held.to in system.organs:
                return held
        raise Refusal("31", "Không có văn bản này")

    def _get(self, system: System, names: Mapping[str, str], _body: bytes) -> dict[str, object]:
        held = self._mine(system, names)
        packet = held.packet[: len(held.packet) // 2] if self.faults.take("broken") else held.packet
        return {"data": base64.b64encode(packet).decode()}

    def _update(self, system: System, names: Mapping[str, str], _body: bytes) -> dict[str, object]:
        held = self._mine(system, names)
        if names.get("status") not in {"processing", *CLOSED}:
            raise Refusal("32", "Trạng thái không hợp lệ")
        if not self.faults.take("forgetful"):
            held.status = names["status"]
        return {}

    def _agencies(self, _system: System, _names: Mapping[str, str], _body: bytes) -> dict[str, object]:
        rows = [{"id": code, "code": code, "name": name, "mail": "", "pid": ""} for code, name in self.organs.items()]
        return {"data": rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What an axis reads of a packet."""

    sender: str
    to: tuple[str, ...]
    notation: str
    title: str


def _envelope(body: bytes, message: str) -> Envelope:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise Refusal("11", "Tệp không phải XML") from problem

    def texts(path: str) -> list[str]:
        steps = "/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/"))
        found = root.iterfind(f"{{{NAMESPACE}}}edXMLEnvelope/{{{NAMESPACE}}}edXMLHeader/{steps}")
        return [(node.text or "").strip() for node in found]

    header = "MessageHeader"
    to = texts(f"{header}/To/OrganId") if message == "edoc" else texts(f"{header}/ResponseFor/OrganId")
    number, symbol = texts(f"{header}/Code/CodeNumber"), texts(f"{header}/Code/CodeNotation")
    return Envelope(
        sender="".join(texts(f"{header}/From/OrganId")),
        to=tuple(dict.fromkeys(to)),
        notation="/".join([*number, *symbol]) or "".join(texts(f"{header}/ResponseFor/Code")),
        title="".join(texts(f"{header}/Subject")),
    )


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing when a caller hangs up: callers in a hurry are part of the exercise."""


def _handler(axis: DocumentExchange) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            if axis.faults.down or length > PACKET_BYTES:
                self.close_connection = True
                self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
                return
            body = self.rfile.read(length)
            axis.wait()
            operation = self.path.rpartition("/")[2]
            try:
                system, names = _known(axis, dict(self.headers.items()))
                answer = {"status": "OK", "ErrorCode": "0", "ErrorDesc": "Success", "DocId": ""}
                answer |= axis.answer(operation, system, names, body)  # type: ignore[arg-type]  # JSON values
            except Refusal as refusal:
                answer = {"status": "FAIL", "ErrorCode": refusal.code, "ErrorDesc": refusal.said, "DocId": ""}
            if operation == "sendEdoc" and axis.faults.take("deaf"):
                self.close_connection = True
                return
            self._say(json.dumps(answer, ensure_ascii=False).encode())

        def _say(self, told: bytes) -> None:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: what passes here is the offices' own."""

    return Handler


def _known(axis: DocumentExchange, headers: Mapping[str, str]) -> tuple[System, dict[str, str]]:
    """Return who calls and the names of the call, when the signature over them is that system's."""
    system = axis.systems.get(headers.get(f"{PREFIX}systemid") or "")
    signed = headers.get(f"{PREFIX}sign-header") or ""
    if system is None:
        raise Refusal("01", "Hệ thống chưa đăng ký")
    expected = hmac.digest(system.secret.encode(), signed.encode(), "sha256").hex()
    if not hmac.compare_digest(expected, headers.get(f"{PREFIX}hash-header") or ""):
        raise Refusal("02", "Sai chữ ký của lời gọi")
    told: dict[str, str] = json.loads(signed)
    if any(headers.get(name) != value for name, value in told.items()):
        raise Refusal("03", "Thông tin lời gọi không đúng với chữ ký")
    return system, {name.removeprefix(PREFIX): value for name, value in told.items()}
