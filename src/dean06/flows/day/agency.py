"""The day of an agency's data officer: lists to hand in, orders to correct, and what the last delivery changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dean06.corrections import service as corrections
from dean06.corrections.types import OrderInfo, Outcome, ProposalInfo
from dean06.flows.day.expected import Expected, expected
from dean06.offices.types import GroupInfo, Viewer
from dean06.sources.live import Contracts
from dean06.sources.types import AssignmentInfo, DeliveryInfo

NEAR = timedelta(days=5)

__all__ = ["AgencyDay", "Change", "agency_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the newest recorded delivery of a source came to, and the proposals on the register that wait on it."""

    outcome: Outcome
    doubted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyDay:
    """Lists and orders of the reader's own agencies."""

    lists: tuple[Expected, ...]
    overdue: tuple[OrderInfo, ...]
    near: tuple[OrderInfo, ...]
    later: tuple[OrderInfo, ...]
    changes: tuple[Change, ...]


def agency_day(
    viewer: Viewer,
    group: GroupInfo,
    own: Sequence[AssignmentInfo],
    delivered: Iterable[DeliveryInfo],
    contracts: Contracts,
    today: date,
) -> AgencyDay:
    """Return the day of whoever hands lists in for the agencies that hold these sources."""
    agencies = viewer.agencies_in(group.id)
    still = [one for one in corrections.orders(viewer, group.id) if one.agency in agencies and _is_open(one)]
    still.sort(key=lambda one: (one.due, one.number))
    return AgencyDay(
        lists=tuple(expected({one.source: one for one in own}, delivered, contracts, today)),
        overdue=tuple(one for one in still if one.due < today),
        near=tuple(one for one in still if today <= one.due <= today + NEAR),
        later=tuple(one for one in still if one.due > today + NEAR),
        changes=tuple(_changes(viewer, group, own)),
    )


def _is_open(order: OrderInfo) -> bool:
    return order.voided_at is None and order.proved < order.total


def _changes(viewer: Viewer, group: GroupInfo, own: Sequence[AssignmentInfo]) -> Iterable[Change]:
    doubts: list[ProposalInfo] = [one for one in corrections.proposals(viewer, group.id) if one.pending]
    for held in own:
        last = corrections.last_recorded(group.id, held.source)
        outcome = corrections.outcome_of(group.id, last) if last else None
        if outcome is not None:
            yield Change(outcome=outcome, doubted=sum(one.finding.source == held.source for one in doubts))
