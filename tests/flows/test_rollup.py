"""A parent group sees what its children issued, never a draft, and in as many queries for many as for few."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dean06.clock import service as clock
from dean06.flows import measuring, reporting, setup
from dean06.flows.setup import Member
from dean06.offices import service as offices
from dean06.offices.types import NewGroup
from dean06.reports.rollup import Measure, total
from dean06.reports.service import months as reports
from dean06.reports.service import rollups
from flows.conftest import SINCE, Office, at

MONTH = "2022-08"


@pytest.fixture
def below(office: Office) -> list:
    """Three groups under the office's: one issued its report, one only drafted it, one did nothing."""
    made = []
    with at(2022, 6, 2):
        for name in ("xa-a", "xa-b", "xa-c"):
            new = NewGroup(
                slug=name, name=f"Tổ {name}", short_name=f"Tổ {name}", level="commune", unit_code="456",
                unit_on=SINCE, charter_line="quang-ninh-2022", parent_id=office.group.id,
            )  # fmt: skip
            group = setup.found_group(office.admin, new, "quang-ninh-2022")
            for role, agency in (("leader", "PC"), ("secretariat", "TEAM")):
                account = setup.open_account(office.admin, f"{name}-{role}", None, role).public_id
                member = Member(role=role, agency=agency, holder=role, account=account, since=SINCE)
                setup.seat(office.admin, group, member)
            made.append(group)
    with at(2022, 8, 3):
        for group, issued in ((made[0], True), (made[1], False)):
            writer, leader = (
                offices.holders(group.id, clock.today(), role=role)[0].account for role in ("secretariat", "leader")
            )
            given = {"a.ho_so_dung_han": Decimal(90), "a.ho_so_den_han": Decimal(100)}
            measuring.enter(writer, group, "2022-07", given, note="một cửa")
            reporting.make(writer, group, MONTH)
            if issued:
                reporting.issue(leader, group, MONTH)
    return made


def seen(office: Office, role: str = "leader"):
    return offices.viewer(office.account(role), date(2022, 8, 4))


def test_only_what_was_issued_is_seen_and_its_figures_are_its_own(office, below):
    viewer = seen(office)
    children = offices.children(viewer, office.group.id)
    assert [one.slug for one in children] == ["xa-a", "xa-b", "xa-c"]
    made = rollups.rollup(viewer, [one.id for one in children], [MONTH])
    assert set(made.cells) == {(below[0].id, MONTH)}
    cell = made.cells[below[0].id, MONTH]
    assert cell.content == reports.for_work(below[0].id, MONTH).content
    assert cell.figures["ct.a_2_1"] == Decimal(90)
    assert (cell.figures["ct.a_2_1.tu"], cell.figures["ct.a_2_1.mau"]) == (Decimal(90), Decimal(100))
    assert rollups.issued(viewer, below[0].id, MONTH).content == cell.content
    assert rollups.issued(viewer, below[1].id, MONTH) is None


def test_a_child_sees_nothing_of_its_neighbours_nor_of_those_above(office, below):
    account = offices.holders(below[0].id, date(2022, 8, 4), role="leader")[0].account
    viewer = offices.viewer(account, date(2022, 8, 4))
    assert rollups.rollup(viewer, [one.id for one in (*below[1:], office.group)], [MONTH]).cells == {}
    assert rollups.issued(viewer, office.group.id, MONTH) is None
    assert offices.children(viewer, office.group.id) == []


def test_the_number_of_queries_is_that_of_one_group(office, below):
    viewer = seen(office)

    def asked(ids: list[int]) -> int:
        with CaptureQueriesContext(connection) as told:
            rollups.rollup(viewer, ids, [MONTH])
        return len(told)

    assert asked([below[0].id]) == asked([one.id for one in below]) == 2


@pytest.mark.parametrize(
    ("measure", "rows", "whole"),
    [
        (Measure(code="x", vi="", en="", total="sum"), [{"x": 1}, {"x": 2}, {}], 3),
        (Measure(code="x", vi="", en="", total="worst"), [{"x": 97}, {"x": 92}, {}], 92),
        (Measure(code="x", vi="", en="", total="sum"), [{}], None),
        # 90 of 100 and 10 of 300: a quarter, not the mean of 90 % and 3,33 %
        (
            Measure(code="x", vi="", en="", total="share"),
            [{"x": 90, "x.tu": 90, "x.mau": 100}, {"x": 3, "x.tu": 10, "x.mau": 300}],
            25,
        ),
        (
            Measure(code="x", vi="", en="", total="share", remainder=True),
            [{"x": 95, "x.tu": 10, "x.mau": 200}, {"x": 80, "x.tu": 40, "x.mau": 200}],
            Decimal("87.5"),
        ),
    ],
)
def test_a_total_is_worked_out_from_sums_and_never_a_mean(measure, rows, whole):
    told = [{code: Decimal(value) for code, value in row.items()} for row in rows]
    assert total(measure, told) == (None if whole is None else Decimal(whole))
