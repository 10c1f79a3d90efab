"""What people are told of acts: it follows the ledger, so that no act tells twice and none is forgotten.

A rule stands for each act that somebody else must learn of. Rooms whose news the ledger alone cannot tell (a reminder,
a meeting's change of place) call `telling.tell` from their own journeys.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from django.db import transaction

from dean06.charter.types import Citation
from dean06.clock import service as clock
from dean06.flows import telling
from dean06.flows.telling import Address, Said, To
from dean06.ledger import service as ledger
from dean06.ledger.service import Followed
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import drafts, finding
from dean06.work.service import tasks as work
from dean06.work.types import TaskInfo

LOG = logging.getLogger(__name__)
NAME = "notices"
# What happened longer ago is no news: a demonstration's history, a restored backup, a worker long away.
FRESH = timedelta(days=14)

Rule = Callable[[GroupInfo, Followed], None]

__all__ = ["follow"]


def follow() -> int:
    """Tell of the acts since the last time; returns how many acts that was."""
    count = 0
    while taken := ledger.follow(NAME, _take):
        count += taken
    return count


def _take(acts: Sequence[Followed]) -> None:
    groups = {one.slug: one for one in offices.all_groups()}
    for act in acts:
        group, rule = groups.get(act.scope), _rule(act)
        if group is not None and rule is not None and act.at > clock.now(group) - FRESH:
            _tell(rule, group, act)


def _rule(act: Followed) -> Rule | None:
    if act.kind == "task" and "lead" in act.note:
        return _task_assigned
    return RULES.get((act.kind, act.action))


def _tell(rule: Rule, group: GroupInfo, act: Followed) -> None:
    """Follow one rule; what cannot be read now is passed over and told, for it must not stop all others."""
    try:
        with transaction.atomic():
            rule(group, act)
    except Exception as problem:  # noqa: BLE001  whatever it is, it must not silence the others; its words may quote
        LOG.warning("notices: %s %s: %s", group.slug, act.kind, type(problem).__name__)


def _task(group: GroupInfo, act: Followed) -> TaskInfo | None:
    _, _, number = act.object_id.partition(":")
    return work.by_number(group.id, int(number)) if number.isdecimal() else None


def _cited(task: TaskInfo) -> Citation | None:
    basis = task.basis
    if not basis.article:
        return None
    return Citation(article=basis.article, clause=basis.clause or None, point=basis.point or None)


def _tell_task(group: GroupInfo, act: Followed, task: TaskInfo, to: To, kind: str, said: Said) -> None:
    telling.tell(
        group,
        to,
        kind,
        said,
        clause=_cited(task),
        address=Address(route="tasks-one", args=(task.id,)),
        key=f"task:{task.ref}:{act.leaf}",
        at=act.at,
    )


def _task_assigned(group: GroupInfo, act: Followed) -> None:
    task = _task(group, act)
    if task is None:
        return
    due = f"{task.due:%d/%m/%Y}"
    lead = Said(
        vi=f"Cơ quan bạn chủ trì nhiệm vụ {task.number}: {task.title}. Hạn {due}.",
        en=f"Your agency leads task {task.number}: {task.title}. Due {due}.",
    )
    _tell_task(group, act, task, To(agencies=(task.lead,), besides=(act.account,)), "task_assigned", lead)
    if task.coordinating:
        beside = Said(
            vi=f"Cơ quan bạn phối hợp nhiệm vụ {task.number}: {task.title}. Hạn {due}.",
            en=f"Your agency takes part in task {task.number}: {task.title}. Due {due}.",
        )
        _tell_task(group, act, task, To(agencies=task.coordinating, besides=(act.account,)), "task_assigned", beside)


def _task_reopened(group: GroupInfo, act: Followed) -> None:
    task = _task(group, act)
    if task is not None and task.is_open:
        said = Said(
            vi=f"Nhiệm vụ {task.number} mở lại: {task.title}. Lần nộp sau cho thấy còn {task.total - task.done} dòng.",
            en=f"Task {task.number} is open again: {task.title}. {task.total - task.done} rows are left.",
        )
        _tell_task(group, act, task, To(agencies=(task.lead,)), "task_reopened", said)


def _task_closed(group: GroupInfo, act: Followed) -> None:
    task = _task(group, act)
    if task is not None and not task.is_open:
        said = Said(
            vi=f"Nhiệm vụ {task.number} đã xong: {task.title}.", en=f"Task {task.number} is done: {task.title}."
        )
        to = To(agencies=(task.lead,), accounts=(task.assigned_by_account,), besides=(act.account,))
        _tell_task(group, act, task, to, "task_closed", said)


def _tell_paper(group: GroupInfo, act: Followed, to: To, kind: str, said: Said) -> None:
    telling.tell(
        group,
        to,
        kind,
        said,
        clause=None,
        address=Address(route="papers-one", args=(int(act.object_id),)),
        key=f"paper:{act.object_id}:{act.leaf}",
        at=act.at,
    )


def _paper_asked(group: GroupInfo, act: Followed) -> None:
    """Tell the signer; the same word of the charter also takes a paper back, and then nobody waits."""
    paper, lies = finding.paper(group.id, int(act.object_id)), drafts.request(int(act.object_id))
    if paper is None or lies is None:
        return
    said = Said(
        vi=f"Văn bản trình bạn ký: {paper.abstract}.", en=f"A paper waits for your signature: {paper.abstract}."
    )
    _tell_paper(group, act, To(seats=(lies.seat,), besides=(act.account,)), "paper_to_sign", said)


def _paper_declined(group: GroupInfo, act: Followed) -> None:
    paper = finding.paper(group.id, int(act.object_id))
    asked = next((one for one in reversed(drafts.requests(int(act.object_id))) if one.state == "declined"), None)
    if paper is None or asked is None:
        return
    said = Said(
        vi=f"{asked.title} trả lại văn bản chưa ký: {paper.abstract}. Lý do ghi ở trang văn bản.",
        en=f"{asked.title} returned a paper unsigned: {paper.abstract}. Its page has the reason.",
    )
    to = To(accounts=tuple({asked.asked_by, paper.drafter} - {""}), besides=(act.account,))
    _tell_paper(group, act, to, "paper_declined", said)


def _paper_issued(group: GroupInfo, act: Followed) -> None:
    paper = finding.paper(group.id, int(act.object_id)) if act.object_id.isdecimal() else None
    if paper is None or not paper.issued:
        return
    said = Said(vi=f"Đã ban hành {paper.label}: {paper.abstract}.", en=f"{paper.label} is issued: {paper.abstract}.")
    accounts = {one.asked_by for one in drafts.requests(paper.id)} | {paper.drafter}
    _tell_paper(group, act, To(accounts=tuple(accounts - {""}), besides=(act.account,)), "paper_issued", said)


def _incoming_handed(group: GroupInfo, act: Followed) -> None:
    """Tell whoever a paper was handed to, by the name that the clerk wrote: an agency, a seat or its holder."""
    one = finding.incoming(group.id, int(act.object_id)) if act.object_id.isdecimal() else None
    if one is None or not one.handed_to:
        return
    names = offices.agency_names(group.id)
    held = offices.holders(group.id, clock.today(group))
    agencies = tuple(code for code, name in names.items() if one.handed_to in (name, code))
    seats = tuple(seat.seat_id for seat in held if one.handed_to in (seat.holder, seat.title, seat.hat))
    until = f" Trả lời trước hết ngày {one.answer_by:%d/%m/%Y}." if one.answer_by else ""
    by = f" Answer by {one.answer_by:%d/%m/%Y}." if one.answer_by else ""
    telling.tell(
        group,
        To(agencies=agencies, seats=seats, besides=(act.account,)),
        "incoming_handed",
        Said(
            vi=f"Văn bản đến {one.label} của {one.organ} chuyển bạn xử lý: {one.abstract}.{until}",
            en=f"Incoming {one.label} of {one.organ} is handed to you: {one.abstract}.{by}",
        ),
        clause=None,
        address=Address(route="papers-incoming-one", args=(one.id,)),
        key=f"incoming:{one.id}:{one.handed_to[:40]}:{one.answer_by or ''}",
        at=act.at,
    )


RULES: Mapping[tuple[str, str], Rule] = {
    ("task", "finding.reopen_by_delivery"): _task_reopened,
    ("task", "task.close_automatic"): _task_closed,
    ("paper", "document.ask_signature"): _paper_asked,
    ("paper", "document.decline"): _paper_declined,
    ("paper", "document.number"): _paper_issued,
    ("incoming", "incoming.hand_on"): _incoming_handed,
}
