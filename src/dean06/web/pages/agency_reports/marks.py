"""How an agency's report stands, as a chip: on time, late, missing; written, sent, received, returned."""

from __future__ import annotations

from django.utils.safestring import SafeString

from dean06.web.language import words
from dean06.web.marks import chip

STANDS = {
    "met": ("ok", "ok", "Đúng hạn", "On time"),
    "late": ("warn", "bang", "Trễ", "Late"),
    "missed": ("bad", "no", "Thiếu", "Missing"),
    "pending": ("mute", "dots", "Chưa đến hạn", "Not due yet"),
    "excused": ("info", "none", "Được miễn", "Excused"),
    "": ("mute", "dash", "Không có hạn", "No bound"),
}
STATES = {
    "": ("mute", "dots", "Chưa lập", "Not begun"),
    "draft": ("mute", "pen", "Đang soạn", "Being written"),
    "sent": ("info", "clock", "Đã gửi, chờ tiếp nhận", "Sent, to be received"),
    "received": ("ok", "ok2", "Đã tiếp nhận", "Received"),
    "returned": ("warn", "left", "Bị trả lại", "Returned"),
}

__all__ = ["STANDS", "STATES", "stands", "state", "state_words"]


def stands(status: str) -> SafeString:
    """Show how an agency stands with its bound."""
    tone, sign, vi, en = STANDS.get(status, STANDS[""])
    return chip(tone, words(vi, en), with_sign=sign)


def state_words(code: str) -> str:
    """Return where a report is, in words."""
    return words(*STATES[code][2:])


def state(code: str) -> SafeString:
    """Show where a report is."""
    tone, sign, vi, en = STATES[code]
    return chip(tone, words(vi, en), with_sign=sign)
