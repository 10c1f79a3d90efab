"""A text without number and date binds nobody until two different people enter the same ones."""

from __future__ import annotations

from datetime import date

import pytest

from dean06.adoption import service as adoption
from dean06.charter.errors import NeedsReason
from dean06.clock.errors import BadInput
from dean06.flows import ordering, setup
from dean06.flows.authority import Act, ask, bind
from flows.conftest import Office, at, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def unsigned(home, tmp_path) -> Office:
    return found("xuan-truong-2022", "xt", tmp_path, persons=60)


def may_assign(office: Office) -> str:
    with at(2022, 7, 1):
        act = Act(account=office.account("leader"), group=office.group, action="task.assign", obj=bind("task", "1"))
        return ask(act).decision.outcome


def test_nothing_is_in_force_before_two_people_confirm(unsigned):
    assert may_assign(unsigned) == "not_in_force"
    with at(2022, 6, 1):
        assert (
            setup.confirm_instrument(unsigned.account("leader"), unsigned.group, "1299/QĐ-UBND", date(2022, 5, 30)) == 1
        )
    assert may_assign(unsigned) == "not_in_force"
    with at(2022, 6, 2):
        second = unsigned.account("standing_deputy")
        assert setup.confirm_instrument(second, unsigned.group, "1299/QĐ-UBND", date(2022, 5, 30)) == 2
    assert may_assign(unsigned) == "allowed"


def test_the_same_person_cannot_confirm_twice(unsigned):
    leader = unsigned.account("leader")
    with at(2022, 6, 1):
        setup.confirm_instrument(leader, unsigned.group, "1299/QĐ-UBND", date(2022, 5, 30))
    with at(2022, 6, 2), pytest.raises(BadInput, match="hai người"):
        setup.confirm_instrument(leader, unsigned.group, "1299/QĐ-UBND", date(2022, 5, 30))
    assert may_assign(unsigned) == "not_in_force"


def test_a_different_number_is_refused_and_the_first_stands(unsigned):
    with at(2022, 6, 1):
        setup.confirm_instrument(unsigned.account("leader"), unsigned.group, "1299/QĐ-UBND", date(2022, 5, 30))
    with at(2022, 6, 2), pytest.raises(BadInput, match="khác lần xác nhận"):
        setup.confirm_instrument(unsigned.account("standing_deputy"), unsigned.group, "1300/QĐ-UBND", date(2022, 5, 30))
    assert adoption.adoption_facts("xuan-truong-2022", date(2022, 6, 1))["charter.number"] == "1299/QĐ-UBND"


def test_the_insurance_list_rests_on_a_reading_that_is_shown(unsigned):
    with at(2022, 6, 3):
        given = ordering.assign_source(unsigned.account("leader"), unsigned.group, "bhyt")
    assert (given.agency, given.citation_label) == ("BHXH", "Điều 6 khoản 10")
    assert given.reading


def test_who_is_not_the_leader_gives_a_source_only_with_a_reason_on_record(unsigned):
    with at(2022, 6, 3), pytest.raises(NeedsReason, match="Tổ trưởng"):
        ordering.assign_source(unsigned.account("member", "BHXH"), unsigned.group, "bhyt")
