"""What crosses the threshold of the room of funds. Every sum is whole đồng."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dean06.ledger.types import digest_of

MOST = 10**15  # a sum above it is a slip of the hand


class SourceKind(StrEnum):
    """Where money comes from."""

    BUDGET = "budget"
    OTHER = "other"
    CARRIED = "carried"


class Account(StrEnum):
    """Where money stands; `budget` and `carried` lie outside the group's lines."""

    BUDGET = "budget"
    AVAILABLE = "available"
    RESERVED = "reserved"
    SPENT = "spent"
    CARRIED = "carried"


class Kind(StrEnum):
    """What a movement is."""

    ALLOTTED = "allotted"
    RESERVED = "reserved"
    RELEASED = "released"
    SPENT = "spent"
    RETURNED = "returned"
    CARRIED_OUT = "carried_out"
    CARRIED_IN = "carried_in"


# From which account to which each kind of movement goes; its reversal goes back.
WAYS: Mapping[Kind, tuple[Account, Account]] = {
    Kind.ALLOTTED: (Account.BUDGET, Account.AVAILABLE),
    Kind.RESERVED: (Account.AVAILABLE, Account.RESERVED),
    Kind.RELEASED: (Account.RESERVED, Account.AVAILABLE),
    Kind.SPENT: (Account.RESERVED, Account.SPENT),
    Kind.RETURNED: (Account.AVAILABLE, Account.BUDGET),
    Kind.CARRIED_OUT: (Account.AVAILABLE, Account.CARRIED),
    Kind.CARRIED_IN: (Account.CARRIED, Account.AVAILABLE),
}


class State(StrEnum):
    """Where a request to spend stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A number kept for what is about to be entered, and the id under which permits and the ledger name it."""

    group_id: int
    number: int
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The paper something rests on: number, date, and the file kept of it (empty where none is)."""

    label: str
    dated: date
    sha256: str = ""
    suffix: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source of money with its first allotment, line by line.

    Attributes:
        lines: name of each budget line and the đồng allotted to it.
        manager: agency that manages the money; `manager_by` is the clause or local rule that says so, in words.
    """

    slot: Slot
    year: int
    kind: SourceKind
    name: str
    allotted_by: str
    manager: str
    manager_by: str
    paper: Paper
    lines: tuple[tuple[str, int], ...]

    def digest(self) -> str:
        """Return the SHA-256 (hex) of the content, to which its permit is bound."""
        return digest_of(
            ref=self.slot.ref,
            year=self.year,
            kind=self.kind.value,
            name=self.name,
            by=self.allotted_by,
            manager=self.manager,
            paper=self.paper.label,
            dated=self.paper.dated.isoformat(),
            file=self.paper.sha256,
            lines="\n".join(f"{name}\t{amount}" for name, amount in self.lines),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInfo:
    """A budget line of a source: what was allotted to it, is reserved, is spent and is left."""

    id: int
    source_id: int
    name: str
    allotted: int
    reserved: int
    spent: int
    available: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInfo:
    """A source with its lines."""

    id: int
    ref: str
    group_id: int
    number: int
    year: int
    kind: SourceKind
    name: str
    allotted_by: str
    manager: str
    manager_by: str
    paper: Paper
    at: datetime
    lines: tuple[LineInfo, ...]
    closed: bool

    def sum_of(self, account: str) -> int:
        """Return the sum of `allotted`, `reserved`, `spent` or `available` over the lines."""
        return sum(int(getattr(line, account)) for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementInfo:
    """One entry of the journal; `reverses` and `reversed_by` are numbers of the journal."""

    id: int
    number: int
    line_id: int
    line: str
    source_id: int
    source: str
    year: int
    kind: Kind
    taken_from: Account
    given_to: Account
    amount: int
    on: date
    at: datetime
    paper: str
    paper_on: date | None
    note: str
    request: int | None
    request_id: int | None
    reverses: int | None
    reversed_by: int | None
    account: str
    role: str
    permit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing asked for: how many, at what price."""

    content: str
    quantity: int
    unit: str
    price: int

    @property
    def amount(self) -> int:
        """Quantity times price, in đồng."""
        return self.quantity * self.price


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """A request to spend: for what, on what ground, from which line."""

    slot: Slot
    line_id: int
    title: str
    ground: str
    items: tuple[Item, ...]

    @property
    def amount(self) -> int:
        """The sum asked for."""
        return sum(one.amount for one in self.items)

    def digest(self) -> str:
        """Return the SHA-256 (hex) of the content, to which its permit is bound."""
        return digest_of(
            ref=self.slot.ref,
            line=self.line_id,
            title=self.title,
            ground=self.ground,
            items="\n".join(f"{one.content}\t{one.quantity}\t{one.unit}\t{one.price}" for one in self.items),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayment:
    """A payment with its document; `on` is the day of the payment."""

    amount: int
    on: date
    content: str
    document: Paper

    def digest(self, ref: str, made: int) -> str:
        """Return the SHA-256 (hex) of the payment that follows `made` others of a request."""
        return digest_of(
            ref=ref,
            after=made,
            amount=self.amount,
            on=self.on.isoformat(),
            content=self.content,
            document=self.document.label,
            dated=self.document.dated.isoformat(),
            file=self.document.sha256,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentInfo:
    """A payment as it stands; a reversed one stays and says so."""

    id: int
    amount: int
    on: date
    content: str
    document: Paper
    movement_id: int
    movement: int
    reversed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventInfo:
    """One thing that happened to a request or an estimate: when, who, why; each clause is (charter line, address)."""

    at: datetime
    kind: str
    account: str
    role: str
    agency: str
    note: str
    amount: int
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestInfo:
    """A request with its whole way."""

    id: int
    ref: str
    group_id: int
    number: int
    line_id: int
    line: str
    source_id: int
    source: str
    year: int
    title: str
    ground: str
    items: tuple[Item, ...]
    amount: int
    state: State
    asked_by: str
    asked_role: str
    asked_agency: str
    asked_at: datetime
    paid: int
    paper_id: int | None
    payments: tuple[PaymentInfo, ...] = ()
    events: tuple[EventInfo, ...] = ()

    @property
    def left(self) -> int:
        """What is approved and not paid yet."""
        return self.amount - self.paid if self.state is State.APPROVED else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the journal or the list of requests is narrowed to; empty means all."""

    year: int | None = None
    line_id: int | None = None
    kinds: frozenset[Kind] = frozenset()
    states: frozenset[State] = frozenset()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How a year was closed: by which paper, what went back, what was carried over."""

    year: int
    paper: Paper
    at: datetime
    returned: int
    carried: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """What is asked for at the end of a year: the paper, and of which lines the rest is carried over."""

    year: int
    paper: Paper
    carry: frozenset[int] = field(default_factory=frozenset)

    def digest(self, slug: str) -> str:
        """Return the SHA-256 (hex) of it."""
        return digest_of(
            group=slug,
            year=self.year,
            paper=self.paper.label,
            dated=self.paper.dated.isoformat(),
            carry=",".join(str(one) for one in sorted(self.carry)),
        )
