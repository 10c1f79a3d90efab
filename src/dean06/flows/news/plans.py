"""What people are told of plans, directives and matters: what waits, what was answered, what is in force."""

from __future__ import annotations

from dean06.clock import service as clock
from dean06.flows.bearers import overseeing, seats_with
from dean06.flows.news.passing_on import Story, number_of, pass_on, step_of
from dean06.flows.powers import acting_at
from dean06.flows.telling import Address, Said, To
from dean06.ledger.service import Followed
from dean06.offices.types import GroupInfo
from dean06.work.service import matters, plans
from dean06.work.types import MatterInfo, PlanInfo, PlanKind

APPROVING = "plan.approve"
SETTLING, RAISING_UP = "matter.settle", "matter.escalate"
LEADING = "leader"

__all__ = ["tell_of_directive", "tell_of_matter", "tell_of_plan", "tell_plan_issued"]


def tell_of_plan(group: GroupInfo, act: Followed) -> None:
    """Tell of a step of a plan whoever must answer it or waits for it."""
    plan = next((one for one in plans.plans_of_group(group.id) if one.ref == act.object_id), None)
    if plan is None:
        return
    drafters = To(accounts=tuple(dict.fromkeys(one for one in (plan.drafted_by, plan.submitted_by) if one)))
    match step_of(act):
        case "submit":
            to = To(seats=seats_with(group, APPROVING))
            _tell_plan(group, act, plan, to, "plan_submitted", ("trình bạn duyệt", "waits for your approval"))
        case "approve":
            _tell_plan(group, act, plan, drafters, "plan_answered", ("đã được duyệt", "is approved"))
        case "send_back":
            said = ("bị trả lại, lý do ghi ở trang kế hoạch", "is sent back; its page has the reason")
            _tell_plan(group, act, plan, drafters, "plan_answered", said)
        case "issue":
            tell_plan_issued(group, act, plan)
        case "file" if plan.kind is PlanKind.SUBPLAN:
            to = To(roles=overseeing(group))
            _tell_plan(group, act, plan, to, "plan_filed", ("của cơ quan đã nộp", "of an agency is filed"))
        case _:
            return


def _tell_plan(
    group: GroupInfo, act: Followed, plan: PlanInfo, to: To, kind: str, said: tuple[str, str], key: str = ""
) -> None:
    address = Address(route="tasks-plan", args=(plan.id,))
    words = Said(vi=f"{plan.title} ({plan.year}) {said[0]}.", en=f"{plan.title} ({plan.year}) {said[1]}.")
    pass_on(group, act, to, Story(kind=kind, said=words, address=address, key=key))


def tell_plan_issued(group: GroupInfo, act: Followed, plan: PlanInfo) -> None:
    """Tell the agencies that lead or take part in a plan's lines, and whoever drafted it, that it is in force."""
    lines = [one for one in plans.plan_lines(plan.id) if not one.gone]
    agencies = {code for one in lines for code in (one.lead, *one.coordinating) if code}
    to = To(agencies=tuple(sorted(agencies)), accounts=(plan.drafted_by,))
    said = ("đã ban hành", "is issued")
    _tell_plan(group, act, plan, to, "plan_issued", said, f"plan:{plan.ref}:issued")


def tell_of_directive(group: GroupInfo, act: Followed) -> None:
    """Tell those who answer for the whole group that a directive is on record, of which tasks are to be made."""
    number = number_of(str(act.note.get("ref", "")))
    said = Said(
        vi=f"Ý kiến chỉ đạo số {number} vừa được ghi: xem để giao nhiệm vụ.",
        en=f"Directive {number} is on record: tasks are to be made of it.",
    )
    to = To(roles=overseeing(group))
    pass_on(group, act, to, Story(kind="directive", said=said, address=Address(route="tasks-directives")))


def tell_of_matter(group: GroupInfo, act: Followed) -> None:
    """Tell of a matter whoever decides it, and whoever raised it how it went."""
    number = number_of(str(act.note.get("ref") or act.object_id))
    matter = next((one for one in matters.matters_of_group(group.id) if one.number == number), None)
    if matter is None:
        return
    match step_of(act):
        case "escalate":
            acting = {one.role for one in acting_at(group, clock.now(group))}
            words = ("trình Tổ trưởng quyết định", "is brought before the leader")
            _tell_matter(group, act, matter, To(roles=(LEADING, *sorted(acting))), "escalated", words)
        case "settle":
            words = ("đã được quyết định", "is settled")
            _tell_matter(group, act, matter, _concerned(matter), "matter_settled", words)
        case "unsettle":
            words = ("được rút lại quyết định, đang chờ quyết định lại", "has its decision taken back and waits again")
            _tell_matter(group, act, matter, _concerned(matter), "matter_settled", words)
        case _:
            to = To(seats=seats_with(group, SETTLING, RAISING_UP))
            _tell_matter(group, act, matter, to, "matter_raised", ("chờ quyết định", "waits for a decision"))


def _concerned(matter: MatterInfo) -> To:
    agencies = (matter.agency,) if matter.agency else ()
    return To(accounts=(matter.raised_by,), agencies=agencies)


def _tell_matter(
    group: GroupInfo, act: Followed, matter: MatterInfo, to: To, kind: str, words: tuple[str, str]
) -> None:
    said = Said(
        vi=f"Việc số {matter.number} {words[0]}: {matter.title}.",
        en=f"Matter {matter.number} {words[1]}: {matter.title}.",
    )
    pass_on(group, act, to, Story(kind=kind, said=said, address=Address(route="tasks-matter", args=(matter.id,))))
