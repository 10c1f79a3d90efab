"""The small marks of a page, as HTML: signs, clauses, states, verdicts, grouped numbers, differing letters, bars.

Each is a function from words to safe HTML, so a view can put one into a table cell and a template can call the tag of
the same name. A colour never speaks alone: a sign and a word always stand beside it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from dean06.web import pairs
from dean06.web.language import words
from dean06.web.writing import Number, number

TONES = frozenset({"ok", "warn", "bad", "ask", "info", "mute", "line"})


@dataclass(frozen=True, slots=True)
class State:
    """A state's tone, sign and words."""

    tone: str
    sign: str
    vi: str
    en: str


STATES = {
    # obligations (design §9)
    "met": State("ok", "ok", "Đúng hạn", "On time"),
    "late": State("warn", "bang", "Trễ hạn", "Late"),
    "missed": State("bad", "no", "Không thực hiện", "Not done"),
    "pending": State("mute", "dots", "Chưa đến hạn", "Not due yet"),
    "unrecorded": State("mute", "pen", "Chưa ghi được", "Not recordable yet"),
    "excused": State("info", "none", "Được miễn", "Excused"),
    "not_testable": State("mute", "dash", "Không đo được", "Cannot be measured"),
    "dormant": State("mute", "lock", "Chưa có hiệu lực", "Not in force"),
    # answers of a charter
    "allowed": State("ok", "ok", "Được", "Allowed"),
    "not_allowed": State("warn", "bang", "Chưa được", "Not allowed"),
    "forbidden": State("bad", "no", "Bị cấm", "Forbidden"),
    "not_regulated": State("mute", "ask", "Quy chế không quy định", "Not regulated"),
    "not_in_force": State("mute", "lock", "Chưa có hiệu lực", "Not in force"),
    # what a norm does when a condition is missing
    "on_block": State("line", "lock", "Chặn khi thiếu điều kiện", "Blocks"),
    "on_warn": State("line", "warn", "Cảnh báo", "Warns"),
    "on_record": State("line", "pen", "Ghi lại", "Records"),
    # work, findings and papers
    "open": State("mute", "dots", "Chưa xử lý", "Open"),
    "assigned": State("info", "pen", "Đã giao sửa", "Assigned"),
    "claimed": State("info", "clock", "Chờ chứng minh", "Awaiting proof"),
    "proved": State("ok", "chain", "Đã chứng minh", "Proved"),
    "reopened": State("warn", "warn", "Mở lại", "Reopened"),
    "overdue": State("bad", "warn", "Quá hạn", "Overdue"),
    "done": State("ok", "ok", "Xong", "Done"),
    "handed_over": State("info", "out", "Đã bàn giao", "Handed over"),
    "ended": State("mute", "end", "Kết thúc cùng tổ", "Ended with the group"),
    "choose": State("ask", "ask", "Cần người chọn", "A person must choose"),
    "running": State("info", "clock", "Đang chạy", "Running"),
    "failed": State("bad", "no", "Hỏng", "Failed"),
    "stopped": State("mute", "end", "Đã dừng", "Stopped"),
    "draft": State("mute", "pen", "Dự thảo", "Draft"),
    "signed": State("ok", "seal", "Đã ký", "Signed"),
    "secret": State("line", "lock", "Mật", "Secret"),
    "demo": State("line", "eye", "Trình diễn", "Demonstration"),
    # one field of a row, file against register
    "equal": State("ok", "ok", "Bằng", "Equal"),
    "equal_normalised": State("ok", "approx", "Bằng sau chuẩn hóa", "Equal once normalised"),
    "different": State("warn", "neq", "Khác", "Different"),
    "absent": State("mute", "dash", "Không có", "Absent"),
}

VERDICTS = {  # the nine codes of the result file (design §9)
    "KHOP_HOAN_TOAN": ("ok2", "Khớp hoàn toàn", "Exact match"),
    "KHOP_CHUAN_HOA": ("approx", "Khớp sau chuẩn hóa", "Match once normalised"),
    "KHOP_SAI_LECH": ("neq", "Khớp, có sai lệch", "Match with differences"),
    "NGHI_VAN": ("ask", "Nghi vấn", "Doubtful"),
    "KHONG_TIM_THAY": ("find", "Không tìm thấy", "Not found"),
    "TRUNG": ("twice", "Trùng dòng", "Duplicate row"),
    "SAI_DINH_DANG": ("form", "Sai định dạng", "Unusable row"),
    "DA_CHET": ("end", "Đã chết", "Deceased"),
    "DA_CHUYEN_DI": ("out", "Đã chuyển đi", "Moved away"),
}

GONE = {  # states of the register (design §9) in which somebody is not there
    "chet": ("đã chết", "deceased"),
    "chuyen_di": ("đã chuyển đi", "moved away"),
    "mat_tich": ("mất tích", "missing"),
}


def sign(name: str) -> SafeString:
    """Draw one of the 16 px signs; the word beside it is what a screen reader says."""
    return format_html('<svg class="sg" aria-hidden="true"><use href="#s-{}"/></svg>', name)


def clause(label: str, href: str = "", *, kind: str = "") -> SafeString:
    """Show where a rule stands; `kind` is `local` for a rule the group set itself, `reading` for an interpretation."""
    css = f" clause--{kind}" if kind in {"local", "reading"} else ""
    prefix: str | SafeString = ""
    if kind == "reading":
        prefix = format_html('<span class="clause-kind">{}</span>', words("cách hiểu", "reading"))
    if href:
        return format_html('<a class="clause{}" href="{}">{}{}{}</a>', css, href, sign("law"), prefix, label)
    return format_html('<span class="clause{}">{}{}{}</span>', css, sign("law"), prefix, label)


def link(label: str, href: str) -> SafeString:
    """Show words that lead to a page."""
    return format_html('<a href="{}">{}</a>', href, label)


def chip(state: str, word: str = "", *, with_sign: str = "") -> SafeString:
    """Show a state: a known one brings its own tone, sign and word; a bare tone wants a word."""
    if state in TONES:
        if not (word and with_sign):
            raise ValueError(f"the tone {state} needs a word and a sign")
        return format_html('<span class="chip chip--{}">{}{}</span>', state, sign(with_sign), word)
    known = STATES[state]
    shown = word or words(known.vi, known.en)
    return format_html('<span class="chip chip--{}">{}{}</span>', known.tone, sign(with_sign or known.sign), shown)


def verdict_words(code: str) -> str:
    """Return a verdict's words; one code reads the same on every page."""
    _, vi, en = VERDICTS[code]
    return words(vi, en)


def verdict(code: str) -> SafeString:
    """Show one of the nine verdicts of the result file."""
    return format_html(
        '<span class="verdict verdict--{}" data-code="{}">{}{}</span>',
        code.lower().replace("_", "-"),
        code,
        sign(VERDICTS[code][0]),
        verdict_words(code),
    )


def idno(value: str | None) -> SafeString:
    """Group an identity number for the eye (099 052 011874); copied, it has no spaces."""
    if not value:
        return mark_safe("–")
    cuts = {12: (0, 3, 6, 12), 9: (0, 3, 6, 9)}.get(len(value)) if value.isdigit() else None
    if cuts is None:
        return format_html('<span class="idno">{}</span>', value)
    groups = ((value[a:b],) for a, b in itertools.pairwise(cuts))
    return format_html('<span class="idno">{}</span>', format_html_join("", "<span>{}</span>", groups))


def _marked(runs: list[pairs.Run], css: str) -> SafeString:
    last = len(runs) - 1
    pieces = [
        _run(text, css, inside=0 < place < last) if differs else format_html("{}", text)
        for place, (text, differs) in enumerate(runs)
    ]
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _run(text: str, css: str, *, inside: bool) -> SafeString:
    """Mark a differing run; where a letter is missing inside a value a gap is drawn, at its ends nothing."""
    if text:
        return format_html('<mark class="{}">{}</mark>', css, text)
    if not inside:
        return SafeString("")
    missing = words("(thiếu)", "(missing)")
    return format_html('<mark class="{} d-gap"><span class="visually-hidden">{}</span></mark>', css, missing)


def pair_of(file_value: str, register_value: str) -> tuple[SafeString, SafeString]:
    """Return both values with the differing letters marked: the file's, the register's."""
    first, second = pairs.differing(file_value, register_value)
    return _marked(first, "d-from"), _marked(second, "d-to")


def pair(file_value: str | None, register_value: str | None) -> SafeString:
    """Show the file's value over the register's, only the differing letters marked; equal values are shown once."""
    mine, theirs = file_value or "", register_value or ""
    if not theirs:
        return format_html('<span class="pair"><span>{}</span></span>', mine)
    first, second = pairs.differing(mine, theirs)
    if not any(differs for _, differs in first):
        return format_html('<span class="pair"><span>{}</span></span>', mine)
    return format_html(
        '<span class="pair"><span>{}</span><span class="pair-to">{}</span></span>',
        _marked(first, "d-from") if mine else "–",
        _marked(second, "d-to"),
    )


def delta(points: float | None) -> SafeString:
    """Show points gained or lost since the last period, with an arrow and its word."""
    if points is None:
        return format_html('<span class="quiet">{}</span>', "–")
    shown = number(abs(points), 1)
    if not round(points, 1):
        same = words(" điểm, không đổi", " points, unchanged")
        return format_html('<span class="quiet">{}<span class="visually-hidden">{}</span></span>', shown, same)
    tone, arrow, spoken = (
        ("ok", "up", words(" điểm, tăng", " points up"))
        if points > 0
        else ("bad", "dn", words(" điểm, giảm", " points down"))
    )
    return format_html(
        '<span class="tone-{}">{} {}<span class="visually-hidden">{}</span></span>', tone, sign(arrow), shown, spoken
    )


def below(value: str, threshold: str) -> SafeString:
    """Show a value under its threshold."""
    spoken = words(f"dưới ngưỡng {threshold}: ", f"below {threshold}: ")
    return format_html(
        '<span class="below">{}<span class="visually-hidden">{}</span>{}</span>', sign("dn"), spoken, value
    )


def bar(done: Number, total: Number, tone: str = "info", *, label: str = "") -> SafeString:
    """Draw how much of a total is done; without a label the words beside it speak."""
    share = 0.0 if not total else min(100.0, max(0.0, float(done) / float(total) * 100))
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" {}>'
        '<rect width="100" height="8" rx="1"/><rect class="bar-{}" width="{}" height="8" rx="1"/></svg>',
        spoken,
        tone,
        f"{share:.1f}",
    )
