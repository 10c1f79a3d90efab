"""What crosses the threshold of the room of machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dean06.ledger.types import digest_of


class Scope(StrEnum):
    """What software may ask for; it is given one by one."""

    ORDERS = "orders.read"
    DISPOSITIONS = "dispositions.write"
    VALUES = "values.read"


class HookState(StrEnum):
    """Where an address stands: not asked yet, open, refused by the receiver, gone for good (410), or ended by us.

    One that a group left to its successor is offered: nobody is asked, and nothing goes there, before it is confirmed.
    """

    OFFERED = "offered"
    WAITING = "waiting"
    OPEN = "open"
    REFUSED = "refused"
    GONE = "gone"
    ENDED = "ended"


class ParcelState(StrEnum):
    """Where an event stands: `dead` is given up, and waits for a person."""

    QUEUED = "queued"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMachine:
    """What is entered when an agency's software gets an account."""

    public_id: str
    name: str
    agency: str
    scopes: tuple[Scope, ...]
    purpose: str
    ends_on: date

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what is entered, to which its permit is bound."""
        return digest_of(
            id=self.public_id,
            name=self.name,
            agency=self.agency,
            scopes=" ".join(self.scopes),
            purpose=self.purpose,
            ends_on=self.ends_on,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineInfo:
    """The account of a piece of software as other rooms know it."""

    public_id: str
    group_id: int
    name: str
    agency: str
    scopes: tuple[Scope, ...]
    purpose: str
    ends_on: date
    made_at: datetime
    made_by: str
    permit: str
    revoked_at: datetime | None
    code_until: datetime | None
    thumbprint: str
    key_at: datetime | None
    called_at: datetime | None
    refused: int
    refused_at: datetime | None
    refused_for: str

    def serves_on(self, day: date) -> bool:
        """Say whether it may be used on a day of its group."""
        return self.revoked_at is None and day <= self.ends_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token that was issued; it is stored nowhere. One that is bound serves with the key it was shown."""

    value: str
    seconds: int
    scopes: tuple[Scope, ...]
    bound: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who calls, and what this token lets them ask for."""

    machine: MachineInfo
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallInfo:
    """One call of a piece of software."""

    at: datetime
    operation: str
    object_id: str
    status: int
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer that was given to a request once, to be given again."""

    status: int
    body: str
    etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHook:
    """What is entered when an agency's software is to be told."""

    public_id: str
    agency: str
    url: str

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what is entered, to which its permit is bound."""
        return digest_of(id=self.public_id, agency=self.agency, url=self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class HookInfo:
    """An address at which software is told, and how many events wait, went and were given up."""

    public_id: str
    group_id: int
    agency: str
    url: str
    state: HookState
    rate: int | None
    after_leaf: int
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    opened_at: datetime | None
    told_at: datetime | None
    free_at: datetime
    note: str
    queued: int = 0
    sent: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that software is to be told of: ids alone.

    Attributes:
        key: what makes it one and the same, however often it is told.
        kind: such as `dean06.order.assigned`.
        subject: the ref of what it is about.
    """

    key: str
    kind: str
    subject: str
    at: datetime
    data: dict[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelInfo:
    """One event on its way to one address."""

    id: int
    event_id: str
    kind: str
    subject: str
    at: datetime
    state: ParcelState
    tries: int
    free_at: datetime
    settled_at: datetime | None
    status: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a round of the addresses came to."""

    sent: int = 0
    dead: int = 0
    waiting: int = 0
    opened: int = 0
