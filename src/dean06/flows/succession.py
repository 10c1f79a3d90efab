"""The end of a group, prepared: a plan that can be saved, changed and dropped, and what it would hand over to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from dean06.adoption import service as adoption
from dean06.adoption.service import Plan, SuccessionInfo
from dean06.charter.types import Citation, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.flows import inheritance
from dean06.flows.authority import Act, bind, local_rules_of, permit
from dean06.flows.inheritance import Pending
from dean06.flows.territory import TERRITORY, Heir, Part, Places, is_near, places_of, propose
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import documents, handing_in, numbers
from dean06.papers.types import SeriesInfo, WorkFileInfo
from dean06.work.service import registers
from dean06.work.service import tasks as work
from dean06.work.service.registers import EntryInfo
from dean06.work.types import TaskInfo

GAP = "G-19"
LONGEST = 300

__all__ = ["DutyLine", "Handover", "TaskLine", "begin", "draw_up", "drop", "heirs_offered", "near", "save"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """Where one open task goes: to parts in successors, or it ends with a reason; neither while nobody has chosen.

    Attributes:
        order_id: the order behind a task of findings.
        chosen: what a person chose; empty where the parts are the house's proposal.
    """

    task: TaskInfo
    parts: tuple[Part, ...] = ()
    reason: str = ""
    order_id: int | None = None
    chosen: str = ""

    @property
    def key(self) -> str:
        """The key under which a plan names it."""
        return f"task:{self.task.number}"

    @property
    def is_placed(self) -> bool:
        """Say whether it is known where it goes."""
        return bool(self.parts or self.reason)

    def as_json(self) -> dict[str, object]:
        """Return the line as the record keeps it."""
        told: dict[str, object] = {
            "task": self.task.ref,
            "title": self.task.title,
            "clause": _address(self.task),
            "charter": self.task.basis.charter_hash,
            "lead": self.task.lead,
            "due": self.task.due.isoformat(),
            "done": self.task.done,
            "total": self.task.total,
        }
        if self.reason:
            return {**told, "outcome": "ended", "reason": self.reason}
        return {**told, "outcome": "handed_over", "to": [part.as_json() for part in self.parts]}


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """Where one pending duty goes; a duty about a task follows the task."""

    pending: Pending
    to: tuple[str, ...] = ()
    reason: str = ""
    chosen: str = ""

    @property
    def is_placed(self) -> bool:
        """Say whether it is known where it goes."""
        return bool(self.to or self.reason)

    def as_json(self) -> dict[str, object]:
        """Return the line as the record keeps it."""
        one = self.pending.obligation
        told: dict[str, object] = {
            "norm": one.norm,
            "action": one.action,
            "object": one.object_kind,
            "clauses": [cited.dotted for cited in one.citations],
            "bearer": one.bearer,
            "period": one.period,
            "month": self.pending.month,
            "due_before": one.due_before.isoformat() if one.due_before else None,
        }
        return {**told, "reason": self.reason} if self.reason else {**told, "to": list(self.to)}


@dataclass(frozen=True, kw_only=True)  # without slots: the content is worked out once
class Handover:
    """A plan with everything it hands over, as things stand now."""

    group: GroupInfo
    plan: Plan
    heirs: tuple[Heir, ...]
    tasks: tuple[TaskLine, ...]
    duties: tuple[DutyLine, ...]
    series: tuple[SeriesInfo, ...]
    drafts: int
    unordered: int
    files: tuple[WorkFileInfo, ...] = ()
    entries: tuple[EntryInfo, ...] = ()

    @property
    def keeper(self) -> str:
        """The successor that keeps the group's work files and registers: the first that the plan names."""
        return self.heirs[0].group.slug if self.heirs else ""

    @property
    def unplaced(self) -> int:
        """Count what a person still has to place."""
        waiting = [line.key for line in self.tasks if not line.is_placed]
        return len(waiting) + sum(not line.is_placed for line in self.duties)

    @cached_property
    def content(self) -> str:
        """The canonical JSON that two people confirm and the record keeps."""
        group, plan = self.group, self.plan
        charter = adoption.charter_of(group.charter_line, plan.last_day)
        rule = local_rules_of(group).get(GAP)
        files = [{"file": one.ref, "to": self.keeper} for one in self.files]
        entries = [{"entry": one.ref, "state": one.state, "to": self.keeper} for one in self.entries]
        return adoption.handover_content(
            {
                "group": {"slug": group.slug, "name": group.name, "unit": group.unit_code},
                "charter": {"line": charter.line, "hash": charter.hash},
                "last_day": plan.last_day.isoformat(),
                "instrument": {
                    "number": plan.instrument,
                    "signed_on": plan.signed_on.isoformat() if plan.signed_on else None,
                },
                "local_rule": {"gap": GAP, "number": rule.number, "value": rule.value} if rule else None,
                "successors": [heir.as_json() for heir in self.heirs],
                "tasks": [line.as_json() for line in self.tasks],
                "series": [{"symbol": one.symbol, "year": one.year, "last": one.last} for one in self.series],
                "duties": [line.as_json() for line in self.duties],
                "stays": {"drafts": self.drafts, "findings_without_order": self.unordered},
                **({"work_files": files} if files else {}),
                **({"entries": entries} if entries else {}),
            }
        )

    @property
    def digest(self) -> str:
        """The SHA-256 (hex) of the content."""
        return adoption.handover_digest(self.content)


def _address(task: TaskInfo) -> str:
    basis = task.basis
    if not basis.article:
        return ""
    return Citation(article=basis.article, clause=basis.clause or None, point=basis.point or None).dotted


def heirs_offered(group: GroupInfo) -> list[GroupInfo]:
    """Return the groups that may succeed: every other one of the installation that is at work."""
    return [one for one in offices.all_groups() if one.id != group.id and one.ending is None]


def near(group: GroupInfo) -> list[GroupInfo]:
    """Return the groups to offer first: those whose unit lies where the group's was, today or on the day after."""
    days = {clock.today(group), clock.today(group) + timedelta(days=1)}
    return [one for one in heirs_offered(group) if any(is_near(group, one, day) for day in days)]


def draw_up(group: GroupInfo, plan: Plan) -> Handover:
    """Work out what a plan hands over to whom, as things stand now: a person's choice first, else a proposal."""
    heirs = tuple(Heir.of(offices.group(slug), group) for slug in plan.successors)
    open_ones = [one for one in work.tasks_of_group(group.id) if one.is_open]
    orders = corrections.orders_of_tasks(one.id for one in open_ones)
    rows = corrections.open_by_unit(orders.values())
    held = {heir.group.slug: corrections.held_by_unit(orders.values(), heir.group.id) for heir in heirs}
    tasks = []
    for one in open_ones:
        order_id = orders.get(one.id, 0)
        there = {slug: found.get(order_id, {}) for slug, found in held.items()}
        places = places_of(heirs, rows.get(order_id, {}), there, plan.last_day)
        tasks.append(_task_line(plan, heirs, one, order_id or None, places))
    by_number = {line.task.number: line for line in tasks}
    return Handover(
        group=group,
        plan=plan,
        heirs=heirs,
        tasks=tuple(tasks),
        duties=tuple(_duty_line(plan, heirs, one, by_number) for one in inheritance.pending(group, plan.last_day)),
        series=tuple(numbers.series(group.id)),
        drafts=documents.unissued(group.id),
        unordered=corrections.unordered(group.id),
        files=tuple(handing_in.live_files(group.id)),
        entries=registers.live_entries(group.id),
    )


def _task_line(plan: Plan, heirs: tuple[Heir, ...], task: TaskInfo, order_id: int | None, places: Places) -> TaskLine:
    choice = plan.choices.get(f"task:{task.number}", {})
    if choice.get("reason"):
        return TaskLine(task=task, reason=choice["reason"], order_id=order_id, chosen="reason")
    to = choice.get("to", "")
    parts = propose(heirs, task, places, to=to, agency=choice.get("agency", ""))
    return TaskLine(task=task, parts=parts, order_id=order_id, chosen=to)


def _duty_line(plan: Plan, heirs: tuple[Heir, ...], one: Pending, tasks: Mapping[int, TaskLine]) -> DutyLine:
    line = tasks.get(one.task) if one.task is not None else None
    if line is not None:
        return DutyLine(pending=one, to=tuple(part.to for part in line.parts), reason=line.reason)
    choice = plan.choices.get(f"duty:{one.key}", {})
    if choice.get("reason"):
        return DutyLine(pending=one, reason=choice["reason"], chosen="reason")
    to = choice.get("to", "")
    if to in {heir.group.slug for heir in heirs}:
        return DutyLine(pending=one, to=(to,), chosen=to)
    return DutyLine(pending=one, to=(heirs[0].group.slug,) if len(heirs) == 1 else ())


def _checked(group: GroupInfo, plan: Plan) -> Plan:
    """Refuse a plan that names a group, an agency or a day that cannot be."""
    offered = {one.slug for one in heirs_offered(group)}
    stranger = next((slug for slug in plan.successors if slug not in offered), None)
    if stranger is not None or not plan.successors or len(set(plan.successors)) != len(plan.successors):
        raise BadInput(
            f"Tổ kế thừa «{stranger or ''}» không dùng được: chọn tổ khác đang hoạt động, mỗi tổ một lần.",
            f"The successor {stranger or ''!r} cannot be used: choose other groups at work, each once.",
        )
    if plan.signed_on is not None and plan.signed_on > clock.today(group):
        raise BadInput("Ngày ký văn bản không thể ở sau hôm nay.", "The paper cannot be signed after today.")
    agencies = {slug: offices.agency_names(offices.group(slug).id) for slug in plan.successors}
    for key, choice in plan.choices.items():
        to, agency = choice.get("to", ""), choice.get("agency", "")
        known = to == TERRITORY or (to in agencies and (not agency or agency in agencies[to]))
        if not known and not choice.get("reason"):
            raise BadInput(
                f"Lựa chọn cho «{key}» nêu tổ hoặc cơ quan không có: chọn lại.",
                f"The choice for {key!r} names a group or agency that is not there: choose again.",
            )
        if len(choice.get("reason", "")) > LONGEST:
            raise BadInput(
                f"Lý do kết thúc «{key}» dài quá {LONGEST} ký tự.", f"The reason for {key!r} is over {LONGEST} letters."
            )
    return plan


def _preparing(account: str, group: GroupInfo, name: str, plan: Plan) -> Act:
    obj = ObjectRef(kind="succession", id=adoption.succession_ref(group.slug, name), digest=adoption.plan_digest(plan))
    return Act(account=account, group=group, action="succession.prepare", obj=obj)


def begin(account: str, group: GroupInfo, plan: Plan) -> SuccessionInfo:
    """Begin the plan of a group's end."""
    by = permit(_preparing(account, group, "moi", _checked(group, plan)))
    return adoption.begin_succession(by, group.id, plan)


def save(account: str, group: GroupInfo, kept: SuccessionInfo, plan: Plan, *, seen: int) -> SuccessionInfo:
    """Replace a plan; words already given on it lapse."""
    by = permit(_preparing(account, group, str(kept.id), _checked(group, plan)))
    return adoption.save_succession(by, kept.id, plan, seen=seen)


def drop(account: str, group: GroupInfo, kept: SuccessionInfo) -> SuccessionInfo:
    """Set a plan aside."""
    obj = bind("succession", adoption.succession_ref(group.slug, str(kept.id)), succession=kept.id, dropped=True)
    by = permit(Act(account=account, group=group, action="succession.prepare", obj=obj))
    return adoption.drop_succession(by, kept.id)
