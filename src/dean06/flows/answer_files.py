"""A file of answers that came back: the rows that can be kept are, each bad one is told by row and field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from dean06.charter.types import ObjectRef
from dean06.corrections import service as corrections
from dean06.corrections.types import AnswerFileInfo, NewDisposition, OrderInfo
from dean06.flows import answering, packaging
from dean06.flows.authority import Act, permit
from dean06.offices.types import GroupInfo, Viewer

__all__ = ["AnswerRow", "BadRow", "Taken", "take_in"]

NOT_FOUND = (
    "mã sai lệch không có trong đơn sửa nào còn mở của cơ quan: dùng tệp của lần bàn giao mới nhất.",
    "no open order of the agency has such a finding: use the file of the newest hand-over.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """A row of the file as it was written, by the number a person counts."""

    number: int
    finding: str
    seen: str
    disposition: str
    reason: str
    reference: str

    @property
    def blank(self) -> bool:
        """Say whether nothing was answered."""
        return not (self.disposition or self.reason or self.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """Why a row could not be kept: its number, the column, one sentence in two languages; nothing it said."""

    number: int
    field: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of a file; `before` is set where the same file had been taken in already, and nothing was changed."""

    kept: int = 0
    blank: int = 0
    bad: tuple[BadRow, ...] = ()
    before: AnswerFileInfo | None = None


def take_in(viewer: Viewer, group: GroupInfo, sha256: str, rows: Sequence[AnswerRow]) -> Taken:
    """Keep the answers of a file, each on its order; the same file a second time changes nothing."""
    before = corrections.answer_file(group.id, sha256)
    if before is not None:
        return Taken(before=before)
    given = [one for one in rows if not one.blank]
    orders = {one.id: one for one in packaging.open_orders(viewer, group)}
    held = {one.fingerprint: one.order_id for one in corrections.open_findings(orders)}
    by_order: dict[int, list[AnswerRow]] = {}
    bad = []
    for row in given:
        order_id = held.get(row.finding)
        if order_id is None:
            bad.append(BadRow(number=row.number, field="finding", vi=NOT_FOUND[0], en=NOT_FOUND[1]))
        else:
            by_order.setdefault(order_id, []).append(row)
    kept = 0
    with transaction.atomic():
        for order_id, some in sorted(by_order.items()):
            done, wrong = _on_order(viewer, group, orders[order_id], some)
            kept += done
            bad += wrong
        if kept:
            obj = ObjectRef(kind="answers", id=f"{group.slug}:{sha256}", digest=sha256)
            agency = orders[next(iter(by_order))].agency
            act = Act(account=viewer.account, group=group, agency=agency, action=answering.DISPOSE, obj=obj)
            corrections.keep_answer_file(permit(act), group.id, sha256, kept, len(bad))
    bad.sort(key=lambda one: one.number)
    return Taken(kept=kept, blank=len(rows) - len(given), bad=tuple(bad))


def _on_order(
    viewer: Viewer, group: GroupInfo, order: OrderInfo, rows: Sequence[AnswerRow]
) -> tuple[int, list[BadRow]]:
    said = [
        NewDisposition(
            fingerprint=row.finding,
            kind=corrections.kind_written(row.disposition),
            reason=corrections.reason_written(row.reason),
            reference=row.reference,
            seen=row.seen,
        )
        for row in rows
    ]
    told = answering.answer(viewer, group, order.id, said, way="file", part=True)
    wrong = [BadRow(number=rows[one.place].number, field=one.field, vi=one.vi, en=one.en) for one in told.bad]
    return len(told.kept), wrong
