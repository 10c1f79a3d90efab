"""Who must have read the charter and has: its addressees, their own word for it, or a sheet entered with its scan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Charter, Citation, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, permit
from dean06.offices import service as offices
from dean06.offices.service import acknowledgements, appointments, seats
from dean06.offices.types import BY_POST, AppointmentInfo, GroupInfo, SeatInfo, Viewer
from dean06.papers.service import pieces

ACTION = "charter.carry_out"
HEAD, MEMBER = "agency_head", "member"

__all__ = ["Addressee", "Missing", "acknowledge", "addressees", "enter_paper", "owed_by", "remind"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody to whom the charter is addressed: their seat, their time in it, and the clause that names them."""

    seat: SeatInfo
    appointment: AppointmentInfo
    clause: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """An addressee whom nobody has recorded yet: the party the charter names, and its clause."""

    party: str
    name: str
    clause: Citation


def _named(charter: Charter) -> list[tuple[str, str | None, Citation]]:
    """Return (role, agency, clause) of everybody a charter bids carry it out, in its order."""
    return [
        (bearer.role, bearer.agency, norm.cite)
        for norm in charter.norms
        if norm.action == ACTION
        for bearer in norm.bearers
    ]


def addressees(group: GroupInfo) -> tuple[list[Addressee], list[Missing]]:
    """Return who of a group must have read its charter, and which addressees nobody has recorded."""
    today = clock.today(group)
    charter = adoption.charter_of(group.charter_line, today)
    held = {one.seat_id: one for one in appointments.appointments_on(group.id, today)}
    listed = [one for one in seats.seats_of(group.id, today) if one.id in held]
    found: dict[int, Addressee] = {}
    missing: dict[str, Missing] = {}
    for role, agency, cite in _named(charter):
        fits = [one for one in listed if _fits(one, role, agency)]
        for one in fits:
            found.setdefault(one.id, Addressee(seat=one, appointment=held[one.id], clause=cite))
        for party in _unrecorded(charter, role, agency, listed):
            missing.setdefault(party, Missing(party=party, name=charters.party_name(charter, party), clause=cite))
    return list(found.values()), list(missing.values())


def _fits(seat: SeatInfo, role: str, agency: str | None) -> bool:
    """Say whether a seat is one that a bearer names; the head of an agency also by the post that gives the seat."""
    if agency is not None and seat.agency != agency:
        return False
    if role == HEAD:
        return seat.role == HEAD or (seat.kind == BY_POST and seat.agency is not None)
    return seat.role == role or (role == MEMBER and seat.role in charters.vocabulary().members)


def _unrecorded(charter: Charter, role: str, agency: str | None, listed: list[SeatInfo]) -> list[str]:
    """Return the parties of a bearer that no seat stands for: heads of agencies, chairs of communes."""
    if charters.vocabulary().role_kinds.get(role) != "post":
        return []
    wanted = [agency] if agency else list(charter.member_agencies) if role == HEAD else [None]
    return [f"{role}:{code}" if code else role for code in wanted if not any(_fits(one, role, code) for one in listed)]


def owed_by(viewer: Viewer, group: GroupInfo) -> list[Addressee]:
    """Return the seats of a reader whose holder has not acknowledged the version in force."""
    if not viewer.sits_in(group.id):
        return []
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    mine = [one for one in addressees(group)[0] if one.appointment.account == viewer.account]
    read = acknowledgements.acknowledged(viewer, group.id, charter.hash) if mine else {}
    return [one for one in mine if one.appointment.id not in read]


def acknowledge(account: str, group: GroupInfo, charter_hash: str) -> int:
    """Record that the person has read the version shown; returns for how many of their seats."""
    charter = _shown(group, charter_hash)
    owed = owed_by(offices.viewer(account, clock.today()), group)
    if not owed:
        raise BadInput("Bạn đã xác nhận bản này, hoặc quy chế không gửi tới vị trí của bạn.", "Nothing to acknowledge.")
    today = clock.today(group)
    with transaction.atomic():
        for one in owed:
            digest = acknowledgements.reading_digest(charter.hash, today)
            obj = ObjectRef(kind="acknowledgement", id=f"{group.slug}:{one.appointment.id}", digest=digest)
            facts = {"acknowledgement.is_own": True}
            by = permit(Act(account=account, group=group, action="charter.acknowledge", obj=obj, facts=facts))
            acknowledgements.acknowledge(by, group.id, one.appointment.id, charter.hash, today)
    return len(owed)


def enter_paper(account: str, group: GroupInfo, appointment_id: int, read_on: date, upload: tuple[bytes, str]) -> None:
    """Enter an acknowledgement that was signed on paper, with its scan."""
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    if appointment_id not in {one.appointment.id for one in addressees(group)[0]}:
        raise BadInput("Quy chế không gửi tới người này.", "The charter is not addressed to this person.")
    if read_on > clock.today(group):
        raise BadInput("Ngày xác nhận sau hôm nay.", "The day lies after today.")
    sha256, suffix, _ = pieces.keep_upload(*upload)
    digest = acknowledgements.reading_digest(charter.hash, read_on, sha256)
    obj = ObjectRef(kind="acknowledgement", id=f"{group.slug}:{appointment_id}", digest=digest)
    by = permit(Act(account=account, group=group, action="charter.enter_acknowledgement", obj=obj))
    acknowledgements.acknowledge(by, group.id, appointment_id, charter.hash, read_on, (sha256, suffix))


def remind(account: str, group: GroupInfo, chosen: Iterable[int]) -> list[Addressee]:
    """Record that those who have not read the version in force are reminded; returns them."""
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    read = acknowledgements.acknowledged(offices.viewer(account, clock.today()), group.id, charter.hash)
    wanted = set(chosen)
    people = [
        one
        for one in addressees(group)[0]
        if one.appointment.id not in read and (not wanted or one.appointment.id in wanted)
    ]
    if not people:
        raise BadInput("Không còn ai phải nhắc.", "Nobody is left to remind.")
    ids = [one.appointment.id for one in people]
    digest = acknowledgements.reminder_digest(charter.hash, ids)
    obj = ObjectRef(kind="acknowledgement", id=f"{group.slug}:{charter.hash[:16]}", digest=digest)
    by = permit(Act(account=account, group=group, action="charter.enter_acknowledgement", obj=obj))
    acknowledgements.remind(by, group.id, charter.hash, ids)
    return people


def _shown(group: GroupInfo, charter_hash: str) -> Charter:
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    if charter.hash != charter_hash:
        raise BadInput(
            "Quy chế đã có bản mới: đọc bản mới rồi xác nhận.", "There is a newer version: read it, then acknowledge."
        )
    return charter
