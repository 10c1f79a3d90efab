"""What of meetings waits for the reader, as the notices of the desk."""

from __future__ import annotations

from datetime import datetime

from dean06.meetings.service import meetings
from dean06.meetings.types import MeetingInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.meetings.words import when
from dean06.web.parts.page import Link, Notice
from dean06.web.reader import Reader

SHOWN = 4

__all__ = ["notices"]


def notices(reader: Reader) -> list[Notice]:
    """Return what waits: a ballot first, then absences to answer, questions in writing, reports owed to a meeting."""
    found = meetings.awaiting(reader.viewer, reader.group.id, reader.now)
    ballot = words("Đang biểu quyết, chờ phiếu của bạn.", "A vote is open and wants your ballot.")
    made = [
        _notice(ballot, words("Bỏ phiếu", "Vote"), reader.url("meetings-live", one), "vote")
        for one in sorted(found.ballots)
    ]
    if "meeting.consent_absence" in reader.charter.index.tables:
        made += [_absences(reader, meeting, count) for meeting, count in found.consents]
    made += [_question(reader, *one) for one in found.rounds[:SHOWN]]
    owed = (one for one in found.coming if one.id in found.reports)
    return [*made, *(_report(reader, one) for one in owed)]


def _absences(reader: Reader, meeting: int, count: int) -> Notice:
    text = words(f"{count} người xin vắng họp, chờ bạn đồng ý.", f"{count} absences wait for your consent.")
    return _notice(text, words("Xem và trả lời", "Answer"), reader.url("meetings-one", meeting), "none")


def _question(reader: Reader, round_: int, matter: str, until: datetime) -> Notice:
    text = words(
        f"Cho ý kiến bằng văn bản trước {writing.instant(until)}: {matter}.",
        f"Answer in writing before {writing.instant(until)}: {matter}.",
    )
    return _notice(text, words("Trả lời", "Answer"), reader.url("meetings-round", round_), "pen")


def _report(reader: Reader, meeting: MeetingInfo) -> Notice:
    text = f"{meeting.title}: {when(meeting)}, {meeting.place}."
    label = words("Nộp báo cáo phần việc", "File your report")
    return _notice(text, label, reader.url("meetings-one", meeting.id), "bell")


def _notice(text: str, label: str, href: str, sign: str) -> Notice:
    return Notice(text=text, tone="warn", sign=sign, link=Link(label=label, href=href))
