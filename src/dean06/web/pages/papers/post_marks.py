"""How far a paper has come to a recipient, or into the group, as chips and words: in lists and on pages alike."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.safestring import SafeString

from dean06.papers.service.dispatching import Channel, State
from dean06.papers.service.incoming import IncomingInfo
from dean06.web import marks
from dean06.web.language import words

CHANNELS: Mapping[Channel, tuple[str, str]] = {
    Channel.EDXML: ("Trục liên thông", "Axis"),
    Channel.EMAIL: ("Thư điện tử", "E-mail"),
    Channel.PORTAL: ("Trang công bố", "Page of published papers"),
    Channel.PAPER: ("Bản giấy", "On paper"),
    Channel.NONE: ("Chưa có kênh", "No way yet"),
    Channel.RECORD: ("Ghi nhận", "Noted"),
}
STATES: Mapping[State, tuple[str, str, str, str]] = {
    State.QUEUED: ("info", "clock", "Chờ gửi", "Waiting"),
    State.SENT: ("info", "out", "Đã gửi", "Sent"),
    State.ARRIVED: ("info", "ok", "Đã đến", "Arrived"),
    State.RECEIVED: ("ok", "ok2", "Đã tiếp nhận", "Received"),
    State.REFUSED: ("bad", "no", "Bị từ chối", "Refused"),
    State.FAILED: ("bad", "warn", "Không gửi được", "Failed"),
    State.RECALLED: ("mute", "end", "Đã thu hồi", "Taken back"),
}
INCOMING: Mapping[str, tuple[str, str, str, str]] = {
    "arrived": ("warn", "clock", "Chờ tiếp nhận", "To be registered"),
    "registered": ("info", "pen", "Đã vào sổ", "Registered"),
    "handed": ("info", "out", "Đã chuyển xử lý", "Handed on"),
    "done": ("ok", "ok", "Đã xử lý xong", "Dealt with"),
    "refused": ("mute", "no", "Đã trả lại", "Sent back"),
    "recalled": ("mute", "end", "Bên gửi đã thu hồi", "Taken back by its sender"),
}
URGENCY: Mapping[int, str] = {0: "Normal", 1: "Urgent", 2: "Very urgent", 3: "Express", 4: "Express, timed"}

__all__ = ["channel", "incoming_state", "notice_state", "state", "urgency"]


def channel(which: Channel) -> str:
    """Name a channel."""
    return words(*CHANNELS[which])


def state(of: State, by: Channel) -> SafeString:
    """Show how far a paper has come to a recipient."""
    if of is State.QUEUED and by is Channel.NONE:
        return marks.chip("warn", words("Chưa có kênh gửi", "No way yet"), with_sign="bang")
    if of is State.QUEUED and by is Channel.PAPER:
        return marks.chip("warn", words("Chờ giao bản giấy", "To be handed over"), with_sign="doc")
    tone, sign, vi, en = STATES[of]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def notice_state(of: State) -> SafeString:
    """Show what a recipient answered to a withdrawal."""
    told = {
        State.RECALLED: ("ok", "ok", "Đã xác nhận", "Confirmed"),
        State.REFUSED: ("bad", "no", "Không đồng ý", "Not agreed"),
    }
    if of not in told:
        return state(of, Channel.EDXML)
    tone, sign, vi, en = told[of]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def incoming_state(one: IncomingInfo) -> SafeString:
    """Show where an incoming paper stands; what its sender wants back says so first."""
    if one.recall_asked_at is not None and one.recalled_at is None:
        return marks.chip("bad", words("Bên gửi xin lấy lại", "Asked back"), with_sign="warn")
    tone, sign, vi, en = INCOMING[one.status]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def urgency(code: int, vi: str) -> str:
    """Name a degree of urgency."""
    return words(vi, URGENCY.get(code, vi))
