"""What of meetings waits for the reader, as the notices of the desk."""

from __future__ import annotations

from dean06.meetings.service import meetings
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
    asks = "meeting.consent_absence" in reader.charter.index.tables
    ballot = words("Đang biểu quyết, chờ phiếu của bạn.", "A vote is open and wants your ballot.")
    made = [
        _notice(ballot, words("Bỏ phiếu", "Vote"), reader.url("meetings-live", one), "warn", "vote")
        for one in sorted(found.ballots)
    ]
    if asks:
        made += [
            _notice(
                words(f"{count} người xin vắng họp, chờ bạn đồng ý.", f"{count} absences wait for your consent."),
                words("Xem và trả lời", "Answer"),
                reader.url("meetings-one", one),
                "warn",
                "none",
            )
            for one, count in found.consents
        ]
    made += [
        _notice(
            words(
                f"Cho ý kiến bằng văn bản trước {writing.instant(until)}: {matter}.",
                f"Answer in writing before {writing.instant(until)}: {matter}.",
            ),
            words("Trả lời", "Answer"),
            reader.url("meetings-round", one),
            "warn",
            "pen",
        )
        for one, matter, until in found.rounds[:SHOWN]
    ]
    made += [
        _notice(
            f"{meeting.title}: {when(meeting)}, {meeting.place}.",
            words("Nộp báo cáo phần việc", "File your report"),
            reader.url("meetings-one", meeting.id),
            "warn",
            "bell",
        )
        for meeting in found.coming
        if meeting.id in found.reports
    ]
    return made


def _notice(text: str, label: str, href: str, tone: str, sign: str) -> Notice:
    return Notice(text=text, tone=tone, sign=sign, link=Link(label=label, href=href))
