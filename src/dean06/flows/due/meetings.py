"""Meetings and written rounds that draw near: whose report is wanted, who has not answered, what is to be closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from dean06.clock import service as clock
from dean06.flows.due.reminding import Message
from dean06.flows.news.meetings import address_of_meeting, address_of_round, first_clause, when
from dean06.flows.news.passing_on import clause_of
from dean06.flows.telling import Said, To
from dean06.meetings.service import meetings
from dean06.meetings.types import MeetingInfo, RoundInfo, State
from dean06.offices.types import GroupInfo

REPORTS, ANSWERS = timedelta(days=2), timedelta(days=1)
# How long a round that is over and was not closed is worth telling of.
OVER_FOR = timedelta(days=7)

__all__ = ["messages"]


def messages(group: GroupInfo) -> list[Message]:
    """Return what stands to be said today of meetings to come and of written rounds."""
    now = clock.now(group)
    coming = [
        one
        for one in meetings.convened_between(group.id, now, now + REPORTS)
        if one.is_of_group and one.state is State.CONVENED
    ]
    found = [message for one in coming if (message := _reports(group, one)) is not None]
    for asked in meetings.open_rounds(group.id):
        message = _round(group, asked, now)
        if message is not None:
            found.append(message)
    return found


def _reports(group: GroupInfo, meeting: MeetingInfo) -> Message | None:
    owing = [one for one in meetings.invitees(meeting.id) if one.votes and one.account and one.report_at is None]
    if not owing:
        return None
    return Message(
        to=To(accounts=tuple(one.account for one in owing)),
        kind="member_report",
        said=Said(
            vi=f"Gửi báo cáo trước cuộc họp {when(meeting)}: {meeting.title}.",
            en=f"Your report is wanted before the meeting at {when(meeting)}: {meeting.title}.",
        ),
        clause=clause_of(group, "member_report") or first_clause(meeting.convened),
        address=address_of_meeting(meeting),
        key=f"meeting:{meeting.ref}:report:{meeting.starts_at:%Y%m%d%H%M}",
    )


def _round(group: GroupInfo, one: RoundInfo, now: datetime) -> Message | None:
    until = f"{one.closes_at.astimezone(clock.TZ):%H:%M ngày %d/%m/%Y}"
    silent = tuple(asked.account for asked in one.opinions if asked.account and asked.answered_at is None)
    clause = clause_of(group, "opinion_asked") or first_clause(one.cited)
    if now < one.closes_at <= now + ANSWERS and silent:
        return Message(
            to=To(accounts=silent),
            kind="opinion_asked",
            said=Said(
                vi=f"Sắp hết hạn trả lời ý kiến bằng văn bản, {until}: {one.matter}.",
                en=f"The time for your written opinion ends at {until}: {one.matter}.",
            ),
            clause=clause,
            address=address_of_round(one),
            key=f"round:{one.ref}:ends:{one.closes_at:%Y%m%d%H%M}",
        )
    if one.closes_at <= now < one.closes_at + OVER_FOR:
        return Message(
            to=To(accounts=(one.opened_by,)),
            kind="opinion_closed",
            said=Said(
                vi=f"Hết hạn lấy ý kiến bằng văn bản từ {until}, chốt kết quả: {one.matter}.",
                en=f"The time of a written round ended at {until}; it is to be closed: {one.matter}.",
            ),
            clause=clause,
            address=address_of_round(one),
            key=f"round:{one.ref}:over:{one.closes_at:%Y%m%d%H%M}",
        )
    return None
