"""Danh sách dự họp: who was invited and how each stood on the roll, as a workbook or a print."""

from __future__ import annotations

from collections.abc import Iterable

from dean06.meetings.types import Interval, InviteeInfo, MeetingInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.meetings.words import STANDINGS
from dean06.web.reader import Reader
from dean06.web.sheet import Sheet

__all__ = ["roll_sheet"]


def roll_sheet(reader: Reader, meeting: MeetingInfo, invitees: Iterable[InviteeInfo]) -> Sheet:
    """Return the roll of a meeting: name, post, agency, vote, how they stand, when they were in the room."""
    return Sheet(
        title=words(f"Danh sách dự họp, {reader.group.name}", f"Roll, {reader.group.name}"),
        notes=(
            meeting.title,
            words(f"Số {meeting.label}", f"No. {meeting.label}"),
            ", ".join(part for part in (writing.instant(meeting.starts_at), meeting.place) if part),
            words(f"Chủ trì: {meeting.chair_name}", f"Chair: {meeting.chair_name}"),
        ),
        header=(
            words("Họ tên", "Name"),
            words("Chức vụ", "Post"),
            words("Cơ quan", "Agency"),
            words("Biểu quyết", "Votes"),
            words("Tình trạng", "Standing"),
            words("Có mặt", "In the room"),
            words("Người dự thay", "Substitute"),
            words("Lý do vắng", "Why absent"),
            words("Báo cáo nộp lúc", "Report filed"),
        ),
        rows=(
            (
                one.name,
                one.post,
                one.organisation or (reader.agency(one.agency) if one.agency else ""),
                "x" if one.votes else "",
                words(*STANDINGS[one.standing(meeting.state)][2:]),
                "; ".join(_span(span) for span in one.presence),
                one.absence.substitute_name,
                one.absence.reason,
                one.report_at,
            )
            for one in invitees
        ),
    )


def _span(span: Interval) -> str:
    until = writing.hour(span.until) if span.until else ""
    return f"{writing.hour(span.since)}–{until}"
