"""Programmes and plans as other rooms know them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dean06.ledger.types import canonical
from dean06.work.types.tasks import TaskInfo


class PlanKind(StrEnum):
    """The kinds of plan that a charter speaks of; the same words as the forms of papers."""

    PROGRAMME = "programme"
    PLAN = "plan"
    INSPECTION = "inspection_plan"
    SUBPLAN = "subplan"


class PlanState(StrEnum):
    """Where a plan stands; an agency's detailed plan is filed, the others are approved and issued."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ISSUED = "issued"
    FILED = "filed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line of a plan as typed or imported; `key` is what it is known by when its list is imported again."""

    key: str
    content: str
    label: str = ""
    heading: str = ""
    lead: str = ""
    coordinating: tuple[str, ...] = ()
    due: date | None = None
    due_words: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """What is entered when a plan is begun."""

    kind: PlanKind
    year: int
    title: str
    agency: str = ""
    higher: str = ""

    def digest(self) -> str:
        """Return the SHA-256 (hex) to which the permit is bound."""
        facts: dict[str, object] = {
            "kind": self.kind.value,
            "year": self.year,
            "title": self.title,
            "agency": self.agency,
            "higher": self.higher,
        }
        return hashlib.sha256(canonical(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInfo:
    """A line of a plan, the task that was made of it, and how far that is."""

    id: int
    place: int
    key: str
    label: str
    heading: str
    content: str
    lead: str
    coordinating: tuple[str, ...]
    due: date | None
    due_words: str
    product: str
    task: TaskInfo | None
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInfo:
    """A plan and where it stands; `share` rolls up its lines' tasks, in percent."""

    id: int
    ref: str
    group_id: int
    number: int
    kind: PlanKind
    year: int
    title: str
    agency: str
    higher: str
    reason: str
    state: PlanState
    drafted_at: datetime
    drafted_by: str
    submitted_by: str
    approved_at: datetime | None
    approved_by: str
    cites: tuple[str, ...]
    charter_hash: str
    returned: str
    paper: int | None
    issued_at: datetime | None
    issued_by: str
    issued_label: str
    lines: int
    tasks: int
    done: int
    late: int
    share: int
