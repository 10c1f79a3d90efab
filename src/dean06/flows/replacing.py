"""Replacing a member: tasks not done, the letter under the charter's own verb, the answer, the seat's new holder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Charter, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.conduct.service import replacements
from dean06.conduct.types import Evidence, NewAnswer, NewReplacement, ReplacementInfo, Stage
from dean06.flows import paperwork, seating
from dean06.flows.authority import Act, permit
from dean06.flows.desk import overseers
from dean06.flows.setup import Member
from dean06.offices import service as offices
from dean06.offices.service import seats
from dean06.offices.types import GroupInfo, Instrument, SeatInfo, Viewer
from dean06.papers.types import PaperInfo
from dean06.work.service import tasks as work
from dean06.work.types import OPEN_STATES, Filters, TaskInfo

# What a charter may let its leader do, the stronger first; a charter that speaks of neither leaves it open.
REQUIRE, PROPOSE = "member.request_replacement", "member.propose_replacement"
FORMS = {REQUIRE: "replacement_request", PROPOSE: "replacement_proposal"}
# Days in which an agency is asked to answer: no regulation gives any; ours, changed in the letter.
ANSWER_IN = 15
LONGEST = 600
MOST = 120

__all__ = [
    "ANSWER_IN",
    "PROPOSE",
    "REQUIRE",
    "action_of",
    "carry_out",
    "enter_answer",
    "not_done",
    "put_forward",
    "withdraw",
    "write_letter",
]


def action_of(charter: Charter) -> str:
    """Return the act under which a charter has a member replaced: to require it, or to ask for it."""
    return next((one for one in (REQUIRE, PROPOSE) if one in charter.index.tables), PROPOSE)


def not_done(viewer: Viewer, group: GroupInfo, agency: str = "") -> dict[str, list[TaskInfo]]:
    """Return, by leading agency, the tasks past their last day that the reader may see, the oldest first."""
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    late = Filters(statuses=OPEN_STATES, overdue_at=clock.now(group), agency=agency)
    seen = work.tasks(viewer, group.id, late, see_all=overseers(charter), size=MOST).items
    found: dict[str, list[TaskInfo]] = {}
    for one in sorted(seen, key=lambda task: task.bound):
        found.setdefault(one.lead, []).append(one)
    return found


def put_forward(
    account: str, group: GroupInfo, seat_id: int, tasks: Iterable[int], ground: str, *, reason: str | None = None
) -> ReplacementInfo:
    """Put the replacement of a seat's holder forward, with the tasks of its agency that were not done."""
    seat = _seat(group, seat_id)
    chosen = set(tasks)
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    late = not_done(offices.viewer(account, clock.today()), group, seat.agency or "")
    evidence = tuple(
        Evidence(task=one.id, ref=one.ref, title=one.title, due=one.due, state="overdue")
        for one in late.get(seat.agency or "", ())
        if one.id in chosen
    )
    new = NewReplacement(
        seat=seat_id,
        agency=seat.agency or "",
        holder=seat.holder,
        action=action_of(charter),
        ground=" ".join(ground.split())[:LONGEST],
        evidence=evidence,
    )
    act = Act(
        account=account,
        group=group,
        action=new.action,
        obj=ObjectRef(kind="replacement", id=replacements.ref_of(group.slug, seat_id), digest=new.digest()),
        facts={"task.not_completed": bool(evidence)},
        reason=reason,
    )
    return replacements.open_replacement(permit(act), group.id, new)


def _seat(group: GroupInfo, seat_id: int) -> SeatInfo:
    found = next((one for one in seats.seats_of(group.id, clock.today(group)) if one.id == seat_id), None)
    if found is None or not found.holder or not found.agency:
        raise BadInput(
            "Chọn thành viên do một cơ quan cử, đang giữ vị trí.", "Choose a member whom an agency sent and who sits."
        )
    return found


def write_letter(account: str, group: GroupInfo, replacement_id: int) -> PaperInfo:
    """Begin the letter to the sending agency in the form whose verb is the charter's."""
    one = replacements.replacement_for_flow(group.id, replacement_id)
    if one.paper_id is not None:
        raise BadInput("Đã có công văn của việc này.", "Its letter is made already.")
    made = paperwork.begin(account, group, FORMS[one.action], _facts(group, one))
    replacements.name_paper(group.id, replacement_id, made.id)
    return made


def _facts(group: GroupInfo, one: ReplacementInfo) -> dict[str, object]:
    today = clock.today(group)
    charter = adoption.charter_of(group.charter_line, today)
    return {
        "addressees": [offices.agency_name(group.id, one.agency)],
        "member": {"name": one.holder, "title": f"{charters.role_name(charter, 'member')} {group.short_name}"},
        "tasks": [
            {"task": task.title, "due": f"{task.due:%d/%m/%Y}", "state": _late(today, task)} for task in one.evidence
        ],
        "due": (today + timedelta(days=ANSWER_IN)).isoformat(),
    }


def _late(today: date, task: Evidence) -> str:
    days = (today - task.due).days
    return f"Quá hạn {days} ngày" if days > 0 else "Không hoàn thành"


def enter_answer(account: str, group: GroupInfo, replacement_id: int, new: NewAnswer) -> ReplacementInfo:
    """Enter what the agency answered."""
    one = replacements.replacement_for_flow(group.id, replacement_id)
    obj = ObjectRef(kind="replacement", id=f"{group.slug}:thay-{one.number}", digest=new.digest(one.id))
    by = permit(Act(account=account, group=group, action="replacement.enter_answer", obj=obj))
    return replacements.answer(by, group.id, replacement_id, new)


def carry_out(account: str, group: GroupInfo, replacement_id: int, since: date) -> ReplacementInfo:
    """Put the person whom the agency named in the seat, by its answer, and end the procedure: both or neither."""
    one = replacements.replacement_for_flow(group.id, replacement_id)
    seat = next((known for known in seats.seats_of(group.id, clock.today(group)) if known.id == one.seat), None)
    if one.answer is None or not one.answer.agrees or seat is None:
        raise BadInput(
            "Cơ quan cử chưa trả lời cử ai: ghi trả lời trước.", "The agency has named nobody yet: enter its answer."
        )
    member = Member(
        role=seat.role,
        agency=seat.agency,
        holder=one.answer.nominee,
        since=since,
        post=one.answer.post,
        instrument=Instrument(number=one.answer.number, on=one.answer.dated),
        mark=seat.mark,
    )
    with transaction.atomic():
        seating.sit(account, group, member)
        return _close(account, group, one, Stage.DONE, "")


def withdraw(account: str, group: GroupInfo, replacement_id: int, reason: str) -> ReplacementInfo:
    """Withdraw a procedure for a reason, as when the tasks were done after all."""
    one = replacements.replacement_for_flow(group.id, replacement_id)
    return _close(account, group, one, Stage.WITHDRAWN, " ".join(reason.split())[:300])


def _close(account: str, group: GroupInfo, one: ReplacementInfo, stage: Stage, note: str) -> ReplacementInfo:
    digest = replacements.closing_digest(one.id, stage)
    obj = ObjectRef(kind="replacement", id=f"{group.slug}:thay-{one.number}", digest=digest)
    act = Act(account=account, group=group, action="replacement.close", obj=obj, reason=note or None)
    return replacements.close(permit(act), group.id, one.id, stage, note)
