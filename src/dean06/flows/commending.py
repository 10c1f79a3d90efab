"""A commendation: drawn from the results of a span, proposed, granted within competence or submitted higher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from dean06.charter.types import Fact, ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.conduct.service import commendations
from dean06.conduct.types import CommendationInfo, Figure, Honoured, NewCommendation, State
from dean06.flows import duties, paperwork
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.types import PaperInfo
from dean06.work.service import tasks as work
from dean06.work.types import TaskResult

PROPOSE, GRANT, SUBMIT, RECORD = (
    "commendation.propose",
    "commendation.grant",
    "commendation.submit_to_higher",
    "commendation.record",
)
WITHIN = "commendation.within_competence"
REPORT = "report.submit"
FORMS = {GRANT: "commendation_decision", SUBMIT: "commendation_proposal"}
MOST_MONTHS = 24

__all__ = [
    "answers",
    "draft_paper",
    "grant",
    "propose",
    "record",
    "results",
    "submit",
    "withdraw",
]


def results(group: GroupInfo, since: date, until: date) -> tuple[Honoured, ...]:
    """Return what each agency did in a span, the best first: tasks in time, rows proved, reports in time.

    Each figure names what it was counted from: tasks by their number, reports by their month.
    """
    if until < since:
        raise BadInput("Thời gian lập thành tích ngược.", "The span ends before it begins.")
    instants = clock.at_start_of(since), clock.at_start_of(date.fromordinal(until.toordinal() + 1))
    counted = work.counts(group.id, instants)
    found = work.results_of((*counted.done_in_time, *counted.done_late, *counted.overdue))
    done, late = _by_lead(found, counted.done_in_time), _by_lead(found, (*counted.done_late, *counted.overdue))
    kept = _reports_in_time(group, since, until)
    listed = []
    for code in sorted({*done, *late, *kept}):
        figures = _figures(done.get(code, []), late.get(code, []), kept.get(code, []))
        listed.append(Honoured(agency=code, deeds=_deeds(figures), figures=figures))
    return tuple(sorted(listed, key=lambda one: (one.figures[1].value, -one.figures[0].value, -one.figures[2].value)))


def _by_lead(found: Mapping[int, TaskResult], tasks: Iterable[int]) -> dict[str, list[TaskResult]]:
    """Return tasks by the agency that leads each."""
    led: dict[str, list[TaskResult]] = {}
    for one in tasks:
        led.setdefault(found[one].lead, []).append(found[one])
    return led


def _figures(done: Sequence[TaskResult], late: Sequence[TaskResult], kept: Sequence[str]) -> tuple[Figure, ...]:
    proved = [one for one in done if one.done]
    return (
        Figure(
            label="nhiệm vụ hoàn thành đúng hạn", value=len(done), sources=tuple(f"NV-{one.number}" for one in done)
        ),
        Figure(label="nhiệm vụ trễ hoặc quá hạn", value=len(late), sources=tuple(f"NV-{one.number}" for one in late)),
        Figure(
            label="dòng dữ liệu được chứng minh đã sửa",
            value=sum(one.done for one in proved),
            sources=tuple(f"NV-{one.number} ({one.closed_by})" for one in proved),
        ),
        Figure(label="báo cáo tháng đúng hạn", value=len(kept), sources=tuple(kept)),
    )


def _deeds(figures: tuple[Figure, ...]) -> str:
    said = "; ".join(f"{one.value} {one.label}" for one in figures if one.value)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _reports_in_time(group: GroupInfo, since: date, until: date) -> dict[str, list[str]]:
    """Return the months whose report an agency sent in time, where the charter asks one of it."""
    months = [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(_index(since), _index(until) + 1)][:MOST_MONTHS]
    found: dict[str, list[str]] = {}
    for month, owed in duties.of_months(group, months).items():
        for one in owed:
            if one.action == REPORT and one.status == "met":
                found.setdefault(one.bearer.rpartition(":")[2], []).append(clock.as_read(month))
    return found


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _obj(info: CommendationInfo, digest: str) -> ObjectRef:
    return ObjectRef(kind="commendation", id=info.ref, digest=digest)


def propose(account: str, group: GroupInfo, new: NewCommendation, *, reason: str | None = None) -> CommendationInfo:
    """Propose a commendation; its names go into the permit as a keyed commitment."""
    known = offices.agency_names(group.id)
    if any(one.agency not in known for one in new.honoured):
        raise BadInput("Chọn cơ quan của tổ.", "Choose an agency of the group.")
    names = "\n".join(f"{one.agency}\t{one.name}\t{one.post}\t{one.deeds}" for one in new.honoured)
    with transaction.atomic():
        ref = commendations.next_ref(group.id, clock.today(group).year)
        new = replace(new, group_id=group.id, ref=ref, commitment=ledger.commitment(names))
        obj = ObjectRef(kind="commendation", id=ref, digest=new.digest())
        by = permit(Act(account=account, group=group, action=PROPOSE, obj=obj, reason=reason))
        return commendations.propose(by, new)


def answers(account: str, group: GroupInfo, info: CommendationInfo) -> dict[str, Answer]:
    """Return what the charter answers an account for each step, the form of it being within competence."""
    obj, facts = _obj(info, ""), {WITHIN: True}
    return {
        action: ask(Act(account=account, group=group, action=action, obj=obj, facts=facts if action == GRANT else {}))
        for action in (GRANT, SUBMIT)
    }


def _permit(
    account: str,
    group: GroupInfo,
    info: CommendationInfo,
    action: str,
    digest: str,
    *,
    within: bool = False,
    reason: str | None = None,
) -> Permit:
    facts: dict[str, Fact] = {WITHIN: True} if within else {}
    act = Act(account=account, group=group, action=action, obj=_obj(info, digest), facts=facts, reason=reason)
    return permit(act)


def grant(
    account: str,
    group: GroupInfo,
    commendation_id: int,
    paper: str,
    on: date,
    *,
    within: bool,
    reason: str | None = None,
) -> CommendationInfo:
    """Commend: where the form lies within competence, which whoever grants has to say."""
    info = commendations.for_flow(group.id, commendation_id)
    digest = commendations.act_digest(info, "grant", f"{State.GRANTED.value} {paper} {on}")
    by = _permit(account, group, info, GRANT, digest, within=within, reason=reason)
    return commendations.grant(by, commendation_id, paper, on)


def submit(
    account: str, group: GroupInfo, commendation_id: int, paper: str, on: date, *, reason: str | None = None
) -> CommendationInfo:
    """Submit to the competent level."""
    info = commendations.for_flow(group.id, commendation_id)
    digest = commendations.act_digest(info, "submit", f"{State.SUBMITTED.value} {paper} {on}")
    by = _permit(account, group, info, SUBMIT, digest, reason=reason)
    return commendations.submit(by, commendation_id, paper, on)


def record(
    account: str, group: GroupInfo, commendation_id: int, state: State, paper: str, on: date, result: str
) -> CommendationInfo:
    """Record what came of it, by the paper that decides."""
    if state not in (State.AWARDED, State.DECLINED):
        raise BadInput("Chọn kết quả.", "Choose the result.")
    info = commendations.for_flow(group.id, commendation_id)
    digest = commendations.act_digest(info, "record", f"{state.value} {paper} {on} {result}".strip())
    by = _permit(account, group, info, RECORD, digest)
    return commendations.record(by, commendation_id, state, paper, on, result)


def withdraw(account: str, group: GroupInfo, commendation_id: int, why: str) -> CommendationInfo:
    """Take a proposal back while nothing is decided."""
    info = commendations.for_flow(group.id, commendation_id)
    digest = commendations.act_digest(info, "withdraw", f"{State.WITHDRAWN.value}  None {why}".strip())
    return commendations.withdraw(_permit(account, group, info, RECORD, digest), commendation_id, why)


def draft_paper(account: str, group: GroupInfo, commendation_id: int, action: str) -> PaperInfo:
    """Draft the decision that commends, or the submission to the level above, from a proposal."""
    info = commendations.for_flow(group.id, commendation_id)
    rows = [
        {
            "name": one.name or offices.agency_name(group.id, one.agency),
            "post": f"{one.post}, {offices.agency_name(group.id, one.agency)}" if one.is_person else "Tập thể",
            "deeds": one.deeds,
        }
        for one in info.honoured
    ]
    span = f"từ {info.since:%d/%m/%Y} đến {info.until:%d/%m/%Y}"
    facts: dict[str, object]
    if action == GRANT:
        commended = [{"name": one["name"], "post": one["post"]} for one in rows]
        facts = {
            "achievement": info.title,
            "form": info.form,
            "commended": commended,
            "proposer": _proposer(group, info),
        }
    else:
        facts = {"period": span, "form": info.form, "ground": info.ground, "proposed": rows}
    with transaction.atomic():
        paper = paperwork.begin(account, group, FORMS[action if action in FORMS else SUBMIT], facts)
        commendations.attach_paper(commendation_id, paper.id)
    return paper


def _proposer(group: GroupInfo, info: CommendationInfo) -> str:
    seats = offices.capacities(info.proposed_by, group.id, clock.today(group))
    return seats[0].hat if seats else ""
