"""What of conduct can be found: commendations, replacements, and violations by their readers alone.

Of a violation only what its list shows is entered: number and year, nothing of the person. Whether somebody is among
its readers is asked with each search, so that a changed rule holds from the moment it is set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dean06.catalogue.types import NewEntry, Readers
from dean06.conduct.service import commendations, replacements, violations
from dean06.conduct.types import CommendationInfo, LineInfo, ReplacementInfo
from dean06.flows.cataloguing.shapes import Provider, picked
from dean06.flows.circles import VIOLATIONS as OF_VIOLATIONS
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

__all__ = ["COMMENDATIONS", "REPLACEMENTS", "VIOLATIONS"]


def _commendation(group: GroupInfo, one: CommendationInfo, names: Mapping[str, str]) -> NewEntry:
    parties = [f"{each.name} {each.post} {each.agency} {names.get(each.agency, '')}" for each in one.honoured[:20]]
    return NewEntry(
        group_id=group.id,
        kind="commendation",
        key=str(one.id),
        title=one.title,
        label=one.decided_as or f"{one.number}/{one.year}",
        words=" ".join((one.form, one.ground, *parties)),
        codes=(f"{one.number}/{one.year}", *((one.decided_as,) if one.decided_as else ())),
        route="commendations-one",
        args=(one.id,),
        at=one.proposed_at,
    )


def _commendations(group: GroupInfo, listed: Iterable[CommendationInfo]) -> list[NewEntry]:
    names = offices.agency_names(group.id)
    return [_commendation(group, one, names) for one in listed]


def _replacement(group: GroupInfo, one: ReplacementInfo, names: Mapping[str, str]) -> NewEntry:
    return NewEntry(
        group_id=group.id,
        kind="replacement",
        key=str(one.id),
        title=f"Thay thành viên: {one.holder}, {names.get(one.agency, one.agency)}",
        label=str(one.number),
        words=f"{one.agency} {one.ground}",
        route="replacements-one",
        args=(one.id,),
        at=one.opened_at,
    )


def _replacements(group: GroupInfo, _object_id: str = "") -> list[NewEntry]:
    names = offices.agency_names(group.id)
    return [_replacement(group, one, names) for one in replacements.of_flow(group.id)]


def _violation(group: GroupInfo, one: LineInfo) -> NewEntry:
    return NewEntry(
        group_id=group.id,
        kind="violation",
        key=str(one.id),
        title=f"Hồ sơ vi phạm {one.number}/{one.year}",
        label=f"{one.number}/{one.year}",
        codes=(f"{one.number}/{one.year}",),
        route="violations-one",
        args=(one.id,),
        at=one.opened_at,
        readers=Readers(circles=frozenset({OF_VIOLATIONS})),
    )


def _violations(group: GroupInfo, mark: str = "") -> list[NewEntry]:
    return [_violation(group, one) for one in violations.lines_of_flow(group.id, mark)]


COMMENDATIONS = Provider(
    kind="commendation",
    vi="Khen thưởng",
    en="Commendations",
    follows=frozenset({"commendation"}),
    touched=lambda group, id_: _commendations(
        group, picked(group, "commendation", commendations.of_flow(group.id), id_)
    ),
    every=lambda group: _commendations(group, commendations.of_flow(group.id)),
)
REPLACEMENTS = Provider(
    kind="replacement",
    vi="Thay thành viên",
    en="Replacements of members",
    follows=frozenset({"replacement"}),
    touched=_replacements,
    every=_replacements,
    wide=frozenset({"replacement"}),
)
VIOLATIONS = Provider(
    kind="violation",
    vi="Hồ sơ vi phạm",
    en="Violation files",
    follows=frozenset({violations.KIND}),
    touched=_violations,
    every=_violations,
)
