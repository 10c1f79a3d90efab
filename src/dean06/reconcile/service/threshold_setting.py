"""What a decision of the group sets as the threshold of a measure, written down with its number and day."""

from __future__ import annotations

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.reconcile.models import MonthScores, Threshold
from dean06.reconcile.service.scores import measures
from dean06.reconcile.service.thresholds import decided, info
from dean06.reconcile.types import NewThreshold, ThresholdInfo
from dean06.sources import live as contracts

KIND, EVERY_SOURCE = "threshold", "moi-nguon"

__all__ = ["KIND", "decide", "ref"]


def ref(slug: str, new: NewThreshold) -> str:
    """Return the name under which a decision on a threshold stands in the ledger."""
    return f"{slug}:{new.source or EVERY_SOURCE}:{new.measure}:{new.from_day.isoformat()}"


def decide(by: Permit, group_id: int, new: NewThreshold) -> ThresholdInfo:
    """Write down what a decision of the group says of a threshold."""
    with transaction.atomic():
        group = offices.group_by_id(group_id)
        _require_sound(by, group_id, new)
        row = Threshold.objects.create(
            group_id=group_id,
            source=new.source,
            measure=new.measure,
            value=new.value,
            from_day=new.from_day,
            decision=new.decision,
            decided_on=new.decided_on,
            set_by=by.actor.account,
            set_at=by.at,
            permit=by.digest(),
        )
        digest = new.digest()
        ledger.append(by, scope=group.slug, kind=KIND, object_id=ref(group.slug, new), digest=digest, bound=digest)
    return info(row)


def _require_sound(by: Permit, group_id: int, new: NewThreshold) -> None:
    if new.measure not in measures():
        raise BadInput(f"Không có phép đo «{new.measure}».", f"There is no measure {new.measure!r}.")
    if new.source and new.source not in contracts.contracts():
        raise BadInput(f"Không có nguồn dữ liệu «{new.source}».", f"There is no source {new.source!r}.")
    if new.value is not None and not 0 < new.value <= 1:
        raise BadInput("Ngưỡng phải lớn hơn 0 % và không quá 100 %.", "A threshold is over 0 % and at most 100 %.")
    if not new.decision.strip():
        raise BadInput("Ghi số của quyết định, kết luận.", "Give the number of the decision.")
    _require_days(by, new)
    _require_open(group_id, new)


def _require_days(by: Permit, new: NewThreshold) -> None:
    today = by.at.astimezone(clock.TZ).date()
    if new.decided_on > today:
        raise BadInput(
            f"Ngày quyết định {new.decided_on:%d/%m/%Y} sau hôm nay: ghi ngày trên văn bản.",
            f"The decision is dated {new.decided_on:%d/%m/%Y}, after today: enter the day on the paper.",
        )
    if new.from_day < new.decided_on:
        raise BadInput(
            f"Ngưỡng áp dụng từ {new.from_day:%d/%m/%Y}, trước ngày quyết định {new.decided_on:%d/%m/%Y}: không quyết"
            " định nào chấm lại việc có trước nó.",
            f"It would judge from {new.from_day:%d/%m/%Y}, before it was decided on {new.decided_on:%d/%m/%Y}.",
        )


def _require_open(group_id: int, new: NewThreshold) -> None:
    frozen = (
        MonthScores.objects.filter(group_id=group_id, month__gte=f"{new.from_day:%Y-%m}").order_by("-month").first()
    )
    if frozen:
        raise BadInput(
            f"Bảng điểm tháng {clock.as_read(frozen.month)} đã chốt: chọn ngày áp dụng sau tháng ấy.",
            f"The scores of {clock.as_read(frozen.month)} are frozen: let it apply from a later month.",
        )
    if new.value is None and not any(
        one.source == new.source and one.measure == new.measure for one in decided(group_id)
    ):
        raise BadInput(
            "Tổ chưa quyết ngưỡng nào cho phép đo này ở nguồn này: không có gì để bỏ.",
            "The group has decided no threshold of this measure in this source: there is nothing to give up.",
        )
