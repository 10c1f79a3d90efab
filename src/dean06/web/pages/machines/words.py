"""How the accounts and addresses of software are said: scopes, states, kinds of events."""

from __future__ import annotations

from django.utils.safestring import SafeString

from dean06.machines.types import HookState, MachineInfo, ParcelState, Scope
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.reader import Reader

SCOPES = {
    Scope.ORDERS: (
        "Đọc đơn sửa và sai lệch (không có giá trị của ai)",
        "Read orders and findings (no values)",
    ),
    Scope.DISPOSITIONS: ("Ghi cách xử lý từng sai lệch", "Say how each finding is dealt with"),
    Scope.VALUES: (
        "Đọc giá trị của từng sai lệch, mỗi lần một dòng",
        "Read the values of a finding, row by row",
    ),
}
HOOKS = {
    HookState.OFFERED: ("ask", "clock", "Chờ xác nhận", "To be confirmed"),
    HookState.WAITING: ("info", "clock", "Chờ bên nhận đồng ý", "Waits for the receiver"),
    HookState.OPEN: ("ok", "ok", "Đang báo tin", "Told"),
    HookState.REFUSED: ("warn", "warn", "Bên nhận không đồng ý", "Refused"),
    HookState.GONE: ("warn", "warn", "Bên nhận thôi nhận (410)", "Gone (410)"),
    HookState.ENDED: ("mute", "dash", "Đã dừng", "Ended"),
}
PARCELS = {
    ParcelState.QUEUED: ("info", "clock", "Chờ gửi", "Queued"),
    ParcelState.SENT: ("ok", "ok", "Đã nhận", "Taken"),
    ParcelState.DEAD: ("bad", "warn", "Không gửi được", "Given up"),
}
EVENTS = {
    "assigned": ("Giao đơn sửa", "Order given"),
    "near_due": ("Sắp đến hạn", "Near its day"),
    "overdue": ("Quá hạn", "Overdue"),
    "verified": ("Lần nộp sau chứng minh đã sửa", "Proved by a delivery"),
    "reopened": ("Mở lại", "Open again"),
    "withdrawn": ("Rút đơn", "Withdrawn"),
}
OPERATIONS = {
    "api-orders": ("Danh sách đơn sửa", "List of orders"),
    "api-order": ("Một đơn sửa", "One order"),
    "api-findings": ("Sai lệch của đơn", "Findings of an order"),
    "api-finding": ("Một sai lệch", "One finding"),
    "api-values": ("Giá trị của một sai lệch", "Values of a finding"),
    "api-disposition": ("Cách xử lý một sai lệch", "Disposition of a finding"),
}
REFUSALS = {
    "invalid_client": ("không nhận ra khóa", "the key was not recognised"),
    "invalid_scope": ("xin phạm vi không có", "a scope it lacks"),
    "invalid_token": ("mã truy cập hết dùng được", "a token that serves no more"),
    "insufficient_scope": ("gọi ngoài phạm vi", "beyond its scopes"),
    "too_many_requests": ("gọi quá nhanh", "too many calls"),
}

__all__ = ["SCOPES", "event", "hook_chip", "machine_chip", "operation", "parcel_chip", "refusals", "scopes"]


def _said(table: dict[str, tuple[str, str]], code: str) -> str:
    return words(*table[code]) if code in table else code


def scopes(machine: MachineInfo) -> str:
    """Return what software may ask for, as one reads it."""
    return "; ".join(words(*SCOPES[one]) for one in machine.scopes)


def machine_chip(reader: Reader, one: MachineInfo) -> SafeString:
    """Return whether an account serves today, or why not."""
    if one.revoked_at is not None:
        return chip("mute", words("Đã thu hồi", "Revoked"), with_sign="dash")
    if one.ends_on < reader.today:
        return chip("mute", words("Hết hạn", "Ended"), with_sign="dash")
    if not one.thumbprint:
        return chip("info", words("Chờ ghi danh", "Waits for its key"), with_sign="clock")
    return chip("ok", words("Đang dùng", "In use"), with_sign="ok")


def hook_chip(state: HookState) -> SafeString:
    """Return where an address stands."""
    tone, sign, vi, en = HOOKS[state]
    return chip(tone, words(vi, en), with_sign=sign)


def parcel_chip(state: ParcelState) -> SafeString:
    """Return where an event stands."""
    tone, sign, vi, en = PARCELS[state]
    return chip(tone, words(vi, en), with_sign=sign)


def event(kind: str) -> str:
    """Return what an event tells."""
    return _said(EVENTS, kind.rpartition(".")[2])


def operation(name: str) -> str:
    """Return what a call asked for."""
    return _said(OPERATIONS, name)


def refusals(one: MachineInfo) -> str:
    """Return how many calls were refused, and why the last one was."""
    if not one.refused:
        return "0"
    return f"{one.refused}: {_said(REFUSALS, one.refused_for)}"
