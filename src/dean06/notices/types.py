"""What crosses the threshold of the room of notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Mail(StrEnum):
    """When a notice leaves by e-mail: at once, in the digest of a day or of a week, or never."""

    NEVER = "never"
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class LetterState(StrEnum):
    """Where a letter stands; `unsure` means that a worker died while the server had it, and it is not sent twice."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a notice leads: the name of a page and what stands in its address after the group."""

    route: str
    args: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """The clause a notice cites, by its labels as printed; empty where no clause speaks of it."""

    article: str = ""
    clause: str = ""
    point: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is told, once for all who are told.

    Attributes:
        kind: a code of `kinds.yaml`.
        vi: the sentence; it names no citizen and quotes no value of one.
        en: the same in English.
        key: what makes it one and the same: told again under its key, nothing happens.
        restricted: its sentence stays out of e-mail, which then says only that something waits.
    """

    kind: str
    vi: str
    en: str
    address: Address
    at: datetime
    key: str
    clause: Clause = Clause()
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """An account that is told, the seat it is told in, and whether the charter makes the matter its duty.

    A notice told in a seat is read only while the account holds that seat.
    """

    account: str
    seat_id: int | None = None
    owed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeInfo:
    """A notice as its reader knows it."""

    id: int
    group_id: int
    kind: str
    vi: str
    en: str
    clause: Clause
    address: Address
    at: datetime
    read_at: datetime | None
    mailed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of notices, and how many there are in all."""

    items: tuple[NoticeInfo, ...]
    total: int
    number: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceInfo:
    """What holds for a kind: shown in the application or not, and when it is mailed."""

    kind: str
    in_app: bool
    mail: Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxInfo:
    """Where an account's letters go; nothing is sent before its owner has confirmed it."""

    address: str
    confirmed_at: datetime | None
    refused_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one round of the letters came to."""

    made: int = 0
    sent: int = 0
    waiting: int = 0
    refused: int = 0
