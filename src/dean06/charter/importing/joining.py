"""Where a sentence goes on and where something new begins: the one judgement that reading lines comes down to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dean06.charter.importing import labels
from dean06.charter.importing.labels import Label
from dean06.charter.importing.lines import PAGE_GAP, Line

_TAIL = 40  # how far back the end of a text is looked at
_ENDED = re.compile(r"[.;:!?…][)\"”’'»\]]*$")
_OPEN_SIGN = re.compile(r"[,(/–-]$")
_BROKEN_SYMBOL = re.compile(r"\w[-/]$")
_COUNTED = frozenset(
    ("khoản", "điều", "điểm", "chương", "mục", "số", "ngày", "tháng", "năm", "quý", "lần", "thứ")
)  # words that a number follows
_OPEN_WORDS = (
    _COUNTED
    | frozenset(
        (
            "và",
            "hoặc",
            "với",
            "của",
            "tại",
            "theo",
            "cho",
            "về",
            "trong",
            "giữa",
            "từ",
            "đến",
            "các",
            "những",
            "là",
            "do",
        )
    )
    | frozenset(
        (
            "bằng",
            "trên",
            "dưới",
            "khi",
            "nếu",
            "để",
            "được",
            "bởi",
            "vào",
            "ở",
            "như",
            "hay",
            "phải",
            "cùng",
            "qua",
            "thuộc",
        )
    )
)
# what stands before a dash inside a name; a line break may put such a dash first
_BEFORE_DASH = re.compile(
    r"(?:\d|Tài chính|Lao động|Văn h[oó][aá]|Kinh tế|Kế hoạch|Khoa học|Độc lập|Tự do|Thương binh|Hội|HĐND|Nông nghiệp"
    r"|Công nghiệp|Xã hội)$",
    re.IGNORECASE,
)


def ended(text: str) -> bool:
    """Tell whether a sentence or an item ends here."""
    return _ENDED.search(text[-_TAIL:]) is not None


def left_open(text: str) -> bool:
    """Tell whether the text cannot end here: a comma, a bracket, a word that wants another."""
    return _OPEN_SIGN.search(text[-_TAIL:]) is not None or _last_word(text) in _OPEN_WORDS


def _last_word(text: str) -> str:
    return text[-_TAIL:].rpartition(" ")[2].lower()


@dataclass(frozen=True, slots=True)
class Before:
    """What is open when a line comes: its text so far, whether it is a heading, the last label of each kind."""

    text: str
    heading: bool
    dash_open: bool
    spaced: bool


def cut_short(line: Line) -> bool:
    """Tell whether the break before this line was made on purpose: its first word would have fitted above."""
    return line.room is not None and line.room >= 0


def begins(label: Label, line: Line, before: Before, *, expected: bool | None) -> bool:
    """Tell whether the label at the start of a line begins an item rather than going on with a sentence.

    Args:
        label: what the line begins with.
        line: the line.
        before: what is open.
        expected: whether the label is the next one of its list; None where it cannot stand here at all.
    """
    if expected is None or not before.text:
        return expected is not None
    if label.kind == "dash":
        return _dash_begins(label, line, before)
    last = _last_word(before.text)
    if last in _COUNTED:
        return False
    if line.gap or line.whole:
        return expected or not left_open(before.text)
    return ended(before.text) or (expected and last not in _OPEN_WORDS)


def _dash_begins(label: Label, line: Line, before: Before) -> bool:
    if ended(before.text):
        return True
    if _last_word(before.text) in _OPEN_WORDS or _BEFORE_DASH.search(before.text[-_TAIL:]):
        return False
    sure = bool(line.gap) or line.whole or (cut_short(line) and not before.spaced)
    if before.dash_open:
        return sure or (before.text.endswith(",") and cut_short(line))
    return sure and not left_open(before.text) and labels.is_upper(label.rest)


def goes_on(line: Line, before: Before) -> bool:
    """Tell whether a line without a label goes on with what is open."""
    if line.whole or not before.text:
        return False
    if line.gap:
        if ended(before.text):
            return False
        if labels.is_lower(line.text) or left_open(before.text):
            return True
        return not before.heading and (line.gap >= PAGE_GAP or not labels.is_upper(line.text[:1]))
    if before.spaced or not cut_short(line):
        return True
    return not labels.is_upper(line.text[:1]) or left_open(before.text)


def joined(before: str, line: str) -> str:
    """Put a line after what is open; a symbol broken behind its hyphen or slash takes no blank."""
    if not before or _BROKEN_SYMBOL.search(before[-_TAIL:]):
        return before + line
    return f"{before} {line}"


def is_spaced(lines: tuple[Line, ...]) -> bool:
    """Tell whether blank lines part the items of this text."""
    items = [
        line for line in lines if (label := labels.label_of(line.text)) and label.kind in ("article", "clause", "point")
    ]
    apart = sum(bool(line.gap) for line in items)
    return bool(items) and apart * 2 >= len(items)
