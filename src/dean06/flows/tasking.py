"""A task given by hand, under a clause, to the one agency that leads it; and requests to bodies outside the group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.errors import Refused
from dean06.charter.types import Charter, Citation, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, Answer, ask, grant
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.work.service import plans
from dean06.work.service import tasks as work
from dean06.work.types import Addressed, Basis, NewTask, Origin, TaskInfo

LEVELS = ("hamlet", "commune", "district", "province", "central")
ELSEWHERE = "NGOAI"  # the code of a body that neither charter nor vocabulary names
IN_PLACE = "agency.act_in_place"

__all__ = [
    "ELSEWHERE",
    "Wanted",
    "assign",
    "assign_all",
    "clause_stands",
    "due_after",
    "in_place",
    "may_assign",
    "outside_bodies",
    "request",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants done: what, by whom, until when, coming of what; clause as dotted address or empty.

    Attributes:
        line: the line of a plan it is made of, if any.
        body: name of a body outside the group, for a request.
    """

    title: str
    lead: str
    due: date
    origin: Origin
    coordinating: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    clause: str = ""
    expected: str = ""
    accountable: str = ""
    important: bool = False
    source: str = ""
    source_paper: int | None = None
    origin_ref: str = ""
    line: int | None = None
    body: str = ""


def due_after(group: GroupInfo, working_days: int) -> date:
    """Return the last day that lies so many working days after the group's today."""
    today = clock.today(group)
    return adoption.calendar(today).add_working_days(today, working_days)


def _charter(group: GroupInfo) -> Charter:
    return adoption.charter_of(group.charter_line, clock.today(group))


def outside_bodies(group: GroupInfo) -> dict[str, str]:
    """Return the bodies above the group that words know, by code: they are asked, never given a task."""
    words, own = charters.vocabulary().agencies, offices.agency_names(group.id)
    return {code: own.get(code, name.vi) for code, name in words.items() if _above(group, code)}


def _above(group: GroupInfo, code: str) -> bool:
    level = charters.vocabulary().agency_levels.get(code)
    if level not in LEVELS or group.level not in LEVELS:
        return False
    return LEVELS.index(level) > LEVELS.index(group.level)


def in_place(account: str, group: GroupInfo, code: str) -> Answer | None:
    """Return what the charter says of ordering an agency above the group in its own matter; None where it is not one.

    A conclusion that orders such an agency directly is asked the same question.
    """
    if not _above(group, code):
        return None
    obj = ObjectRef(kind="agency", id=f"{group.slug}:{code}", digest="")
    return ask(Act(account=account, group=group, action=IN_PLACE, obj=obj, facts={"matter.belongs_to_agency": True}))


def may_assign(account: str, group: GroupInfo, *, own: bool = False) -> Answer:
    """Return whether somebody may give a task, or take one up by themselves."""
    obj = ObjectRef(kind="task", id=group.slug, digest="")
    return ask(Act(account=account, group=group, action=_action(own=own), obj=obj))


def _action(*, own: bool) -> str:
    return "task.take_initiative" if own else "task.assign"


def assign(account: str, group: GroupInfo, wanted: Wanted, *, reason: str | None = None) -> TaskInfo:
    """Give a task to an agency of the group, or take one up oneself; under the clause that allows it, or not at all."""
    return assign_all(account, group, [wanted], reason=reason)[0]


def assign_all(
    account: str, group: GroupInfo, listed: Sequence[Wanted], *, reason: str | None = None
) -> list[TaskInfo]:
    """Give tasks together, all of them or none; the charter is asked once for each way of giving them."""
    for code in dict.fromkeys(one.lead for one in listed):
        _leads(account, group, code)
    if any(one.origin is Origin.OWN and one.lead not in _own_agencies(account, group) for one in listed):
        raise BadInput(
            "Việc tự nhận phải do cơ quan của chính bạn chủ trì.", "What you take up yourself your own agency leads."
        )
    asked = {own: _probe(account, group, reason, own=own) for own in {one.origin is Origin.OWN for one in listed}}
    answers = {own: ask(act) for own, act in asked.items()}
    with transaction.atomic():
        made = []
        for one in listed:
            own = one.origin is Origin.OWN
            made.append(_opened(group, one, asked[own], answers[own]))
    tasks = work.tasks_for_flow(made)
    return [tasks[number] for number in made]


def _leads(account: str, group: GroupInfo, code: str) -> None:
    """Refuse an agency that is none of the group, or one above it that the charter lets nobody order."""
    if code not in offices.agency_names(group.id):
        raise BadInput(
            "Chọn đúng một cơ quan chủ trì thuộc tổ; cơ quan ngoài tổ thì lập đề nghị.",
            "Choose exactly one lead agency of the group; a body outside it is asked by a request.",
        )
    ordered = in_place(account, group, code)
    if ordered is not None and ordered.decision.outcome == "forbidden":
        raise Refused(ordered.decision)


def request(account: str, group: GroupInfo, wanted: Wanted, *, reason: str | None = None) -> TaskInfo:
    """Record a request to a body outside the group or above it: it is asked, with a day, and bound by nothing."""
    above = outside_bodies(group)
    body = above.get(wanted.lead, wanted.body.strip())
    if not body:
        raise BadInput("Ghi tên cơ quan được đề nghị.", "Name the body that is asked.")
    asked = replace(wanted, origin=Origin.REQUEST, body=body, lead=wanted.lead if wanted.lead in above else ELSEWHERE)
    probe = _probe(account, group, reason, own=False, action="task.request")
    found = ask(probe)
    with transaction.atomic():
        made = _opened(group, asked, probe, found)
    return work.task_for_flow(made)


def _own_agencies(account: str, group: GroupInfo) -> set[str]:
    return {seat.agency for seat in offices.capacities(account, group.id, clock.today(group)) if seat.agency}


def _probe(account: str, group: GroupInfo, reason: str | None, *, own: bool, action: str = "") -> Act:
    return Act(
        account=account,
        group=group,
        action=action or _action(own=own),
        obj=ObjectRef(kind="task", id=group.slug, digest=""),
        facts={"matter.is_assigned": True} if own else {},
        reason=reason,
    )


def _opened(group: GroupInfo, wanted: Wanted, probe: Act, found: Answer) -> int:
    """Open one task under the answer that was given to its act; the caller holds the transaction."""
    new = _new(group, wanted, found, probe.reason)
    made = work.open_task(grant(_for(probe, new), found), new)
    if wanted.line is not None:
        plans.join_line(wanted.line, made.id)
    return made.id


def _for(act: Act, new: NewTask) -> Act:
    return replace(act, obj=ObjectRef(kind="task", id=new.slot.ref, digest=new.digest()))


def _new(group: GroupInfo, wanted: Wanted, found: Answer, reason: str | None) -> NewTask:
    return NewTask(
        slot=work.reserve(group.id),
        title=" ".join(wanted.title.split())[:300],
        origin=wanted.origin,
        lead=wanted.lead,
        due=wanted.due,
        bound=clock.at_start_of(date.fromordinal(wanted.due.toordinal() + 1)),
        basis=_basis(group, wanted, found, reason),
        coordinating=wanted.coordinating,
        following=wanted.following,
        origin_ref=wanted.origin_ref,
        source=wanted.source[:300],
        source_paper=wanted.source_paper,
        addressed=Addressed.OUTSIDE if wanted.origin is Origin.REQUEST else Addressed.MEMBER,
        body=wanted.body[:200] if wanted.origin is Origin.REQUEST else "",
        accountable=wanted.accountable[:200],
        expected=wanted.expected[:500],
        important=wanted.important,
    )


def _basis(group: GroupInfo, wanted: Wanted, found: Answer, reason: str | None) -> Basis:
    """Return the clause a task rests on: the one named, else the one that lets it be given; else the reason."""
    charter, decision = _charter(group), found.decision
    if wanted.clause:
        cited = _cited(charter, wanted.clause)
        norm = next((one.key for one in charter.norms if one.cite == cited), "")
        return Basis(
            article=cited.article,
            clause=cited.clause or "",
            point=cited.point or "",
            norm=norm,
            charter_hash=charter.hash,
        )
    if decision.citations and decision.charter.line == charter.line and found.allowed:
        cited = decision.citations[0]
        return Basis(
            article=cited.article,
            clause=cited.clause or "",
            point=cited.point or "",
            norm=decision.norms[0].key if decision.norms else "",
            charter_hash=charter.hash,
        )
    said = reason.strip() if reason else ""
    labels = "; ".join(charters.clause_label(one) for one in decision.citations[:1])
    house = f"Nội quy hệ thống, {labels}" if labels and decision.charter.line != charter.line else ""
    return Basis(charter_hash=charter.hash, reading=said or house or "Quy chế không quy định.")


def _cited(charter: Charter, dotted: str) -> Citation:
    """Return a clause of the group's charter by its dotted address, `7.2.k`; refused where the text has none."""
    article, _, rest = dotted.strip().partition(".")
    clause, _, point = rest.partition(".")
    cited = Citation(article=article, clause=clause or None, point=point or None)
    charters.provision(charter, cited)
    return cited


def clause_stands(group: GroupInfo, dotted: str) -> bool:
    """Say whether the group's charter has a clause of this address today."""
    try:
        return bool(dotted) and _cited(_charter(group), dotted) is not None
    except BadInput:
        return False
