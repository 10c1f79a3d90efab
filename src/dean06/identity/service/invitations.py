"""Invitations: a link that serves once, by which the owner of an account sets a password that nobody else knows."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.identity.models import Account, Invitation
from dean06.identity.service.accounts import AccountInfo, account_info, content_digest, require_strong
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of

# A person on leave still finds it good after a weekend; one who lost a password acts at once.
JOIN_FOR, RESET_FOR = timedelta(days=7), timedelta(hours=24)
USERNAME = re.compile(r"(?=.{3,60}$)[a-z0-9]+(?:[.-][a-z0-9]+)*")

__all__ = [
    "InvitationInfo",
    "Made",
    "NewAccount",
    "invitation_digest",
    "invite",
    "invited",
    "opened",
    "reissue",
    "revoke",
    "take_up",
    "taking_digest",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What is entered for somebody who is invited; without an address the link is handed over on paper."""

    public_id: str
    username: str
    full_name: str
    email: str = ""

    def digest(self) -> str:
        """Return what the permit to invite is bound to: commitments to the names, never the names."""
        return content_digest(self.username, self.full_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An invitation just made; `token` stands in the link and is kept nowhere."""

    account: AccountInfo
    token: str
    sent_to: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationInfo:
    """An invitation as a list shows it."""

    account: str
    purpose: str
    sent_to: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Say whether its link still serves."""
        return self.used_at is None and self.revoked_at is None and self.expires_at > clock.now()


def invite(by: Permit, new: NewAccount) -> Made:
    """Make an account that nobody can sign in to yet, and the link by which its owner takes it up."""
    if not USERNAME.fullmatch(new.username):
        raise BadInput(
            f"Tên đăng nhập «{new.username}» gồm chữ thường không dấu, số, dấu chấm, gạch nối, từ 3 đến 60 ký tự.",
            f"The sign-in name {new.username!r} takes small letters, digits, dots and hyphens, 3 to 60 of them.",
        )
    if not new.full_name.strip():
        raise BadInput("Ghi họ tên người được mời.", "Name the person who is invited.")
    email = _address(new.email)
    try:
        with transaction.atomic():
            row = Account(
                username=new.username,
                full_name=new.full_name,
                public_id=new.public_id,
                email=email,
                created_at=clock.now(),
            )
            row.set_unusable_password()
            row.save()
            bound = new.digest()
            ledger.append(by, scope="noi-quy", kind="account", object_id=new.public_id, digest=bound, bound=bound)
            return _made(by, row, Invitation.Purpose.JOIN, email)
    except IntegrityError as problem:
        raise BadInput(
            f"Tên đăng nhập «{new.username}» đã có: chọn tên khác.",
            f"The sign-in name {new.username!r} is taken: choose another.",
        ) from problem


def _address(given: str) -> str:
    email = given.strip()
    try:
        if email:
            validate_email(email)
    except ValidationError as problem:
        raise BadInput(
            f"Địa chỉ thư «{email}» không đúng: viết như ten@coquan.gov.vn.",
            f"The address {email!r} is wrong: write it as name@office.gov.vn.",
        ) from problem
    return email


def _made(by: Permit, row: Account, purpose: str, sent_to: str) -> Made:
    """Keep a fresh link, in place of every older one of the account."""
    now, token = clock.now(), secrets.token_urlsafe(32)
    Invitation.objects.filter(account=row, used_at=None, revoked_at=None).update(revoked_at=now)
    made = Invitation.objects.create(
        account=row,
        purpose=purpose,
        digest=_digest(token),
        sent_to=sent_to,
        made_at=now,
        made_by=by.actor.account,
        expires_at=now + (JOIN_FOR if purpose == Invitation.Purpose.JOIN else RESET_FOR),
    )
    return Made(account=account_info(row), token=token, sent_to=sent_to, expires_at=made.expires_at)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_digest(public_id: str, purpose: str) -> str:
    """Return what the permit for another link of an account, or for taking it back, is bound to."""
    return digest_of(account=public_id, link=purpose)


def reissue(by: Permit, public_id: str, *, sent_to: str | None = None) -> Made:
    """Make another link: the invitation again for who never took it up, a new password for who did.

    A new password ends every session of the account once it is set.
    """
    with transaction.atomic():
        row = Account.objects.select_for_update().filter(public_id=public_id, is_active=True).first()
        if row is None or row.is_demo:
            raise BadInput("Tài khoản không còn dùng được.", "The account is not in use.")
        purpose = Invitation.Purpose.RESET if row.has_usable_password() else Invitation.Purpose.JOIN
        email = row.email if sent_to is None else _address(sent_to)
        if email != row.email:
            row.email = email
            row.save(update_fields=["email"])
        bound = invitation_digest(public_id, "again")
        told = {"link": str(purpose)}
        ledger.append(by, scope="noi-quy", kind="account", object_id=public_id, digest=bound, bound=bound, note=told)
        return _made(by, row, purpose, email)


def revoke(by: Permit, public_id: str) -> None:
    """Take the open link of an account back."""
    bound = invitation_digest(public_id, "revoked")
    with transaction.atomic():
        now = clock.now()
        rows = Invitation.objects.filter(account__public_id=public_id, used_at=None, revoked_at=None)
        if not rows.filter(expires_at__gt=now).update(revoked_at=now):
            raise BadInput("Không còn đường dẫn nào đang mở.", "No link is open.")
        told = {"link": "revoked"}
        ledger.append(by, scope="noi-quy", kind="account", object_id=public_id, digest=bound, bound=bound, note=told)


def opened(token: str) -> AccountInfo:
    """Return the account that a link is for; one that was used, taken back or ran out opens nothing."""
    return account_info(_standing(token).account)


def _standing(token: str, *, lock: bool = False) -> Invitation:
    rows = Invitation.objects.select_related("account").filter(digest=_digest(token), used_at=None, revoked_at=None)
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(expires_at__gt=clock.now(), account__is_active=True).first()
    if row is None:
        raise BadInput(
            "Đường dẫn đã dùng, đã thu hồi hoặc hết hạn: xin người mời gửi đường dẫn mới.",
            "The link was used, taken back or ran out: ask whoever invited you for another.",
        )
    return row


def taking_digest(public_id: str) -> str:
    """Return what the permit to take an invitation up is bound to."""
    return digest_of(account=public_id, password="set")  # noqa: S106  a word, no password


def take_up(by: Permit, token: str, password: str) -> AccountInfo:
    """Set the password by a link, which serves once; every session of the account ends."""
    require_strong(password)
    with transaction.atomic():
        row = _standing(token, lock=True)
        owner = row.account
        row.used_at = clock.now()
        row.save(update_fields=["used_at"])
        owner.set_password(password)
        owner.sessions = F("sessions") + 1
        owner.save(update_fields=["password", "sessions"])
        owner.refresh_from_db()
        public_id, bound = str(owner.public_id), taking_digest(str(owner.public_id))
        told = {"link": row.purpose}
        ledger.append(by, scope="noi-quy", kind="account", object_id=public_id, digest=bound, bound=bound, note=told)
    return account_info(owner)


def invited(accounts: list[str]) -> dict[str, InvitationInfo]:
    """Return the newest link of each account that ever had one."""
    rows = Invitation.objects.filter(account__public_id__in=accounts).select_related("account").order_by("pk")
    return {
        str(row.account.public_id): InvitationInfo(
            account=str(row.account.public_id),
            purpose=row.purpose,
            sent_to=row.sent_to,
            made_at=row.made_at,
            expires_at=row.expires_at,
            used_at=row.used_at,
            revoked_at=row.revoked_at,
        )
        for row in rows
    }
