"""A list of members as an office keeps it: read against the charter, compared with who sits now, taken in whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Charter
from dean06.clock import service as clock
from dean06.flows import seating
from dean06.flows.setup import Member
from dean06.offices import service as offices
from dean06.offices.service import seats
from dean06.offices.types import GroupInfo, Instrument, SeatInfo
from dean06.orthography import service as orthography

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"

__all__ = ["CHANGED", "NEW", "SAME", "WRONG", "Line", "Read", "compared", "enlist"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a list as it was written; days are None where the row names none."""

    number: int
    holder: str
    role: str
    agency: str
    post: str
    mark: str
    since: date | None
    instrument: str
    instrument_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A row as understood: what it would do, the person for the seat, who sits there now, or what is wrong with it."""

    line: Line
    state: str
    member: Member | None = None
    before: str = ""
    vi: str = ""
    en: str = ""


class _Words:
    """Roles and agencies of a charter by every way in which a list may write them."""

    def __init__(self, charter: Charter, agencies: Mapping[str, str]) -> None:
        kinds = charters.vocabulary().role_kinds
        self.roles: dict[str, str] = {}
        for code in kinds:
            self._name(self.roles, code, code, charters.role_name(charter, code))
        for code, role in charter.roles.items():
            self._name(self.roles, code, role.title, *role.aliases)
        self.agencies: dict[str, str] = {}
        for code, name in agencies.items():
            known = charter.agencies.get(code)
            self._name(self.agencies, code, code, name, known.short if known else "")

    @staticmethod
    def _name(kept: dict[str, str], code: str, *names: str) -> None:
        for name in names:
            if name:
                kept.setdefault(orthography.search_key(name), code)

    def role(self, text: str) -> str | None:
        return self.roles.get(orthography.search_key(text))

    def agency(self, text: str) -> str | None:
        return self.agencies.get(orthography.search_key(text))


def compared(
    group: GroupInfo, lines: Sequence[Line], since: date, instrument: Instrument
) -> tuple[list[Read], list[SeatInfo]]:
    """Return what each row of a list would do, and the seats that are held and stand in no row.

    `since` and `instrument` are for rows that name none of their own.
    """
    today = clock.today(group)
    charter = adoption.charter_of(group.charter_line, today)
    words = _Words(charter, offices.agency_names(group.id))
    held = {(one.role, one.agency, one.mark): one for one in seats.seats_of(group.id, today)}
    found: list[Read] = []
    taken: set[tuple[str, str | None, str]] = set()
    for line in lines:
        read = _read(line, words, since, instrument)
        if read.member is not None:
            place = (read.member.role, read.member.agency, read.member.mark)
            read = (
                _wrong(line, "dòng trùng vị trí với dòng trên", "a second row for one seat")
                if place in taken
                else (_against(read, held.get(place)))
            )
            taken.add(place)
        found.append(read)
    left = [one for place, one in held.items() if one.holder and place not in taken]
    return found, left


def _wrong(line: Line, vi: str, en: str) -> Read:
    return Read(line=line, state=WRONG, vi=f"Dòng {line.number}: {vi}", en=f"Row {line.number}: {en}")


def _read(line: Line, words: _Words, since: date, instrument: Instrument) -> Read:
    role = words.role(line.role)
    agency = words.agency(line.agency) if line.agency else None
    if not line.holder:
        return _wrong(line, "thiếu họ tên", "no name")
    if role is None:
        return _wrong(line, f"không có vai «{line.role}» trong quy chế", f"no role {line.role!r} in the charter")
    if line.agency and agency is None:
        return _wrong(line, f"không có cơ quan «{line.agency}»", f"no agency {line.agency!r}")
    own = Instrument(number=line.instrument, on=line.instrument_on) if line.instrument and line.instrument_on else None
    member = Member(
        role=role,
        agency=agency,
        holder=line.holder,
        since=line.since or since,
        post=line.post,
        mark=line.mark,
        instrument=own or instrument,
    )
    return Read(line=line, state=NEW, member=member)


def _against(read: Read, seat: SeatInfo | None) -> Read:
    """Compare a row with who sits there: the same person and post is no change."""
    member = read.member
    if seat is None or not seat.holder or member is None:
        return read
    same = orthography.search_key(seat.holder) == orthography.search_key(member.holder)
    state = SAME if same and member.post in ("", seat.post) else CHANGED
    before = f"{seat.holder}, {seat.post}" if seat.post else seat.holder
    return Read(line=read.line, state=state, member=member, before=before)


def enlist(account: str, group: GroupInfo, found: Iterable[Read]) -> int:
    """Put every person of these rows in their seat, all of them or none; returns how many."""
    now = {(one.role, one.agency, one.mark): one for one in seats.seats_of(group.id, clock.today(group))}
    count = 0
    with transaction.atomic():
        for one in found:
            if one.member is None or one.state not in (NEW, CHANGED):
                continue
            seat = now.get((one.member.role, one.member.agency, one.member.mark))
            kept = seat is not None and orthography.search_key(seat.holder) == orthography.search_key(one.member.holder)
            account_ = seat.account if kept and seat is not None else None
            seating.sit(account, group, _with(one.member, account_))
            count += 1
    return count


def _with(member: Member, account: str | None) -> Member:
    return Member(
        role=member.role,
        agency=member.agency,
        holder=member.holder,
        since=member.since,
        account=account,
        post=member.post,
        instrument=member.instrument,
        mark=member.mark,
    )
