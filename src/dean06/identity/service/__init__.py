"""The face of identity: accounts, their public ids, and the second factor with which a person is asked again."""

from __future__ import annotations

from dean06.identity.service.accounts import (
    DEMO_PASSWORD,
    AccountInfo,
    account,
    account_by_public_id,
    accounts_by_id,
    active,
    any_account,
    bootstrap,
    content_digest,
    create,
    demo_accounts,
    new_id,
    set_language,
)
from dean06.identity.service.second_factor import confirm_person, has_second_factor

__all__ = [
    "DEMO_PASSWORD",
    "AccountInfo",
    "account",
    "account_by_public_id",
    "accounts_by_id",
    "active",
    "any_account",
    "bootstrap",
    "confirm_person",
    "content_digest",
    "create",
    "demo_accounts",
    "has_second_factor",
    "new_id",
    "set_language",
]
