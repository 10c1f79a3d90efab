"""From the thought of a meeting to its convocation: draft, agenda, invitees, papers, approval; and calling it off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from dean06.charter import service as charters
from dean06.charter.errors import RuleNeedsReason
from dean06.charter.types import Fact
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import counting_rules, overdue_orders
from dean06.flows.authority import Act, ask
from dean06.flows.meeting_permits import holder, own_meeting, to
from dean06.meetings.service import agendas, meetings
from dean06.meetings.types import Called, Kind, MeetingInfo, NewItem, NewMeeting, State, Upload, obj
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo
from dean06.papers.service import documents

MONTH_IN_TITLE = re.compile(r"tháng \d{1,2}/\d{4}")
VOTING = ("leader", "member")
NOTICE = "G-06"
UNFORESEEN = (Kind.AD_HOC, Kind.SESSION)

__all__ = [
    "add_item",
    "approve_agenda",
    "attach_file",
    "attach_paper",
    "call_off",
    "carry_over",
    "change",
    "change_item",
    "content_ready",
    "convene",
    "copy",
    "detach",
    "drop_item",
    "entitled",
    "invite_guest",
    "invite_seats",
    "members",
    "move_item",
    "prepare",
    "uninvite",
]


def entitled(role: str) -> bool:
    """Say whether a seat is one of the group's members, who decide: the leader and every seat that is also a member."""
    return role in VOTING or role in charters.vocabulary().members


def members(group: GroupInfo, on: date) -> tuple[Capacity, ...]:
    """Return who sits in the group as a member on a day, in the charter's order."""
    return tuple(one for one in offices.holders(group.id, on) if entitled(one.role))


def _seats(group: GroupInfo, new: NewMeeting) -> tuple[Capacity, Capacity | None]:
    held = offices.holders(group.id, new.starts_at.astimezone(clock.TZ).date())
    chair = holder(new.chair_seat, held)
    return chair, holder(new.secretary_seat, held) if new.secretary_seat else None


def prepare(account: str, group: GroupInfo, new: NewMeeting, *, whole: bool = True) -> MeetingInfo:
    """Prepare a meeting, the whole group invited unless said otherwise."""
    seats = _seats(group, new)
    with transaction.atomic():
        slot = agendas.reserve(group.id, group.slug, new.starts_at.astimezone(clock.TZ).year)
        by = to(account, group, obj(slot.ref, "drafted", **new.told()), "meeting.draft")
        made = agendas.create(by, slot, new, seats)
    if whole:
        invite_seats(account, group, made.id, [one.seat_id for one in members(group, _day(made))])
    overdue_orders.on_agenda(account, group, made)
    return made


def _day(meeting: MeetingInfo) -> date:
    return meeting.starts_at.astimezone(clock.TZ).date()


def change(account: str, group: GroupInfo, meeting_id: int, new: NewMeeting, reason: str | None = None) -> MeetingInfo:
    """Change a meeting; once it is convened only whoever may call it off moves it."""
    before = own_meeting(group, meeting_id)
    action = "meeting.draft" if before.state is State.DRAFT else "meeting.cancel"
    by = to(account, group, obj(before.ref, "changed", **new.told()), action, reason=reason)
    return agendas.change(by, meeting_id, new, _seats(group, new))


def convene(account: str, group: GroupInfo, meeting_id: int, reason: str | None = None) -> MeetingInfo:
    """Convene a meeting, by whomever the charter lets: the leader, or who leads in the leader's absence."""
    meeting = own_meeting(group, meeting_id)
    facts: Mapping[str, Fact] = {"meeting.kind": meeting.kind.value}
    action = "meeting.convene" if meeting.is_of_group else "working_session.hold"
    told = {"starts": meeting.starts_at.isoformat()}
    if meeting.agenda_approved_at is None:
        overdue_orders.on_agenda(account, group, meeting)
    what = obj(meeting.ref, "convened", **told)
    by = to(account, group, what, action, facts=facts, reason=reason)
    if not (reason and reason.strip()):
        _in_time(group, Act(account=account, group=group, action=action, obj=what, facts=dict(facts)), meeting)
    return agendas.convene(by, meeting_id)


def _in_time(group: GroupInfo, act: Act, meeting: MeetingInfo) -> None:
    """Ask for a reason where a meeting that is foreseen is convened later than the group's own rule has it.

    Our own default binds nobody; an ad hoc meeting and a working session are short of notice by what they are.
    """
    rule = counting_rules.rule(group, NOTICE)
    if rule.source != "local" or meeting.kind in UNFORESEEN:
        return
    left = (meeting.starts_at.astimezone(clock.TZ).date() - clock.today(group)).days
    if left < rule.days:
        raise RuleNeedsReason(
            ask(act).decision,
            f"Quy ước số {rule.number} của tổ ({NOTICE}): triệu tập trước {rule.days} ngày; còn {max(0, left)} ngày.",
            f"The group's rule {rule.number} ({NOTICE}): convened {rule.days} days before; {max(0, left)} are left.",
        )


def call_off(account: str, group: GroupInfo, meeting_id: int, reason: str) -> MeetingInfo:
    """Call a meeting off; a draft is dropped by whoever may draft."""
    meeting, why = own_meeting(group, meeting_id), " ".join(reason.split())[:400]
    action = "meeting.draft" if meeting.state is State.DRAFT else "meeting.cancel"
    by = to(account, group, obj(meeting.ref, "called_off", reason=why), action, reason=why or None)
    return agendas.call_off(by, meeting_id, why)


# ------------------------------------------------------------------ agenda


def add_item(account: str, group: GroupInfo, meeting_id: int, new: NewItem) -> None:
    """Put an item on the agenda."""
    meeting = own_meeting(group, meeting_id)
    told = {"title": new.title, "from": new.carried_from}
    agendas.add_item(to(account, group, obj(meeting.ref, "item_added", **told), "meeting.draft"), meeting_id, new)


def change_item(account: str, group: GroupInfo, meeting_id: int, item_id: int, new: NewItem) -> None:
    """Change an item that has not begun."""
    meeting, told = own_meeting(group, meeting_id), {"item": item_id, "title": new.title}
    by = to(account, group, obj(meeting.ref, "item_changed", **told), "meeting.draft")
    agendas.change_item(by, meeting_id, item_id, new)


def drop_item(account: str, group: GroupInfo, meeting_id: int, item_id: int) -> None:
    """Take an item off."""
    meeting = own_meeting(group, meeting_id)
    by = to(account, group, obj(meeting.ref, "item_dropped", item=item_id), "meeting.draft")
    agendas.drop_item(by, meeting_id, item_id)


def move_item(account: str, group: GroupInfo, meeting_id: int, item_id: int, step: int) -> None:
    """Move an item one place up (-1) or down (+1)."""
    meeting, told = own_meeting(group, meeting_id), {"item": item_id, "step": step}
    by = to(account, group, obj(meeting.ref, "item_moved", **told), "meeting.draft")
    agendas.move_item(by, meeting_id, item_id, step)


def carry_over(account: str, group: GroupInfo, meeting_id: int) -> int:
    """Take the unfinished items of the meeting before into this one's agenda; returns how many."""
    meeting = own_meeting(group, meeting_id)
    if meeting.previous is None:
        raise BadInput("Cuộc họp này chưa nêu cuộc họp trước.", "This meeting names no meeting before it.")
    left = [one for one in meetings.unfinished(meeting.previous) if not overdue_orders.brings(meeting, one.title)]
    for one in left:
        new = NewItem(title=one.title, kind=one.kind, minutes=one.minutes, agency=one.agency, carried_from=one.id)
        add_item(account, group, meeting_id, new)
    return len(left)


def approve_agenda(account: str, group: GroupInfo, meeting_id: int, reason: str | None = None) -> MeetingInfo:
    """Approve the agenda as it stands; the charter says who directs what is discussed."""
    meeting = own_meeting(group, meeting_id)
    overdue_orders.on_agenda(account, group, meeting)
    told = {"items": len(meetings.items(meeting_id))}
    by = to(account, group, obj(meeting.ref, "agenda_approved", **told), "agenda.direct", reason=reason)
    return agendas.approve_agenda(by, meeting_id)


def content_ready(account: str, group: GroupInfo, meeting_id: int, reason: str | None = None) -> MeetingInfo:
    """Record that content and situation report are ready, by whom the charter makes prepare them."""
    meeting = own_meeting(group, meeting_id)
    by = to(account, group, obj(meeting.ref, "content_ready"), "meeting_content.prepare", reason=reason)
    return agendas.mark_content(by, meeting_id)


# ------------------------------------------------------------------ papers and people


def attach_file(account: str, group: GroupInfo, meeting_id: int, file: Upload, item_id: int | None = None) -> None:
    """Lay an uploaded file on the table."""
    meeting = own_meeting(group, meeting_id)
    told = {"paper": None, "sha256": file.sha256, "item": item_id, "form": ""}
    by = to(account, group, obj(meeting.ref, "paper_laid", **told), "meeting.draft")
    agendas.attach(by, meeting_id, file, item_id)


def attach_paper(account: str, group: GroupInfo, meeting_id: int, paper_id: int, item_id: int | None = None) -> None:
    """Lay a draft or an issued paper of the group on the table."""
    meeting = own_meeting(group, meeting_id)
    viewer = offices.viewer(account, clock.today())
    paper = documents.paper(viewer, paper_id)
    if paper is None or paper.group_id != group.id:
        raise BadInput("Không có văn bản này trong tổ.", "There is no such paper in this group.")
    told = {"paper": paper_id, "sha256": "", "item": item_id, "form": ""}
    by = to(account, group, obj(meeting.ref, "paper_laid", **told), "meeting.draft")
    agendas.attach(by, meeting_id, paper_id, item_id)


def detach(account: str, group: GroupInfo, meeting_id: int, attached: int) -> None:
    """Take a paper off the table."""
    meeting = own_meeting(group, meeting_id)
    by = to(account, group, obj(meeting.ref, "paper_taken_off", paper=attached), "meeting.draft")
    agendas.detach(by, meeting_id, attached)


def invite_seats(
    account: str, group: GroupInfo, meeting_id: int, seat_ids: Iterable[int], reason: str | None = None
) -> int:
    """Invite holders of seats; who decides whom to invite is the charter's, a draft only intends it."""
    meeting, wanted = own_meeting(group, meeting_id), set(seat_ids)
    held = [one for one in offices.holders(group.id, _day(meeting)) if one.seat_id in wanted]
    called = [
        Called(
            name=one.holder,
            post=one.hat,
            role=one.role,
            agency=one.agency or "",
            seat_id=one.seat_id,
            account=one.account or "",
            votes=entitled(one.role),
        )
        for one in held
    ]
    return _invite(account, group, meeting, called, reason)


def invite_guest(account: str, group: GroupInfo, meeting_id: int, guest: Called, reason: str | None = None) -> int:
    """Invite a guest: another body or a person, who has no vote."""
    meeting = own_meeting(group, meeting_id)
    return _invite(account, group, meeting, [replace(guest, seat_id=None, votes=False)], reason)


def _invite(account: str, group: GroupInfo, meeting: MeetingInfo, called: list[Called], reason: str | None) -> int:
    told = {"seats": ",".join(str(one.seat_id or "-") for one in called), "count": len(called)}
    intends = meeting.state is State.DRAFT and all(one.votes for one in called)
    action = "meeting.draft" if intends else "invitee.decide"
    by = to(account, group, obj(meeting.ref, "invited", **told), action, reason=reason)
    return agendas.invite(by, meeting.id, called)


def uninvite(account: str, group: GroupInfo, meeting_id: int, invitee_id: int, reason: str | None = None) -> None:
    """Take an invitation back."""
    meeting = own_meeting(group, meeting_id)
    action = "meeting.draft" if meeting.state is State.DRAFT else "invitee.decide"
    by = to(account, group, obj(meeting.ref, "uninvited", invitee=invitee_id), action, reason=reason)
    agendas.uninvite(by, meeting_id, invitee_id)


# ------------------------------------------------------------------ the same again


def copy(account: str, group: GroupInfo, meeting_id: int, starts_at: datetime | None = None) -> MeetingInfo:
    """Prepare the next meeting like one that was: its seats, place, length and items, what it left unfinished first."""
    old = own_meeting(group, meeting_id)
    begins = starts_at or _month_later(old.starts_at)
    named = MONTH_IN_TITLE.sub(f"tháng {begins.astimezone(clock.TZ):%-m/%Y}", old.title)
    new = NewMeeting(
        kind=old.kind,
        title=named,
        about=old.about,
        starts_at=begins,
        ends_at=begins + (old.ends_at - old.starts_at),
        place=old.place,
        chair_seat=old.chair_seat,
        secretary_seat=old.secretary_seat,
        series=old.series,
        previous=old.id,
    )
    called = [one.seat_id for one in meetings.invitees(meeting_id) if one.seat_id]
    left = meetings.unfinished(meeting_id)
    with transaction.atomic():
        made = prepare(account, group, new, whole=False)
        invite_seats(account, group, made.id, called)
        if left:
            carry_over(account, group, made.id)
        for one in meetings.items(meeting_id):
            if one.id not in {item.id for item in left} and not overdue_orders.brings(made, one.title):
                again = NewItem(title=one.title, kind=one.kind, minutes=one.minutes, agency=one.agency)
                add_item(account, group, made.id, again)
    return made


def _month_later(at: datetime) -> datetime:
    """Return the same week and weekday of the next month: four or five weeks later."""
    local = at.astimezone(clock.TZ)
    four = local + timedelta(weeks=4)
    return four if four.month != local.month else local + timedelta(weeks=5)
