"""A paper that came: taken in from the axis or entered by hand, registered, handed on, dealt with, given back."""

from __future__ import annotations

from datetime import date

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, Answer, Known, ask, closed_charter, permit, system_permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import addressing, incoming
from dean06.papers.service.incoming import IncomingInfo, NewIncoming, Taken

REGISTER, HAND_ON, TAKE_IN = "incoming.register", "incoming.hand_on", "incoming.take_in"

__all__ = [
    "agree_recall",
    "decline_recall",
    "enter",
    "finish",
    "hand_on",
    "handing_answer",
    "refuse",
    "register",
    "registering_answer",
    "take_in",
]


def registering_answer(account: str, group: GroupInfo, *, known: Known | None = None) -> Answer:
    """Return whether an account may register what came."""
    return _asked(account, group, REGISTER, known)


def handing_answer(account: str, group: GroupInfo, *, known: Known | None = None) -> Answer:
    """Return whether an account may hand on what came."""
    return _asked(account, group, HAND_ON, known)


def _asked(account: str, group: GroupInfo, action: str, known: Known | None) -> Answer:
    obj = ObjectRef(kind="incoming", id="0", digest="")
    return ask(Act(account=account, group=group, action=action, obj=obj), known)


def _by(account: str, group: GroupInfo, action: str, obj: ObjectRef, reason: str | None) -> Permit:
    return permit(Act(account=account, group=group, action=action, obj=obj, reason=reason))


def _own(account: str, group: GroupInfo, incoming_id: int) -> None:
    """Refuse a paper that came to another group, as if it were not there."""
    found = incoming.one(offices.viewer(account, clock.today(group)), incoming_id)
    if found is None or found.group_id != group.id:
        raise BadInput("Không có văn bản đến này.", "There is no such incoming paper.")


def enter(account: str, group: GroupInfo, new: NewIncoming, *, reason: str | None = None) -> IncomingInfo:
    """Register a paper that came on paper or by e-mail."""
    return incoming.enter(_by(account, group, REGISTER, incoming.entry_ref(group.slug, new), reason), group.id, new)


def register(account: str, group: GroupInfo, incoming_id: int, *, reason: str | None = None) -> IncomingInfo:
    """Take a paper that came over the axis into the register."""
    _own(account, group, incoming_id)
    by = _by(account, group, REGISTER, incoming.ref(incoming_id, "register"), reason)
    return incoming.register(by, incoming_id)


def refuse(account: str, group: GroupInfo, incoming_id: int, why: str) -> IncomingInfo:
    """Send a paper back, and tell why."""
    _own(account, group, incoming_id)
    told = _said(why, "lý do trả lại", "why it is sent back")
    by = _by(account, group, REGISTER, incoming.ref(incoming_id, "refuse", reason=told), told)
    return incoming.refuse(by, incoming_id, told)


def hand_on(
    account: str, group: GroupInfo, incoming_id: int, to: str, answer_by: date | None, *, reason: str | None = None
) -> IncomingInfo:
    """Hand a registered paper to an agency or person, with a deadline."""
    _own(account, group, incoming_id)
    name = _said(to, "người nhận xử lý", "to whom it is handed")[:300]
    if answer_by is not None and answer_by < clock.today(group):
        raise BadInput("Hạn xử lý phải từ hôm nay.", "The deadline is today or later.")
    obj = incoming.ref(incoming_id, "hand_on", to=name, answer_by=str(answer_by or ""))
    return incoming.hand_on(_by(account, group, HAND_ON, obj, reason), incoming_id, name, answer_by)


def finish(
    account: str, group: GroupInfo, incoming_id: int, note: str = "", *, reason: str | None = None
) -> IncomingInfo:
    """Write down that a paper was dealt with."""
    _own(account, group, incoming_id)
    by = _by(account, group, HAND_ON, incoming.ref(incoming_id, "finish"), reason)
    return incoming.finish(by, incoming_id, note)


def agree_recall(account: str, group: GroupInfo, incoming_id: int, *, reason: str | None = None) -> IncomingInfo:
    """Give a paper back that its sender wants back: its files are destroyed, its number stays."""
    _own(account, group, incoming_id)
    by = _by(account, group, REGISTER, incoming.ref(incoming_id, "agree_recall"), reason)
    return incoming.agree_recall(by, incoming_id)


def decline_recall(account: str, group: GroupInfo, incoming_id: int, why: str) -> IncomingInfo:
    """Keep a paper that its sender wants back, and tell why."""
    _own(account, group, incoming_id)
    told = _said(why, "lý do giữ lại", "why it is kept")
    by = _by(account, group, REGISTER, incoming.ref(incoming_id, "decline_recall", reason=told), told)
    return incoming.decline_recall(by, incoming_id, told)


def _said(text: str, vi: str, en: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise BadInput(f"Ghi {vi}.", f"Say {en}.")
    return words


def take_in(group: GroupInfo) -> Taken:
    """Take in what waits on the axis, each packet under the permit of whoever connected the group; for the worker."""
    standing = addressing.standing(group.id)
    if not standing or closed_charter(group) is not None:
        return Taken()
    return incoming.take_in(group.id, lambda obj: system_permit(group, TAKE_IN, obj, standing=standing))
