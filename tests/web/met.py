"""A group that meets: a meeting that is over, one that is going on with a vote open, a written round, a calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from dean06.clock import service as clock
from dean06.flows import (
    attending,
    calendar_feeds,
    concluding,
    convening,
    deciding_matters,
    minuting,
    overdue_orders,
    presiding,
    written_rounds,
)
from dean06.flows.meeting_permits import kept
from dean06.meetings.service import meetings
from dean06.meetings.types import Called, Choice, Kind, MeetingInfo, NewConclusion, NewItem, NewMeeting, Upload
from dean06.offices import service as offices

HELD = datetime(2022, 8, 2, 8, tzinfo=clock.TZ)
NOW = datetime(2022, 8, 20, 8, tzinfo=clock.TZ)
REASON = "quy chế để trống"


def met(office) -> None:
    """Let the group meet once, begin to meet again, and ask its members in writing."""
    with clock.pinned(HELD - timedelta(days=5)):
        first = _convened(office, HELD)
    with clock.pinned(HELD - timedelta(days=1)):
        _before(office, first)
    with clock.pinned(HELD):
        _held(office, first)
    with clock.pinned(NOW - timedelta(days=5)):
        again = _convened(office, NOW)
    with clock.pinned(NOW):
        _begun(office, again)
        _asked(office)


def _seat(office, role: str):
    return offices.holders(office.group.id, HELD.date(), role=role)[0].seat_id


def _convened(office, starts: datetime) -> MeetingInfo:
    secretary, group = office.account("secretariat"), office.group
    new = NewMeeting(
        kind=Kind.REGULAR,
        title=f"Họp {group.name} tháng {starts:%-m/%Y}",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place=f"Phòng họp {group.name}",
        chair_seat=_seat(office, "leader"),
        secretary_seat=_seat(office, "secretariat"),
        series=f"Loạt họp {group.name}",
    )
    made = convening.prepare(secretary, group, new)
    for title in (f"Nội dung một của {group.name}", f"Nội dung hai của {group.name}"):
        convening.add_item(secretary, group, made.id, NewItem(title=title))
    convening.invite_guest(office.account("leader"), group, made.id, Called(name=f"Khách của {group.name}"))
    convening.attach_file(secretary, group, made.id, _file(office))
    convening.convene(office.account("leader"), group, made.id)
    return made


def _file(office) -> Upload:
    sha256, suffix, name = kept(f"ảnh họp {office.group.slug}".encode(), "anh.png")
    return Upload(sha256=sha256, suffix=suffix, name=name)


def _before(office, meeting: MeetingInfo) -> None:
    member, group = office.account("member", "GDDT"), office.group
    attending.file_report(office.account("member", "BHXH"), group, meeting.id, (f"Báo cáo cho {group.name}", None))
    attending.report_absence(member, group, meeting.id, ("leader", f"đi công tác cho {group.name}"))
    name = (f"Người thay của {group.name}", "Phó phòng")
    attending.send_substitute(member, group, meeting.id, name, reason=REASON, with_opinion=True)
    attending.give_opinion(member, group, meeting.id, (f"Ý kiến gửi {group.name}", None), reason=REASON)


def _held(office, meeting: MeetingInfo) -> None:
    secretary, leader, group = office.account("secretariat"), office.account("leader"), office.group
    presiding.open_meeting(secretary, group, meeting.id)
    people = [one for one in meetings.invitees(meeting.id) if one.votes]
    for one in people:
        attending.enter(secretary, group, meeting.id, one.id, by_substitute=bool(one.absence.substitute_name))
    first, second = (one for one in meetings.items(meeting.id) if not overdue_orders.is_own(one.title))
    presiding.begin_item(secretary, group, meeting.id, first.id)
    vote = deciding_matters.open_vote(secretary, group, meeting.id, first.id, first.title, secret=True)
    for role in ("leader", "standing_deputy", "deputy"):
        deciding_matters.cast(office.account(role), group, meeting.id, vote.id, Choice.FAVOUR)
    deciding_matters.close_vote(secretary, group, meeting.id, vote.id)
    presiding.begin_item(secretary, group, meeting.id, second.id)
    said = (Choice.FAVOUR, f"đồng ý với {group.name}")
    deciding_matters.state_position(office.account("deputy"), group, meeting.id, second.id, said, reason=REASON)
    deciding_matters.decide_alone(leader, group, meeting.id, second.id, f"{group.name} làm ngay.", reason=REASON)
    point = NewConclusion(text=f"Kết luận của {group.name}", agency="BHXH", due=NOW.date() + timedelta(days=30))
    point_id = presiding.conclude(secretary, group, meeting.id, point).id
    presiding.close(secretary, group, meeting.id)
    concluding.assign(leader, group, meeting.id, point_id)
    minuting.make(secretary, group, meeting.id, "minutes")


def _begun(office, meeting: MeetingInfo) -> None:
    secretary, group = office.account("secretariat"), office.group
    presiding.open_meeting(secretary, group, meeting.id)
    for one in meetings.invitees(meeting.id):
        if one.votes:
            attending.enter(secretary, group, meeting.id, one.id)
    first = meetings.items(meeting.id)[0]
    presiding.begin_item(secretary, group, meeting.id, first.id)
    vote = deciding_matters.open_vote(secretary, group, meeting.id, first.id, first.title, secret=False)
    deciding_matters.cast(office.account("leader"), group, meeting.id, vote.id, Choice.FAVOUR)


def _asked(office) -> None:
    leader, group = office.account("leader"), office.group
    seats = [one.seat_id for one in convening.members(group, NOW.date())]
    said = (f"Việc hỏi của {group.name}", "tóm tắt", "việc gấp")
    made = written_rounds.open_round(leader, group, said, NOW + timedelta(days=3), seats)
    written_rounds.attach_file(office.account("secretariat"), group, made.id, _file(office))
    answer = (f"Ý kiến của {group.name}", None)
    written_rounds.answer(office.account("member", "BHXH"), group, made.id, Choice.FAVOUR, answer)
    calendar_feeds.make(offices.viewer(leader, NOW.date()), group, of_group=True)
