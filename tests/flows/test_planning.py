"""Plans and matters as a jurist checks them: who approves, what counts as issued, what a missing detailed plan is."""

from __future__ import annotations

from datetime import date

import pytest

from dean06.charter.errors import Refused
from dean06.charter.types import ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, RefusedByCharter
from dean06.flows import duties, matters, plan_lists, planning, setup
from dean06.flows.records import records
from dean06.offices import service as offices
from dean06.offices.types import NewDelegation
from dean06.work.errors import TaskRefused
from dean06.work.service import matters as decided
from dean06.work.service import plans
from dean06.work.types import NewLine, NewMatter, NewPlan, PlanKind, PlanState
from flows.conftest import at

pytestmark = pytest.mark.django_db

LEADER, DEPUTY, TEAM, BHXH = ("leader", "PC"), ("standing_deputy", "POL"), ("secretariat", "TEAM"), ("member", "BHXH")
LINES = (
    NewLine(key="a", content="Kết nối dữ liệu bảo hiểm", lead="BHXH", due=date(2022, 9, 30), product="Báo cáo"),
    NewLine(key="b", content="Số hóa học bạ", lead="GDDT", coordinating=("POL",), due=date(2022, 10, 31)),
)


@pytest.fixture
def plan(office):
    with at(2022, 6, 6):
        made = planning.begin(
            office.account(*TEAM),
            office.group,
            NewPlan(kind=PlanKind.PLAN, year=2022, title="Kế hoạch năm 2022", higher="Kế hoạch 67/KH-UBND"),
            reason="bộ máy giúp việc soạn",
        )
        return planning.put_lines(office.account(*TEAM), office.group, made, LINES)


def approved(office, plan):
    plan = planning.submit(office.account(*TEAM), office.group, plan)
    return planning.approve(office.account(*LEADER), office.group, plan)


def test_the_clause_of_the_approval_is_kept_and_the_drafter_never_approves(office, plan):
    with at(2022, 6, 7):
        done = approved(office, plan)
        assert (done.state, done.cites) == (PlanState.APPROVED, ("3.2",))
        own = planning.begin(
            office.account(*LEADER), office.group, NewPlan(kind=PlanKind.PLAN, year=2022, title="B"), reason="tự soạn"
        )
        own = planning.put_lines(office.account(*LEADER), office.group, own, LINES)
        own = planning.submit(office.account(*LEADER), office.group, own)
        with pytest.raises(TaskRefused, match="do chính bạn"):
            planning.approve(office.account(*LEADER), office.group, own)


def test_a_plan_that_was_submitted_stands_still_until_it_is_sent_back(office, plan):
    with at(2022, 6, 7):
        plan = planning.submit(office.account(*TEAM), office.group, plan)
        with pytest.raises(TaskRefused):
            planning.put_lines(office.account(*TEAM), office.group, plan, LINES)
        back = planning.send_back(office.account(*LEADER), office.group, plan, "Thiếu kinh phí")
        assert (back.state, back.returned) == (PlanState.DRAFT, "Thiếu kinh phí")


def test_a_line_becomes_one_task_however_often_it_is_given(office, plan):
    with at(2022, 6, 7):
        leader = office.account(*LEADER)
        plan = approved(office, plan)
        with pytest.raises(BadInput, match="chưa ban hành"):
            planning.line_to_task(leader, office.group, plan, plans.plan_lines(plan.id)[0])
        plan = planning.issued_elsewhere(leader, office.group, plan, "15/KH-TCTĐA")
        told = planning.lines_to_tasks(leader, office.group, plan)
        assert [outcome.done for _, outcome in told] == [True, True]
        assert planning.lines_to_tasks(leader, office.group, plan) == []
        with pytest.raises(BadInput, match="đã thành nhiệm vụ"):
            planning.line_to_task(leader, office.group, plan, plans.plan_lines(plan.id)[0])


def of_action(office, action: str, month: str):
    return [one for one in duties.obligations(office.group, month) if one.action == action]


def test_a_plan_issued_meets_the_yearly_duty_and_a_missing_detailed_plan_is_found(office, plan):
    with at(2022, 6, 7):
        plan = planning.issued_elsewhere(office.account(*LEADER), office.group, approved(office, plan), "15/KH-TCTĐA")
        sub = planning.begin(
            office.account(*BHXH),
            office.group,
            NewPlan(kind=PlanKind.SUBPLAN, year=2022, title="Kế hoạch chi tiết", agency="BHXH"),
        )
        sub = planning.put_lines(office.account(*BHXH), office.group, sub, LINES[:1])
        planning.file(office.account(*BHXH), office.group, sub)
        owed = planning.subplans_owed(plan, plans.plans_of_group(office.group.id))
        assert {one.agency: one.subplan is not None for one in owed} == {"BHXH": True, "GDDT": False}
    with at(2023, 1, 5):
        (issued,) = of_action(office, "plan.issue", "2022-12")
        assert issued.status == "met"
        (programme,) = of_action(office, "programme.issue", "2022-12")
        assert programme.status == "missed"
        found = {one.bearer: one.status for one in of_action(office, "subplan.build", "2022-12")}
        assert found["member:BHXH"] == "met"
        assert found["member:GDDT"] == "missed"


def test_an_important_matter_settled_after_the_leader_was_told_is_in_order(office):
    deputy, leader = office.account(*DEPUTY), office.account(*LEADER)
    with at(2022, 6, 6):
        grave = matters.raise_matter(deputy, office.group, NewMatter(title="Mua máy chủ", important=True))
        with pytest.raises(Refused) as refused:
            matters.settle(deputy, office.group, grave, "Mua", reason="gấp lắm")
        assert "4.3" in {one.dotted for one in refused.value.decision.citations}
        told = matters.escalate(deputy, office.group, grave, "Xin ý kiến")
        with pytest.raises(RefusedByCharter):
            matters.settle(deputy, office.group, told, "Mua")
        done = matters.settle(leader, office.group, told, "Đồng ý")
        assert (done.power, done.settled_role) == ("own", "leader")
        (row,) = records(office.group, clock.now(office.group))["matters"]
        assert (row["settled_by"], row["important"]) == ("leader", True)


def test_the_power_under_which_a_matter_is_settled_is_shown(office):
    deputy = office.account(*DEPUTY)
    with at(2022, 6, 6):
        small = matters.raise_matter(deputy, office.group, NewMatter(title="Lịch trực"))
        assert matters.settle(deputy, office.group, small, "Trực theo ca").power == "own"
        grave = matters.raise_matter(deputy, office.group, NewMatter(title="Đổi đầu mối", exceeds=True))
        matters.escalate(deputy, office.group, grave, "xin ý kiến")
        seats = {one.role: one.seat_id for one in offices.holders(office.group.id, date(2022, 6, 6))}
        span = (clock.at_start_of(date(2022, 6, 6)), clock.at_start_of(date(2022, 6, 20)))
        leader = office.account(*LEADER)
        delegated(office, leader, seats, span)
        known = decided.matters_of_group(office.group.id)[-1]
        answer = matters.may_settle(deputy, office.group, known)
        if answer.allowed:
            assert matters.settle(deputy, office.group, known, "Đổi").power == "delegation"


def delegated(office, leader, seats, span):
    from dean06.flows.authority import Act, permit

    new = NewDelegation(
        from_seat=seats["leader"],
        to_seat=seats["standing_deputy"],
        since=span[0],
        until=span[1],
        ground="đi công tác",
    )
    ref = f"{office.group.slug}:{seats['leader']}:{seats['standing_deputy']}:{span[0].isoformat()}"
    obj = ObjectRef(kind="delegation", id=ref, digest=new.digest())
    facts = {"delegation.to_standing_deputy": True, "delegation.is_necessary": True}
    by = permit(Act(account=leader, group=office.group, action="delegation.grant", obj=obj, facts=facts))
    offices.delegate(by, office.group.id, new)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("30/6/2022", date(2022, 6, 30)),
        ("Trước ngày 30/6/2022", date(2022, 6, 29)),
        ("Tháng 6/2022", date(2022, 6, 30)),
        ("Tháng 9", date(2022, 9, 30)),
        ("Quý III/2022", date(2022, 9, 30)),
        ("quy ii", date(2022, 6, 30)),
        ("Năm 2023", date(2023, 12, 31)),
        ("6 tháng đầu năm 2022", date(2022, 6, 30)),
        ("Thường xuyên", date(2022, 12, 31)),
        ("31/6/2022", None),
        ("khi cần", None),
        ("", None),
    ],
)
def test_deadlines_of_a_list_are_read_as_offices_write_them(words, day):
    assert plan_lists.read_due(words, 2022) == day


NAMES = plan_lists.names_of(
    {
        "POL": "Công an huyện",
        "OFF": "Văn phòng HĐND và UBND huyện",
        "TCKH": "Phòng Tài chính - Kế hoạch",
        "TP": "Phòng Tư pháp",
    },
    {"OFF": ("Văn phòng",)},
)


@pytest.mark.parametrize(
    ("lead", "others", "found", "beside", "told"),
    [
        ("Công an huyện", "Văn phòng", "POL", ("OFF",), 0),
        ("cong an huyen", "phòng tư pháp; Văn phòng HĐND và UBND huyện", "POL", ("TP", "OFF"), 0),
        ("Phòng Tài chính - Kế hoạch", "", "TCKH", (), 0),
        ("Công an huyện, Phòng Tư pháp", "", "POL", ("TP",), 1),
        ("Công an huyện", "Công an huyện, Sở Lạ", "POL", (), 1),
        ("Sở Lạ", "", "", (), 1),
        ("", "Phòng Tư pháp", "", ("TP",), 1),
    ],
)
def test_agencies_of_a_list_are_found_and_exactly_one_leads(lead, others, found, beside, told):
    cells = {"task": "Việc", "lead": lead, "others": others, "due": "30/6/2022"}
    (row,) = plan_lists.read_rows([(5, cells)], NAMES, 2022)
    assert (row.line.lead, row.line.coordinating, len(row.faults)) == (found, beside, told)


def test_a_rule_on_reminders_that_cannot_be_counted_is_refused(office):
    with at(2022, 6, 6):
        for wrong in ({"days_before": ["bảy"]}, {"days_before": [0]}, {"escalate_after": 999}):
            with pytest.raises(BadInput):
                setup.set_local_rule(office.account(*LEADER), office.group, "G-21", wrong)
