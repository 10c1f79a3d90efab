"""Accounts and their public ids. What an account may do is for the charter to say."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.identity.models import Account, Invitation
from dean06.identity.service import second_factor
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.orthography.service import fold

# The password of demonstration accounts: shown on the sign-in page, useless on an installation without them.
DEMO_PASSWORD = "trinh-dien-06"  # noqa: S105  public by design, refused outside a demonstration

__all__ = [
    "DEMO_PASSWORD",
    "AccountInfo",
    "access_digest",
    "account",
    "account_by_public_id",
    "account_info",
    "accounts_by_id",
    "active",
    "any_account",
    "bootstrap",
    "content_digest",
    "create",
    "demo_accounts",
    "end_sessions",
    "listed",
    "new_id",
    "require_strong",
    "set_access",
    "set_language",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInfo:
    """An account as other rooms know it."""

    username: str
    public_id: str
    full_name: str
    language: str
    is_demo: bool
    email: str = ""
    is_active: bool = True
    last_sign_in: datetime | None = None
    has_password: bool = True
    created_at: datetime | None = None


def account_info(row: Account) -> AccountInfo:
    """Return a stored account as other rooms know it."""
    return AccountInfo(
        username=row.username,
        public_id=str(row.public_id),
        full_name=row.full_name,
        language=row.language,
        is_demo=row.is_demo,
        email=row.email,
        is_active=row.is_active,
        last_sign_in=row.last_login,
        has_password=row.has_usable_password(),
        created_at=row.created_at,
    )


def account(username: str) -> AccountInfo:
    """Return an account by its sign-in name."""
    row = Account.objects.filter(username=username, is_active=True).first()
    if row is None:
        raise BadInput(
            f"Không có tài khoản «{username}»: kiểm tra tên đăng nhập.", f"There is no account {username!r}."
        )
    return account_info(row)


def account_by_public_id(public_id: str) -> AccountInfo | None:
    """Return an account by its public id, or None when it is unknown here."""
    row = Account.objects.filter(public_id=public_id).first()
    return account_info(row) if row else None


def active(public_ids: Iterable[str]) -> dict[str, AccountInfo]:
    """Return those of these accounts that can sign in, by public id; one query."""
    return {
        str(row.public_id): account_info(row)
        for row in Account.objects.filter(public_id__in=public_ids, is_active=True)
    }


def bootstrap(username: str, password: str | None, full_name: str, *, is_demo: bool = False) -> AccountInfo:
    """Make the first administrator of an empty installation; refused once any account exists."""
    if Account.objects.exists():
        raise BadInput(
            "Đã có tài khoản quản trị: tạo thêm tài khoản qua quản trị viên.",
            "There is an administrator already: further accounts are made by them.",
        )
    return _make(new_id(), username, password, full_name, is_demo=is_demo)


def any_account() -> bool:
    """Say whether the installation has an account yet."""
    return Account.objects.exists()


def new_id() -> str:
    """Return the public id of an account about to be made: the ledger knows a person by it and by nothing else."""
    return str(uuid.uuid4())


def content_digest(username: str, full_name: str) -> str:
    """Return what the permit for an account is bound to: commitments to its names, never the names."""
    return digest_of(username=ledger.commitment(username), name=ledger.commitment(full_name))


def create(
    by: Permit, public_id: str, username: str, password: str | None, full_name: str, *, is_demo: bool = False
) -> AccountInfo:
    """Make an account; with no password it cannot sign in until one is set."""
    try:
        with transaction.atomic():
            made = _make(public_id, username, password, full_name, is_demo=is_demo)
            bound = content_digest(username, full_name)
            ledger.append(by, scope="noi-quy", kind="account", object_id=public_id, digest=bound, bound=bound)
    except IntegrityError as problem:
        raise BadInput(
            f"Tên đăng nhập «{username}» đã có: chọn tên khác.",
            f"The sign-in name {username!r} is taken: choose another.",
        ) from problem
    return made


def _make(public_id: str, username: str, password: str | None, full_name: str, *, is_demo: bool) -> AccountInfo:
    if password is not None:
        require_strong(password)
    row = Account(username=username, full_name=full_name, public_id=public_id, is_demo=is_demo, created_at=clock.now())
    row.set_password(password)
    row.save()
    if is_demo:
        second_factor.set_up_demo(row)
    return account_info(row)


def require_strong(password: str) -> None:
    """Refuse a password that is short or common."""
    try:
        validate_password(password)
    except ValidationError as problem:
        raise BadInput(
            "Mật khẩu cần ít nhất 12 ký tự và không phải mật khẩu nhiều người dùng: chọn mật khẩu khác.",
            "A password needs 12 characters and must not be a common one: choose another.",
        ) from problem


def set_language(public_id: str, language: str) -> None:
    """Choose the language of an account's screens: `vi` or `en`."""
    if language not in {"vi", "en"}:
        raise BadInput("Chỉ có tiếng Việt (vi) và tiếng Anh (en).", "Only Vietnamese (vi) and English (en) exist.")
    Account.objects.filter(public_id=public_id).update(language=language)


def demo_accounts(most: int) -> list[AccountInfo]:
    """Return the first accounts of a demonstration, for the page on which one signs in."""
    return [account_info(row) for row in Account.objects.filter(is_demo=True).order_by("pk")[:most]]


def accounts_by_id(public_ids: Iterable[str]) -> dict[str, AccountInfo]:
    """Return accounts by their public ids; unknown ones are left out."""
    rows = Account.objects.filter(public_id__in=set(public_ids))
    return {str(row.public_id): account_info(row) for row in rows}


def listed(text: str = "", *, active: bool | None = None) -> list[AccountInfo]:
    """Return the accounts of the installation by name, for whoever answers for accounts; no power is told."""
    rows = Account.objects.order_by("full_name", "pk")
    if active is not None:
        rows = rows.filter(is_active=active)
    wanted = fold(text)
    found = [account_info(row) for row in rows]
    return [one for one in found if wanted in fold(f"{one.full_name} {one.username}")] if wanted else found


def access_digest(public_id: str, *, active: bool, reason: str) -> str:
    """Return what the permit to disable or open an account is bound to."""
    return digest_of(account=public_id, active=active, reason=ledger.commitment(reason))


def set_access(by: Permit, public_id: str, reason: str, *, active: bool) -> None:
    """Disable an account or open it again; disabling ends every session and link of it at once."""
    with transaction.atomic():
        row = Account.objects.select_for_update().filter(public_id=public_id).first()
        if row is None or row.is_active is active:
            raise BadInput(
                "Tài khoản đã ở trạng thái ấy: tải lại trang.", "The account stands like that already: reload the page."
            )
        row.is_active = active
        row.sessions += 1
        row.save(update_fields=["is_active", "sessions"])
        if not active:
            Invitation.objects.filter(account=row, used_at=None, revoked_at=None).update(revoked_at=clock.now())
        bound = access_digest(public_id, active=active, reason=reason)
        told = {"access": "open" if active else "disabled"}
        ledger.append(by, scope="noi-quy", kind="account", object_id=public_id, digest=bound, bound=bound, note=told)


def end_sessions(public_id: str) -> None:
    """End every session of one's own account, on whatever machine."""
    Account.objects.filter(public_id=public_id).update(sessions=F("sessions") + 1)
