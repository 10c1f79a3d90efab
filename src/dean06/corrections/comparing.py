"""What a run does to the findings of a source. Pure: the state before, what the run saw, the state after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from dean06.corrections.types import OPEN_STATES, FoundItem, RunFindings, Status


@dataclass(slots=True, kw_only=True)
class Known:
    """A finding as it stood before the run."""

    id: int
    fingerprint: str
    record: str
    rule: str
    field: str
    status: str
    cause: str
    severity: int
    commune: str
    reopened: int
    ordered: bool
    withdrawn_until: date | None
    state: tuple[object, ...]


@dataclass(slots=True, kw_only=True)
class Comparison:
    """What a run does: new faults, findings it saw again with their next status, findings it proves; and the counts."""

    new: list[FoundItem] = field(default_factory=list)
    again: list[tuple[Known, FoundItem, Status]] = field(default_factory=list)
    proved: list[Known] = field(default_factory=list)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def count(self, kind: str, cause: str, commune: str) -> None:
        """Add one finding to a kind of the tally."""
        self.counts[kind, cause, commune] += 1


def unique(items: Iterable[FoundItem]) -> Iterator[FoundItem]:
    """Return each fault once; a record that stands twice in a delivery repeats its faults, and the first row speaks."""
    told: set[str] = set()
    for item in items:
        if item.fingerprint not in told:
            told.add(item.fingerprint)
            yield item


def compare(known: Mapping[str, Known], found: RunFindings, items: Iterable[FoundItem], on: date) -> Comparison:
    """Compare what a run saw, checked as `items`, with the findings of its source.

    A finding is proved when its record is in the delivery without the fault. A record that is not in the delivery
    proves nothing, unless the delivery was declared complete: then the row was removed at the source. A delivery that
    leaves out the column of a fault, or is not tested by its rule, proves nothing of it either; while a rule rests,
    what it found before waits.
    """
    result = Comparison()
    told: set[str] = set()
    for item in unique(items):
        told.add(item.fingerprint)
        before = known.get(item.fingerprint)
        if before is None:
            result.new.append(item)
            result.count("new", item.cause, item.commune)
            continue
        status, kind = _seen_again(before, on)
        result.again.append((before, item, status))
        result.count(kind, before.cause if before.ordered else item.cause, item.commune)
    waiting = [finding for finding in known.values() if finding.fingerprint not in told]
    _settle(result, waiting, found)
    return result


def _seen_again(before: Known, on: date) -> tuple[Status, str]:
    """Return the next status of a finding that the run saw, and its kind in the tally."""
    if before.status == Status.PROVED:
        return Status.REOPENED, "reopened"
    if before.status == Status.WITHDRAWN:
        if before.withdrawn_until is not None and before.withdrawn_until < on:
            return Status.REOPENED, "reopened"
        return Status.WITHDRAWN, "withdrawn"
    return Status(before.status), "still_open"


def _settle(result: Comparison, waiting: list[Known], found: RunFindings) -> None:
    """Say of each finding that the run did not see whether that proves it."""
    unsettled = [finding for finding in waiting if finding.status in OPEN_STATES]
    owed = [finding for finding in unsettled if (finding.rule, finding.field) not in found.paused]
    for finding in unsettled:
        if (finding.rule, finding.field) in found.paused:
            result.count("paused", finding.cause, finding.commune)
    here = {finding.record for finding in owed}.intersection(found.seen) if not found.complete else set()
    for finding in owed:
        if (found.complete or finding.record in here) and found.speaks_of(finding.rule, finding.field):
            result.proved.append(finding)
            result.count("proved", finding.cause, finding.commune)
        else:
            result.count("unseen", finding.cause, finding.commune)
    for finding in waiting:
        if finding.status == Status.WITHDRAWN:
            result.count("withdrawn", finding.cause, finding.commune)
