"""A meeting as its chair and secretary run it: opened by whoever may preside, item by item, concluded, closed."""

from __future__ import annotations

from dean06.charter.errors import Refused
from dean06.charter.types import Fact
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act as Asked
from dean06.flows.authority import Answer, ask, bind
from dean06.flows.meeting_permits import BODY, by_seat, cited_of, holder, own_meeting, running, to
from dean06.meetings.service import meetings, sittings
from dean06.meetings.types import ConclusionInfo, MeetingInfo, NewConclusion, obj
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import documents

SIGNED = ("signed", "issued")

__all__ = [
    "begin_item",
    "close",
    "conclude",
    "defer_item",
    "drop_conclusion",
    "end_item",
    "may_preside",
    "minutes_are_signed",
    "note_item",
    "open_meeting",
    "reopen",
    "reopen_item",
    "require_unsigned",
    "reword_conclusion",
]


def may_preside(group: GroupInfo, meeting: MeetingInfo) -> Answer:
    """Ask whether the chair of a meeting may preside on the group's day, under which clause."""
    seat = holder(meeting.chair_seat, offices.holders(group.id, clock.today(group)))
    action = "meeting.preside" if meeting.is_of_group else "working_session.hold"
    return by_seat(group, seat, action)


def open_meeting(account: str, group: GroupInfo, meeting_id: int, reason: str | None = None) -> MeetingInfo:
    """Open a meeting: its chair must be who may preside, and it is the chair or the secretary who says so."""
    meeting = own_meeting(group, meeting_id)
    presiding = cited_of(may_preside(group, meeting), reason)
    _require_running(account, group, meeting)
    told = {"chair": meeting.chair_seat}
    facts: dict[str, Fact] = {"meeting.kind": meeting.kind.value}
    if meeting.is_of_group:
        by = to(
            account, group, obj(meeting.ref, "opened", **told), "meeting.hold", facts=facts, reason=reason, also=(BODY,)
        )
    else:
        by = running(account, group, meeting, "opened", told)
    return sittings.open_meeting(by, meeting_id, presiding)


def _require_running(account: str, group: GroupInfo, meeting: MeetingInfo) -> None:
    facts: dict[str, Fact] = {"meeting.run_by_actor": meeting.run_by(account)}
    act = Asked(account=account, group=group, action="meeting.run", obj=bind("meeting", meeting.ref), facts=facts)
    answer = ask(act)
    if not answer.allowed:
        raise Refused(answer.decision)


def begin_item(account: str, group: GroupInfo, meeting_id: int, item_id: int) -> None:
    """Turn to an item."""
    meeting = own_meeting(group, meeting_id)
    sittings.begin_item(running(account, group, meeting, "item_begun", {"item": item_id}), meeting_id, item_id)


def end_item(account: str, group: GroupInfo, meeting_id: int, item_id: int) -> None:
    """End the current item."""
    meeting = own_meeting(group, meeting_id)
    sittings.end_item(running(account, group, meeting, "item_done", {"item": item_id}), meeting_id, item_id)


def defer_item(account: str, group: GroupInfo, meeting_id: int, item_id: int) -> None:
    """Leave an item for the next meeting."""
    meeting = own_meeting(group, meeting_id)
    sittings.defer_item(running(account, group, meeting, "item_deferred", {"item": item_id}), meeting_id, item_id)


def reopen_item(account: str, group: GroupInfo, meeting_id: int, item_id: int, reason: str) -> None:
    """Turn back to an item that was done."""
    meeting, why = own_meeting(group, meeting_id), " ".join(reason.split())[:200]
    require_unsigned(meeting)
    by = running(account, group, meeting, "item_reopened", {"item": item_id, "reason": why})
    sittings.reopen_item(by, meeting_id, item_id, why)


def note_item(account: str, group: GroupInfo, meeting_id: int, item_id: int, notes: str) -> None:
    """Write down the discussion of an item."""
    meeting, said = own_meeting(group, meeting_id), notes.strip()[:20_000]
    by = running(account, group, meeting, "item_noted", {"item": item_id, "notes": said})
    sittings.note_item(by, meeting_id, item_id, said)


def close(account: str, group: GroupInfo, meeting_id: int) -> MeetingInfo:
    """Close a meeting."""
    meeting = own_meeting(group, meeting_id)
    return sittings.close(running(account, group, meeting, "closed", {}), meeting_id)


def reopen(account: str, group: GroupInfo, meeting_id: int, reason: str) -> MeetingInfo:
    """Open a meeting again that was closed by mistake, while its minutes are not signed."""
    meeting, why = own_meeting(group, meeting_id), " ".join(reason.split())[:200]
    require_unsigned(meeting)
    return sittings.reopen(running(account, group, meeting, "reopened", {"reason": why}), meeting_id, why)


def minutes_are_signed(meeting_id: int) -> bool:
    """Say whether minutes of a meeting are signed."""
    made = [one.paper_id for one in meetings.papers(meeting_id) if one.form == "minutes" and one.paper_id]
    return any(documents.for_work(one).state in SIGNED or documents.for_work(one).number is not None for one in made)


def require_unsigned(meeting: MeetingInfo) -> None:
    """Refuse to undo anything of a meeting whose minutes are signed."""
    if minutes_are_signed(meeting.id):
        raise BadInput(
            "Biên bản đã ký: không sửa diễn biến được nữa; có sai sót thì lập biên bản bổ sung.",
            "The minutes are signed: nothing is undone any more; a mistake wants supplementary minutes.",
        )


# ------------------------------------------------------------------ conclusions


def _told(new: NewConclusion) -> dict[str, object]:
    return {
        "text": new.text,
        "item": new.item_id,
        "agency": new.agency,
        "with": ",".join(new.coordinating),
        "due": new.due.isoformat() if new.due else "",
    }


def conclude(account: str, group: GroupInfo, meeting_id: int, new: NewConclusion) -> ConclusionInfo:
    """Write down a point of the chair's conclusion."""
    meeting = own_meeting(group, meeting_id)
    require_unsigned(meeting)
    return sittings.conclude(running(account, group, meeting, "concluded", _told(new)), meeting_id, new)


def reword_conclusion(
    account: str, group: GroupInfo, meeting_id: int, conclusion_id: int, new: NewConclusion
) -> ConclusionInfo:
    """Change a point of the conclusion that is no task yet."""
    meeting = own_meeting(group, meeting_id)
    require_unsigned(meeting)
    told = {"conclusion": conclusion_id, **_told(new)}
    by = running(account, group, meeting, "conclusion_reworded", told)
    return sittings.reword_conclusion(by, meeting_id, conclusion_id, new)


def drop_conclusion(account: str, group: GroupInfo, meeting_id: int, conclusion_id: int) -> None:
    """Take a point of the conclusion back."""
    meeting = own_meeting(group, meeting_id)
    require_unsigned(meeting)
    by = running(account, group, meeting, "conclusion_dropped", {"conclusion": conclusion_id})
    sittings.drop_conclusion(by, meeting_id, conclusion_id)
