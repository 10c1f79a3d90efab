"""What a party says of a duty it missed, and whether the owner of the board takes it; no status changes by either."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.reports.models import DutyReply

LONGEST = 1000

__all__ = ["Duty", "ReplyInfo", "replies", "reply", "reply_digest", "reply_for_work", "weigh"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty of one party in one period, as the board names it."""

    month: str
    norm: str
    bearer: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyInfo:
    """A reply as screens know it; `accepted` is None until it is weighed."""

    id: int
    group_id: int
    duty: Duty
    text: str
    account: str
    at: datetime
    accepted: bool | None


def reply_digest(duty: Duty, text: str) -> str:
    """Return the SHA-256 (hex) of a reply, to which its permit is bound."""
    return digest_of(month=duty.month, norm=duty.norm, bearer=duty.bearer, period=duty.period, text=text)


def reply(by: Permit, group_id: int, duty: Duty, text: str) -> ReplyInfo:
    """Keep a party's reply; an earlier one stays beside it."""
    if not text.strip() or len(text) > LONGEST:
        raise BadInput(f"Giải trình: viết từ 1 đến {LONGEST} ký tự.", f"A reply has from 1 to {LONGEST} characters.")
    with transaction.atomic():
        row = DutyReply.objects.create(
            group_id=group_id,
            month=duty.month,
            norm=duty.norm,
            bearer=duty.bearer,
            period=duty.period,
            text=text,
            account=by.actor.account,
            at=by.at,
        )
        slug = row.group.slug
        digest = reply_digest(duty, text)
        object_id = f"{slug}:{duty.norm}:{duty.bearer}:{duty.period}"
        ledger.append(by, scope=slug, kind="duty_reply", object_id=object_id, digest=digest, bound=digest)
    return _info(row)


def weigh(by: Permit, reply_id: int, *, accepted: bool) -> ReplyInfo:
    """Record whether a reply is taken; said once."""
    with transaction.atomic():
        row = DutyReply.objects.select_for_update().get(pk=reply_id)
        if row.accepted is not None:
            raise BadInput("Giải trình này đã được xem xét.", "This reply has been weighed already.")
        row.accepted, row.weighed_at = accepted, by.at
        row.save(update_fields=["accepted", "weighed_at"])
        digest = digest_of(reply=row.pk, accepted=accepted)
        slug = row.group.slug
        object_id = f"{slug}:giai-trinh:{row.pk}"
        ledger.append(by, scope=slug, kind="duty_reply", object_id=object_id, digest=digest, bound=digest)
    return _info(row)


def reply_for_work(group_id: int, reply_id: int) -> ReplyInfo | None:
    """Return one reply of a group for the journeys, which check the actor themselves."""
    row = DutyReply.objects.filter(group_id=group_id, pk=reply_id).first()
    return _info(row) if row else None


def replies(group_id: int, months: tuple[str, ...]) -> list[ReplyInfo]:
    """Return the replies on duties of some months, the earliest first."""
    rows = DutyReply.objects.filter(group_id=group_id, month__in=months).order_by("at", "pk")
    return [_info(row) for row in rows]


def _info(row: DutyReply) -> ReplyInfo:
    return ReplyInfo(
        id=row.pk,
        group_id=row.group_id,
        duty=Duty(month=row.month, norm=row.norm, bearer=row.bearer, period=row.period),
        text=row.text,
        account=str(row.account),
        at=row.at,
        accepted=row.accepted,
    )
