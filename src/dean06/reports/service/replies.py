"""What a party says of its duties, and whether the owner of the board takes it; the duty itself is judged elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.reports.models import DutyReply

LONGEST = 1000
LONGEST_PAPER = 120

__all__ = [
    "Duty",
    "ReplyInfo",
    "Said",
    "accepted_replies",
    "replies",
    "replies_on",
    "reply",
    "reply_digest",
    "reply_for_work",
    "weigh",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty of one party in one period, as the board names it."""

    month: str
    norm: str
    bearer: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of a duty: a reason; or that it was done, on a day, as the paper of that number shows."""

    text: str
    done_on: date | None = None
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyInfo:
    """A reply as screens know it; `accepted` is None until weighed, `together` the first of those said at once."""

    id: int
    group_id: int
    duty: Duty
    text: str
    account: str
    at: datetime
    accepted: bool | None
    together: int
    done_on: date | None = None
    paper: str = ""
    reason: str = ""

    @property
    def ref(self) -> str:
        """The name under which a statement and a workbook cite it."""
        return f"GT-{self.id}"


def reply_digest(duty: Duty, said: Said) -> str:
    """Return the SHA-256 (hex) of a reply, to which its permit is bound."""
    return digest_of(
        month=duty.month,
        norm=duty.norm,
        bearer=duty.bearer,
        period=duty.period,
        text=said.text,
        done_on=said.done_on,
        paper=said.paper,
    )


def _require_said(said: Said) -> None:
    evidence = said.done_on is not None
    if len(said.text) > LONGEST or not (said.text.strip() or evidence):
        raise BadInput(f"Giải trình: viết từ 1 đến {LONGEST} ký tự.", f"A reply has from 1 to {LONGEST} characters.")
    if bool(said.paper.strip()) != evidence or len(said.paper) > LONGEST_PAPER:
        raise BadInput(
            f"Nêu đã làm thì ghi cả ngày và số, ký hiệu văn bản (đến {LONGEST_PAPER} ký tự).",
            f"To show that it was done, give both the day and the number of the paper (to {LONGEST_PAPER} characters).",
        )


def reply(by: Permit, group_id: int, duty: Duty, said: Said, *, beside: int | None = None) -> ReplyInfo:
    """Keep a party's reply, beside the first one of those it says at once; an earlier reply stays too."""
    _require_said(said)
    with transaction.atomic():
        row = DutyReply.objects.create(
            group_id=group_id,
            month=duty.month,
            norm=duty.norm,
            bearer=duty.bearer,
            period=duty.period,
            text=said.text,
            done_on=said.done_on,
            paper=said.paper,
            together=beside,
            account=by.actor.account,
            at=by.at,
        )
        slug = row.group.slug
        digest = reply_digest(duty, said)
        object_id = f"{slug}:{duty.norm}:{duty.bearer}:{duty.period}"
        ledger.append(by, scope=slug, kind="duty_reply", object_id=object_id, digest=digest, bound=digest)
    return _info(row)


def weigh(by: Permit, reply_id: int, *, accepted: bool, reason: str = "") -> ReplyInfo:
    """Record whether a reply is taken; said once, and a refusal gives its reason."""
    if len(reason) > LONGEST or not (accepted or reason.strip()):
        raise BadInput(
            f"Bác giải trình thì ghi lý do (đến {LONGEST} ký tự).",
            f"A refusal gives its reason (to {LONGEST} characters).",
        )
    with transaction.atomic():
        row = DutyReply.objects.select_for_update().get(pk=reply_id)
        if row.accepted is not None:
            raise BadInput("Giải trình này đã được xem xét.", "This reply has been weighed already.")
        row.accepted, row.weighed_at, row.reason = accepted, by.at, reason
        row.save(update_fields=["accepted", "weighed_at", "reason"])
        digest = digest_of(reply=row.pk, accepted=accepted, reason=reason)
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
    return _listed(DutyReply.objects.filter(group_id=group_id, month__in=months).order_by("at", "pk"))


def replies_on(group_id: int, norm: str) -> list[ReplyInfo]:
    """Return the replies on duties of one norm, the earliest first."""
    return _listed(DutyReply.objects.filter(group_id=group_id, norm=norm).order_by("at", "pk"))


def accepted_replies(group_id: int, until: datetime) -> list[ReplyInfo]:
    """Return the replies that were taken until an instant, in the order in which they were."""
    rows = DutyReply.objects.filter(group_id=group_id, accepted=True, weighed_at__lte=until)
    return _listed(rows.order_by("weighed_at", "pk"))


def _listed(rows: Iterable[DutyReply]) -> list[ReplyInfo]:
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
        together=row.together or row.pk,
        done_on=row.done_on,
        paper=row.paper,
        reason=row.reason,
    )
