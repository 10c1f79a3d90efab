"""People and places of a group: seats filled and emptied by a paper, agencies with posts and names, the seals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import setup
from dean06.flows.authority import Act, permit
from dean06.flows.setup import Member
from dean06.identity import service as identity
from dean06.offices import service as offices
from dean06.offices.service import agencies, appointments, seals, seats
from dean06.offices.types import AgencyInfo, Capacity, GroupInfo, Instrument, NewSeal, SealInfo, SeatInfo, Viewer
from dean06.papers.service import pieces

__all__ = [
    "add_agency",
    "attach",
    "change_post",
    "enter_seal",
    "give",
    "leave",
    "merge_agency",
    "rename_agency",
    "retire_seal",
    "set_post",
    "sit",
]


def sit(account: str, group: GroupInfo, member: Member) -> Capacity:
    """Put a person in a seat by the paper that appoints them; the former holder's time ends the day before."""
    if not member.holder.strip():
        raise BadInput("Ghi họ tên người giữ vị trí.", "Name who holds the seat.")
    if member.instrument is None:
        raise BadInput(
            "Ghi số và ngày văn bản cử hoặc bổ nhiệm.", "Give number and date of the paper that appoints them."
        )
    return setup.seat(account, group, member)


def leave(account: str, group: GroupInfo, seat_id: int, last_day: date, instrument: Instrument) -> None:
    """Record the last day of a seat's holder by a paper, with nobody in their place yet."""
    seat = _seat(group, seat_id)
    obj = ObjectRef(kind="seat", id=_ref(group, seat), digest=appointments.ending_digest(seat_id, last_day, instrument))
    facts = {"appointment.has_instrument": bool(instrument.number)}
    by = permit(Act(account=account, group=group, action="seat.end", obj=obj, facts=facts))
    appointments.end_appointment(by, group.id, seat_id, last_day, instrument)


def attach(account: str, group: GroupInfo, seat_id: int, username: str) -> None:
    """Let the holder of a seat sign in with an account that is theirs already, as of another group."""
    owner = identity.account(username).public_id
    give(account, group, seat_id, owner)


def give(account: str, group: GroupInfo, seat_id: int, owner: str) -> None:
    """Give the holder of a seat an account."""
    seat = _seat(group, seat_id)
    obj = ObjectRef(kind="seat", id=_ref(group, seat), digest=appointments.account_digest(seat_id, owner))
    facts = {"appointment.has_instrument": True}
    by = permit(Act(account=account, group=group, action="seat.appoint", obj=obj, facts=facts))
    appointments.attach_account(by, group.id, seat_id, owner, clock.today(group))


def change_post(account: str, viewer: Viewer, post_id: int, member: Member) -> list[Capacity]:
    """Put the new holder of a post in every seat that goes with it, in each group where the account sits.

    Refused whole where the charter of one of the groups refuses.
    """
    found = seats.held_by_post(viewer, post_id, clock.today())
    if not found:
        raise BadInput("Không ghế nào của tổ đi theo chức vụ này.", "No seat goes with this post.")
    made = []
    for group_id, seat in found:
        told = replace(member, role=seat.role, agency=seat.agency, post=seat.post, mark=seat.mark)
        made.append((offices.group_by_id(group_id), told))
    with transaction.atomic():
        return [sit(account, group, told) for group, told in made]


def _seat(group: GroupInfo, seat_id: int) -> SeatInfo:
    found = next((one for one in seats.seats_of(group.id, clock.today(group)) if one.id == seat_id), None)
    if found is None:
        raise BadInput("Vị trí này không thuộc tổ.", "This seat is not one of the group.")
    return found


def _ref(group: GroupInfo, seat: SeatInfo) -> str:
    place = f"{group.slug}:{seat.role}:{seat.agency or '-'}"
    return f"{place}:{seat.mark}" if seat.mark else place


# ---------------------------------------------------------------- agencies


def _of_agency(account: str, group: GroupInfo, code: str, digest: str) -> Permit:
    obj = ObjectRef(kind="agency", id=f"{group.slug}:{code}", digest=digest)
    return permit(Act(account=account, group=group, action="agency.set", obj=obj))


def add_agency(account: str, group: GroupInfo, code: str, name: str, same_as: str = "") -> None:
    """Let an agency serve the group beside those of its charter.

    `same_as` names one that serves another group of the account already, as `group:code`; then it keeps its name.
    """
    known = _known_agency(account, same_as) if same_as else None
    named = known.name if known else " ".join(name.split())
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    if not code.isalnum() or not code.isascii() or len(code) > 20:
        raise BadInput("Mã cơ quan gồm chữ cái và số, tối đa 20.", "A code takes letters and digits, at most 20.")
    told = charter.agencies.get(code)
    by = _of_agency(account, group, code, agencies.agency_digest(code=code, name=named))
    agencies.serve(by, group.id, code, named, told.short if told else "", known.id if known else None)


def _known_agency(account: str, same_as: str) -> AgencyInfo:
    """Return an agency of another group in which the account sits."""
    group_id, _, code = same_as.partition(":")
    seen = offices.viewer(account, clock.today())
    found = agencies.agency_seen(seen, int(group_id), code) if group_id.isdecimal() else None
    if found is None:
        raise BadInput("Không có cơ quan này ở tổ khác của bạn.", "No other group of yours has this agency.")
    return found


def rename_agency(account: str, group: GroupInfo, code: str, name: str, since: date, instrument: Instrument) -> None:
    """Give an agency another name from a day on, by a paper."""
    named = " ".join(name.split())
    digest = agencies.agency_digest(code=code, renamed=named, since=since, by=instrument.number)
    agencies.rename_agency(_of_agency(account, group, code, digest), group.id, code, named, since, instrument)


def merge_agency(
    account: str, group: GroupInfo, code: str, last_day: date, instrument: Instrument, heirs: Iterable[str]
) -> None:
    """Record that an agency is merged or abolished after a day, and who succeeds it."""
    chosen = tuple(heirs)
    digest = agencies.agency_digest(code=code, last_day=last_day, by=instrument.number, heirs=",".join(chosen))
    agencies.end_agency(_of_agency(account, group, code, digest), group.id, code, last_day, instrument, chosen)


def set_post(account: str, group: GroupInfo, code: str, title: str, *, is_head: bool) -> None:
    """Enter a post of an agency."""
    named = " ".join(title.split())[:160]
    by = _of_agency(account, group, code, agencies.agency_digest(code=code, post=named, head=is_head))
    agencies.set_post(by, group.id, code, named, is_head=is_head)


# ---------------------------------------------------------------- seals


def enter_seal(account: str, group: GroupInfo, new: NewSeal, print_: tuple[bytes, str] | None = None) -> SealInfo:
    """Enter a seal in the register, with a picture of its print where there is one."""
    if print_ is not None:
        sha256, suffix, _ = pieces.keep_upload(*print_)
        new = replace(new, specimen=sha256, suffix=suffix)
    obj = ObjectRef(kind="seal", id=f"{group.slug}:{new.agency}", digest=new.digest())
    by = permit(Act(account=account, group=group, action="seal.register", obj=obj))
    return seals.register_seal(by, group.id, new)


def retire_seal(account: str, group: GroupInfo, seal: SealInfo, until: date) -> None:
    """Record the last day of a seal."""
    digest = seals.retirement_digest(seal.id, until)
    obj = ObjectRef(kind="seal", id=f"{group.slug}:{seal.agency}", digest=digest)
    by = permit(Act(account=account, group=group, action="seal.register", obj=obj))
    seals.end_seal(by, group.id, seal.id, until)
