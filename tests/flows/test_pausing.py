"""An order's last day stands still while nothing in it can be mended, and goes on by as many working days after."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.clock.service.working_days import Calendar
from dean06.corrections.models import Order
from dean06.corrections.types import Left, OrderInfo, Pause
from dean06.flows import disputing, due, pausing
from dean06.flows.pausing import Standstill
from dean06.ledger import service as ledger
from dean06.notices.models import Notice
from dean06.web.pages.data import standing_still
from dean06.work.models import Task
from flows.conftest import Office, at, kept, own
from flows.test_disputing import CARD, SPAN, build, disputed, viewer
from web.neighbours import client


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("tam-dung-han"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def order(rule: str) -> Order:
    return Order.objects.filter(findings__rule=rule).distinct().get()


def on(office: Office, day: date) -> dict[int, Standstill]:
    """Go the daily round of a day, and give what pauses on it."""
    with at(day.year, day.month, day.day, 7):
        pausing.keep(office.group)
        return pausing.standstills(office.group)


def working_days(first: date, last: date) -> int:
    """Working days from one day to another, both counted."""
    return adoption.calendar(last).working_days_between(first - timedelta(days=1), last)


def suspend(office: Office, until: date) -> None:
    told = disputed(office, 2)  # a Saturday: the first working day it counts from is the fourth
    with at(2022, 7, 3):
        disputing.decide(viewer(office, "standing_deputy"), office.group, told, until, "Chờ mẫu mới")


def test_a_suspended_rule_stops_the_clock_of_its_order_alone(office):
    before, other = order(SPAN[0]).due, order(CARD[0]).due
    suspend(office, date(2022, 8, 15))
    still = on(office, date(2022, 7, 20))[order(SPAN[0]).pk]
    assert still.grounds == ("luật tạm dừng (TC-1)",)
    assert still.days == working_days(date(2022, 7, 4), date(2022, 7, 20))
    assert order(CARD[0]).pk not in on(office, date(2022, 7, 20))
    assert on(office, date(2022, 8, 15))[order(SPAN[0]).pk].now is False
    days = working_days(date(2022, 7, 4), date(2022, 8, 14))
    held = order(SPAN[0])
    wanted = adoption.calendar(before).add_working_days(before, days)
    assert (held.first_due, held.paused, held.due) == (before, days, wanted)
    task = Task.objects.get(pk=held.task_id)
    assert (task.first_due, task.due) == (before, wanted)
    assert order(CARD[0]).due == other
    told = ledger.entries_for("order", f"qn:DS-{held.number}") or ledger.entries_for("task", f"qn:{task.number}")
    assert told[-1]["action"] == "order.pause"
    assert told[-1]["citations"] == ["3.3"]


def test_nobody_is_told_to_hurry_while_it_stands_still(office):
    last = order(SPAN[0]).due
    suspend(office, date(2022, 8, 15))
    for days in range(30):
        day = date(2022, 7, 4) + timedelta(days=days)
        with at(day.year, day.month, day.day, 8):
            pausing.keep(office.group)
            due.remind(office.group)
    held = order(SPAN[0])
    number = Task.objects.get(pk=held.task_id).number
    assert last < date(2022, 8, 2)
    assert not Notice.objects.filter(key__startswith=f"remind:qn:{number}:", kind="task_escalated").exists()
    assert not Notice.objects.filter(key__contains=f":{number}:", vi__contains="quá hạn").exists()


def test_what_is_overdue_already_stays_overdue(office):
    last = order(SPAN[0]).due
    with at(last.year, last.month, last.day + 3):
        told = disputing.dispute(viewer(office, "member", "BHXH"), office.group, "bhyt", SPAN, "Luật sai")
    assert on(office, last + timedelta(days=10)) == {}
    assert order(SPAN[0]).due == last
    assert told.waiting


def test_saying_again_what_was_refused_stops_no_clock(office):
    for day in (4, 7):
        told = disputed(office, day)
        with at(2022, 7, day + 2):
            disputing.decide(viewer(office, "standing_deputy"), office.group, told, None, "Luật đúng")
    still = on(office, date(2022, 7, 11))[order(SPAN[0]).pk]
    assert (still.days, still.grounds) == (2, ())  # the fourth and the fifth of July


def test_the_pages_of_orders_say_so(office):
    suspend(office, date(2022, 8, 15))
    with at(2022, 7, 20):
        held = order(SPAN[0])
        page = client(office, "member", "BHXH").get(f"/t/qn/phai-sua/?don={held.pk}").content.decode()
        listed = client(office, "leader").get("/t/qn/sai-lech/?xem=don").content.decode()
    for told in (page, listed):
        assert "Đang dừng hạn: luật tạm dừng (TC-1)" in told
        assert f"hạn gốc {held.due:%d/%m/%Y}" in told
    assert "quá hạn" not in page


CALENDAR = Calendar(days_off=frozenset({date(2022, 9, 1), date(2022, 9, 2)}), swapped={})
FIRST = date(2022, 7, 4)


@settings(max_examples=50)
@given(
    starts=st.integers(0, 30),
    length=st.integers(0, 40),
    owed=st.one_of(st.none(), st.integers(0, 30)),
    today=st.integers(0, 60),
)
def test_it_moves_by_exactly_the_working_days_on_which_nothing_could_be_mended(starts, length, owed, today):
    """Two rules in one order, one of which rests; the other is mended on some day, or never."""
    pause = Pause(since=FIRST + timedelta(days=starts), until=FIRST + timedelta(days=starts + length), ground="TC-1")
    until = FIRST + timedelta(days=owed) if owed is not None else None
    left = (Left(rule="a", field="x", until=None), Left(rule="b", field="x", until=until))
    last, now = CALENDAR.add_working_days(FIRST, 10), FIRST + timedelta(days=today)
    info = _order(last)
    still = pausing.standstill(info, left, {("s", "a", "x"): (pause,)}, CALENDAR, now)
    due_day, counted = last, 0
    for days in range(1, today + 1):
        day = FIRST + timedelta(days=days)
        rests = pause.covers(day) and until is not None and day >= until
        if day <= due_day and CALENDAR.is_working_day(day) and rests:
            due_day, counted = CALENDAR.add_working_days(due_day, 1), counted + 1
    assert (still.due, still.days) == (due_day, counted)
    assert still.due == CALENDAR.add_working_days(last, counted)
    assert standing_still.late(info, still, still.due) is False


def _order(last: date) -> OrderInfo:
    opened = datetime(FIRST.year, FIRST.month, FIRST.day, 9, tzinfo=clock.TZ)
    return OrderInfo(
        id=1, ref="x", group_id=1, number=1, source="s", cause="c", agency="A", article="", clause="", point="",
        reading="", task_id=None, opened_at=opened, due=last, count=2, permit="", file_sha256="", voided_at=None,
        proved=0, total=2,
    )  # fmt: skip
