"""Entries of the group's registers: opened, moved, corrected, taken back; links, evidence, and a task made of one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter.types import Fact, ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, Answer, ask, grant, permit
from dean06.flows.tracking.offers import Book, Case, Offer, Standing, book, chosen, move_of, openings, standing
from dean06.meetings.errors import MeetingNotFound
from dean06.meetings.service import meetings
from dean06.offices.types import GroupInfo
from dean06.papers.service import documents
from dean06.work.errors import EntryNotFound, EntryRefused, FieldRefused, TaskNotFound
from dean06.work.service import registers
from dean06.work.service import tasks as work
from dean06.work.service.registers import (
    KEEP,
    RECORD_FOR,
    Change,
    Choice,
    Definition,
    EntryInfo,
    FieldType,
    Level,
    LinkKind,
    Move,
    NewEntry,
    Values,
)
from dean06.work.types import Basis, NewTask, Origin, TaskInfo

ASSIGN, UNDO, CHOOSE = "task.assign", "register.undo", "register.choose"

__all__ = [
    "NewWork",
    "Said",
    "choose",
    "correct",
    "link",
    "make_task",
    "move",
    "open_entry",
    "put_file",
    "take_out_file",
    "undo",
    "undo_answer",
    "unlink",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a form says besides values: the level, the agency's paper where it is recorded for it, the reason."""

    level: Level | None = None
    paper: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWork:
    """A task that is made of an entry: its title, who leads, its last day, who coordinates."""

    title: str
    lead: str
    due: date
    coordinating: tuple[str, ...] = ()


NOTHING = Said()


def _own(group: GroupInfo, entry_id: int) -> EntryInfo:
    """Return an entry of the group; one of another group is not there."""
    entry = registers.entry_for_flow(entry_id)
    if entry.group_id != group.id:
        raise EntryNotFound(
            f"Không có mục {entry_id} trong tổ công tác này.", f"There is no entry {entry_id} in this group."
        )
    return entry


def _carried(by: Standing, move: Move, case: Case, said: Said) -> Permit:
    """Return the permit of a move: under its own actions, or for the agency on its paper where one is named."""
    if said.paper:
        return _for_agency(by, case, said)
    offer = chosen(by, move, case)
    return grant(_act(by, offer, case, said), offer.answer)


def _for_agency(by: Standing, case: Case, said: Said) -> Permit:
    facts: Mapping[str, Fact] = {"entry.has_paper": len(said.paper.split()) > 1}
    act = Act(
        account=by.account, group=by.group, action=RECORD_FOR, obj=case.obj, agency=case.agency, facts=facts,
        reason=said.reason,
    )  # fmt: skip
    return grant(act, ask(act, by.known))


def _act(by: Standing, offer: Offer, case: Case, said: Said) -> Act:
    return Act(
        account=by.account,
        group=by.group,
        action=offer.action,
        obj=case.obj,
        agency=case.agency,
        reason=said.reason,
        also=by.also,
    )


def _agency(definition: Definition, values: Values) -> str:
    return str(values.get(definition.agency or "", ""))


def open_entry(
    account: str, group: GroupInfo, code: str, values: Values, said: Said = NOTHING, *, opening: str = ""
) -> EntryInfo:
    """Open an entry of a register, by its only opening or the one named."""
    kept = book(group, code)
    by = standing(account, group)
    move_ = _opening(by, kept.definition, opening)
    _led_to(group, kept, values)
    with transaction.atomic():
        slot = registers.reserve(group.id, code, clock.today(group))[0]
        new = NewEntry(slot=slot, opening=move_.code, values=values, level=said.level or Level.ORDINARY)
        obj = ObjectRef(kind="entry", id=slot.ref, digest=registers.entry_digest(new))
        case = Case(obj=obj, agency=_agency(kept.definition, values), values=values)
        return registers.open_entry(_carried(by, move_, case, said), new, kept.known)


def _opening(by: Standing, definition: Definition, code: str) -> Move:
    offered = openings(by, definition)
    found = next((one for one in offered if one.code == code), offered[0] if not code else None)
    if found is None:
        raise EntryRefused(
            f"Quy chế của tổ không mở «{definition.title.vi}» theo cách này.",
            f"The group's charter does not open {definition.title.en!r} in this way.",
        )
    return found


def _led_to(group: GroupInfo, kept: Book, values: Values) -> None:
    """Refuse a link to a task or paper of another group; links within the registers are checked where they are kept."""
    for rule in kept.definition.fields:
        if rule.type is not FieldType.LINK or rule.code not in values or rule.to not in ("task", "paper"):
            continue
        if not _is_own(group, rule.to, int(str(values[rule.code]))):
            raise FieldRefused(
                rule.code, f"{rule.title.vi}: không có trong tổ.", f"{rule.title.en}: is not of this group."
            )


def _is_own(group: GroupInfo, kind: str, target: int) -> bool:
    """Say whether a task, paper, meeting or entry is of the group; whatever else is not to be linked to."""
    try:
        match kind:
            case "task":
                return work.task_for_flow(target).group_id == group.id
            case "paper":
                return documents.for_work(target).group_id == group.id
            case "meeting":
                return meetings.meeting_for_flow(target).group_id == group.id
            case "entry":
                return registers.entry_for_flow(target).group_id == group.id
            case _:
                return False
    except (TaskNotFound, EntryNotFound, MeetingNotFound, ObjectDoesNotExist):
        return False


def move(account: str, group: GroupInfo, entry_id: int, code: str, asked: Change, said: Said = NOTHING) -> EntryInfo:
    """Move an entry by one of the moves out of its state, with the values that the move asks."""
    entry = _own(group, entry_id)
    kept = book(group, entry.register)
    found = move_of(kept.definition, entry, code)
    if found is None:
        state = kept.definition.state(entry.state).title
        raise EntryRefused(
            f"Mục {entry.label} đang ở «{state.vi}»: không làm được việc này từ đây.",
            f"{entry.label} stands at {state.en!r}: this cannot be done from there.",
        )
    _led_to(group, kept, asked.values)
    change = replace(asked, move=code, level=said.level, paper=said.paper)
    by = standing(account, group)
    obj = ObjectRef(kind="entry", id=entry.ref, digest=registers.change_digest(entry.ref, change))
    values = {**entry.values, **asked.values}
    case = Case(obj=obj, agency=entry.agency, values=values)
    speaks = frozenset(by.charter.index.tables)
    return registers.change(_carried(by, found, case, said), entry_id, change, kept.known, speaks)


def correct(account: str, group: GroupInfo, entry_id: int, asked: Change, said: Said = NOTHING) -> EntryInfo:
    """Correct what an entry says, without moving it."""
    entry = _own(group, entry_id)
    kept = book(group, entry.register)
    _led_to(group, kept, asked.values)
    change = replace(asked, move="", level=said.level, paper="")
    by = _keeping(account, group, entry, registers.change_digest(entry.ref, change), said.reason)
    return registers.change(by, entry_id, change, kept.known)


def _keeping(account: str, group: GroupInfo, entry: EntryInfo, digest: str, reason: str | None = None) -> Permit:
    obj = ObjectRef(kind="entry", id=entry.ref, digest=digest)
    return permit(Act(account=account, group=group, action=KEEP, obj=obj, agency=entry.agency, reason=reason))


def undo(account: str, group: GroupInfo, entry_id: int, event_id: int) -> EntryInfo:
    """Take back the last thing entered; both stay in the history."""
    entry = _own(group, entry_id)
    act = _undoing(account, group, entry, event_id)
    return registers.undo(permit(act), entry_id, event_id)


def undo_answer(account: str, group: GroupInfo, entry: EntryInfo, event_id: int) -> Answer:
    """Return whether this account may take back the last thing entered."""
    return ask(_undoing(account, group, entry, event_id))


def _undoing(account: str, group: GroupInfo, entry: EntryInfo, event_id: int) -> Act:
    last = registers.last_for_flow(entry.id)
    facts: Mapping[str, Fact] = {"entry.is_own": last is not None and last.actor == account}
    obj = ObjectRef(kind="entry", id=entry.ref, digest=registers.undo_digest(entry.ref, event_id))
    return Act(account=account, group=group, action=UNDO, obj=obj, agency=entry.agency, facts=facts)


def link(account: str, group: GroupInfo, entry_id: int, kind: LinkKind, target: str) -> None:
    """Link an entry to a task, paper, meeting or entry of the group."""
    entry = _own(group, entry_id)
    if not target.isdecimal() or not _is_own(group, kind.value, int(target)):
        raise EntryRefused("Chọn một mục của tổ để liên kết.", "Choose something of the group to link to.")
    digest = registers.link_digest(entry.ref, kind, target)
    registers.link(_keeping(account, group, entry, digest), entry_id, kind, target)


def unlink(account: str, group: GroupInfo, entry_id: int, link_id: int) -> None:
    """Take a link of an entry away."""
    entry = _own(group, entry_id)
    found = registers.link_for_flow(entry_id, link_id)
    if found is None:
        raise EntryRefused("Liên kết này không còn.", "The link is gone already.")
    digest = registers.link_digest(entry.ref, found.kind, found.target)
    registers.unlink(_keeping(account, group, entry, digest), entry_id, link_id)


def put_file(account: str, group: GroupInfo, entry_id: int, file: tuple[bytes, str], level: Level) -> None:
    """Put a file at an entry as evidence; who may not, and what is secret, is refused before anything is kept."""
    entry, (data, name) = _own(group, entry_id), file
    registers.level_taken(level)
    digest = registers.put_digest(entry.ref, hashlib.sha256(data).hexdigest(), level)
    by = _keeping(account, group, entry, digest)
    registers.put(by, entry_id, registers.take(data, name), name, level)


def take_out_file(account: str, group: GroupInfo, entry_id: int, file_id: int) -> None:
    """Take a file away from an entry; it stays on record."""
    entry = _own(group, entry_id)
    found = registers.evidence_for_flow(entry_id, file_id)
    if found is None:
        raise EntryRefused("Tệp này không còn ở mục.", "The file does not lie at the entry any more.")
    digest = registers.put_digest(entry.ref, found.sha256, found.level)
    registers.take_out(_keeping(account, group, entry, digest), entry_id, file_id)


def make_task(account: str, group: GroupInfo, entry_id: int, new: NewWork, reason: str | None = None) -> TaskInfo:
    """Make a task of an entry in one gesture: who assigns it and under which clause is for the charter."""
    entry = _own(group, entry_id)
    known = book(group, entry.register).known
    if new.lead not in known.agencies or set(new.coordinating) - set(known.agencies):
        raise BadInput("Chọn cơ quan chủ trì, phối hợp trong danh sách.", "Choose agencies from the list.")
    asking = Act(
        account=account, group=group, action=ASSIGN, reason=reason,
        obj=ObjectRef(kind="task", id=entry.ref, digest=entry.ref),
    )  # fmt: skip
    answer = ask(asking)
    with transaction.atomic():
        task = NewTask(
            slot=work.reserve(group.id),
            title=new.title.strip()[:300],
            origin=Origin.DIRECTIVE,
            lead=new.lead,
            due=new.due,
            bound=clock.at_start_of(date.fromordinal(new.due.toordinal() + 1)),
            basis=_basis(group, answer, reason),
            coordinating=tuple(code for code in dict.fromkeys(new.coordinating) if code != new.lead),
            origin_ref=entry.ref,
        )
        obj = ObjectRef(kind="task", id=task.slot.ref, digest=task.digest())
        made = work.open_task(grant(replace(asking, obj=obj), answer), task)
        digest = registers.link_digest(entry.ref, LinkKind.TASK, str(made.id))
        registers.link(_keeping(account, group, entry, digest), entry_id, LinkKind.TASK, str(made.id))
    return made


def _basis(group: GroupInfo, answer: Answer, reason: str | None) -> Basis:
    """Return the clause that the assignment rests on; where the charter is silent, the reason that was given."""
    cited = answer.decision.citations[0] if answer.decision.citations else None
    text = adoption.charter_of(group.charter_line, clock.today(group))
    if cited is None:
        return Basis(charter_hash=text.hash, reading=reason or "")
    return Basis(
        article=cited.article,
        clause=cited.clause or "",
        point=cited.point or "",
        norm=answer.decision.norms[0].key if answer.decision.norms else "",
        charter_hash=text.hash,
    )


def choose(account: str, group: GroupInfo, choice: Choice) -> None:
    """Set which fields of a register the group shows and which codes it adds, from its day on."""
    name = f"{group.slug}:{choice.register}"
    obj = ObjectRef(kind="register", id=name, digest=choice.digest(group.slug))
    registers.choose(permit(Act(account=account, group=group, action=CHOOSE, obj=obj)), group.id, choice)
