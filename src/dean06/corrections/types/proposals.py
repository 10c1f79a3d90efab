"""Proposals to correct the register, as they cross the threshold of the room. No type here has room for a value."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dean06.corrections.types.findings import FindingInfo, Slot
from dean06.ledger.types import canonical


class ProposalState(StrEnum):
    """Where a proposal to correct the register stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CITIZEN = "citizen"
    CIVIL_STATUS = "civil_status"
    BORNE_OUT = "borne_out"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken_back"


# While it is open, whoever reads the register's value is told that it is being verified.
PENDING = frozenset({ProposalState.WAITING, ProposalState.ACCEPTED, ProposalState.CITIZEN, ProposalState.CIVIL_STATUS})
# What the register's owner may decide.
DECISIONS = (ProposalState.ACCEPTED, ProposalState.REFUSED, ProposalState.CITIZEN, ProposalState.CIVIL_STATUS)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProposal:
    """What is said when the register's owner is asked to correct it; codes of `proposals.yaml`, never a value."""

    slot: Slot
    finding_id: int
    ground: str
    paper: str = ""
    kept_at: str = ""
    agency: str = ""
    delivered: str = ""

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what is proposed, to which its permit is bound."""
        facts: dict[str, object] = {
            "ref": self.slot.ref,
            "finding": self.finding_id,
            "ground": self.ground,
            "paper": self.paper,
            "kept_at": self.kept_at,
            "agency": self.agency,
            "delivered": self.delivered,
        }
        return hashlib.sha256(canonical(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAct:
    """One act on a proposal; `by` is empty where a later snapshot or delivery showed it."""

    state: ProposalState
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalInfo:
    """A proposal as other rooms know it; the finding leads to the row, which only `reconcile` may show."""

    id: int
    ref: str
    group_id: int
    number: int
    finding: FindingInfo
    ground: str
    paper: str
    kept_at: str
    delivered: str
    state: ProposalState
    made_at: datetime
    made_by: str
    agency: str
    permit: str
    ended_at: datetime | None
    ended_by_run: str | None
    acts: tuple[ProposalAct, ...]

    @property
    def pending(self) -> bool:
        """Say whether its owner, or a later snapshot, has still to speak."""
        return self.state in PENDING

    @property
    def label(self) -> str:
        """Return the name under which people cite it."""
        return f"ĐN-{self.number}"
