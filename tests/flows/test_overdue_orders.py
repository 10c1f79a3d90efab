"""An order that is not proved climbs: its agency, the standing deputy, the next regular meeting, the month's report."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.flows import convening, due, overdue_orders
from dean06.flows.due import reminding
from dean06.meetings.service import meetings
from dean06.meetings.types import Kind, MeetingInfo, NewItem, NewMeeting
from dean06.notices.models import Notice
from dean06.offices import service as offices
from dean06.work.models import Task
from flows.conftest import Office, at, kept, own
from flows.test_answering import build, next_list, order


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("qua-han"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def working_days_after(day: date, count: int) -> date:
    return adoption.calendar(day).add_working_days(day, count)


def told_on(office: Office, day: date) -> set[tuple[str, str]]:
    """Give who was told what stage of the order's task, once the round of a day has gone."""
    with at(day.year, day.month, day.day, 8):
        due.remind(office.group)
    task = order(office).task_id
    names = {account: role for role, account in office.accounts.items()}
    rows = Notice.objects.filter(key__startswith=f"remind:qn:{Task.objects.get(pk=task).number}:")
    return {(names[str(one.account)], one.key.split(":", 4)[4]) for one in rows}


def meeting(office: Office, day: date, kind: Kind = Kind.REGULAR) -> MeetingInfo:
    seat = next(one for one in offices.holders(office.group.id, day) if one.role == "leader")
    begins = datetime(day.year, day.month, day.day, 8, tzinfo=clock.TZ)
    new = NewMeeting(
        kind=kind,
        title=f"Họp tháng {day.month}/{day.year}",
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        place="Phòng họp",
        chair_seat=seat.seat_id,
    )
    with at(day.year, day.month, max(1, day.day - 5)):
        return convening.prepare(office.account("secretariat"), office.group, new)


def titles(made: MeetingInfo) -> list[str]:
    return [one.title for one in meetings.items(made.id)]


def test_the_order_climbs_step_by_step(office):
    last = order(office).due
    assert told_on(office, last - timedelta(days=2)) == {("member:BHXH", "coming:2")}
    assert ("member:BHXH", "coming:0") in told_on(office, last)
    deputy = ("standing_deputy:POL", "escalated:-3")
    assert deputy not in told_on(office, working_days_after(last, 2))
    assert deputy in told_on(office, working_days_after(last, 3))


def test_after_ten_working_days_it_is_on_the_next_regular_meeting(office):
    held = order(office)
    before, after = working_days_after(held.due, 9), working_days_after(held.due, 10)
    assert not [one for one in titles(meeting(office, before)) if overdue_orders.is_own(one)]
    assert not [one for one in titles(meeting(office, after, Kind.AD_HOC)) if overdue_orders.is_own(one)]
    found = [one for one in titles(meeting(office, after)) if overdue_orders.is_own(one)]
    assert len(found) == 1
    assert f"đơn sửa số {held.number}" in found[0]


def test_what_is_proved_before_the_agenda_is_approved_goes_off_it(office):
    made = meeting(office, date(2022, 8, 31))
    assert any(overdue_orders.is_own(one) for one in titles(made))
    next_list(office, mended=True)
    with at(2022, 8, 30):
        convening.add_item(office.account("leader"), office.group, made.id, NewItem(title="Việc khác"))
        convening.approve_agenda(office.account("leader"), office.group, made.id)
    assert not any(f"số {order(office).number} " in one for one in titles(made) if overdue_orders.is_own(one))


def test_preparing_the_next_like_the_last_names_each_order_once(office):
    first = meeting(office, date(2022, 8, 31))
    with at(2022, 9, 1):
        second = convening.copy(office.account("secretariat"), office.group, first.id)
    own_ones = [one for one in titles(second) if overdue_orders.is_own(one)]
    assert len(own_ones) == len(set(own_ones)) == 1


def test_the_groups_own_rule_may_say_other_days(office):
    rule = reminding.rule_of(office.group)
    assert (rule.of_findings.days_before, rule.of_findings.agenda_after) == ((2, 0), 10)
