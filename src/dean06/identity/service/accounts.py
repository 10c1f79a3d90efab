"""Accounts and their public ids. What an account may do is for the charter to say."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.identity.models import Account
from dean06.identity.service import second_factor
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of

# The password of demonstration accounts: shown on the sign-in page, useless on an installation without them.
DEMO_PASSWORD = "trinh-dien-06"  # noqa: S105  public by design, refused outside a demonstration

__all__ = [
    "DEMO_PASSWORD",
    "AccountInfo",
    "account",
    "account_by_public_id",
    "active",
    "any_account",
    "bootstrap",
    "content_digest",
    "create",
    "demo_accounts",
    "new_id",
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


def _info(row: Account) -> AccountInfo:
    return AccountInfo(
        username=row.username,
        public_id=str(row.public_id),
        full_name=row.full_name,
        language=row.language,
        is_demo=row.is_demo,
    )


def account(username: str) -> AccountInfo:
    """Return an account by its sign-in name."""
    row = Account.objects.filter(username=username, is_active=True).first()
    if row is None:
        raise BadInput(
            f"Không có tài khoản «{username}»: kiểm tra tên đăng nhập.", f"There is no account {username!r}."
        )
    return _info(row)


def account_by_public_id(public_id: str) -> AccountInfo | None:
    """Return an account by its public id, or None when it is unknown here."""
    row = Account.objects.filter(public_id=public_id).first()
    return _info(row) if row else None


def active(public_ids: Iterable[str]) -> dict[str, AccountInfo]:
    """Return those of these accounts that can sign in, by public id; one query."""
    return {str(row.public_id): _info(row) for row in Account.objects.filter(public_id__in=public_ids, is_active=True)}


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
        _require_strong(password)
    row = Account(username=username, full_name=full_name, public_id=public_id, is_demo=is_demo, created_at=clock.now())
    row.set_password(password)
    row.save()
    if is_demo:
        second_factor.set_up_demo(row)
    return _info(row)


def _require_strong(password: str) -> None:
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


def demo_accounts() -> list[AccountInfo]:
    """Return the demonstration's accounts, for the start-up page of a demonstration."""
    return [_info(row) for row in Account.objects.filter(is_demo=True).order_by("pk")]
