"""Telling: one sentence to many accounts, each once, as each has chosen."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from dean06.identity import service as identity
from dean06.notices.kinds import Kind, Part, kind, kinds, parts
from dean06.notices.models import Choice, Notice
from dean06.notices.types import Mail, News, Recipient

MANY = 500

__all__ = ["Kind", "Part", "kinds", "parts", "tell", "told_keys"]


def tell(group_id: int, news: News, to: Iterable[Recipient]) -> int:
    """Tell each account once; returns how many are told now.

    Told again under the same key, nothing happens. A matter that the charter makes a duty is shown in the application
    whatever its reader chose. It may be called inside an act's own transaction, and lives or dies with it.
    """
    known = kind(news.kind)
    first: dict[str, Recipient] = {}
    for one in to:
        first.setdefault(one.account, one)
    active = identity.active(first)
    chosen = {str(row.account): row for row in Choice.objects.filter(account__in=list(first), kind=known.code)}
    rows = [
        _row(group_id, news, one, known, chosen.get(account)) for account, one in first.items() if account in active
    ]
    with transaction.atomic():
        told = Notice.objects.filter(group_id=group_id, key=news.key, account__in=[row.account for row in rows])
        before = {str(account) for account in told.values_list("account", flat=True)}
        fresh = [row for row in rows if str(row.account) not in before]
        Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def told_keys(group_id: int, keys: Iterable[str]) -> frozenset[str]:
    """Return which of these keys somebody of a group was told under; a few queries, however many they are."""
    listed = list(dict.fromkeys(keys))
    found: set[str] = set()
    for start in range(0, len(listed), MANY):
        rows = Notice.objects.filter(group_id=group_id, key__in=listed[start : start + MANY])
        found |= set(rows.values_list("key", flat=True).distinct())
    return frozenset(found)


def _row(group_id: int, news: News, one: Recipient, known: Kind, choice: Choice | None) -> Notice:
    in_app = one.owed or choice is None or choice.in_app
    return Notice(
        group_id=group_id,
        account=one.account,
        seat=one.seat_id,
        kind=known.code,
        vi=" ".join(news.vi.split())[:500],
        en=" ".join(news.en.split())[:500],
        article=news.clause.article,
        clause=news.clause.clause,
        point=news.clause.point,
        route=news.address.route,
        args=list(news.address.args),
        at=news.at,
        key=news.key,
        restricted=news.restricted,
        in_app=in_app,
        mail=choice.mail if choice is not None else Mail(known.mail).value,
    )
