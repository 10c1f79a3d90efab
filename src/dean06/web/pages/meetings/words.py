"""Meetings in the words of the pages: kinds, states, how people stand on the roll, rules beside a count."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.minutes_words import rule_words
from dean06.meetings.types import (
    Choice,
    Cited,
    InviteeInfo,
    ItemKind,
    Kind,
    MeetingInfo,
    Outcome,
    RuleUsed,
    Standing,
    State,
)
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite, cite_house_rules
from dean06.web.pages.days import day_given
from dean06.web.reader import Reader

KINDS = {
    Kind.REGULAR: ("Họp định kỳ tháng", "Monthly meeting"),
    Kind.SIX_MONTH: ("Họp sơ kết sáu tháng", "Six-month review"),
    Kind.YEAR_END: ("Họp tổng kết năm", "Year-end summary"),
    Kind.AD_HOC: ("Họp đột xuất", "Ad hoc meeting"),
    Kind.SESSION: ("Buổi làm việc (không phải họp của tổ)", "Working session (no meeting of the group)"),
}
STATES = {
    State.DRAFT: ("mute", "pen", "Dự thảo", "Draft"),
    State.CONVENED: ("info", "bell", "Đã triệu tập", "Convened"),
    State.OPEN: ("ok", "clock", "Đang họp", "Going on"),
    State.CLOSED: ("line", "end", "Đã bế mạc", "Closed"),
    State.CANCELLED: ("mute", "no", "Đã hủy", "Called off"),
}
ITEMS = {
    ItemKind.DECIDE: ("Xem xét, quyết định", "Consider and decide"),
    ItemKind.REVIEW: ("Đánh giá kết quả", "Review"),
    ItemKind.ISSUE: ("Khó khăn, vướng mắc", "Issue"),
}
STANDINGS = {
    Standing.PRESENT: ("ok", "ok", "Có mặt", "Present"),
    Standing.LEFT: ("mute", "out", "Đã ra ngoài", "Went out"),
    Standing.SUBSTITUTE: ("info", "twice", "Người thay, có ý kiến", "Substitute, with opinion"),
    Standing.SUBSTITUTE_NO_OPINION: ("warn", "twice", "Người thay, không ý kiến", "Substitute, no opinion"),
    Standing.CONSENTED: ("mute", "none", "Vắng, được đồng ý", "Absent with consent"),
    Standing.REPORTED: ("warn", "none", "Vắng, đã báo", "Absent, reported"),
    Standing.SILENT: ("bad", "no", "Vắng, không báo", "Absent without word"),
    Standing.EXPECTED: ("mute", "dots", "Chờ điểm danh", "Expected"),
}
CHOICES = {
    Choice.FAVOUR: ("ok", "ok", "Tán thành", "In favour"),
    Choice.AGAINST: ("bad", "no", "Không tán thành", "Against"),
    Choice.OTHER: ("mute", "dash", "Ý kiến khác", "Other opinion"),
}
OUTCOMES = {
    Outcome.CARRIED: ("ok", "ok", "Được thông qua", "Carried"),
    Outcome.REJECTED: ("bad", "no", "Không được thông qua", "Not carried"),
    Outcome.TIED: ("warn", "warn", "Phiếu ngang nhau", "Tied"),
}
FORM_WORDS = {
    "convocation": ("Thông báo triệu tập", "Convocation"),
    "agenda": ("Chương trình họp", "Agenda"),
    "roll": ("Danh sách điểm danh", "Roll"),
    "minutes": ("Biên bản", "Minutes"),
    "conclusion_notice": ("Thông báo kết luận", "Notice of conclusions"),
    "invitation": ("Giấy mời", "Invitation"),
    "substitute_authority": ("Giấy cử người dự thay", "Authority of a substitute"),
}
HAPPENED = {
    "drafted": ("pen", "Lập hồ sơ cuộc họp", "Prepared"),
    "changed": ("pen", "Sửa thông tin cuộc họp", "Changed"),
    "item_added": ("pen", "Thêm nội dung", "Item added"),
    "item_changed": ("pen", "Sửa nội dung", "Item changed"),
    "item_dropped": ("no", "Bỏ nội dung", "Item dropped"),
    "item_moved": ("up", "Đổi thứ tự nội dung", "Item moved"),
    "agenda_approved": ("ok", "Duyệt chương trình", "Agenda approved"),
    "content_ready": ("ok", "Nội dung, báo cáo phục vụ họp đã sẵn sàng", "Content ready"),
    "paper_laid": ("doc", "Đưa tài liệu vào cuộc họp", "Paper laid on the table"),
    "paper_made": ("doc", "Lập văn bản từ cuộc họp", "Paper made"),
    "paper_taken_off": ("no", "Rút tài liệu", "Paper taken off"),
    "invited": ("hat", "Mời dự", "Invited"),
    "uninvited": ("no", "Rút lời mời", "Invitation taken back"),
    "convened": ("bell", "Triệu tập", "Convened"),
    "called_off": ("no", "Hủy cuộc họp", "Called off"),
    "absence_reported": ("none", "Báo vắng", "Absence reported"),
    "absence_taken_back": ("left", "Rút báo vắng", "Absence taken back"),
    "absence_consented": ("ok", "Đồng ý cho vắng", "Consent given"),
    "absence_refused": ("no", "Không đồng ý cho vắng", "Consent refused"),
    "substitute_sent": ("twice", "Cử người dự thay", "Substitute named"),
    "opinion_given": ("doc", "Gửi ý kiến bằng văn bản", "Written opinion"),
    "report_filed": ("doc", "Nộp báo cáo phần việc", "Report filed"),
    "opened": ("clock", "Khai mạc", "Opened"),
    "came_in": ("hat", "Vào họp", "Came in"),
    "came_in_many": ("hat", "Điểm danh theo danh sách", "Roll from a list"),
    "substitute_in": ("twice", "Người dự thay vào họp", "Substitute came in"),
    "went_out": ("out", "Ra ngoài", "Went out"),
    "item_begun": ("right", "Sang nội dung", "Item begun"),
    "item_done": ("ok", "Xong nội dung", "Item done"),
    "item_deferred": ("clock", "Chuyển sang phiên sau", "Left for the next meeting"),
    "item_reopened": ("left", "Mở lại nội dung", "Item reopened"),
    "item_noted": ("pen", "Ghi diễn biến", "Discussion noted"),
    "vote_opened": ("vote", "Mở biểu quyết", "Vote opened"),
    "ballot_in": ("vote", "Bỏ phiếu", "Ballot cast"),
    "paper_ballots": ("doc", "Nhập phiếu giấy", "Paper ballots entered"),
    "vote_closed": ("vote", "Chốt biểu quyết", "Vote closed"),
    "vote_voided": ("no", "Hủy lần biểu quyết", "Vote voided"),
    "position_stated": ("hat", "Nêu ý kiến", "Position stated"),
    "decided": ("law", "Tổ trưởng quyết định", "Decided by the leader"),
    "concluded": ("pen", "Ghi kết luận", "Conclusion"),
    "conclusion_reworded": ("pen", "Sửa kết luận", "Conclusion reworded"),
    "conclusion_dropped": ("no", "Bỏ kết luận", "Conclusion dropped"),
    "conclusion_assigned": ("ok", "Giao thành nhiệm vụ", "Became a task"),
    "closed": ("end", "Bế mạc", "Closed"),
    "reopened": ("left", "Mở lại cuộc họp", "Reopened"),
    "round_opened": ("doc", "Gửi lấy ý kiến", "Round opened"),
    "answered": ("ok", "Trả lời", "Answered"),
    "reminded": ("bell", "Nhắc người chưa trả lời", "Reminded"),
    "round_closed": ("end", "Chốt kết quả", "Round closed"),
}
HOUR = re.compile(r"\s*(\d{1,2})\s*(?:[:hg.]|giờ)\s*(\d{2})?\s*(?:phút)?\s*")

__all__ = [
    "CHOICES",
    "FORM_WORDS",
    "HAPPENED",
    "ITEMS",
    "KINDS",
    "OUTCOMES",
    "STANDINGS",
    "STATES",
    "citation_of_dotted",
    "cited_marks",
    "hour_given",
    "kind_words",
    "moment_given",
    "outcome_chip",
    "rule_lines",
    "standing_chip",
    "state_chip",
    "when",
]


def kind_words(kind: Kind) -> str:
    """Return a kind of meeting."""
    return words(*KINDS[kind])


def state_chip(meeting: MeetingInfo) -> SafeString:
    """Return where a meeting stands."""
    tone, sign, vi, en = STATES[meeting.state]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def standing_chip(one: InviteeInfo, state: State) -> SafeString:
    """Return how somebody stands on the roll."""
    tone, sign, vi, en = STANDINGS[one.standing(state)]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def outcome_chip(outcome: Outcome) -> SafeString:
    """Return what came of a vote or round."""
    tone, sign, vi, en = OUTCOMES[outcome]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def cited_marks(reader: Reader, cited: Cited) -> SafeString:
    """Return the clauses that something rests on as chips that lead to them."""
    made = [citation_of_dotted(one) for one in cited.clauses]
    if cited.house:
        return cite_house_rules(reader, made) if made else SafeString("")
    return format_html_join(" ", "{}", ((cite(reader, one, text=cited.charter_hash),) for one in made))


def citation_of_dotted(dotted: str) -> Citation:
    """Return the address of a clause from its dotted form."""
    article, *rest = dotted.split(".")
    return Citation(article=article, clause=rest[0] if rest else None, point=rest[1] if len(rest) > 1 else None)


def rule_lines(rules: tuple[RuleUsed, ...], *gaps: str) -> list[SafeString]:
    """Return the rules of a count, each with its source: the clause, the group's rule, or ours and said to be ours."""
    names = charters.vocabulary().gaps
    language = current_language()
    wanted = [one for one in rules if not gaps or one.gap in gaps]
    return [
        format_html(
            "{}: {} {}",
            words(names[one.gap].vi, names[one.gap].en),
            rule_words(one, language),
            marks.clause(words(f"Quy ước số {one.number}", f"Local rule {one.number}"), kind="local")
            if one.source == "local"
            else "",
        )
        for one in wanted
    ]


def when(meeting: MeetingInfo) -> str:
    """Return day, hours and place of a meeting."""
    begins, ends = meeting.starts_at.astimezone(clock.TZ), meeting.ends_at.astimezone(clock.TZ)
    return f"{writing.weekday(begins.date())}, {begins:%H:%M}–{ends:%H:%M}"


def hour_given(text: str, what: str) -> time:
    """Return a time of day as typed: 08:00, 8h30, 8 giờ."""
    found = HOUR.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise BadInput(f"{what}: ghi giờ như 08:00.", f"{what}: write the hour like 08:00.")
    return time(int(found[1]), int(found[2] or 0))


def moment_given(day: str, hour: str, what: str) -> datetime:
    """Return an instant of Viet Nam from a day and an hour as typed."""
    on: date = day_given(day, what)
    return datetime.combine(on, hour_given(hour, what), tzinfo=clock.TZ)
