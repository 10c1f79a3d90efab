"""Rows an agency refused or said are not its own: who looks after the whole group leaves them there or moves them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from dean06.charter.types import ObjectRef, Permit
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import NewOrder, OrderInfo
from dean06.flows import answering, ordering
from dean06.flows.authority import Act, Answer, ask, bind, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, Viewer
from dean06.reconcile.service import field_sheets
from dean06.work.service import tasks as work

ASSIGN = "task.assign"

__all__ = ["may_decide", "move", "uphold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    """Who answers after the group moved rows: the agency it chose, under the clause of the order they leave."""

    source: str
    agency: str
    reading: str
    citation: Mapping[str, str | None]
    norm_key: str = ""
    coordinators: tuple[str, ...] = field(default=())


def may_decide(viewer: Viewer, group: GroupInfo, order: OrderInfo) -> Answer:
    """Say whether somebody may give rows of an order to another agency, or leave them: who may assign tasks may."""
    obj = bind("order", order.ref, ask=ASSIGN)
    return ask(Act(account=viewer.account, group=group, action=ASSIGN, obj=obj))


def move(
    viewer: Viewer,
    group: GroupInfo,
    order_id: int,
    fingerprints: Sequence[str],
    agency: str,
    *,
    reason: str | None = None,
) -> OrderInfo:
    """Give rows of an order to another agency, with a new order, task and last day; the old task holds the rest."""
    old = answering.order_seen(viewer, group, order_id)
    if agency not in offices.agency_names(group.id):
        raise BadInput("Chọn một cơ quan của tổ.", "Choose an agency of the group.")
    held = {one.fingerprint: one for one in corrections.open_findings([order_id])}
    wanted = [one for one in fingerprints if one in held]
    worst = min((held[one].severity for one in wanted), default=3)
    moved = _Moved(source=old.source, agency=agency, reading=_reading(old), citation=_citation(old))

    def by(obj: ObjectRef) -> Permit:
        return permit(Act(account=viewer.account, group=group, action=ASSIGN, obj=obj, reason=reason))

    with transaction.atomic():
        new = _order(group, old, agency, worst, moved.reading)
        obj = ObjectRef(kind="order", id=new.slot.ref, digest=corrections.moved_digest(new, wanted))
        moving = by(obj)
        opened = corrections.move_rows(moving, order_id, wanted, new)
        field_sheets.hand_on(moving, group.id, order_id, opened.id, agency, wanted)
        task = ordering.task_of(group, moved, opened, "")
        made = work.open_task(by(ObjectRef(kind="task", id=task.slot.ref, digest=task.digest())), task)
        opened = corrections.attach_task(by(bind("order", opened.ref, task=made.id)), opened.id, made.id)
        ordering.recount(group, old.source)
    return opened


def _order(group: GroupInfo, old: OrderInfo, agency: str, worst: int, reading: str) -> NewOrder:
    """Return the order under which moved rows stand: of the same cause and clause, with days of its own."""
    return NewOrder(
        slot=corrections.reserve(group.id),
        source=old.source,
        cause=old.cause,
        agency=agency,
        due=ordering.due_for(group, worst),
        article=old.article,
        clause=old.clause,
        point=old.point,
        reading=reading,
    )


def _reading(old: OrderInfo) -> str:
    return f"Tổ giao lại từ đơn sửa số {old.number}" + (f" ({old.reading})" if old.reading else "")


def _citation(old: OrderInfo) -> dict[str, str | None]:
    return {"article": old.article, "clause": old.clause or None, "point": old.point or None}


def uphold(
    viewer: Viewer, group: GroupInfo, order_id: int, fingerprints: Sequence[str], *, reason: str | None = None
) -> int:
    """Leave rows with the agency that refused them or said they are not its own; their days run on."""
    order = answering.order_seen(viewer, group, order_id)
    obj = ObjectRef(kind="order", id=order.ref, digest=corrections.upheld_digest(order.ref, fingerprints))
    by = permit(Act(account=viewer.account, group=group, action=ASSIGN, obj=obj, reason=reason))
    return corrections.uphold(by, order_id, group.id, fingerprints)
