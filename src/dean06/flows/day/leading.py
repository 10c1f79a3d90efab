"""The day of who leads: what stands in the way, a line each, with the agency that has it and the clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dean06.corrections import service as corrections
from dean06.corrections.types import DispositionKind, OrderInfo, ProposalInfo
from dean06.flows.day.expected import Expected, expected
from dean06.offices.types import GroupInfo, Viewer
from dean06.reconcile.service import contradictions, summaries
from dean06.reconcile.service.summaries import Scored
from dean06.sources import service as sources
from dean06.sources.live import Contracts
from dean06.sources.types import AssignmentInfo, DeliveryInfo, DisputeInfo

ANSWERS = (DispositionKind.REFUSED, DispositionKind.NOT_OURS)

__all__ = ["LeadingDay", "Owing", "leading_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """What one agency has let pass: its overdue orders, the rows in them not proved, and the oldest."""

    agency: str
    orders: int
    rows: int
    oldest: OrderInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingDay:
    """What stands in the way of the group.

    Attributes:
        contradictions: open rows that two lists say differently, by the rule that says so, the most first.
        missing: lists that did not come by their day.
        weakest: the newest scores of each source, the furthest below its threshold first.
        doubts: proposals on the register that are not settled, the oldest first.
        answers: rows that agencies refused or said are not theirs, which the group has to decide on.
        disputed: rules of which an agency says that they are wrong, and nobody has decided; the oldest first.
        resting: rules that rest, the one that works again soonest first.
    """

    overdue: tuple[Owing, ...]
    contradictions: Mapping[str, int]
    missing: tuple[Expected, ...]
    weakest: tuple[Scored, ...]
    doubts: tuple[ProposalInfo, ...]
    answers: int
    disputed: tuple[DisputeInfo, ...]
    resting: tuple[DisputeInfo, ...]


def leading_day(
    viewer: Viewer,
    group: GroupInfo,
    standing: Mapping[str, AssignmentInfo],
    delivered: Iterable[DeliveryInfo],
    contracts: Contracts,
    see_all: frozenset[str],
    now: datetime,
) -> LeadingDay:
    """Return what stands in the way, for whoever answers for the whole group."""
    today = now.date()
    codes = frozenset(rule.code for rule in contradictions.rules())
    counted = corrections.open_counts(viewer, group.id, ("rule",), codes, see_all=see_all)
    scored = [one for one in summaries.newest_scores(viewer, (group.id,), now) if one.weakest is not None]
    doubts = [one for one in corrections.proposals(viewer, group.id) if one.pending]
    disputes = sources.disputes(viewer, group.id)
    return LeadingDay(
        overdue=tuple(_owing(corrections.orders(viewer, group.id, see_all=see_all), today)),
        contradictions=dict(
            sorted(((rule, n) for (rule,), n in counted.items()), key=lambda pair: (-pair[1], pair[0]))
        ),
        missing=tuple(one for one in expected(standing, delivered, contracts, today) if one.late),
        weakest=tuple(sorted(scored, key=lambda one: one.weakest[1].gap if one.weakest else 0.0)),
        doubts=tuple(sorted(doubts, key=lambda one: one.number)),
        answers=sum(len(corrections.waiting_answers(group.id, kind)) for kind in ANSWERS),
        disputed=tuple(sorted((one for one in disputes if one.waiting), key=lambda one: one.number)),
        resting=tuple(sorted((one for one in disputes if one.rests_on(today)), key=lambda one: one.until or today)),
    )


def _owing(orders: Iterable[OrderInfo], today: date) -> list[Owing]:
    """Return the agencies with overdue orders, the one with most rows first."""
    held: dict[str, list[OrderInfo]] = {}
    for one in orders:
        if one.voided_at is None and one.proved < one.total and one.due < today:
            held.setdefault(one.agency, []).append(one)
    found = [
        Owing(
            agency=agency,
            orders=len(some),
            rows=sum(one.total - one.proved for one in some),
            oldest=min(some, key=lambda one: (one.due, one.number)),
        )
        for agency, some in held.items()
    ]
    return sorted(found, key=lambda one: (-one.rows, one.agency))
