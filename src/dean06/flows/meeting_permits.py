"""May this be done to this meeting or written round now? One question, bound to exactly what the act says."""

from __future__ import annotations

from collections.abc import Mapping

from dean06.charter.errors import NeedsReason
from dean06.charter.types import Fact, ObjectRef, Permit
from dean06.flows.authority import Act, Answer, ask_of_seat, bind, permit
from dean06.meetings.errors import MeetingNotFound
from dean06.meetings.service import meetings
from dean06.meetings.types import Cited, InviteeInfo, MeetingInfo, RoundInfo, obj
from dean06.offices.types import Capacity, GroupInfo
from dean06.papers.service import pieces

CHAIR, BODY = "chair_of_meeting", "group"

__all__ = [
    "BODY",
    "CHAIR",
    "by_seat",
    "cited_of",
    "holder",
    "kept",
    "own_invitee",
    "own_meeting",
    "own_round",
    "running",
    "to",
]


def own_meeting(group: GroupInfo, meeting_id: int) -> MeetingInfo:
    """Return a meeting of the group; one of another group is not there."""
    found = meetings.meeting_for_flow(meeting_id)
    if found.group_id != group.id:
        raise MeetingNotFound("Không có cuộc họp này trong tổ.", "There is no such meeting in this group.")
    return found


def own_round(group: GroupInfo, round_id: int) -> RoundInfo:
    """Return a written round of the group; one of another group is not there."""
    found = meetings.round_for_flow(round_id)
    if found.group_id != group.id:
        raise MeetingNotFound("Không có lần lấy ý kiến này trong tổ.", "There is no such written round in this group.")
    return found


def own_invitee(meeting: MeetingInfo, account: str) -> InviteeInfo:
    """Return whom an account is invited as."""
    found = next((one for one in meetings.invitees(meeting.id) if one.account and one.account == account), None)
    if found is None:
        raise MeetingNotFound(
            "Bạn không có trong thành phần cuộc họp này.", "You are not among those invited to this meeting."
        )
    return found


def to(
    account: str,
    group: GroupInfo,
    what: ObjectRef,
    action: str,
    *,
    facts: Mapping[str, Fact] | None = None,
    reason: str | None = None,
    also: tuple[str, ...] = (),
) -> Permit:
    """Return the permit for one act; `what` binds it to what the room of meetings will write down."""
    given = dict(facts or {})
    return permit(Act(account=account, group=group, action=action, obj=what, facts=given, reason=reason, also=also))


def running(account: str, group: GroupInfo, meeting: MeetingInfo, kind: str, told: Mapping[str, object]) -> Permit:
    """Return the permit for what only the chair and the secretary of a meeting do."""
    facts = {"meeting.run_by_actor": meeting.run_by(account)}
    return to(account, group, obj(meeting.ref, kind, **told), "meeting.run", facts=facts)


def by_seat(group: GroupInfo, seat: Capacity, action: str, facts: Mapping[str, Fact] | None = None) -> Answer:
    """Ask for the holder of a seat, who need not sit at a screen: whether they may preside, for instance."""
    what = bind("seat", str(seat.seat_id))
    act = Act(account=seat.account or "", group=group, action=action, obj=what, facts=dict(facts or {}))
    return ask_of_seat(act, seat)


def cited_of(answer: Answer, reason: str | None = None) -> Cited:
    """Return the clauses of an answer; where the charter warns or is silent, only with a reason."""
    decision = answer.decision
    if not answer.allowed and decision.local_rule is None and not (reason and reason.strip()):
        raise NeedsReason(decision)
    rule = decision.local_rule
    return Cited(
        clauses=tuple(dict.fromkeys(one.dotted for one in decision.citations)),
        charter_hash=decision.charter.hash,
        local_rule=f"{rule.gap} no. {rule.number}" if rule else "",
    )


def holder(seat_id: int, held: tuple[Capacity, ...]) -> Capacity:
    """Return who holds a seat among those of the day."""
    found = next((one for one in held if one.seat_id == seat_id), None)
    if found is None:
        raise MeetingNotFound(
            "Vị trí này không có người giữ vào ngày họp: chọn người khác.",
            "Nobody holds this seat on the day of the meeting: choose another.",
        )
    return found


def kept(data: bytes, name: str) -> tuple[str, str, str]:
    """Keep an uploaded file in the archive of papers; returns its checksum, suffix and name."""
    sha256, suffix, _ = pieces.keep_upload(data, name)
    return sha256, suffix, name
