"""A group ends: with the second person's word everything it leaves is handed over, in one transaction, on one entry."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.adoption.service import SuccessionInfo
from dean06.charter import service as charters
from dean06.charter.types import Citation, Fact, ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import TakenOver
from dean06.flows import succession
from dean06.flows.authority import Act, permit
from dean06.flows.succession import Handover, TaskLine
from dean06.flows.territory import Heir, Part, coordinators
from dean06.machines.service import succession as machines
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import handing_in, numbers
from dean06.reconcile.service import runs as matching
from dean06.sources import service as sources
from dean06.work.service import registers
from dean06.work.service import tasks as work
from dean06.work.types import Share

__all__ = ["confirm", "obstacles"]


def obstacles(handover: Handover) -> list[tuple[str, str]]:
    """Return what must be done before a hand-over can be confirmed, each in Vietnamese and English."""
    group, plan = handover.group, handover.plan
    found = []
    if not plan.instrument or plan.signed_on is None:
        found.append(
            ("Ghi số và ngày của văn bản kết thúc tổ.", "Enter number and date of the paper ending the group.")
        )
    if handover.unplaced:
        found.append(
            (
                f"Còn {handover.unplaced} nhiệm vụ, nghĩa vụ chưa có nơi nhận: chọn ở bảng dưới.",
                f"{handover.unplaced} tasks or duties have no place to go: choose in the tables below.",
            )
        )
    if clock.today(group) <= plan.last_day:
        after = plan.last_day + timedelta(days=1)
        found.append(
            (
                f"Tổ còn hoạt động đến hết ngày {plan.last_day:%d/%m/%Y}: xác nhận từ ngày {after:%d/%m/%Y}.",
                f"The group is at work until {plan.last_day:%d/%m/%Y}: confirm from {after:%d/%m/%Y}.",
            )
        )
    return [*found, *_under_way(group)]


def _under_way(group: GroupInfo) -> list[tuple[str, str]]:
    """Return what is being read or matched: its result would come after the end."""
    found = []
    running = matching.going(group.id)
    if running:
        listed = ", ".join(f"L{run}" for run in running)
        found.append(
            (
                f"Lượt đối soát {listed} chưa xong: chờ xong rồi xác nhận.",
                f"The matching {listed} is not done: wait for it, then confirm.",
            )
        )
    waiting = [delivery for group_id, delivery, _ in sources.unfinished() if group_id == group.id]
    if waiting:
        listed = ", ".join(map(str, waiting))
        found.append(
            (
                f"Lần nộp {listed} chưa đọc xong: chờ đối soát xong, hoặc rút lần nộp.",
                f"Delivery {listed} is not read yet: wait for its matching, or take it back.",
            )
        )
    return found


def confirm(account: str, group: GroupInfo, kept: SuccessionInfo, *, seen: str) -> SuccessionInfo:
    """Confirm a hand-over as it was seen; with the second person's word it is done, whole or not at all.

    Args:
        account: who confirms.
        group: the group that ends.
        kept: its plan.
        seen: the SHA-256 of the content that the person had before them; another one now is not confirmed.
    """
    with transaction.atomic():
        work.hold(group.id)
        handover = succession.draw_up(group, kept.plan)
        _require_ready(handover, seen)
        by = permit(_ending(account, group, kept, handover))
        done = adoption.confirm_succession(by, kept.id, handover.content)
        if done.is_done:
            _hand_over(by, handover)
    return done


def _require_ready(handover: Handover, seen: str) -> None:
    for vi, en in obstacles(handover):
        raise BadInput(vi, en)
    if handover.digest != seen:
        raise BadInput(
            "Công việc của tổ vừa đổi sau khi bạn mở trang: xem lại bảng bàn giao rồi xác nhận.",
            "The group's work changed after you opened the page: look at the hand-over again, then confirm.",
        )


def _ending(account: str, group: GroupInfo, kept: SuccessionInfo, handover: Handover) -> Act:
    plan = kept.plan
    obj = ObjectRef(kind="succession", id=adoption.succession_ref(group.slug, str(kept.id)), digest=handover.digest)
    facts: dict[str, Fact] = {"succession.number": plan.instrument}
    if plan.signed_on is not None:
        facts["succession.signed_on"] = plan.signed_on.isoformat()
    return Act(account=account, group=group, action="group.hand_over", obj=obj, facts=facts)


def _hand_over(by: Permit, handover: Handover) -> None:
    group, plan = handover.group, handover.plan
    if plan.signed_on is None:
        raise BadInput("Thiếu ngày của văn bản kết thúc tổ.", "The date of the paper that ends the group is missing.")
    heirs = {heir.group.slug: heir for heir in handover.heirs}
    for line in handover.tasks:
        _task(by, group, line, heirs)
    numbers.close_series(by, group.id, plan.last_day, handover.series)
    handing_in.pass_on(by, group.id, {one.id: handover.keeper for one in handover.files})
    if handover.entries:
        seen = tuple(one.ref for one in handover.entries)
        registers.pass_entries_on(by, group.id, heirs[handover.keeper].group, seen)
    serving = {heir.group.id: frozenset(offices.agency_names(heir.group.id)) for heir in handover.heirs}
    sources.pass_sources_on(by, group.id, serving)
    machines.pass_accounts_on(by, group.id, serving)
    machines.pass_addresses_on(by, group.id, serving)
    offices.end_group(by, group.id, plan.last_day, (plan.instrument, plan.signed_on), plan.successors)


def _task(by: Permit, group: GroupInfo, line: TaskLine, heirs: dict[str, Heir]) -> None:
    if line.reason:
        work.end_with_group(by, line.task.id)
        return
    order_ids: list[int] = []
    shares: list[Share] = []
    for part in line.parts:
        heir = heirs[part.to]
        order_id, total, ref = _order(by, group, line, part, heir)
        if line.order_id is not None and order_id is None:
            continue
        order_ids += [order_id] if order_id is not None else []
        shares.append(
            Share(
                slot=work.reserve(heir.group.id),
                lead=part.agency,
                total=total,
                reading=_reading(group, line),
                coordinating=coordinators(line.task, heir, part.agency),
                origin_ref=ref,
            )
        )
    made = work.hand_over(by, line.task.id, shares)
    if line.order_id is not None:
        for order_id, task in zip(order_ids, made, strict=True):
            corrections.carry_task(by, line.order_id, order_id, task.id)


def _order(by: Permit, group: GroupInfo, line: TaskLine, part: Part, heir: Heir) -> tuple[int | None, int, str]:
    """Return (order, rows to prove, its id) at a successor; no order where it holds every row by itself already."""
    if line.order_id is None:
        return None, line.task.total - line.task.done, ""
    if part.findings == part.held:
        return None, 0, ""
    taken = TakenOver(
        slot=corrections.reserve(heir.group.id),
        agency=part.agency,
        reading=_reading(group, line),
        communes=part.communes,
    )
    made = corrections.hand_over_order(by, line.order_id, taken)
    if made.count != part.findings - part.held:
        raise BadInput(
            f"Sai lệch của {line.task.ref} vừa đổi: mở lại trang rồi xác nhận.",
            f"The findings of {line.task.ref} have just changed: open the page again, then confirm.",
        )
    return made.id, made.count, made.ref


def _reading(group: GroupInfo, line: TaskLine) -> str:
    basis = line.task.basis
    where = ""
    if basis.article:
        cited = Citation(article=basis.article, clause=basis.clause or None, point=basis.point or None)
        where = f" theo {charters.clause_label(cited)} của quy chế tổ ấy"
    return f"Nhận bàn giao từ {group.name}, nhiệm vụ số {line.task.number}{where}."
