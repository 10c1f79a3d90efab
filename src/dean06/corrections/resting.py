"""What is left to do in orders, as far as a pause of their last day needs it; and the last day that a pause moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Max, Q

from dean06.charter.types import Permit
from dean06.clock.service import TZ
from dean06.corrections.models import Finding, Order, Proposal
from dean06.corrections.orders import OWED, not_found
from dean06.corrections.rows import order_infos, order_ref
from dean06.corrections.types import PENDING, Left, OrderInfo, Pause, ProposalState
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of

ASKED = [one.value for one in PENDING]

__all__ = ["left_in", "orders_with_rest", "pause", "pause_digest"]


def orders_with_rest(group_id: int, sources: Iterable[str]) -> list[OrderInfo]:
    """Return the orders with rows left to mend whose last day a pause may move.

    They are of these sources, whose rules are or were doubted, or the register was ever doubted on one of their rows.
    """
    doubted = Proposal.objects.filter(group_id=group_id, finding__order__isnull=False).values("finding__order_id")
    wanted = Q(source__in=sorted(set(sources))) | Q(pk__in=doubted)
    rows = Order.objects.filter(wanted, group_id=group_id, voided_at=None, findings__status__in=OWED).distinct()
    return order_infos(list(rows.select_related("group").order_by("pk")))


def left_in(order_ids: Iterable[int]) -> dict[int, tuple[Left, ...]]:
    """Return what orders held to mend, by rule and field, and each row on which the register was doubted by itself."""
    wanted = list(order_ids)
    found: dict[int, list[Left]] = defaultdict(list)
    alone = Proposal.objects.filter(finding__order_id__in=wanted).values("finding_id")
    rows = Finding.objects.filter(order_id__in=wanted).exclude(status="withdrawn")
    whole = rows.exclude(pk__in=alone).order_by().values("order_id", "rule", "field")
    for one in whole.annotate(closed=Max("closed_at"), owed=Count("pk", filter=Q(status__in=OWED))):
        until = None if one["owed"] else _day(one["closed"])
        found[one["order_id"]].append(Left(rule=one["rule"], field=one["field"], until=until))
    for row in rows.filter(pk__in=alone).prefetch_related("proposals"):
        found[row.order_id or 0].append(
            Left(rule=row.rule, field=row.field, until=_day(row.closed_at), asked=_asked(row.proposals.all()))
        )
    return {order_id: tuple(listed) for order_id, listed in found.items()}


def _asked(proposals: Iterable[Proposal]) -> tuple[Pause, ...]:
    """Return when the owner of the register was asked about a row; asking again after a refusal stops no clock."""
    made: list[Pause] = []
    for one in sorted(proposals, key=lambda each: each.pk):
        open_ = one.state in ASKED
        made.append(Pause(since=_of(one.made_at), until=None if open_ else _day(one.ended_at), ground=str(one)))
        if one.state == ProposalState.REFUSED:
            break
    return tuple(made)


def _of(at: datetime) -> date:
    return at.astimezone(TZ).date()


def _day(at: datetime | None) -> date | None:
    return _of(at) if at else None


def pause_digest(ref: str, due: date, days: int, ground: str) -> str:
    """Return the SHA-256 (hex) of a last day that a pause moved, to which the permit is bound."""
    return digest_of(ref=ref, due=due, paused=days, ground=ground)


def pause(by: Permit, order_id: int, due: date, days: int, ground: str) -> OrderInfo:
    """Move the last day of an order by the working days on which nothing in it could be mended.

    The permit is for object kind `order`, id the order's, digest `pause_digest`.
    """
    with transaction.atomic():
        row = Order.objects.select_for_update(of=("self",)).select_related("group").filter(pk=order_id).first()
        if row is None:
            raise not_found(order_id)
        row.first_due, row.due, row.paused = row.first_due or row.due, due, days
        row.save(update_fields=["first_due", "due", "paused"])
        ref = order_ref(row.group.slug, row.number)
        digest = pause_digest(ref, due, days, ground)
        note: dict[str, str | int] = {"paused": days, "due": due.isoformat(), "ground": ground[:200]}
        ledger.append(by, scope=row.group.slug, kind="order", object_id=ref, digest=digest, bound=digest, note=note)
    return order_infos([row])[0]
