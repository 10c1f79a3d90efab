"""What of the group's money can be found: sources, requests, estimates, budgets, proposals of a mechanism.

An agency's estimate is its own and theirs who put the budget together; so are the budget and the proposals. Who these
are is asked with each search, for the charter and the group's own rules name them.
"""

from __future__ import annotations

from collections.abc import Iterable

from dean06.catalogue.types import NewEntry, Readers
from dean06.clock import service as clock
from dean06.flows.cataloguing.shapes import Provider, picked
from dean06.flows.circles import BUDGET
from dean06.flows.circles import ESTIMATES as OF_ESTIMATES
from dean06.funds.service import budgets, estimates, mechanisms, sources, spending
from dean06.funds.types import BudgetInfo, EstimateInfo, RequestInfo, SourceInfo
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

__all__ = ["BUDGETS", "ESTIMATES", "MECHANISMS", "REQUESTS", "SOURCES"]


def _source(one: SourceInfo) -> NewEntry:
    return NewEntry(
        group_id=one.group_id,
        kind="fund_source",
        key=str(one.id),
        title=one.name,
        label=one.paper.label,
        words=" ".join((one.allotted_by, str(one.year), *(line.name for line in one.lines))),
        codes=(one.paper.label,),
        route="funds",
        query={"nam": str(one.year)},
        at=one.at,
    )


def _request(one: RequestInfo) -> NewEntry:
    return NewEntry(
        group_id=one.group_id,
        kind="spending",
        key=str(one.id),
        title=one.title,
        label=f"{one.number}/{one.year}",
        words=f"{one.ground[:600]} {one.source} {one.line} {one.asked_agency}",
        codes=(str(one.number), f"{one.number}/{one.year}"),
        route="funds-request",
        args=(one.id,),
        at=one.asked_at,
    )


def _estimate(group: GroupInfo, one: EstimateInfo, names: dict[str, str]) -> NewEntry:
    return NewEntry(
        group_id=group.id,
        kind="estimate",
        key=str(one.id),
        title=f"Dự toán năm {one.year}: {names.get(one.agency, one.agency)}",
        label=str(one.year),
        words=" ".join((one.agency, *(line.content for line in one.lines[:40]))),
        route="funds-estimate",
        args=(one.year, one.agency),
        at=one.sent_at or clock.at_start_of(group.unit_on),
        readers=Readers(overseers=True, agencies=frozenset({one.agency}), circles=frozenset({OF_ESTIMATES})),
    )


def _estimates(group: GroupInfo) -> tuple[EstimateInfo, ...]:
    return estimates.of_flow(group.id, estimates.years(group.id))


def _entered(group: GroupInfo, listed: Iterable[EstimateInfo]) -> list[NewEntry]:
    """Return estimates of agencies that serve the group still: of another there is no page."""
    names = offices.agency_names(group.id)
    return [_estimate(group, one, names) for one in listed if one.agency in names]


def _budget(one: BudgetInfo) -> NewEntry:
    return NewEntry(
        group_id=one.group_id,
        kind="budget",
        key=str(one.id),
        title=f"Dự toán tổng hợp năm {one.year}, bản {one.version}",
        label=one.submitted_as or str(one.year),
        codes=(one.submitted_as,) if one.submitted_as else (),
        route="funds-budget",
        args=(one.year,),
        at=one.made_at,
        readers=Readers(overseers=True, circles=frozenset({BUDGET})),
    )


def _mechanism(group: GroupInfo, one: mechanisms.MechanismInfo) -> NewEntry:
    return NewEntry(
        group_id=group.id,
        kind="mechanism",
        key=str(one.id),
        title=one.title,
        words=one.content[:800],
        route="funds-budget",
        args=(one.at.year,),
        at=one.at,
        readers=Readers(overseers=True, circles=frozenset({BUDGET})),
    )


def _mechanisms(group: GroupInfo, _object_id: str = "") -> list[NewEntry]:
    return [_mechanism(group, one) for one in mechanisms.of_flow(group.id)]


SOURCES = Provider(
    kind="fund_source",
    vi="Nguồn kinh phí",
    en="Sources of funds",
    follows=frozenset({"fund_source"}),
    touched=lambda group, id_: map(_source, picked(group, "fund_source", sources.of_flow(group.id), id_)),
    every=lambda group: map(_source, sources.of_flow(group.id)),
)
REQUESTS = Provider(
    kind="spending",
    vi="Đề nghị chi",
    en="Spending requests",
    follows=frozenset({"spending"}),
    touched=lambda group, id_: map(_request, picked(group, "spending", spending.of_flow(group.id), id_)),
    every=lambda group: map(_request, spending.of_flow(group.id)),
)
ESTIMATES = Provider(
    kind="estimate",
    vi="Dự toán của cơ quan",
    en="Agencies' estimates",
    follows=frozenset({"estimate"}),
    touched=lambda group, id_: _entered(group, picked(group, "estimate", _estimates(group), id_)),
    every=lambda group: _entered(group, _estimates(group)),
)
BUDGETS = Provider(
    kind="budget",
    vi="Dự toán tổng hợp",
    en="Consolidated budgets",
    follows=frozenset({"budget"}),
    touched=lambda group, id_: map(_budget, picked(group, "budget", budgets.of_flow(group.id), id_)),
    every=lambda group: map(_budget, budgets.of_flow(group.id)),
)
MECHANISMS = Provider(
    kind="mechanism",
    vi="Đề xuất cơ chế kinh phí",
    en="Proposals of a funding mechanism",
    follows=frozenset({"mechanism"}),
    touched=_mechanisms,
    every=_mechanisms,
    wide=frozenset({"mechanism"}),
)
