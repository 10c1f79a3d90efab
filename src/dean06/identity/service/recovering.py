"""A forgotten password: a link by e-mail that serves once, within an hour, and that is kept nowhere."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.db.models import F, Q
from typing_extensions import override

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.identity.models import Account
from dean06.identity.service.accounts import AccountInfo, account_info, require_strong
from dean06.identity.service.invitations import taking_digest
from dean06.ledger import service as ledger

__all__ = ["accounts_named", "opened", "recover", "token_of"]


class _Tokens(PasswordResetTokenGenerator):
    """Tokens bound to the password, the last sign-in and the ended sessions: whatever moves one of them spends them."""

    key_salt = "dean06.identity.recovering"

    @override
    def _make_hash_value(self, user: Account, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}:{user.sessions}"

    @override
    def _now(self) -> datetime:
        return clock.now().astimezone(clock.TZ).replace(tzinfo=None)


_TOKENS = _Tokens()


def accounts_named(name: str) -> list[str]:
    """Return the accounts of a sign-in name or an e-mail address to which a link can go; often none."""
    given = name.strip()[:254]
    if not given:
        return []
    rows = Account.objects.filter(Q(username__iexact=given) | Q(email__iexact=given), is_active=True, is_demo=False)
    found = rows.exclude(email="").order_by("pk")[:5]
    return [str(one.public_id) for one in found if one.has_usable_password()]


def token_of(public_id: str) -> str:
    """Return the token of a link by which the owner of an account sets another password."""
    return _TOKENS.make_token(Account.objects.get(public_id=public_id))


def opened(public_id: str, token: str) -> AccountInfo:
    """Return the account that a link is for; one that was used or ran out opens nothing."""
    return account_info(_standing(public_id, token))


def _standing(public_id: str, token: str, *, lock: bool = False) -> Account:
    rows = Account.objects.filter(public_id=UUID(str(public_id)), is_active=True, is_demo=False)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None or not row.has_usable_password() or not _TOKENS.check_token(row, token):
        raise BadInput(
            "Đường dẫn đã dùng hoặc quá một giờ: xin đường dẫn khác ở trang Quên mật khẩu.",
            "The link was used or is over an hour old: ask for another on the page for forgotten passwords.",
        )
    return row


def recover(by: Permit, public_id: str, token: str, password: str) -> AccountInfo:
    """Set the password by a link, which serves once; every session of the account ends."""
    require_strong(password)
    with transaction.atomic():
        owner = _standing(public_id, token, lock=True)
        owner.set_password(password)
        owner.sessions = F("sessions") + 1
        owner.save(update_fields=["password", "sessions"])
        owner.refresh_from_db()
        bound, told = taking_digest(public_id), {"link": "forgotten"}
        ledger.append(by, scope="noi-quy", kind="account", object_id=public_id, digest=bound, bound=bound, note=told)
    return account_info(owner)
