"""What agencies answer on the rows of their orders, as it crosses the room's threshold. No type here has a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dean06.ledger.types import digest_of


class DispositionKind(StrEnum):
    """What an agency says of a row; it closes nothing."""

    FIXED = "fixed"
    REFUSED = "refused"
    NOT_OURS = "not_ours"
    NEEDS_PAPER = "needs_paper"


class DispositionOutcome(StrEnum):
    """What came of an answer.

    `waiting` until something later speaks: a run that no longer saw the fault (`proved`) or saw it again though it was
    said to be corrected (`contradicted`), a newer answer (`replaced`), the group that leaves the row where it is
    (`upheld`) or gives it to another agency (`moved`), or the end of the order it answered (`void`).
    """

    WAITING = "waiting"
    PROVED = "proved"
    CONTRADICTED = "contradicted"
    REPLACED = "replaced"
    UPHELD = "upheld"
    MOVED = "moved"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDisposition:
    """One answer on one finding of an order.

    Attributes:
        fingerprint: the finding, as `corrections.csv` and the service name it.
        kind: a code of `DispositionKind`, as text: what came from outside may be none.
        reason: a code of the reasons of `dispositions.yaml`; `refused` wants one.
        reference: number of a paper or file that shows it, never a person's value.
        seen: the mark of the value as it was handed over; empty where the answer does not say.
        expected: how many answers the finding had when its reader looked (the version of an ETag); None: any.
    """

    fingerprint: str
    kind: str
    reason: str = ""
    reference: str = ""
    seen: str = ""
    expected: int | None = None


def answers_digest(ref: str, said: Iterable[NewDisposition]) -> str:
    """Return the SHA-256 (hex) of answers on an order, to which their permit is bound."""
    listed = sorted([one.fingerprint, one.kind, one.reason, one.reference] for one in said)
    return digest_of(order=ref, answers=listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class BadDisposition:
    """Why one answer cannot be kept: where it stood among those given, a code, and one sentence in two languages.

    `code`: `unknown_finding`, `unknown_kind`, `wants_reason`, `unknown_reason`, `bad_reference`, `closed`, `changed`
    (the value is no longer the one handed over), `stale` (somebody answered since), `repeated`.
    """

    place: int
    code: str
    field: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DispositionInfo:
    """An answer as other rooms know it."""

    id: int
    group_id: int
    order_id: int
    finding_id: int
    fingerprint: str
    kind: DispositionKind
    reason: str
    reference: str
    way: str
    outcome: DispositionOutcome
    at: datetime
    by: str
    agency: str
    version: int
    run: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCount:
    """An agency's words that rows were corrected, counted by what later lists showed of them."""

    agency: str
    said: int
    proved: int
    contradicted: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedRow:
    """A finding as it was handed over: the keyed mark of the value that was seen, never the value."""

    finding_id: int
    fingerprint: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHandover:
    """A package of open orders handed to their agency: its number, its rows and the checksum of the file."""

    group_id: int
    agency: str
    number: int
    ref: str
    file_sha256: str
    file_name: str
    orders: tuple[int, ...]
    rows: tuple[HandedRow, ...]

    def digest(self) -> str:
        """Return the SHA-256 (hex) of the hand-over, to which its permit is bound."""
        rows = sorted([one.fingerprint, one.mark] for one in self.rows)
        return digest_of(ref=self.ref, agency=self.agency, file=self.file_sha256, orders=list(self.orders), rows=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverInfo:
    """A hand-over as screens know it: who took it, when, which file."""

    id: int
    ref: str
    group_id: int
    agency: str
    number: int
    at: datetime
    by: str
    rows: int
    orders: tuple[int, ...]
    file_name: str
    file_sha256: str
    paper_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFileInfo:
    """A file of answers that was taken in: when, from whom, how many of its rows were kept."""

    sha256: str
    at: datetime
    by: str
    kept: int
    bad: int
