"""Open orders handed to their agency in one file, once a round: what to correct, and the list to answer in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Citation, ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import FindingInfo, HandedRow, HandoverInfo, NewHandover, OrderInfo, Slot
from dean06.flows.authority import Act, permit
from dean06.flows.correcting import to_fix
from dean06.flows.desk import overseers
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, Viewer
from dean06.reconcile.service import faulty_rows, field_answers
from dean06.reconcile.service import packages as files
from dean06.reconcile.types import FaultyRow, FieldFinding, ToAnswer

WRITERS = {"zip": files.archive, "xlsx": files.workbook}
MOST = 20_000  # rows of a file that can be taken in again

__all__ = ["MOST", "Handed", "clause_of", "hand_over", "open_orders"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A package as it was handed over: the file, its name, and the record of who took it."""

    content: bytes
    name: str
    info: HandoverInfo


def open_orders(viewer: Viewer, group: GroupInfo, agency: str = "") -> list[OrderInfo]:
    """Return the orders with rows still to prove that the reader may see, of one agency or of all; oldest day first."""
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    found = corrections.orders(viewer, group.id, see_all=overseers(charter))
    live = [one for one in found if one.voided_at is None and one.proved < one.total]
    return sorted((one for one in live if agency in {"", one.agency}), key=lambda one: (one.due, one.number))


def hand_over(viewer: Viewer, group: GroupInfo, agency: str, kind: str, orders: Sequence[int] = ()) -> Handed:
    """Hand the open rows of an agency's orders over, all of them or some; the rows are read and the file is recorded.

    `kind`: `zip` is the Data Package, `xlsx` one workbook with lists to choose from.
    """
    wanted = [one for one in open_orders(viewer, group, agency) if not orders or one.id in orders]
    found = corrections.open_findings(one.id for one in wanted)
    if not found or kind not in WRITERS:
        raise BadInput(
            "Cơ quan này không còn dòng nào phải sửa trong phạm vi của bạn.",
            "The agency has no row left to fix within what you may see.",
        )
    if len(found) > MOST:
        raise BadInput(
            f"Còn {len(found)} dòng phải sửa: chọn từng đơn, mỗi lần không quá {MOST} dòng.",
            f"{len(found)} rows are left: choose single orders, at most {MOST} rows at a time.",
        )
    with transaction.atomic():
        slot = corrections.reserve_handover(group.id)
        return _made(viewer, group, _Round(slot=slot, agency=agency, kind=kind, orders=tuple(wanted)), found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    slot: Slot
    agency: str
    kind: str
    orders: tuple[OrderInfo, ...]

    @property
    def name(self) -> str:
        return f"ban-giao-{self.agency.lower()}-{self.slot.ref.split(':')[-1].lower()}.{self.kind}"


def _made(viewer: Viewer, group: GroupInfo, round_: _Round, found: Sequence[FindingInfo]) -> Handed:
    purpose = f"bàn giao sai lệch để cơ quan sửa tại nguồn, {round_.slot.ref}"
    asked = corrections.pending_on(group.id, [one.id for one in found])
    listed = [(one, to_fix(one, asked.get(one.id, (0, ""))[1])) for one in found]
    fixes = [fix for _, fix in listed]
    subject = ObjectRef(kind="handover", id=f"{round_.slot.ref}:dong", digest=faulty_rows.wanted_digest(fixes, purpose))
    rows = faulty_rows.looked(_permit(viewer, group, subject), viewer, group.id, purpose, fixes)
    there = {(row.fix.run, row.fix.stt, row.fix.field): row for row in rows}
    told = [(one, there[key]) for one, fix in listed if (key := (fix.run, fix.stt, fix.field)) in there]
    at_door = field_answers.confirmed(group.id, [one.fingerprint for one, _ in told])
    marks = faulty_rows.marked((one.fingerprint, row.value) for one, row in told)
    content = WRITERS[round_.kind](_head(group, round_), _answerable(round_, told, at_door), marks)
    new = NewHandover(
        group_id=group.id,
        agency=round_.agency,
        number=round_.slot.number,
        ref=round_.slot.ref,
        file_sha256=hashlib.sha256(content).hexdigest(),
        file_name=round_.name,
        orders=tuple(one.id for one in round_.orders),
        rows=tuple(
            HandedRow(finding_id=one.id, fingerprint=one.fingerprint, mark=marks[one.fingerprint]) for one, _ in told
        ),
    )
    by = _permit(viewer, group, ObjectRef(kind="handover", id=new.ref, digest=new.digest()))
    return Handed(content=content, name=round_.name, info=corrections.keep_handover(by, new))


def _permit(viewer: Viewer, group: GroupInfo, obj: ObjectRef) -> Permit:
    facts = {"purpose.stated": True, "person.in_own_units": viewer.sits_in(group.id)}
    return permit(Act(account=viewer.account, group=group, action="result.export", obj=obj, facts=facts))


def _head(group: GroupInfo, round_: _Round) -> files.PackageHead:
    agency = offices.agency_name(group.id, round_.agency)
    return files.PackageHead(
        ref=round_.slot.ref,
        title=f"Danh sách phải sửa, {agency}, lần bàn giao {round_.slot.number}",
        agency=agency,
        made_on=clock.today(group),
        kinds={code: vi for code, (vi, _) in corrections.kinds().items()},
        reasons={code: vi for code, (vi, _) in corrections.reasons().items()},
    )


def _answerable(
    round_: _Round, told: Sequence[tuple[FindingInfo, FaultyRow]], at_door: Mapping[str, FieldFinding]
) -> list[tuple[ToAnswer, FaultyRow]]:
    """Return each row with its order; what the commune police confirmed stands before what the register says."""
    orders: Mapping[int | None, OrderInfo] = {one.id: one for one in round_.orders}
    made = []
    for one, row in told:
        found, order = at_door.get(one.fingerprint), orders[one.order_id]
        answer = ToAnswer(
            fix=row.fix,
            finding=one.fingerprint,
            order=order.ref,
            clause=clause_of(order),
            due=order.due,
            evidence=found.evidence if found else "",
        )
        made.append((answer, replace(row, registered=found.value) if found and found.value else row))
    return made


def clause_of(order: OrderInfo) -> str:
    """Return the clause by which an agency answers for an order, as it is cited; its reading where there is none."""
    if not order.article:
        return order.reading
    cited = Citation(article=order.article, clause=order.clause or None, point=order.point or None)
    return charters.clause_label(cited)
