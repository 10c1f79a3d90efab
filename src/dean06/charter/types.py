"""What crosses the threshold of the charter room: frozen values, no storage, no framework."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from typing_extensions import override

from dean06.charter.index import Index
from dean06.charter.norms import Bearer, Citation, Deadline, Norm, Note, Provision, Reading, Words

__all__ = [
    "OWN_AGENCY",
    "ActorRef",
    "AgencyInfo",
    "Answerable",
    "Bearer",
    "Body",
    "Charter",
    "Citation",
    "Deadline",
    "Ending",
    "Fact",
    "Instrument",
    "LocalRule",
    "Norm",
    "Note",
    "ObjectRef",
    "Obligation",
    "Outcome",
    "Permit",
    "Provision",
    "Question",
    "Reading",
    "ReportRule",
    "RoleInfo",
    "Words",
    "canonical_json",
]

Outcome = Literal["allowed", "not_allowed", "forbidden", "not_regulated", "not_in_force"]
Fact = str | bool
Raw = Mapping[str, object]

OWN_AGENCY = "own_agency"


def canonical_json(value: object) -> str:
    """Write JSON with sorted keys and no spaces, so that the same facts always give the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleInfo:
    """A role as one charter knows it: its title, the post of its holder, and the agency the text fixes."""

    code: str
    title: str
    post: str
    agency: str | None
    agency_by_reading: bool
    ex_officio: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyInfo:
    """An agency as one charter names it."""

    code: str
    name: str
    short: str
    member: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """The act that issued the text; number and date are None where the text leaves them blank."""

    kind: str
    number: str | None
    date: date | None
    issuer: str
    form: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """How the group signs for itself: the lines over its papers, its short name, its number series."""

    parent: str
    name_lines: tuple[str, ...]
    short_name: str
    place: str
    symbols: Mapping[str, str]
    archive: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The end of the group a text was for: its last day, the paper that ended it, and who succeeds it, by name."""

    last_day: date
    instrument: str
    signed_on: date
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Charter:
    """A regulation as data; `raw` is the canonical form whose SHA-256 is `hash`."""

    line: str
    version: int
    title: str
    kind: str
    level: str
    instrument: Instrument
    in_force_from: date | None
    in_force_to: date | None
    body: Body
    roles: Mapping[str, RoleInfo]
    agencies: Mapping[str, AgencyInfo]
    seals: Mapping[str, str]
    provisions: tuple[Provision, ...]
    norms: tuple[Norm, ...]
    notes: tuple[Note, ...]
    distribution: Mapping[str, tuple[str, ...]]
    hash: str
    raw: Raw = field(compare=False)
    index: Index = field(compare=False)
    ending: Ending | None = None

    @override
    def __repr__(self) -> str:
        return f"Charter({self.line} v{self.version} {self.hash[:12]})"

    @property
    def is_unsigned(self) -> bool:
        """The text leaves its number or its date blank."""
        return self.instrument.number is None or self.instrument.date is None

    @property
    def member_agencies(self) -> tuple[str, ...]:
        """Agencies that have a member in the group, in the charter's order."""
        return tuple(code for code, agency in self.agencies.items() if agency.member)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRule:
    """The group's own answer to a gap of its charter, always shown as local."""

    gap: str
    number: int
    adopted_on: date
    value: object = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """May this role of this agency do this on this day, these facts being established?"""

    role: str
    action: str
    on: date
    agency: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    local_rules: Mapping[str, LocalRule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRef:
    """Who acts: public id of the account, role and agency as asked, and the seat."""

    account: str
    role: str
    agency: str | None
    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectRef:
    """What is acted upon; the digest binds its content without showing it."""

    kind: str
    id: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """A decision bound to one actor, act, object and time. Only `permit` makes it; the ledger takes nothing else."""

    actor: ActorRef
    action: str
    obj: ObjectRef
    charter_line: str
    charter_version: int
    charter_hash: str
    norms: tuple[str, ...]
    citations: tuple[Citation, ...]
    outcome: str
    at: datetime
    reason: str | None
    local_rule: str | None

    def digest(self) -> str:
        """Return the SHA-256 (hex) of the permit's canonical JSON."""
        return hashlib.sha256(canonical_json(self.as_json()).encode()).hexdigest()

    def as_json(self) -> dict[str, object]:
        """Return every bound field as plain values."""
        return {
            "actor": {
                "account": self.actor.account,
                "role": self.actor.role,
                "agency": self.actor.agency,
                "seat": self.actor.seat,
            },
            "action": self.action,
            "object": {"kind": self.obj.kind, "id": self.obj.id, "digest": self.obj.digest},
            "charter": {"line": self.charter_line, "version": self.charter_version, "hash": self.charter_hash},
            "norms": list(self.norms),
            "citations": [citation.dotted for citation in self.citations],
            "outcome": self.outcome,
            "at": self.at.isoformat(timespec="microseconds"),
            "reason": self.reason,
            "local_rule": self.local_rule,
        }

    def citation_labels(self) -> tuple[str, ...]:
        """Return the clauses relied on, as dotted addresses."""
        return tuple(citation.dotted for citation in self.citations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """Who answers for the data of a system, under which clause, and the reading where the letter is not enough."""

    system: str
    agency: str
    agency_name: str
    role: str
    citation: Citation
    norm: str
    lead: bool
    lead_by_reading: str | None
    coordinators: tuple[str, ...]
    reading: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRule:
    """How a report of the group is issued: to whom, in whose name, in which series, and who may sign it."""

    action: str
    citation: Citation
    norm: str
    recipients: tuple[tuple[str, str], ...]
    distribution: tuple[str, ...]
    parent: str
    name_lines: tuple[str, ...]
    place: str
    symbol: str
    signers: tuple[str, ...]
    deadline: Deadline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One duty in one period, judged by what was recorded.

    `charter` is the hash of the text it is owed under, where that is not the group's own; `text` is the hash of the
    version of the group's own that judged it, where the caller keeps several. Where an accepted reply has changed how
    it stands, `reply` names the reply and `judged` is the status that the records alone give.
    """

    norm: str
    action: str
    object_kind: str | None
    citations: tuple[Citation, ...]
    bearer: str
    period: str
    due_before: datetime | None
    recipients: tuple[str, ...]
    via: str | None
    status: str
    satisfied_by: tuple[str, ...]
    gaps: tuple[str, ...] = ()
    charter: str = ""
    text: str = ""
    reply: str = ""
    judged: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the item as the command line prints it."""
        done = list(self.satisfied_by)
        beside = (("charter", self.charter), ("text", self.text), ("reply", self.reply), ("judged", self.judged))
        return {name: value for name, value in beside if value} | {
            "norm": self.norm,
            "action": self.action,
            "object": self.object_kind,
            "citations": [citation.as_json() for citation in self.citations],
            "bearer": self.bearer,
            "period": self.period,
            "due_before": self.due_before.isoformat() if self.due_before else None,
            "recipients": list(self.recipients),
            "via": self.via,
            "status": self.status,
            "satisfied_by": None if not done else done[0] if len(done) == 1 else done,
            "gaps": list(self.gaps),
        }
