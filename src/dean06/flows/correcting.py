"""The agency's side of a correction: the file that says what to fix, and its word that rows are fixed."""

from __future__ import annotations

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Citation, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import FindingInfo
from dean06.flows import disputing
from dean06.flows.authority import Act, bind, permit
from dean06.flows.desk import overseers
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, Viewer
from dean06.reconcile.service import contradictions
from dean06.reconcile.service import handover as sheets
from dean06.reconcile.types import ToFix
from dean06.sources import service as sources
from dean06.sources.live import Contracts
from dean06.work.errors import TaskNotFound
from dean06.work.service import tasks as work
from dean06.work.types import TaskInfo

__all__ = ["claim", "handover", "to_fix"]


def _own_task(group: GroupInfo, task_id: int) -> TaskInfo:
    """Return a task of the group; one of another group is not there."""
    task = work.task_for_flow(task_id)
    if task.group_id != group.id:
        raise TaskNotFound(
            f"Không có nhiệm vụ {task_id} trong tổ công tác này.", f"There is no task {task_id} in this group."
        )
    return task


def claim(account: str, group: GroupInfo, task_id: int, count: int) -> TaskInfo:
    """Record that the agency says so many rows are fixed; it changes nothing but the record of what was said."""
    task = _own_task(group, task_id)
    act = Act(
        account=account,
        group=group,
        agency=task.lead,
        action="finding.dispose",
        obj=bind("task", task.ref, claimed=count, run=task.closed_by, done=task.done),
    )
    return work.claim(permit(act), task_id, count)


def to_fix(known: Contracts, one: FindingInfo, proposal: str) -> ToFix:
    """Return a finding as a row of the correction file; a rule of the source's contract speaks in its own words."""
    said = known.rule_words(one.source, one.rule) or contradictions.words(one.rule)
    cause = corrections.causes()[one.cause].vi
    titles = {field.code: field.title.vi for field in known.contract(one.source).fields}
    return ToFix(
        run=one.last_run,
        stt=one.stt,
        field=one.field,
        cause=(f"{cause}: {said.vi}" if said else cause)
        + (f" (sổ dân cư đang được xác minh theo {proposal})" if proposal else ""),
        title=titles.get(one.field, ""),
    )


def handover(viewer: Viewer, group: GroupInfo, task_id: int) -> tuple[bytes, str]:
    """Return the correction workbook of a task and its file name; taking it out is recorded as a read of its rows.

    It is for those who may see the task: its agencies, and who answers for the whole group.
    """
    _own_task(group, task_id)
    task = work.task(viewer, task_id, see_all=overseers(adoption.charter_of(group.charter_line, clock.today(group))))
    order = corrections.order_of_task(task_id)
    if order is None:
        raise BadInput("Nhiệm vụ này không có bảng sửa.", "This task has no correction file.")
    paused = disputing.resting(group).get(order.source, frozenset())
    open_ones = [
        one
        for one in corrections.findings_of_order(order.id)
        if one.status in {"open", "reopened"} and (one.rule, one.field) not in paused
    ]
    if not open_ones:
        raise BadInput("Không còn dòng nào phải sửa.", "No row is left to fix.")
    purpose = f"sửa sai lệch theo {task.ref}"
    asked = corrections.pending_on(group.id, [one.id for one in open_ones])
    known = sources.contracts(group.id, clock.today(group))
    rows = [to_fix(known, one, asked.get(one.id, (0, ""))[1]) for one in open_ones]
    act = Act(
        account=viewer.account,
        group=group,
        action="result.export",
        obj=ObjectRef(kind="task", id=f"{task.ref}:bang-sua", digest=sheets.wanted_digest(rows, purpose)),
        facts={"purpose.stated": True, "person.in_own_units": viewer.sits_in(group.id)},
    )
    cited = Citation(article=order.article, clause=order.clause or None, point=order.point or None)
    heading = sheets.Heading(
        title=task.title,
        agency=offices.agency_name(group.id, order.agency),
        clause=charters.clause_label(cited) if cited.article else order.reading,
        due=order.due,
        ref=task.ref,
        purpose=purpose,
    )
    content = sheets.workbook(permit(act), viewer, group.id, heading, rows)
    return content, f"bang-sua-{task.ref.replace('/', '-').replace(':', '-')}.xlsx"
