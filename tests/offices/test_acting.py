"""The standing deputy acts for the leader while an absence is on record, and not a day longer."""

from __future__ import annotations

import pytest

from dean06.charter.errors import Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import delegating, demo_day, setup
from dean06.flows.authority import Act, ask, bind
from dean06.offices import service as offices
from dean06.offices.models import Delegation
from flows.conftest import SINCE, Office, at, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(home, tmp_path) -> Office:
    return found("quang-ninh-2022", "qn", tmp_path, persons=60)


def may(office: Office, day: int, action: str = "meeting.preside") -> str:
    with at(2022, 7, day):
        act = Act(
            account=office.account("standing_deputy"), group=office.group, action=action, obj=bind("meeting", "1")
        )
        return ask(act).decision.outcome


def test_acting_power_is_switched_by_the_record_of_absence(group):
    leader = offices.holders(group.group.id, SINCE, role="leader")[0]
    with at(2022, 7, 1):
        span = (clock.at_start_of(SINCE.replace(month=7, day=10)), clock.at_start_of(SINCE.replace(month=7, day=15)))
        delegating.go_away(group.account("secretariat"), group.group, leader, span, ground="đi công tác")
    assert [may(group, day) for day in (9, 10, 14, 15)] == ["not_allowed", "allowed", "allowed", "not_allowed"]


def test_an_absence_ends_after_it_begins(group):
    leader = offices.holders(group.group.id, SINCE, role="leader")[0]
    noon = clock.at_start_of(SINCE)
    with at(2022, 7, 1), pytest.raises(BadInput, match="sau lúc đi"):
        delegating.go_away(group.account("secretariat"), group.group, leader, (noon, noon), ground="thử")


def test_a_new_holder_ends_the_former_s_time(group):
    made = setup.Member(role="member", agency="BHXH", holder="Người Mới", since=SINCE.replace(month=8))
    with at(2022, 8, 1):
        setup.seat(group.admin, group.group, made)
    assert [one.holder for one in offices.holders(group.group.id, SINCE.replace(month=9), agency="BHXH")] == [
        "Người Mới"
    ]
    before = offices.holders(group.group.id, SINCE.replace(month=7), agency="BHXH")
    assert [one.holder for one in before] == ["Lê Ngọc Hoa"]


def test_an_administrator_of_accounts_has_no_power_of_a_charter(group):
    with at(2022, 7, 1):
        act = Act(account=group.admin, group=group.group, action="task.assign", obj=bind("task", "1"))
        assert ask(act).decision.outcome == "not_allowed"


def test_a_real_group_has_no_day_of_its_own(group):
    with at(2022, 7, 1), pytest.raises(Refused):
        demo_day.move(group.account("leader"), group.group, SINCE)


def test_an_unknown_group_is_named(group):
    with pytest.raises(BadInput, match="khong-co"):
        offices.group("khong-co")


def test_only_the_leader_s_own_delegation_lends_the_leader_s_power(group):
    seats = {
        role: offices.holders(group.group.id, SINCE, role=role)[0].seat_id for role in ("leader", "deputy", "clerk")
    }
    span = (clock.at_start_of(SINCE), clock.at_start_of(SINCE.replace(year=2023)))

    def covered(from_seat: int) -> bool:
        Delegation.objects.all().delete()
        Delegation.objects.create(
            group_id=group.group.id,
            from_seat_id=from_seat,
            to_seat_id=seats["deputy"],
            since=span[0],
            until=span[1],
            ground="x",
        )
        noon = clock.at_start_of(SINCE.replace(month=7))
        return offices.facts_about(group.group.id, noon, seats["deputy"], "task.assign")[
            "delegation.covers_date_and_scope"
        ]

    assert covered(seats["leader"])
    assert not covered(seats["clerk"])
