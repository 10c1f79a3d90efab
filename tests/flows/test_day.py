"""What today asks of each kind of person, counted from what the rooms hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.corrections import service as corrections
from dean06.corrections.models import Finding
from dean06.demo import service as demo
from dean06.flows import day, disputing, doubting, ordering
from dean06.flows.desk import overseers
from dean06.flows.doubting import Said
from dean06.offices import service as offices
from dean06.sources import service as sources
from dean06.sources.contract import Cadence
from flows.conftest import SINCE, Office, at, found, kept, own

WHEN = date(2022, 8, 16)


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=260)
    with at(2022, 6, 1):
        for source in ("bhyt", "hoc-sinh"):
            ordering.assign_source(made.account("leader"), made.group, source)
    for month in ("2022-06", "2022-07"):
        made.load_register(month)
    made.deliver("bhyt", "BHXH", "2022-06")
    made.deliver("bhyt", "BHXH", "2022-07", demo.Fix(share=0.5, said=0.1))
    made.deliver("hoc-sinh", "GDDT", "2022-06")
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("ngay"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def viewer(office: Office, role: str, agency: str = ""):
    return offices.viewer(office.account(role, agency), WHEN)


def known(office: Office):
    seen = viewer(office, "leader")
    return sources.deliveries(seen, office.group.id), sources.contracts(office.group.id, WHEN)


def see_all(office: Office) -> frozenset[str]:
    return overseers(adoption.charter_of(office.group.charter_line, WHEN))


def agency_day(office: Office, agency: str, today: date = WHEN) -> day.AgencyDay:
    delivered, contracts = known(office)
    held = [one for one in sources.assignments(office.group.id).values() if one.agency == agency]
    return day.agency_day(viewer(office, "member", agency), office.group, held, delivered, contracts, today)


def police(office: Office, role: str = "standing_deputy") -> day.PoliceDay:
    return day.police_day(viewer(office, role), office.group, known(office)[0], see_all(office))


def leading(office: Office, when: date = WHEN) -> day.LeadingDay:
    delivered, contracts = known(office)
    standing = sources.assignments(office.group.id)
    with at(when.year, when.month, when.day):
        seen, now = viewer(office, "leader"), clock.now()
        return day.leading_day(seen, office.group, standing, delivered, contracts, see_all(office), now)


@pytest.mark.parametrize(
    ("every", "today", "told"),
    [
        ("month", date(2022, 8, 16), ("2022-07", "2022-07", date(2022, 8, 10))),
        ("month", date(2022, 1, 1), ("2021-12", "2021-12", date(2022, 1, 10))),
        ("quarter", date(2022, 8, 16), ("2022-04", "2022-06", date(2022, 7, 10))),
        ("quarter", date(2022, 1, 3), ("2021-10", "2021-12", date(2022, 1, 10))),
        ("year", date(2022, 8, 16), ("2021-01", "2021-12", date(2022, 1, 10))),
        ("once", date(2022, 8, 16), None),
    ],
)
def test_the_list_that_is_expected_by_a_day(every, today, told):
    assert Cadence(every=every, day=10).newest(today) == told


@given(st.sampled_from(["month", "quarter", "year"]), st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(1, 28))
def test_a_span_has_ended_and_the_next_one_has_not(every, today, bound):
    first, last, due = Cadence(every=every, day=bound).newest(today)
    months = {"month": 1, "quarter": 3, "year": 12}[every]
    counted = [int(one[:4]) * 12 + int(one[5:]) - 1 for one in (first, last)]
    assert counted[1] - counted[0] == months - 1
    assert counted[1] < today.year * 12 + today.month - 1 <= counted[1] + months
    assert (due.year * 12 + due.month - 1, due.day) == (counted[1] + 1, bound)


def test_an_agency_sees_its_own_lists_orders_and_what_its_last_list_changed(office):
    own_day = agency_day(office, "BHXH")
    assert [(one.held.source, one.period, one.delivery is not None) for one in own_day.lists] == [
        ("bhyt", "2022-07", True)
    ]
    orders = [*own_day.overdue, *own_day.near, *own_day.later]
    assert orders
    assert {one.agency for one in orders} == {"BHXH"}
    assert all(one.due < WHEN for one in own_day.overdue)
    assert len(orders) == sum(
        one.proved < one.total and one.voided_at is None
        for one in corrections.orders(viewer(office, "member", "BHXH"), office.group.id)
    )
    (change,) = own_day.changes
    assert change.outcome.source == "bhyt"
    assert change.outcome.whole.proved > 0
    assert (
        change.outcome.whole.open_after
        == Finding.objects.filter(source="bhyt", status__in=["open", "reopened"]).count()
    )


def test_a_list_that_did_not_come_is_late_once_its_day_is_over_and_not_before(office):
    day_of = sources.contracts(office.group.id, WHEN).contract("hoc-sinh").cadence
    _, period, due = day_of.newest(WHEN)
    (one,) = agency_day(office, "GDDT", due).lists
    assert (one.late, one.delivery) == (False, None)
    (one,) = agency_day(office, "GDDT", date.fromordinal(due.toordinal() + 1)).lists
    assert (one.late, one.period) == (True, period)


def test_the_police_see_who_to_confirm_whom_to_visit_and_what_to_decide(office):
    wrong = Finding.objects.filter(rule="KHOP_SAI_LECH", status__in=["open", "reopened"])[0]
    with at(2022, 8, 15):
        doubting.propose(
            viewer(office, "secretariat"), office.group, wrong.pk, Said(ground="giay_to_goc", kept_at="Hồ sơ 3")
        )
    for role in ("standing_deputy", "register_keeper"):
        told = police(office, role)
        open_ones = Finding.objects.filter(status__in=["open", "reopened"])
        assert sum(told.confirm.values()) == open_ones.filter(rule="NGHI_VAN").count()
        visited = open_ones.filter(rule__in=["KHONG_TIM_THAY", "DA_CHUYEN_DI", "DA_CHET"])
        assert sum(told.visit.values()) == visited.count() > 0
        assert list(told.visit.values()) == sorted(told.visit.values(), reverse=True)
        assert [one.label for one in told.decide] == ["ĐN-1"]


def test_who_leads_sees_what_stands_in_the_way_and_nothing_that_does_not(office):
    told = leading(office)
    assert [one.held.source for one in told.missing] == ["hoc-sinh"]
    assert {one.source for one in told.weakest} == {"bhyt", "hoc-sinh"}
    gaps = [one.weakest[1].gap for one in told.weakest]
    assert gaps == sorted(gaps)
    late = [
        one
        for one in corrections.orders(viewer(office, "leader"), office.group.id, see_all=see_all(office))
        if one.voided_at is None and one.proved < one.total and one.due < WHEN
    ]
    assert late
    assert sum(one.orders for one in told.overdue) == len(late)
    assert sum(one.rows for one in told.overdue) == sum(one.total - one.proved for one in late)
    assert all(one.oldest.due == min(o.due for o in late if o.agency == one.agency) for one in told.overdue)
    assert leading(office, date(2022, 7, 2)).overdue == ()


def test_a_disputed_rule_waits_with_the_police_and_a_resting_one_is_told_to_who_leads(office):
    pair = next(iter(disputing.rules_of(office.group, "bhyt")))
    with at(2022, 8, 14):
        told = disputing.dispute(viewer(office, "member", "BHXH"), office.group, "bhyt", pair, "Mẫu thẻ mới")
    assert [one.label for one in police(office).disputed] == [told.label]
    assert ([one.label for one in leading(office).disputed], leading(office).resting) == ([told.label], ())
    with at(2022, 8, 15):
        disputing.decide(viewer(office, "standing_deputy"), office.group, told, date(2022, 8, 30), "Chờ mẫu mới")
    assert police(office).disputed == ()
    assert (leading(office).disputed, [one.label for one in leading(office).resting]) == ((), [told.label])
    assert leading(office, date(2022, 8, 30)).resting == ()


def test_a_stranger_to_the_group_counts_nothing(office):
    stranger = offices.viewer("00000000-0000-4000-8000-000000000009", SINCE)
    delivered, contracts = known(office)
    told = day.police_day(stranger, office.group, [], see_all(office))
    assert (told.confirm, told.visit, told.decide, told.aside) == ({}, {}, (), ())
    mine = day.agency_day(stranger, office.group, [], delivered, contracts, WHEN)
    assert (mine.lists, mine.overdue, mine.near, mine.later, mine.changes) == ((), (), (), (), ())
