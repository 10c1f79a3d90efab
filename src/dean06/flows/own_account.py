"""What the owner of an account does to it: the second factor, and the password by a link that serves once."""

from __future__ import annotations

from collections.abc import Iterable

from dean06.adoption import service as adoption
from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.flows.authority import Act, permit
from dean06.identity import service as identity
from dean06.identity.service import AccountInfo, invitations, letters, recovering, second_factor
from dean06.offices import service as offices

OWN = {"account.is_own": True}

SIGNING = "document.sign"

__all__ = ["enrol", "recover", "remove_factor", "renew_codes", "send_ways_back", "signs", "take_up"]


def _own(account: str, action: str, digest: str) -> Permit:
    obj = ObjectRef(kind="account", id=account, digest=digest)
    return permit(Act(account=account, action=action, obj=obj, facts=OWN))


def enrol(account: str, password: str, code: str) -> tuple[str, ...]:
    """Put one's second factor into use after its first right code; returns the recovery codes."""
    by = _own(account, "second_factor.enrol", second_factor.change_digest(account, "enrolled"))
    return second_factor.confirm(by, account, password, code)


def renew_codes(account: str, password: str, code: str) -> tuple[str, ...]:
    """Replace one's recovery codes."""
    by = _own(account, "second_factor.enrol", second_factor.change_digest(account, "codes"))
    return second_factor.renew_codes(by, account, password, code)


def remove_factor(account: str, password: str, code: str) -> None:
    """Remove one's second factor; the account signs no more until another is set up."""
    by = _own(account, "second_factor.remove", second_factor.change_digest(account, "removed"))
    second_factor.remove(by, account, password, code)


def take_up(token: str, password: str) -> AccountInfo:
    """Set one's password by the link of an invitation."""
    account = invitations.opened(token).public_id
    by = _own(account, "account.take_up", invitations.taking_digest(account))
    return invitations.take_up(by, token, password)


def recover(account: str, token: str, password: str) -> AccountInfo:
    """Set another password for one's own account by the link that came to its e-mail address."""
    recovering.opened(account, token)
    by = _own(account, "account.take_up", invitations.taking_digest(account))
    return recovering.recover(by, account, token, password)


def send_ways_back(accounts: Iterable[str], link: str) -> int:
    """Send each owner the link to another password; `link` holds {owner} and {token}. Returns how many went."""
    known = identity.accounts_by_id(accounts)
    return sum(
        letters.send(
            one.email,
            "Đặt lại mật khẩu dean06",
            (
                f"Kính gửi {one.full_name},",
                "",
                f"Đường dẫn đặt lại mật khẩu của tài khoản {one.username}, dùng một lần trong một giờ:",
                link.replace("{owner}", one.public_id).replace("{token}", recovering.token_of(one.public_id)),
                "",
                "Nếu bạn không xin đặt lại thì bỏ qua thư này: mật khẩu cũ vẫn dùng được.",
            ),
        )
        for one in known.values()
        if one.email and one.is_active
    )


def signs(account: str) -> bool:
    """Say whether a seat of the account is one that signs papers, as the charter of its group has it."""
    for seat in offices.viewer(account, clock.today()).capacities:
        group = offices.group_by_id(seat.group_id)
        table = adoption.charter_of(group.charter_line, clock.today(group)).index.tables.get(SIGNING)
        if not seat.reading and table is not None and table.doors.get(seat.role):
            return True
    return False
