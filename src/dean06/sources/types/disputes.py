"""Disputes of rules, as they cross the threshold of the room. A row is named by its place, never by what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dean06.ledger.types import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A row that shows a rule to be wrong, by run, sheet and row."""

    run: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDispute:
    """What is said of a rule that somebody holds to be wrong; `agency` is the one for which it is said."""

    group_id: int
    number: int
    source: str
    rule: str
    field: str
    reason: str
    examples: tuple[Example, ...] = ()
    agency: str = ""

    def ref(self, slug: str) -> str:
        """Return the id under which permits and the ledger name it."""
        return rule_ref(slug, self.number)

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what is said, to which its permit is bound."""
        rows = "; ".join(f"{one.run}|{one.sheet}|{one.row}" for one in self.examples)
        return digest_of(
            number=self.number,
            source=self.source,
            rule=self.rule,
            field=self.field,
            reason=self.reason,
            rows=rows,
            agency=self.agency,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeAct:
    """One act on a dispute: `made`, `suspended`, `refused` or `ended`."""

    act: str
    at: datetime
    by: str
    reason: str
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeInfo:
    """A dispute of a rule; where it is `suspended` the rule rests from `since` on and works again on `until`.

    `ended_on` is the day from which it works again where somebody ended it before.
    """

    id: int
    group_id: int
    number: int
    source: str
    rule: str
    field: str
    reason: str
    examples: tuple[Example, ...]
    state: str
    made_at: datetime
    made_by: str
    agency: str
    since: date | None
    until: date | None
    ended_on: date | None
    acts: tuple[DisputeAct, ...] = ()

    @property
    def label(self) -> str:
        """Return the number by which people name it."""
        return f"TC-{self.number}"

    @property
    def waiting(self) -> bool:
        """Say whether nobody has decided yet."""
        return self.state == "waiting"

    def rests_on(self, day: date) -> bool:
        """Say whether the rule rests on a day: from the first day on, and on its last day no more."""
        if self.since is None or self.until is None:
            return False
        return self.since <= day < min(self.until, self.ended_on or self.until)


def rule_ref(slug: str, number: int) -> str:
    """Return the id under which permits and the ledger name a dispute."""
    return f"{slug}:TC-{number}"
