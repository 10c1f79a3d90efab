"""A permit for tests of the ledger alone; real ones come from the charter."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

_serial = count(1)


@dataclass(frozen=True)
class Actor:
    account: str = "00000000-0000-4000-8000-000000000001"
    role: str = "leader"
    agency: str | None = "PC"
    seat: str = "1"


@dataclass(frozen=True)
class Thing:
    kind: str
    id: str
    digest: str = "0" * 64


@dataclass(frozen=True)
class Permit:
    obj: Thing
    action: str = "task.assign"
    actor: Actor = Actor()
    charter_line: str = "mau"
    charter_hash: str = "f" * 64
    outcome: str = "allowed"
    at: datetime = datetime(2022, 8, 1, tzinfo=UTC)
    reason: str | None = None
    local_rule: str | None = None
    serial: int = field(default_factory=lambda: next(_serial))

    def digest(self) -> str:
        return hashlib.sha256(f"{self.serial} {self.obj}".encode()).hexdigest()

    def citation_labels(self) -> tuple[str, ...]:
        return ("Điều 3 khoản 1",)
