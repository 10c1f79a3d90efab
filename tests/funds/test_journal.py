"""Money moves only by entries: what stands in a line is their sum, never below zero, and nothing is ever taken out."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from dean06.funds.errors import FundsNotFound, FundsRefused, Overdrawn, YearClosed
from dean06.funds.models import Line, Movement
from dean06.funds.service import journal, sources, spending
from dean06.funds.types import Account, Kind, Paper, State
from dean06.ledger import service as ledger
from dean06.ledger.errors import PermitMisused
from funds.conftest import DAY, ONE, OTHER, Till, reader

pytestmark = pytest.mark.django_db
SUM = 15_000_000


def test_a_request_goes_its_way_and_the_accounts_follow(till):
    line = till.source(SUM).lines[0].id
    asked = till.ask(line, 6_000_000)
    assert till.stands(line) == (SUM, 0, 0, SUM)
    till.approve(asked)
    assert till.stands(line) == (SUM, 6_000_000, 0, 9_000_000)
    till.pay(asked, 2_500_000)
    paid = till.pay(asked, 1_500_000)
    assert (paid.paid, paid.left) == (4_000_000, 2_000_000)
    assert till.stands(line) == (SUM, 2_000_000, 4_000_000, 9_000_000)
    assert till.settle(asked).state is State.SETTLED
    assert till.stands(line) == (SUM, 0, 4_000_000, 11_000_000)
    kinds = [one.kind for one in till.entries()]
    assert kinds == [Kind.ALLOTTED, Kind.RESERVED, Kind.SPENT, Kind.SPENT, Kind.RELEASED]
    assert [one.number for one in till.entries()] == [1, 2, 3, 4, 5]
    assert journal.unsound(till.group.id) == ()


def test_nobody_approves_their_own_request(till):
    line = till.source(SUM).lines[0].id
    asked = till.ask(line, 1_000_000, account=ONE)
    with pytest.raises(FundsRefused, match="không tự duyệt"):
        till.approve(asked, account=ONE)
    assert till.approve(asked, account=OTHER).state is State.APPROVED


def test_two_permits_of_two_people_approve_nothing(till):
    asked = till.ask(till.source(SUM).lines[0].id, 1_000_000)
    by, other = till.act(asked, "approve", account=OTHER), till.act(asked, "another", account=ONE)
    with pytest.raises(FundsRefused):
        spending.approve(by, other, asked.id)


def test_more_than_is_left_is_refused_with_what_is_left(till):
    line = till.source(1_000_000).lines[0].id
    asked = till.ask(line, 1_000_001)
    with pytest.raises(Overdrawn, match=r"chỉ còn được dùng 1\.000\.000 đồng, không đủ 1\.000\.001"):
        till.approve(asked)
    assert till.stands(line) == (1_000_000, 0, 0, 1_000_000)
    assert till.now(asked).state is State.REQUESTED


def test_the_database_itself_refuses_what_is_below_zero(till):
    line = till.source(1_000).lines[0].id
    for changed in ({"available": -1}, {"reserved": -1}, {"allotted": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Line.objects.filter(pk=line).update(**changed)
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.filter(line_id=line).update(amount=0)


def test_a_payment_is_undone_by_an_entry_of_its_own_and_once(till):
    line = till.source(SUM).lines[0].id
    asked = till.approve(till.ask(line, 6_000_000))
    till.pay(asked, 4_000_000)
    (payment,) = spending.request(reader(till.group), till.group.id, asked.id).payments
    till.reverse(asked, payment.id)
    assert till.stands(line) == (SUM, 6_000_000, 0, 9_000_000)
    with pytest.raises(FundsRefused, match="đã được đảo"):
        till.reverse(asked, payment.id)
    last = till.entries()[-1]
    assert (last.kind, last.taken_from, last.given_to) == (Kind.SPENT, Account.SPENT, Account.RESERVED)
    assert (last.reverses, till.entries()[payment.movement - 1].reversed_by) == (payment.movement, last.number)
    (stands,) = spending.request(reader(till.group), till.group.id, asked.id).payments
    assert stands.reversed


def test_what_is_undone_after_the_settlement_is_left_for_others(till):
    line = till.source(SUM).lines[0].id
    asked = till.approve(till.ask(line, 6_000_000))
    till.pay(asked, 6_000_000)
    till.settle(asked)
    (payment,) = spending.request(reader(till.group), till.group.id, asked.id).payments
    till.reverse(asked, payment.id)
    assert till.stands(line) == (SUM, 0, 0, SUM)


def test_an_allotment_is_undone_only_while_the_money_is_there(till):
    line = till.source(SUM).lines[0].id
    (first,) = till.entries()
    asked = till.approve(till.ask(line, 6_000_000))
    with pytest.raises(Overdrawn):
        till.reverse_entry(first.id)
    till.cancel(asked)
    till.reverse_entry(first.id)
    assert till.stands(line) == (0, 0, 0, 0)
    with pytest.raises(FundsRefused, match="đề nghị chi"):
        till.reverse_entry(till.entries()[1].id)


def test_a_refusal_and_a_cancellation_want_a_reason(till):
    line = till.source(SUM).lines[0].id
    asked = till.ask(line, 1_000_000)
    for act in (till.refuse, till.cancel):
        with pytest.raises(FundsRefused, match="lý do"):
            act(asked, "")
    assert till.refuse(asked).state is State.REFUSED
    with pytest.raises(FundsRefused, match="không còn ở bước này"):
        till.approve(asked)


def test_what_was_paid_is_not_cancelled(till):
    asked = till.approve(till.ask(till.source(SUM).lines[0].id, 6_000_000))
    till.pay(asked, 1)
    with pytest.raises(FundsRefused, match="đảo khoản chi hoặc quyết toán"):
        till.cancel(asked)


@pytest.mark.parametrize("wrong", [{"document": Paper(label="HĐ 1", dated=DAY)}, {"content": ""}, {"amount": 0}])
def test_a_payment_wants_its_document(till, wrong):
    asked = till.approve(till.ask(till.source(SUM).lines[0].id, 6_000_000))
    with pytest.raises(FundsRefused):
        till.pay(asked, **{"amount": 1_000} | wrong)
    assert len(till.entries()) == 2


def test_a_closed_year_takes_no_entry_and_what_is_left_is_carried_over(till):
    first, second = till.source(SUM, 4_000_000).lines
    asked = till.approve(till.ask(first.id, 5_000_000))
    with pytest.raises(FundsRefused, match=f"số {asked.number}"):
        till.close(2022, first.id)
    till.pay(asked, 5_000_000)
    till.settle(asked)
    late = till.entries()[0]
    till.close(2022, first.id)
    assert till.stands(first.id) == (5_000_000, 0, 5_000_000, 0)
    assert till.stands(second.id) == (0, 0, 0, 0)
    (carried,) = sources.of_flow(till.group.id, 2023)
    assert [(line.name, line.available) for line in carried.lines] == [("Khoản 1", 10_000_000)]
    for act in (
        lambda: till.source(1_000),
        lambda: till.ask(first.id, 1_000),
        lambda: till.reverse_entry(late.id),
        lambda: till.close(2022),
    ):
        with pytest.raises(YearClosed, match="đã khóa sổ theo 15/BB"):
            act()
    (payment,) = spending.request(reader(till.group), till.group.id, asked.id).payments
    with pytest.raises(YearClosed):
        till.reverse(asked, payment.id)
    assert till.approve(till.ask(carried.lines[0].id, 1_000)).state is State.APPROVED
    assert journal.unsound(till.group.id) == ()


def test_a_permit_for_another_sum_or_another_act_is_refused(till):
    asked = till.ask(till.source(SUM).lines[0].id, 1_000_000)
    with pytest.raises(PermitMisused):
        spending.approve(till.act(asked, "refuse"), till.act(asked, "another"), asked.id)
    assert till.now(asked).state is State.REQUESTED
    assert len(till.entries()) == 1


def test_a_stranger_sees_neither_sources_nor_entries_nor_requests(till, make):
    line = till.source(SUM).lines[0].id
    asked = till.ask(line, 1_000)
    stranger = reader(make("to-khac"))
    assert sources.sources(stranger, till.group.id) == ()
    assert journal.movements(stranger, till.group.id) == ((), 0)
    assert spending.requests(stranger, till.group.id) == ((), 0)
    with pytest.raises(FundsNotFound):
        spending.request(stranger, till.group.id, asked.id)
    with pytest.raises(FundsNotFound):
        spending.for_flow(stranger.capacities[0].group_id, asked.id)


def test_the_ledger_has_sums_and_codes_and_no_words(till):
    line = till.source(SUM).lines[0].id
    asked = till.approve(till.ask(line, 1_000_000))
    till.pay(asked, 1_000_000)
    entries = ledger.entries_for("spending", asked.ref)
    assert len(entries) == 4  # asked, approved under the charter and as another's, paid
    told = str(entries)
    assert "Tập huấn" not in told
    assert "In tài liệu" not in told


class Money(RuleBasedStateMachine):
    """Any acts in any order: the accounts are what an independent count of the entries says, and never below zero."""

    till: Till
    requests = Bundle("requests")
    lines = Bundle("lines")

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.known: dict[int, list[int]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(target=lines, amount=st.integers(1, 10_000))
    def allot(self, amount):
        line = self.till.source(amount).lines[0].id
        self.known[line] = [amount, 0, 0]
        return line

    @rule(target=requests, line=lines, amount=st.integers(1, 8_000))
    def ask(self, line, amount):
        return self.till.ask(line, amount)

    @rule(asked=requests)
    def approve(self, asked):
        now, left = self.till.now(asked), self.known[asked.line_id]
        try:
            self.till.approve(asked)
        except Overdrawn:
            assert left[0] < asked.amount
        except FundsRefused:
            assert now.state is not State.REQUESTED
        else:
            assert now.state is State.REQUESTED
            left[0], left[1] = left[0] - asked.amount, left[1] + asked.amount

    @rule(asked=requests, share=st.integers(1, 9_000))
    def pay(self, asked, share):
        before = self.till.now(asked)
        try:
            self.till.pay(asked, share)
        except FundsRefused:
            assert share > before.left
        else:
            of_line = self.known[asked.line_id]
            of_line[1], of_line[2] = of_line[1] - share, of_line[2] + share

    @rule(asked=requests)
    def settle(self, asked):
        before = self.till.now(asked)
        with contextlib.suppress(FundsRefused):
            self.till.settle(asked)
            of_line = self.known[asked.line_id]
            of_line[0], of_line[1] = of_line[0] + before.left, of_line[1] - before.left

    @rule(asked=requests)
    def cancel(self, asked):
        before = self.till.now(asked)
        with contextlib.suppress(FundsRefused):
            self.till.cancel(asked)
            of_line = self.known[asked.line_id]
            of_line[0], of_line[1] = of_line[0] + before.left, of_line[1] - before.left

    @rule(asked=requests, which=st.integers(0, 3))
    def reverse(self, asked, which):
        whole = spending.request(reader(self.till.group), self.till.group.id, asked.id)
        if which >= len(whole.payments):
            return
        payment = whole.payments[which]
        try:
            self.till.reverse(asked, payment.id)
        except FundsRefused:
            assert payment.reversed
        else:
            of_line, place = self.known[asked.line_id], 0 if whole.state is State.SETTLED else 1
            of_line[2] -= payment.amount
            of_line[place] += payment.amount

    @invariant()
    def the_accounts_are_the_independent_count(self):
        for line, (available, reserved, spent) in self.known.items():
            assert self.till.stands(line) == (available + reserved + spent, reserved, spent, available)
        assert journal.unsound(self.till.group.id) == ()
        numbers = [one.number for one in self.till.entries()]
        assert numbers == list(range(1, len(numbers) + 1))


def test_any_acts_in_any_order_keep_the_accounts_right(till):
    class Here(Money):
        pass

    Here.till = till
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=12,
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("day", [date(2022, 6, 2), date(2022, 12, 31)])
def test_the_day_of_a_payment_stands_in_the_journal(till, day):
    asked = till.approve(till.ask(till.source(SUM).lines[0].id, 1_000_000))
    till.pay(asked, 10, on=day)
    assert till.entries()[-1].on == day
