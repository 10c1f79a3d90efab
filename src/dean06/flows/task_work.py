"""What becomes of a task: the agency's word and result, acceptance, more time, who stands beside, the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from dean06.charter.types import Fact, ObjectRef, Permit
from dean06.clock.errors import HouseError
from dean06.flows.authority import Act, Answer, ask, grant, permit
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import evidence
from dean06.work.errors import TaskNotFound
from dean06.work.service import tasks as work
from dean06.work.types import EventInfo, KeptFile, Origin, Said, TaskInfo

LEADERSHIP = ("leader", "standing_deputy", "deputy")
MOST_FILES = 10

__all__ = [
    "Outcome",
    "accept",
    "answer_extension",
    "ask_extension",
    "cancel",
    "close_on_paper",
    "coordinate",
    "each",
    "extend",
    "keep",
    "may_answer",
    "may_report",
    "name",
    "reopen",
    "report",
    "send_back",
    "undo",
    "undo_opening",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one task among many: done, or refused and why."""

    task_id: int
    task: TaskInfo | None
    vi: str = ""
    en: str = ""

    @property
    def done(self) -> bool:
        """Say whether it was done."""
        return self.task is not None


def own_task(group: GroupInfo, task_id: int) -> TaskInfo:
    """Return a task of the group; one of another group is not there."""
    task = work.task_for_flow(task_id)
    if task.group_id != group.id:
        raise TaskNotFound(
            f"Không có nhiệm vụ {task_id} trong tổ công tác này.", f"There is no task {task_id} in this group."
        )
    return task


# ------------------------------------------------------------ the agency's side


def _speaking(account: str, group: GroupInfo, task: TaskInfo, *, proof: bool) -> tuple[Act, Answer]:
    """Return the act of speaking for a task and its answer.

    The duty of the group's own charter to carry it out comes first; the house rules where that reaches nobody here, or
    somebody enters it for an agency.
    """
    facts: dict[str, Fact] = {
        "task.assigned_by_leader": task.assigned_by_role == LEADERSHIP[0],
        "task.assigned_by_leadership": task.assigned_by_role in LEADERSHIP,
    }
    obj = ObjectRef(kind="task", id=task.ref, digest="")
    carrying = Act(account=account, group=group, agency=task.lead, action="task.carry_out", obj=obj, facts=facts)
    found = ask(carrying)
    if found.allowed and found.agency == task.lead:
        return carrying, found
    said: dict[str, Fact] = {"task.report_has_proof": proof}
    reporting = Act(account=account, group=group, agency=task.lead, action="task.report", obj=obj, facts=said)
    return reporting, ask(reporting)


def may_report(account: str, group: GroupInfo, task: TaskInfo) -> Answer:
    """Return whether somebody may speak for a task, with a file that shows it where one is wanted."""
    return _speaking(account, group, task, proof=True)[1]


def _said_by(account: str, group: GroupInfo, task: TaskInfo, digest: str, *, proof: bool) -> Permit:
    act, found = _speaking(account, group, task, proof=proof)
    bound = Act(
        account=act.account,
        group=act.group,
        agency=act.agency,
        action=act.action,
        facts=act.facts,
        obj=ObjectRef(kind="task", id=task.ref, digest=digest),
    )
    return grant(bound, found)


def keep(files: Iterable[tuple[bytes, str]]) -> tuple[KeptFile, ...]:
    """Keep files by their checksums in the archive of papers; a kind that is not kept there is refused."""
    kept = []
    for data, file_name in list(files)[:MOST_FILES]:
        sha256, suffix = evidence.keep_evidence(data, file_name)
        kept.append(KeptFile(sha256=sha256, suffix=suffix, name=file_name[-200:], size=len(data)))
    return tuple(kept)


def report(account: str, group: GroupInfo, task_id: int, said: Said) -> TaskInfo:
    """Write down how far the agency says its task is, or its result."""
    task = own_task(group, task_id)
    by = _said_by(account, group, task, said.digest(task.ref), proof=bool(said.files))
    return work.report(by, task_id, said)


def ask_extension(account: str, group: GroupInfo, task_id: int, wanted: date, ground: str) -> TaskInfo:
    """Ask for more time."""
    task = own_task(group, task_id)
    by = _said_by(account, group, task, work.extension_digest(task.ref, wanted, ground), proof=True)
    return work.ask_extension(by, task_id, wanted, ground)


def name(account: str, group: GroupInfo, task_id: int, person: str, *, reason: str | None = None) -> TaskInfo:
    """Name the one person whom the leading agency makes answer."""
    task = own_task(group, task_id)
    person = " ".join(person.split())[:200]
    obj = ObjectRef(kind="task", id=task.ref, digest=digest_of(ref=task.ref, person=person))
    act = Act(account=account, group=group, agency=task.lead, action="task.direct_in_agency", obj=obj, reason=reason)
    found = ask(act)
    if found.allowed and found.agency == task.lead:
        return work.name(grant(act, found), task_id, person)
    return work.name(_said_by(account, group, task, obj.digest, proof=True), task_id, person)


# ------------------------------------------------------------ whoever assigned it


def _deciding(account: str, group: GroupInfo, task: TaskInfo, digest: str, reason: str | None) -> Permit:
    """Return the permit of whoever may give such a task: for one taken up oneself, of its own agency."""
    obj = ObjectRef(kind="task", id=task.ref, digest=digest)
    match task.origin:
        case Origin.OWN if task.assigned_by_account == account:
            facts: dict[str, Fact] = {"matter.is_assigned": True}
            return permit(
                Act(account=account, group=group, action="task.take_initiative", obj=obj, facts=facts, reason=reason)
            )
        case Origin.REQUEST:
            return permit(Act(account=account, group=group, action="task.request", obj=obj, reason=reason))
        case _:
            return permit(Act(account=account, group=group, action="task.assign", obj=obj, reason=reason))


def may_answer(account: str, group: GroupInfo) -> Answer:
    """Return whether somebody may accept results, answer requests for time, and the like."""
    obj = ObjectRef(kind="task", id=group.slug, digest="")
    return ask(Act(account=account, group=group, action="task.assign", obj=obj))


def accept(account: str, group: GroupInfo, task_id: int, words: str = "", *, reason: str | None = None) -> TaskInfo:
    """Take a reported result."""
    task = own_task(group, task_id)
    by = _deciding(account, group, task, work.answer_digest(task.ref, "accept", words), reason)
    return work.accept(by, task_id, words)


def send_back(account: str, group: GroupInfo, task_id: int, words: str, *, reason: str | None = None) -> TaskInfo:
    """Send a reported result back for a reason."""
    task = own_task(group, task_id)
    by = _deciding(account, group, task, work.answer_digest(task.ref, "send_back", words), reason)
    return work.send_back(by, task_id, words)


def reopen(
    account: str, group: GroupInfo, task_id: int, words: str, due: date | None = None, *, reason: str | None = None
) -> TaskInfo:
    """Open a task again that was closed on somebody's word."""
    task = own_task(group, task_id)
    by = _deciding(account, group, task, work.answer_digest(task.ref, "reopen", words), reason)
    return work.reopen(by, task_id, words, due)


def cancel(account: str, group: GroupInfo, task_id: int, words: str, *, reason: str | None = None) -> TaskInfo:
    """Take a task off the list, for a reason in words."""
    task = own_task(group, task_id)
    by = _deciding(account, group, task, digest_of(ref=task.ref, cancelled=words), reason)
    return work.cancel(by, task_id, "by_hand" if words.strip() else "", words)


def close_on_paper(account: str, group: GroupInfo, task_id: int, paper: str, *, reason: str | None = None) -> TaskInfo:
    """Close a task on the number of the paper that reports its result."""
    task = own_task(group, task_id)
    by = _deciding(account, group, task, digest_of(ref=task.ref, paper=paper), reason)
    return work.close_by_report(by, task_id, " ".join(paper.split())[:80])


def extend(
    account: str, group: GroupInfo, task_id: int, given: date, ground: str, *, reason: str | None = None
) -> TaskInfo:
    """Give more time of one's own accord."""
    task = own_task(group, task_id)
    by = _deciding(account, group, task, work.extension_digest(task.ref, given, ground, "granted"), reason)
    return work.extend(by, task_id, given, ground)


def answer_extension(
    account: str, group: GroupInfo, task_id: int, given: date, words: str, *, granted: bool, reason: str | None = None
) -> TaskInfo:
    """Grant the time that was asked for, or another day, or refuse it."""
    task = own_task(group, task_id)
    answer = "granted" if granted else "refused"
    by = _deciding(account, group, task, work.extension_digest(task.ref, given, words, answer), reason)
    return work.answer_extension(by, task_id, given, words, granted=granted)


def coordinate(
    account: str,
    group: GroupInfo,
    task_id: int,
    coordinating: tuple[str, ...],
    following: tuple[str, ...],
    *,
    reason: str | None = None,
) -> TaskInfo:
    """Say which agencies coordinate in a task and which follow it."""
    task = own_task(group, task_id)
    known = offices.agency_names(group.id)
    unknown = [code for code in (*coordinating, *following) if code not in known]
    if unknown:
        raise TaskNotFound(
            f"Tổ không có cơ quan {', '.join(unknown)}.", f"The group has no agency {', '.join(unknown)}."
        )
    by = _deciding(account, group, task, work.coordination_digest(task.ref, coordinating, following), reason)
    return work.coordinate(by, task_id, coordinating, following)


def undo(account: str, group: GroupInfo, task_id: int, event: EventInfo, *, reason: str | None = None) -> TaskInfo:
    """Take back the last thing that was done to a task, by the side that did it."""
    task = own_task(group, task_id)
    digest = work.undo_digest(task.ref, event.id)
    said = event.kind in work.SAID or (event.kind == "closed" and event.note == "by_report")
    by = _said_by(account, group, task, digest, proof=True) if said else _deciding(account, group, task, digest, reason)
    return work.undo(by, task_id, event.id)


def undo_opening(
    account: str, group: GroupInfo, task: TaskInfo, event_id: int, *, reason: str | None = None
) -> TaskInfo:
    """Take back that a task was given, by whoever may give it; nothing may have happened to it since."""
    return work.undo(_deciding(account, group, task, work.undo_digest(task.ref, event_id), reason), task.id, event_id)


def each(task_ids: Iterable[int], act: Callable[[int], TaskInfo]) -> list[Outcome]:
    """Do an act to many tasks, each asked and done by itself; what is refused is told and holds up nothing."""
    told = []
    for task_id in dict.fromkeys(task_ids):
        try:
            told.append(Outcome(task_id=task_id, task=act(task_id)))
        except HouseError as refused:
            told.append(Outcome(task_id=task_id, task=None, vi=refused.vi, en=refused.en))
    return told
