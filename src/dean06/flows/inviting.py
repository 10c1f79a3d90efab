"""Accounts of other people: invited by a link that serves once, disabled, opened again; never a password of theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import seating
from dean06.flows.authority import Act, permit
from dean06.identity import service as identity
from dean06.identity.service import AccountInfo, accounts, invitations, letters
from dean06.identity.service.invitations import Made, NewAccount
from dean06.offices.service import seats
from dean06.offices.types import GroupInfo
from dean06.orthography.service import fold

ADMINISTRATORS = frozenset({"account_admin", "operator"})
LONGEST = 300

__all__ = [
    "ADMINISTRATORS",
    "Handed",
    "disable",
    "enable",
    "invite",
    "invite_holder",
    "proposed",
    "remind_to_read",
    "renew",
    "withdraw",
]

Link = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A link that was made: sent by e-mail, or to be handed over on paper; shown once to whoever made it."""

    made: Made
    link: str
    sent: bool


def proposed(full_name: str) -> str:
    """Return a sign-in name for a person: given name, then the first letters of the rest, as `tam.nm`."""
    words = re.sub(r"[^a-z ]", "", fold(full_name).lower()).split()
    if not words:
        return ""
    return ".".join(part for part in (words[-1], "".join(word[0] for word in words[:-1])) if part)


def _permit(account: str, action: str, public_id: str, digest: str, **more: object) -> Permit:
    group, reason = more.get("group"), more.get("reason")
    return permit(
        Act(
            account=account,
            action=action,
            obj=ObjectRef(kind="account", id=public_id, digest=digest),
            group=group if isinstance(group, GroupInfo) else None,
            reason=str(reason) if reason else None,
        )
    )


def invite(account: str, group: GroupInfo | None, said: tuple[str, str, str], link: Link) -> Handed:
    """Invite somebody: an account that they take up by a link. `said` is (sign-in name, full name, e-mail).

    In a group the secretariat and the leaders invite; outside of one the administrator of accounts does.
    """
    username, full_name, email = said
    new = NewAccount(
        public_id=identity.new_id(), username=username.strip(), full_name=" ".join(full_name.split()), email=email
    )
    by = _permit(account, "account.invite", new.public_id, new.digest(), group=group)
    return _handed(invitations.invite(by, new), link)


def invite_holder(account: str, group: GroupInfo, seat_id: int, said: tuple[str, str], link: Link) -> Handed:
    """Invite the holder of a seat, who sits in it with the account from now on. `said` is (sign-in name, e-mail)."""
    seat = next((one for one in seats.seats_of(group.id, clock.today(group)) if one.id == seat_id), None)
    if seat is None or not seat.holder or seat.account:
        raise BadInput(
            "Vị trí này chưa có người giữ, hoặc người giữ đã có tài khoản.",
            "Nobody holds this seat, or its holder has an account already.",
        )
    with transaction.atomic():
        username, email = said
        new = NewAccount(public_id=identity.new_id(), username=username.strip(), full_name=seat.holder, email=email)
        made = invitations.invite(_permit(account, "account.invite", new.public_id, new.digest(), group=group), new)
        seating.give(account, group, seat_id, new.public_id)
    return _handed(made, link)


def renew(account: str, group: GroupInfo | None, owner: str, link: Link, *, reason: str = "") -> Handed:
    """Make another link for an account: the invitation again, or a new password for who forgot theirs.

    Somebody who has taken the account up already gets one from the administrator alone.
    """
    known = _known(group, owner)
    action = "account.reset" if known.has_password else "account.invite"
    digest = invitations.invitation_digest(owner, "again")
    by = _permit(account, action, owner, digest, group=None if known.has_password else group, reason=reason)
    return _handed(invitations.reissue(by, owner), link)


def withdraw(account: str, group: GroupInfo | None, owner: str) -> None:
    """Take the open link of an account back."""
    _known(group, owner)
    digest = invitations.invitation_digest(owner, "revoked")
    invitations.revoke(_permit(account, "account.invite", owner, digest, group=group), owner)


def _known(group: GroupInfo | None, owner: str) -> AccountInfo:
    """Return an account; in a group only one of its own people."""
    known = identity.account_by_public_id(owner)
    people = {one.account for one in seats.seats_of(group.id, clock.today(group))} if group else {owner}
    if known is None or owner not in people:
        raise BadInput("Không có tài khoản này.", "There is no such account.")
    return known


def disable(account: str, owner: str, reason: str) -> None:
    """Disable an account for a reason: its sessions end at once. The last administrator stays."""
    why = _said(reason)
    if account == owner:
        raise BadInput("Không tự khóa tài khoản của mình.", "Nobody disables their own account.")
    offices_held = seats.technical_holders(clock.today())
    admins = [one for one, roles in offices_held.items() if ADMINISTRATORS & set(roles) and one != owner]
    left = [one for one in identity.accounts_by_id(admins).values() if one.is_active]
    if not left:
        raise BadInput(
            "Phải còn ít nhất một quản trị tài khoản dùng được.", "At least one administrator of accounts must remain."
        )
    digest = accounts.access_digest(owner, active=False, reason=why)
    accounts.set_access(_permit(account, "account.disable", owner, digest, reason=why), owner, why, active=False)


def enable(account: str, owner: str, reason: str) -> None:
    """Open a disabled account again, for a reason; its old sessions stay ended."""
    why = _said(reason)
    digest = accounts.access_digest(owner, active=True, reason=why)
    accounts.set_access(_permit(account, "account.enable", owner, digest, reason=why), owner, why, active=True)


def remind_to_read(group: GroupInfo, accounts_: Iterable[str | None], where: str) -> int:
    """Write to those who gave an address that they have a charter to read; returns to how many it went."""
    known = identity.accounts_by_id(one for one in accounts_ if one)
    lines = ["", f"{group.name} chờ bạn xác nhận đã đọc Quy chế đang có hiệu lực:", where]
    return sum(
        letters.send(one.email, f"Nhắc đọc Quy chế, {group.short_name}", [f"Kính gửi: {one.full_name},", *lines])
        for one in known.values()
        if one.email and one.is_active
    )


def _said(reason: str) -> str:
    why = " ".join(reason.split())[:LONGEST]
    if not why:
        raise BadInput("Ghi lý do.", "Give the reason.")
    return why


def _handed(made: Made, link: Link) -> Handed:
    address = link(made.token)
    sent = bool(made.sent_to) and letters.send(made.sent_to, "Lời mời vào hệ thống dean06", _letter(made, address))
    return Handed(made=made, link=address, sent=sent)


def _letter(made: Made, address: str) -> list[str]:
    until = made.expires_at.astimezone(clock.TZ)
    return [
        f"Kính gửi: {_name(made.account)},",
        "",
        f"Mở đường dẫn sau để đặt mật khẩu cho tài khoản «{made.account.username}»:",
        address,
        "",
        f"Đường dẫn dùng một lần, đến {until:%H:%M} ngày {until:%d/%m/%Y}. Không chuyển tiếp thư này.",
        "Nếu không chờ lời mời này, xin bỏ qua thư.",
    ]


def _name(account: AccountInfo) -> str:
    return account.full_name
