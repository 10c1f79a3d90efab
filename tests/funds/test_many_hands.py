"""Fifty hands on one line at once, on either database: none is lost, none counts twice, nothing falls below zero."""

from __future__ import annotations

import threading

import pytest

from dean06.funds.errors import FundsRefused, Overdrawn
from dean06.funds.service import journal, spending
from dean06.funds.types import State
from funds.conftest import Till, make_group, reader
from harness.threads import at_once

HANDS = 50
SHARE = 1_000
PARTS = 8  # into which a request is paid; each that succeeds sends all others back for a permit of their own


@pytest.mark.django_db(transaction=True)
def test_fifty_approvals_of_one_line_take_what_is_there_and_no_more(home):
    till = Till(make_group("to-tien"))
    line = till.source(SHARE * 20).lines[0].id
    asked = [till.ask(line, SHARE) for _ in range(HANDS)]
    raised = at_once(*[lambda one=one: till.approve(one) for one in asked])
    assert [type(one) for one in raised] == [Overdrawn] * 30
    assert till.stands(line) == (SHARE * 20, SHARE * 20, 0, 0)
    states = [till.now(one).state for one in asked]
    assert states.count(State.APPROVED) == 20
    numbers = [one.number for one in till.entries()]
    assert numbers == list(range(1, 22))
    assert journal.unsound(till.group.id) == ()


@pytest.mark.django_db(transaction=True)
def test_fifty_payments_of_one_request_stop_at_its_sum(home):
    till = Till(make_group("to-tien"))
    line = till.source(SHARE * 100).lines[0].id
    asked = till.approve(till.ask(line, SHARE * PARTS))
    wall, raised = threading.Barrier(HANDS), []

    def pay() -> None:
        wall.wait(30)
        for _ in range(HANDS):  # a permit that another hand overtook is asked for anew
            try:
                till.pay(asked, SHARE)
            except FundsRefused as refused:
                raised.append(refused)
                return
            except Exception as problem:
                if type(problem).__name__ != "PermitMisused":
                    raise
            else:
                return

    assert at_once(*[pay] * HANDS) == []
    assert len(raised) == HANDS - PARTS
    assert till.now(asked).paid == SHARE * PARTS
    assert till.stands(line) == (SHARE * 100, 0, SHARE * PARTS, SHARE * (100 - PARTS))
    assert len(spending.request(reader(till.group), till.group.id, asked.id).payments) == PARTS
    assert journal.unsound(till.group.id) == ()


@pytest.mark.django_db(transaction=True)
def test_of_two_hands_that_approve_one_request_one_does(home):
    till = Till(make_group("to-tien"))
    line = till.source(SHARE).lines[0].id
    asked = till.ask(line, SHARE)
    raised = at_once(lambda: till.approve(asked), lambda: till.approve(asked))
    assert len(raised) == 1
    assert isinstance(raised[0], FundsRefused)
    assert till.stands(line) == (SHARE, SHARE, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_requests_entered_at_once_have_each_a_number(home):
    till = Till(make_group("to-tien"))
    line = till.source(SHARE).lines[0].id
    assert at_once(*[lambda: till.ask(line, 1)] * HANDS) == []
    found, total = spending.requests(reader(till.group), till.group.id)
    assert total == HANDS
    assert sorted(one.number for one in found) == list(range(1, HANDS + 1))
