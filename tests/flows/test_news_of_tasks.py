"""Whom an act on a task, a plan, a directive or a matter concerns is told of it once, under its clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dean06.clock import service as clock
from dean06.flows import matters, planning, task_work, tasking
from dean06.flows.tasking import Wanted
from dean06.ledger import service as ledger
from dean06.notices.models import Notice
from dean06.notices.service import letters
from dean06.offices import service as offices
from dean06.offices.models import Group
from dean06.work.service import plans
from dean06.work.service import tasks as work
from dean06.work.types import NewDirective, NewLine, NewMatter, NewPlan, Origin, PlanKind, Said
from flows.conftest import at
from flows.told import followed, forget, of_kind, shut, told
from notices.conftest import mailbox

pytestmark = pytest.mark.django_db

OWN_DAY = date(2031, 1, 6)
LEADER, DEPUTY, OFFICE = ("leader", "PC"), ("standing_deputy", "POL"), ("deputy", "OFF")
BHXH, GDDT, TEAM = ("member", "BHXH"), ("member", "GDDT"), ("secretariat", "TEAM")


def given(office, **changes):
    plain = {"title": "Rà soát thẻ", "lead": "BHXH", "due": date(2022, 6, 30), "origin": Origin.DIRECTIVE}
    wanted = Wanted(**(plain | changes))
    return tasking.assign(office.account(*LEADER), office.group, wanted)


def kinds(office, *who: str) -> list[str]:
    return [kind for kind, _ in told(office.account(*who))]


def test_each_step_of_a_task_is_told_to_the_other_side(office):
    leader, agency, group = office.account(*LEADER), office.account(*BHXH), office.group
    with at(2022, 6, 6):
        task = given(office, coordinating=("GDDT",), following=("OFF",))
        followed()
        assert kinds(office, *BHXH) == ["task_assigned"]
        assert kinds(office, *GDDT) == kinds(office, *OFFICE) == ["task_beside"]
        assert told(leader) == []
        task_work.ask_extension(agency, group, task.id, date(2022, 7, 10), "chờ số liệu")
        followed()
        assert told(leader) == [
            ("extension_asked", "Bảo hiểm xã hội huyện xin gia hạn nhiệm vụ 1, hạn 30/06/2022: Rà soát thẻ.")
        ]
        task_work.answer_extension(leader, group, task.id, date(2022, 7, 5), "", granted=True)
        task_work.report(agency, group, task.id, Said(percent=60, words="đang làm"))
        followed()
        assert told(agency)[-1] == ("extension_answered", "Nhiệm vụ 1 được gia hạn đến 05/07/2022: Rà soát thẻ.")
        assert len(told(leader)) == 1  # progress is on the page alone
        task_work.report(agency, group, task.id, Said(percent=100, finished=True, words="xong"))
        followed()
        assert kinds(office, *LEADER) == ["extension_asked", "task_reported"]
        task_work.send_back(leader, group, task.id, "thiếu biểu")
        followed()
        assert told(agency)[-1][0] == "task_returned"
        assert "thiếu biểu" not in told(agency)[-1][1]
        task_work.report(agency, group, task.id, Said(percent=100, finished=True, words="đủ rồi"))
        task_work.accept(leader, group, task.id)
        followed()
        assert told(agency)[-1][0] == told(office.account(*GDDT))[-1][0] == "task_accepted"
        task_work.reopen(leader, group, task.id, "sót một xã")
        followed()
        task_work.cancel(leader, group, task.id, "không cần nữa")
        followed()
        assert kinds(office, *BHXH)[-2:] == ["task_reopened", "task_changed"]
        assert set(Notice.objects.values_list("article", "clause")) == {("3", "1")}
        assert shut(group) == []


def test_news_of_a_demonstration_stand_on_its_own_day(office):
    """Its day may lie years after the wall's: what is done on it is new, and is told and mailed on it."""
    Group.objects.filter(pk=office.group.id).update(own_day=OWN_DAY)
    office = replace(office, group=offices.group_by_id(office.group.id))
    mailbox(office, *BHXH)
    given(office, due=date(2031, 1, 30))
    (act,) = ledger.latest_of(office.group.slug, 1)
    assert (act.done_at.date(), act.at.astimezone(clock.TZ).date()) == (OWN_DAY, clock.today())
    followed()
    assert Notice.objects.get(account=office.account(*BHXH)).at.astimezone(clock.TZ).date() == OWN_DAY
    assert letters.gather() == 1


def test_agencies_beside_are_told_once_however_often_the_list_is_written(office):
    with at(2022, 6, 6):
        task = given(office, coordinating=("GDDT",))
        followed()
        task_work.coordinate(office.account(*LEADER), office.group, task.id, ("GDDT", "OFF"), ())
        followed()
        assert kinds(office, *GDDT) == ["task_beside"]
        assert kinds(office, *OFFICE) == ["task_beside"]
        task_work.coordinate(office.account(*LEADER), office.group, task.id, ("OFF", "GDDT"), ())
        followed()
        assert Notice.objects.filter(kind="task_beside").count() == 3  # two sit for OFF


def test_a_step_taken_back_is_told(office):
    with at(2022, 6, 6):
        task = given(office)
        said = Said(percent=100, finished=True, words="xong")
        task_work.report(office.account(*BHXH), office.group, task.id, said)
        followed()
        viewer = offices.viewer(office.account(*LEADER), date(2022, 6, 6))
        seen = work.task_for_flow(task.id)
        last = work.undoable(work.events(viewer, task.id, see_all=frozenset({"leader"})), seen)
        task_work.undo(office.account(*BHXH), office.group, task.id, last)
        followed()
        assert kinds(office, *LEADER) == ["task_reported", "task_changed"]
        assert kinds(office, *BHXH) == ["task_assigned"]


def test_a_body_outside_is_asked_by_letter_and_whoever_writes_it_is_told(office):
    wanted = Wanted(title="Cấp tài khoản", lead="", due=date(2022, 6, 30), origin=Origin.REQUEST, body="Cục C06")
    with at(2022, 6, 6):
        tasking.request(office.account(*LEADER), office.group, wanted)
        followed()
    ((account, sentence),) = of_kind("request_made").items()
    assert account == office.account(*TEAM)
    assert "Cục C06" in sentence
    assert "gửi công văn" in sentence


LINES = (
    NewLine(key="a", content="Kết nối dữ liệu", lead="BHXH", due=date(2022, 9, 30)),
    NewLine(key="b", content="Số hóa học bạ", lead="GDDT", coordinating=("OFF",), due=date(2022, 10, 31)),
)


def test_a_plan_waits_is_answered_and_reaches_those_of_its_lines(office):
    leader, team, group = office.account(*LEADER), office.account(*TEAM), office.group
    with at(2022, 6, 6):
        new = NewPlan(kind=PlanKind.PLAN, year=2022, title="Kế hoạch năm")
        plan = planning.put_lines(team, group, planning.begin(team, group, new, reason="bộ máy giúp việc soạn"), LINES)
        followed()
        assert not Notice.objects.exists()
        planning.submit(team, group, plan)
        followed()
        assert told(leader) == [("plan_submitted", "Kế hoạch năm (2022) trình bạn duyệt.")]
        assert (Notice.objects.get().article, Notice.objects.get().clause) == ("3", "2")
        planning.send_back(leader, group, plans.plan_of(plan.id), "thiếu nguồn")
    with at(2022, 6, 7):
        planning.submit(team, group, plans.plan_of(plan.id))
        planning.approve(leader, group, plans.plan_of(plan.id))
        followed()
        assert [one for one, _ in told(team)] == ["plan_answered", "plan_answered"]
        planning.issued_elsewhere(leader, group, plans.plan_of(plan.id), "15/KH-TCTĐA")
        followed()
        assert set(of_kind("plan_issued")) == {office.account(*who) for who in (BHXH, GDDT, OFFICE, TEAM)} | {
            office.account("clerk", "OFF")
        }
        sub = NewPlan(kind=PlanKind.SUBPLAN, year=2022, title="Kế hoạch chi tiết", agency="BHXH")
        mine = office.account(*BHXH)
        own = planning.put_lines(mine, group, planning.begin(mine, group, sub), LINES[:1])
        planning.file(mine, group, own)
        followed()
        assert of_kind("plan_filed")
        assert mine not in of_kind("plan_filed")
        assert shut(group) == []


def test_a_matter_goes_up_and_comes_back_settled(office):
    group, deputy = office.group, office.account(*DEPUTY)
    with at(2022, 6, 6):
        new = NewMatter(title="Dừng một cổng", important=True, agency="BHXH")
        raised = matters.raise_matter(office.account(*TEAM), group, new)
        followed()
        assert set(of_kind("matter_raised")) == {deputy, office.account(*LEADER)}
        raised = matters.escalate(deputy, group, raised, "xin ý kiến")
        followed()
        assert set(of_kind("escalated")) == {office.account(*LEADER)}
        assert "xin ý kiến" not in of_kind("escalated")[office.account(*LEADER)]
        matters.settle(office.account(*LEADER), group, raised, "đồng ý")
        followed()
        assert set(of_kind("matter_settled")) == {office.account(*TEAM), office.account(*BHXH)}
        assert shut(group) == []


def test_a_directive_on_record_is_told_to_those_who_watch(office):
    with at(2022, 6, 6):
        new = NewDirective(words="Đẩy nhanh", given_by="Chủ tịch", given_on=date(2022, 6, 3), source="họp")
        matters.record_directive(office.account(*TEAM), office.group, new)
        followed()
        assert office.account(*LEADER) in of_kind("directive")
        assert office.account(*BHXH) not in of_kind("directive")
        assert shut(office.group) == []
        forget()
        assert followed() == 0
