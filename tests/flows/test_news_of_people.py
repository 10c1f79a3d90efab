"""Whom reports, money, registers, replacements, commendations and acting powers concern is told of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from conduct.test_replacements import late, with_late_tasks
from dean06.clock import service as clock
from dean06.conduct.types import NewAnswer
from dean06.flows import agency_reporting, budgeting, commending, delegating, due, replacing, setup, spending, tracking
from dean06.flows.tracking import Said, seed
from dean06.funds.types import EstimateLine
from dean06.notices.models import Notice
from dean06.offices import service as offices
from dean06.offices.service import absences, delegations
from dean06.offices.types import NewDelegation
from dean06.work.service import registers
from dean06.work.service.registers import Level
from flows.conftest import at
from flows.money import FINANCE, STANDING, ask, bill, seat, source
from flows.test_agency_reports import WORDS
from flows.test_conduct import proposal
from flows.test_powers import office_under
from flows.told import followed, forget, of_kind, shut, told

pytestmark = pytest.mark.django_db

LEADER, DEPUTY, OFFICE = ("leader", "PC"), ("standing_deputy", "POL"), ("deputy", "OFF")
BHXH, GDDT, TEAM, CLERK = ("member", "BHXH"), ("member", "GDDT"), ("secretariat", "TEAM"), ("clerk", "OFF")


def who(office, kind: str) -> set[str]:
    """Return who was told of a kind, as role and agency."""
    found = of_kind(kind)
    return {name for name, account in office.accounts.items() if account in found}


# ------------------------------------------------------------------ reports


@pytest.fixture
def xuan_truong(home, tmp_path):
    return office_under("XT", tmp_path)


def test_an_agencys_report_comes_is_taken_in_and_returned(xuan_truong):
    office, month = xuan_truong, "2022-09"
    member, police = office.account(*BHXH), office.account(*DEPUTY)
    with at(2022, 9, 5):
        agency_reporting.begin(member, office.group, month, "BHXH")
        agency_reporting.write(member, office.group, month, "BHXH", WORDS, {})
        followed()
        forget()
        agency_reporting.send(member, office.group, month, "BHXH")
        followed()
        assert police in of_kind("report_arrived")
        assert member not in of_kind("report_arrived")
        agency_reporting.receive(police, office.group, month, "BHXH")
        agency_reporting.return_it(police, office.group, month, "BHXH", "thiếu số liệu xã")
        followed()
        assert [kind for kind, _ in told(member)] == ["report_received", "report_returned"]
        assert "thiếu số liệu" not in told(member)[-1][1]
        assert {one.article for one in Notice.objects.filter(account=member)} == {"7"}
        assert shut(office.group) == []


def test_a_report_that_did_not_come_is_told_of_once_to_its_agency(xuan_truong):
    office = xuan_truong
    with at(2022, 9, 10):
        due.remind(office.group)
        assert office.account(*BHXH) in of_kind("report_due")
        assert not of_kind("report_late")
        forget()
    for hour in (0, 9, 23):
        with at(2022, 9, 13, hour):
            due.remind(office.group)
    assert office.account(*BHXH) in of_kind("report_late")
    assert "quá hạn" in of_kind("report_late")[office.account(*BHXH)]
    collectors = of_kind("reports_absent")
    assert "chưa có của 10 cơ quan" in collectors[office.account(*DEPUTY)]  # the police collect
    assert office.account(*BHXH) not in collectors
    with at(2022, 9, 13):
        assert shut(office.group) == []
    forget()
    with at(2022, 9, 25):
        due.remind(office.group)
    assert not of_kind("report_late")  # a round that comes late says nothing stale


# ------------------------------------------------------------------ money


def test_a_request_to_spend_waits_with_those_who_may_approve_and_is_answered(office):
    police, group = office.account(*DEPUTY), office.group
    with at(2022, 6, 20):
        line = source(office, police, 40_000_000).lines[0].id
        one = ask(office, office.account(*BHXH), line, 10_000_000)
        two = ask(office, office.account(*BHXH), line, 2_000_000)
        followed()
        assert Notice.objects.filter(kind="funds_asked", account=office.account(*LEADER)).count() == 2
        assert not Notice.objects.filter(kind="funds_asked", account=office.account(*BHXH)).exists()
        spending.approve(office.account(*LEADER), group, one.id, by_law=True)
        spending.refuse(office.account(*LEADER), group, two.id, "chưa cần")
        spending.pay(police, group, one.id, bill(10_000_000))
        followed()
        sentences = [vi for kind, vi in told(office.account(*BHXH)) if kind == "funds_answered"]
        assert ["được duyệt" in one for one in sentences] == [True, True, False]
        assert "không được duyệt" in sentences[1]
        assert not any("chưa cần" in one for one in sentences)
        assert shut(group) == []


def test_an_estimate_comes_to_those_who_put_them_together_and_goes_back(office):
    finance = seat(office, *FINANCE)
    lines = (EstimateLine(content="Máy quét", ground="Kế hoạch 67", quantity=1, unit="cái", price=9_000_000, months=1),)
    with at(2022, 9, 1):
        budgeting.write(office.account(*BHXH), office.group, 2023, "BHXH", lines)
        budgeting.send(office.account(*BHXH), office.group, 2023, "BHXH")
        followed()
        assert set(of_kind("estimate_sent")) == {finance, office.account(*TEAM)}
        budgeting.send_back(finance, office.group, 2023, "BHXH", "thiếu báo giá")
        followed()
        assert set(of_kind("estimate_returned")) == {office.account(*BHXH)}
        assert shut(office.group) == []


# ------------------------------------------------------------------ registers

ISSUE = {"ten": "Thiếu máy quét ở xã", "nguyen_nhan": "ha_tang", "co_quan": "BHXH", "han": "2022-06-20"}


def test_an_entry_is_told_to_its_agency_once_and_again_near_and_past_its_day(office):
    with at(2022, 6, 6):
        one = tracking.open_entry(office.account(*TEAM), office.group, "vuong-mac", ISSUE)
        followed()
        assert who(office, "entry_given") == {"member:BHXH"}
    for day in (10, 17, 18, 20):
        with at(2022, 6, day):
            due.remind(office.group)
        assert who(office, "entry_due") == ({"member:BHXH"} if day > 10 else set())
    forget()
    for day in (21, 25):
        with at(2022, 6, day):
            due.remind(office.group)
            assert "quá hạn 20/06/2022" in of_kind("entry_due")[office.account(*BHXH)]
            assert shut(office.group) == []
    assert one.label in of_kind("entry_due")[office.account(*BHXH)]


def test_the_title_of_a_restricted_entry_stays_out(office):
    with at(2022, 6, 6):
        tracking.open_entry(office.account(*TEAM), office.group, "vuong-mac", ISSUE, Said(level=Level.RESTRICTED))
        followed()
    one = Notice.objects.get(kind="entry_given")
    assert "máy quét" not in one.vi + one.en
    assert one.restricted


# ------------------------------------------------------------------ people


@pytest.fixture(params=["QN", "XT"])
def late_office(request, home, tmp_path):
    return with_late_tasks(request.param, tmp_path)


def test_a_replacement_is_told_to_the_agency_but_not_to_whoever_is_replaced(late_office):
    office = late_office
    colleague = seat(office, "data_officer", "BHXH", "Kiều Thị Sen")
    held = offices.holders(office.group.id, date(2022, 12, 30), role="member", agency="BHXH")[0]
    with at(2022, 12, 30):
        followed()
        forget()
        one = replacing.put_forward(office.account(*LEADER), office.group, held.seat_id, late(office), "Chậm sửa")
        followed()
        assert set(of_kind("replacement_asked")) == {colleague, office.account(*TEAM)}
        assert Notice.objects.filter(kind="replacement_asked", article="3", clause="5", restricted=True).count() == 2
        named = NewAnswer(number="45/BHXH", dated=date(2022, 12, 30), agrees=True, nominee="Người Mới", post="Phó GĐ")
        replacing.enter_answer(office.account(*TEAM), office.group, one.id, named)
        followed()
        assert set(of_kind("replacement_answered")) == {office.account(*LEADER)}
        assert "Người Mới" not in of_kind("replacement_answered")[office.account(*LEADER)]
        replacing.carry_out(office.account(*DEPUTY), office.group, one.id, date(2022, 12, 31))
        followed()
        assert Notice.objects.filter(kind="replacement_answered").count() == 3
        assert shut(office.group) == []


def test_a_commendation_is_proposed_and_answered_without_a_name(office):
    standing, leader = seat(office, *STANDING), office.account(*LEADER)
    with at(2022, 7, 5):
        made = commending.propose(standing, office.group, proposal(office))
        followed()
        assert set(of_kind("commendation_proposed")) == {leader}
        commending.grant(leader, office.group, made.id, "12/QĐ", date(2022, 7, 5), within=True)
        followed()
        assert set(of_kind("commendation_answered")) == {standing}
        assert not Notice.objects.filter(vi__contains="Vũ Đình Khoa").exists()
        assert shut(office.group) == []


def test_whoever_acts_is_told_when_it_is_written_down_and_on_the_day_it_begins(office):
    leader = offices.holders(office.group.id, date(2022, 7, 1), role="leader")[0]
    deputy = office.account(*DEPUTY)
    since, until = clock.at_start_of(date(2022, 7, 10)), clock.at_start_of(date(2022, 7, 15))
    with at(2022, 7, 1):
        delegating.go_away(office.account(*TEAM), office.group, leader, (since, until), "đi công tác")
        followed()
        assert set(of_kind("acting")) == {deputy}
        assert "từ 00:00 ngày 10/07/2022" in of_kind("acting")[deputy]
        assert (Notice.objects.get().article, Notice.objects.get().clause) == ("4", "2")
        forget()
        due.remind(office.group)
        assert not of_kind("acting")
    for day in (10, 11, 12):
        with at(2022, 7, day):
            due.remind(office.group)
    assert set(of_kind("acting")) == {deputy}
    forget()
    with at(2022, 7, 12):
        one = absences.absences_of(office.group.id)[-1]
        back = clock.now(office.group) + timedelta(hours=2)
        delegating.come_back(office.account(*TEAM), office.group, one.id, back, "xong việc")
        followed()
        assert "đến 11:00 ngày 12/07/2022" in of_kind("acting")[deputy]
        assert shut(office.group) == []


def test_a_delegation_is_told_and_told_again_when_it_is_taken_back(office):
    held = {one.role: one.seat_id for one in offices.holders(office.group.id, date(2022, 7, 1))}
    new = NewDelegation(
        from_seat=held["leader"],
        to_seat=held["standing_deputy"],
        since=clock.at_start_of(date(2022, 7, 2)),
        until=clock.at_start_of(date(2022, 7, 20)),
        ground="Tổ trưởng đi học",
    )
    with at(2022, 7, 1):
        number = delegating.grant(office.account(*LEADER), office.group, new)
        followed()
        assert "được ủy quyền" in of_kind("acting")[office.account(*DEPUTY)]
        assert delegations.delegations_of(office.group.id)[0].id == number
    with at(2022, 7, 3):
        forget()
        delegating.revoke(office.account(*LEADER), office.group, number, "không còn cần")
        followed()
        assert of_kind("acting") == {office.account(*DEPUTY): "Ủy quyền cho bạn đã được thu hồi."}
        assert shut(office.group) == []


def test_rules_of_the_group_stay_out_of_it(office):
    """An act that concerns nobody else is told to nobody."""
    with at(2022, 7, 1):
        setup.set_local_rule(office.account(*LEADER), office.group, "G-21", {"days_before": [5]})
        followed()
    assert not Notice.objects.exists()


def test_entries_made_in_one_gesture_are_told_by_their_number(office):
    with at(2022, 6, 6):
        made = seed.fill(office.account(*TEAM), office.group, "tich-hop")
        followed()
        count = sum(one.agency == "BHXH" for one in made)
        assert of_kind("entry_given")[office.account(*BHXH)] == (
            f"Cơ quan bạn phụ trách {count} mục mới trong sổ «{registers.definition('tich-hop').title.vi}»."
        )
        forget()
        one = next(one for one in made if one.agency == "BHXH")
        change = registers.Change(revision=one.revision, values={"ten": "Bảo hiểm xã hội nối dân cư"})
        one = tracking.correct(office.account(*TEAM), office.group, one.id, change)
        followed()
        assert of_kind("entry_given") == {}  # it was told with the others
        change = registers.Change(revision=one.revision, values={"chu_tri": "GDDT"})
        tracking.correct(office.account(*TEAM), office.group, one.id, change)
        followed()
        assert set(of_kind("entry_given")) == {office.account(*GDDT)}
        assert shut(office.group) == []
