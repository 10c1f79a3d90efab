"""What of people and agencies can be found: seats with their holders, agencies, agencies' monthly reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dean06.catalogue.types import NewEntry, Readers
from dean06.clock import service as clock
from dean06.flows.cataloguing.shapes import Provider
from dean06.offices import service as offices
from dean06.offices.service import agencies, seats
from dean06.offices.types import AgencyInfo, GroupInfo, SeatInfo
from dean06.reports.service import agency_reports
from dean06.reports.types import AgencyReportInfo

__all__ = ["AGENCIES", "AGENCY_REPORTS", "SEATS"]


def _seat(group: GroupInfo, one: SeatInfo, names: dict[str, str]) -> NewEntry:
    agency = names.get(one.agency, one.agency) if one.agency else ""
    return NewEntry(
        group_id=group.id,
        kind="seat",
        key=str(one.id),
        title=one.holder or one.title,
        label=one.title if one.holder else "",
        words=f"{one.post} {one.agency or ''} {agency} {one.instrument}",
        codes=(one.instrument,) if one.instrument else (),
        route="offices-seat",
        args=(one.id,),
        at=clock.at_start_of(one.since or group.unit_on),
    )


def _seats(group: GroupInfo, _object_id: str = "") -> list[NewEntry]:
    names = offices.agency_names(group.id)
    return [_seat(group, one, names) for one in seats.seats_of(group.id, clock.today(group))]


def _agency(group: GroupInfo, one: AgencyInfo) -> NewEntry:
    return NewEntry(
        group_id=group.id,
        kind="agency",
        key=one.code,
        title=one.name,
        label=one.code,
        words=" ".join((one.short_name, *(post.title for post in one.posts), *(before.name for before in one.former))),
        codes=(one.code,),
        route="offices-agency",
        args=(one.code,),
        at=clock.at_start_of(group.unit_on),
    )


def _agencies(group: GroupInfo, _object_id: str = "") -> list[NewEntry]:
    return [_agency(group, one) for one in agencies.agencies_of(group.id)]


def _report(group: GroupInfo, one: AgencyReportInfo, names: Mapping[str, str]) -> NewEntry:
    """Return an agency's report: its own while it is written, the group's from when it was sent first."""
    month = clock.as_read(one.month)
    return NewEntry(
        group_id=group.id,
        kind="agency_report",
        key=str(one.id),
        title=f"Báo cáo tháng {month}: {names.get(one.agency, one.agency)}",
        label=month,
        words=f"{one.agency} {one.month}",
        codes=(one.month,),
        route="agency-reports-one",
        args=(one.month, one.agency),
        at=one.changed_at,
        readers=Readers(everybody=one.version > 0, agencies=frozenset({one.agency})),
    )


def _touched_report(group: GroupInfo, object_id: str) -> list[NewEntry]:
    _, _, named = object_id.partition(":")
    month, _, agency = named.partition(":")
    found = agency_reports.for_work(group.id, month, agency)
    return [_report(group, found, offices.agency_names(group.id))] if found else []


def _every_report(group: GroupInfo) -> Iterator[NewEntry]:
    names = offices.agency_names(group.id)
    return (_report(group, one, names) for one in agency_reports.every(group.id))


SEATS = Provider(
    kind="seat",
    vi="Người, vị trí",
    en="People and seats",
    follows=frozenset({"seat", "group"}),
    touched=_seats,
    every=_seats,
    whole=True,
)
AGENCIES = Provider(
    kind="agency",
    vi="Cơ quan",
    en="Agencies",
    follows=frozenset({"agency", "group"}),
    touched=_agencies,
    every=_agencies,
    whole=True,
)
AGENCY_REPORTS = Provider(
    kind="agency_report",
    vi="Báo cáo của cơ quan",
    en="Agencies' reports",
    follows=frozenset({"agency_report"}),
    touched=_touched_report,
    every=_every_report,
)
