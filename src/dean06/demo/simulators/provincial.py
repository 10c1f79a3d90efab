"""A provincial integration platform: it sells tokens, checks them, and hands questions on."""

from __future__ import annotations

import base64
import json
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from dean06.demo.simulators.serving import Fault, Faults, Reply, Request, faulty, served

KEY, SECRET = "khoa-ung-dung", "bi-mat-ung-dung"
FIXED = "ma-truy-cap-cap-san"

__all__ = ["FIXED", "KEY", "SECRET", "Platform", "Service"]


class Service(Protocol):
    """One service behind the platform."""

    @property
    def name(self) -> str:
        """The first part of its paths."""
        ...

    def answer(self, operation: str, asked: Mapping[str, Any]) -> Any:
        """Return what an operation answers."""
        ...

    def refused(self, code: str) -> Any:
        """Return how the service tells an error code of its own."""
        ...

    def spoiled(self, told: Any, fault: Fault) -> Any:
        """Return an answer with fewer rows than it says, or with an odd code in it."""
        ...


class Platform:
    """The platform, the tokens it has given out, and how to make it fail."""

    def __init__(self, services: Sequence[Service]) -> None:
        self.services = {service.name: service for service in services}
        self.faults = Faults()
        self.asked: list[tuple[str, str]] = []
        self.tokens = {FIXED}
        self.bought = 0
        self._lock = threading.Lock()

    @contextmanager
    def serving(self, port: int = 0) -> Iterator[str]:
        """Serve on the loopback; gives the address."""
        with served(self._answer, port) as address:
            yield address

    def _answer(self, request: Request) -> Reply:
        if request.path == "/token":
            return self._sell(request)
        fault = self.faults.take()
        if fault is Fault.EXPIRED:
            self.tokens.discard(request.headers.get("authorization", "").removeprefix("Bearer "))
        if (
            fault is Fault.REVOKED
            or request.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens
        ):
            return faulty(Fault.EXPIRED, Reply(200, b""))
        _, name, *operation = request.path.split("/")
        service = self.services.get(name)
        if service is None or len(operation) != 1:
            return Reply(404, b'{"fault":{"code":404,"message":"No matching resource found"}}')
        with self._lock:
            self.asked.append((name, operation[0]))
            told = self._told(service, operation[0], request, fault)
        return faulty(fault, Reply(200, json.dumps(told, ensure_ascii=False).encode()))

    def _told(self, service: Service, operation: str, request: Request, fault: Fault | None) -> Any:
        if fault is Fault.CODE:
            return service.refused(self.faults.said)
        asked = dict(request.query) if request.method == "GET" else json.loads(request.body)
        told = service.answer(operation, asked)
        return service.spoiled(told, fault) if fault in {Fault.FEWER, Fault.ODD_CODE} else told

    def _sell(self, request: Request) -> Reply:
        pair = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        if (
            request.headers.get("authorization") != f"Basic {pair}"
            or b"grant_type=client_credentials" not in request.body
        ):
            return Reply(401, b'{"error":"invalid_client","error_description":"Client Authentication failed."}')
        token = secrets.token_hex(16)
        self.tokens.add(token)
        self.bought += 1
        told = {"access_token": token, "scope": "default", "token_type": "Bearer", "expires_in": 3600}
        return Reply(200, json.dumps(told).encode())
