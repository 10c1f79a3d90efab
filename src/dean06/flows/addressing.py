"""The group's address book: how recipients are reached, lists of them, and the group's office on the axis."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date

from django.conf import settings

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import addressing
from dean06.papers.service.addressing import Address, Place

ACTION = "recipients.set"

__all__ = ["axes", "connect", "end_address", "set_address", "set_list", "setting_answer"]


def _by(account: str, group: GroupInfo, obj: ObjectRef, reason: str | None) -> Permit:
    return permit(Act(account=account, group=group, action=ACTION, obj=obj, reason=reason))


def setting_answer(account: str, group: GroupInfo) -> Answer:
    """Return whether an account may change the address book; its page shows the forms to those who may."""
    return ask(
        Act(account=account, group=group, action=ACTION, obj=ObjectRef(kind="address", id=group.slug, digest=""))
    )


def axes() -> tuple[str, ...]:
    """Return the addresses of the axes that the operator named."""
    return tuple(settings.AXES)


def set_address(account: str, group: GroupInfo, one: Address, *, reason: str | None = None) -> None:
    """Say how a recipient is reached from a day on."""
    by = _by(account, group, addressing.entry_ref(group.slug, one), reason)
    addressing.set_address(by, group.id, one)


def end_address(account: str, group: GroupInfo, name: str, last_day: date, *, reason: str | None = None) -> None:
    """Use an address no longer after a day; papers sent until then keep what is known of them."""
    today = clock.today(group)
    if last_day < today:
        raise BadInput("Ngày cuối dùng địa chỉ phải từ hôm nay.", "The last day of an address is today or later.")
    viewer = offices.viewer(account, today)
    held = next((one for one in addressing.book(viewer, group.id, today) if one.name == name), None)
    if held is None:
        raise BadInput(f"Sổ địa chỉ không có «{name}».", f"The address book has no {name}.")
    set_address(account, group, dataclasses.replace(held, since=today, until=last_day), reason=reason)


def set_list(account: str, group: GroupInfo, name: str, names: Iterable[str], *, reason: str | None = None) -> None:
    """Say which recipients a name stands for; no names take the list away."""
    whole = tuple(names)
    by = _by(account, group, addressing.list_ref(group.slug, name, whole), reason)
    addressing.set_list(by, group.id, name, whole)


def connect(account: str, group: GroupInfo, where: Place, secret: str, *, reason: str | None = None) -> None:
    """Connect the group to the axis; from then on what waits there is taken in under this very permit.

    Only an axis that the operator named is spoken to: a clerk does not choose where the house sends its requests.
    """
    if where.url.rstrip("/") not in settings.AXES:
        raise BadInput(
            "Chọn địa chỉ trục mà người vận hành đã khai (DEAN06_AXIS).",
            "Choose an axis that the operator has named (DEAN06_AXIS).",
        )
    by = _by(account, group, addressing.connection_ref(group.slug, where), reason)
    addressing.connect(by, group.id, where, secret)
