"""A number that was given stays: a void paper keeps its own with the reason, and a missing one is told of."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from dean06.flows import reporting
from dean06.flows.authority import Act, permit
from dean06.papers import models
from dean06.papers.service import documents, numbers, proofs, withdrawing
from dean06.papers.service.withdrawing import Kind, Withdraw
from flows.conftest import Office, at, found, own
from harness.settled import Settled, settled_once

pytestmark = pytest.mark.django_db
SYMBOL = "BC-TCTĐA"


def two_numbers(folder: Path) -> Office:
    """Found a group with two numbers in use."""
    office = found("quang-ninh-2022", "qn", folder, persons=60)
    for month in ("2022-07", "2022-08"):
        with at(2022, 8, int(month[-1])):
            reporting.make(office.account("secretariat"), office.group, month)
            reporting.issue(office.account("leader"), office.group, month)
    return office


settled_numbers = settled_once("numbers", two_numbers)


@pytest.fixture
def issued(settled_numbers: Settled[Office], db: None, home: Path, tmp_path: Path) -> Office:
    """Give the group to one test; what the test does is undone."""
    return own(settled_numbers.again(home), tmp_path)


def numbered(office: Office, number: int):
    return documents.for_work(models.Paper.objects.get(group_id=office.group.id, number=number).pk)


def test_a_void_number_stays_in_the_register_and_is_given_to_nobody_else(issued):
    first = numbered(issued, 1)
    one = Withdraw(paper_id=first.id, kind=Kind.VOID, reason="Ký nhầm bản")
    act = Act(
        account=issued.account("leader"),
        group=issued.group,
        action="document.void",
        obj=withdrawing.ref(one),
        facts={"document.is_numbered": True},
        reason=one.reason,
    )
    with at(2022, 8, 20):
        withdrawing.withdraw(permit(act), one)
    assert proofs.proof_of(models.Paper.objects.get(pk=first.id).token.hex).standing == "void"
    with at(2022, 9, 9):
        reporting.make(issued.account("secretariat"), issued.group, "2022-09")
        assert reporting.issue(issued.account("leader"), issued.group, "2022-09").number == 3
    assert numbers.holes(issued.group.id, SYMBOL, 2022) == []


def test_a_number_that_no_paper_carries_is_told_with_what_the_ledger_knows_of_it(issued):
    assert numbers.holes(issued.group.id, SYMBOL, 2022) == []
    assert numbers.holes(issued.group.id, SYMBOL, 2021) == []
    lost = numbered(issued, 1).id
    damage = "UPDATE papers_paper SET number = NULL WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(damage, [lost])
        cursor.execute("UPDATE papers_series SET last = 3 WHERE group_id = %s", [issued.group.id])
    known, unknown = numbers.holes(issued.group.id, SYMBOL, 2022)
    assert (known.number, known.paper_id, known.explained) == (1, str(lost), True)
    assert (unknown.number, unknown.paper_id, unknown.explained) == (3, "", False)
