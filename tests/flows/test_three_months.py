"""Three months, five agencies, one of which lies: what the house says of them is counted again by other means.

The truth is the test's own: which rows each list has wrong in which month. Nothing below asks the house what it should
have found; working days are counted on the fingers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from dean06.clock import service as clock
from dean06.corrections import service as corrections
from dean06.corrections.models import Finding, Order
from dean06.corrections.types import NewDisposition
from dean06.demo import service as demo
from dean06.flows import answering, convening, ordering, overdue_orders, reporting, setup
from dean06.flows.setup import Member
from dean06.meetings.service import meetings
from dean06.meetings.types import Kind, MeetingInfo, NewItem, NewMeeting
from dean06.offices import service as offices
from dean06.sources import live as contracts
from flows.conftest import SINCE, Office, at, found, kept
from flows.test_doubting import load, other, written

BHXH, GDDT, LDTBXH, YT, TP = "BHXH", "GDDT", "LDTBXH", "YT", "TP"
SOURCES = {BHXH: "bhyt", GDDT: "hoc-sinh", LDTBXH: "bao-tro-xa-hoi", YT: "tiem-chung", TP: "tro-giup-phap-ly"}
ROWS = 6
MONTHS = (6, 7, 8)
# Which rows of each list are wrong in June, July and August. LDTBXH says that it corrected them, twice.
WRONG: dict[str, tuple[set[int], set[int], set[int]]] = {
    BHXH: ({0, 1, 2}, {5}, set()),
    GDDT: ({0, 1, 2}, {1, 2}, set()),
    LDTBXH: ({0, 1, 2}, {0, 1, 2}, {0, 1, 2}),
    YT: ({0, 1}, {0, 1}, {0, 1}),
    TP: ({3}, {3}, {3}),
}
# Rows that each says it has corrected, after June and after July.
SAID: dict[str, tuple[set[int], set[int]]] = {
    BHXH: ({0, 1, 2}, {5}),
    GDDT: ({0}, {1, 2}),
    LDTBXH: ({0, 1, 2}, {0, 1, 2}),
    YT: (set(), set()),
    TP: (set(), set()),
}


@dataclass
class Quarter:
    """What the months left: the office, and of each meeting the orders overdue by own count and those it names."""

    office: Office
    prepared: dict[int, tuple[set[int], set[int]]] = field(default_factory=dict)
    approved: dict[int, tuple[set[int], set[int]]] = field(default_factory=dict)


def seated(office: Office, agency: str) -> None:
    holder = f"Người của {agency}"
    account = setup.open_account(office.admin, f"qn-member-{agency}", None, holder).public_id
    office.accounts[f"member:{agency}"] = account
    setup.seat(
        office.admin,
        office.group,
        Member(role="member", agency=agency, holder=holder, account=account, since=SINCE),
    )


def people(office: Office) -> list[dict[str, str]]:
    path = office.folder / "nguoi.csv"
    demo.write_register(office.world, "2022-06", path)
    with path.open(encoding="utf-8", newline="") as file:
        living = [one for one in csv.DictReader(file) if one["tinh_trang"] == "song" and len(one["ngay_sinh"]) == 10]
    return living[: ROWS * len(SOURCES)]


def key_heading(source: str) -> str:
    contract = contracts.contract(source)
    return next(one.headers[0] for one in contract.fields if one.code == contract.key)


def deliver(office: Office, agency: str, month: int) -> None:
    """Hand in an agency's list of a month, wrong where the truth says so."""
    source = SOURCES[agency]
    own = people(office)[list(SOURCES).index(agency) * ROWS :][:ROWS]
    wrong = WRONG[agency][MONTHS.index(month)]
    path = office.folder / f"{source}-{month}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["STT", key_heading(source), "Họ và tên", "Ngày sinh", "Số CCCD"])
        for place, one in enumerate(own):
            born = other(one["ngay_sinh"]) if place in wrong else one["ngay_sinh"]
            rows.writerow([place + 1, f"442000{place:04d}", one["ho_ten"], written(born), one["so_dinh_danh"]])
    office.hand_in(source, agency, f"2022-{month:02d}", path)


def says(office: Office, agency: str, kind: str, rows: set[int], day: date) -> None:
    """Let an agency answer on its rows, by their place in its list."""
    seen = offices.viewer(office.account("member", agency), day)
    with at(day.year, day.month, day.day):
        for order in corrections.orders(seen, office.group.id):
            said = [
                NewDisposition(fingerprint=one.fingerprint, kind=kind, reason=reason_of(kind))
                for one in corrections.open_findings([order.id])
                if one.field == "ngay_sinh" and one.stt in rows
            ]
            if said:
                answering.answer(seen, office.group, order.id, said, way="file")


def reason_of(kind: str) -> str:
    return "dung_theo_giay_to" if kind == "refused" else ""


def prepared(office: Office, day: date) -> MeetingInfo:
    """Let the support apparatus prepare the month's meeting three days before."""
    seat = next(one for one in offices.holders(office.group.id, day) if one.role == "leader")
    begins = datetime(day.year, day.month, day.day, 14, tzinfo=clock.TZ)
    new = NewMeeting(
        kind=Kind.REGULAR,
        title=f"Họp tháng {day.month}",
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        place="Phòng họp",
        chair_seat=seat.seat_id,
    )
    before = day - timedelta(days=3)
    with at(before.year, before.month, before.day):
        made = convening.prepare(office.account("secretariat"), office.group, new)
        convening.add_item(office.account("secretariat"), office.group, made.id, NewItem(title="Báo cáo tháng"))
    return made


def working_days(after: date, until: date) -> int:
    """Count working days on the fingers: July and August of 2022 have no holiday."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(one.weekday() < 5 for one in days)


def long_overdue(on: date) -> set[int]:
    """Give the numbers of orders with a row still wrong and ten working days past their day, from the tables alone."""
    unproved = set(Finding.objects.exclude(status="proved").values_list("order_id", flat=True))
    return {one.number for one in Order.objects.filter(pk__in=unproved) if working_days(one.due, on) >= 10}


def named(titles: list[str]) -> set[int]:
    told = [one for one in titles if overdue_orders.is_own(one)]
    return {int(number) for one in told for number in re.findall(r"\d+", one.partition("số ")[2].partition(" (")[0])}


def approved(office: Office, made: MeetingInfo, day: date) -> list[str]:
    with at(day.year, day.month, day.day):
        convening.approve_agenda(office.account("leader"), office.group, made.id)
    return [one.title for one in meetings.items(made.id)]


def lived(folder: Path) -> Quarter:
    office = found("quang-ninh-2022", "qn", folder, persons=260)
    with at(2022, 5, 21):
        for agency in (LDTBXH, YT, TP):
            seated(office, agency)
    with at(2022, 6, 1):
        for source in SOURCES.values():
            ordering.assign_source(office.account("leader"), office.group, source)
    quarter = Quarter(office=office)
    brought(office, 6)
    for turn, (month, day) in enumerate(((7, date(2022, 8, 1)), (8, date(2022, 9, 1)))):
        for agency in SOURCES:
            says(office, agency, "fixed", SAID[agency][turn], date(2022, month, 5))
        says(office, YT, "refused", {0, 1}, date(2022, month, 6))
        made = prepared(office, day)
        quarter.prepared[month] = (long_overdue(day), named([one.title for one in meetings.items(made.id)]))
        brought(office, month)
        titles = approved(office, made, day)
        quarter.approved[month] = (long_overdue(day), named(titles))
    return quarter


def brought(office: Office, month: int) -> None:
    load(office, f"2022-{month:02d}")
    for agency in SOURCES:
        deliver(office, agency, month)


@pytest.fixture(scope="module")
def quarter(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Quarter]:
    folder, told = tmp_path_factory.mktemp("ba-thang"), []

    def build(place: Path) -> Office:
        told.append(lived(place))
        return told[0].office

    with kept(django_db_blocker, folder, build):
        yield told[0]


pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either_database,  # the year of a group is played on PostgreSQL by tests/year
]


def test_no_lying_repair_is_closed_and_each_is_counted_against_who_said_it(quarter):
    liar = Finding.objects.filter(source=SOURCES[LDTBXH])
    assert (liar.count(), set(liar.values_list("status", flat=True))) == (3, {"open"})
    told = {one.agency: one for one in corrections.claim_counts(quarter.office.group.id)}
    for agency, (first, second) in SAID.items():
        true = len(first - WRONG[agency][1]) + len(second - WRONG[agency][2])
        false = len(first & WRONG[agency][1]) + len(second & WRONG[agency][2])
        one = told.get(agency)
        assert (one.proved, one.contradicted, one.waiting) == (true, false, 0) if one else (true, false) == (0, 0)
    assert told[LDTBXH].contradicted == 6


def test_every_order_long_overdue_is_on_the_agenda_of_the_month_and_no_other(quarter):
    for month in (7, 8):
        for owed, there in (quarter.prepared[month], quarter.approved[month]):
            assert there == owed
            assert owed
    agencies = {one.number: one.agency for one in Order.objects.all()}
    assert {agencies[number] for number in quarter.approved[7][1]} == {GDDT, LDTBXH, YT, TP}
    assert {agencies[number] for number in quarter.approved[8][1]} == {LDTBXH, YT, TP}


def test_what_is_open_is_what_is_wrong(quarter):
    for agency, source in SOURCES.items():
        open_ones = Finding.objects.filter(source=source).exclude(status="proved")
        assert set(open_ones.values_list("stt", flat=True)) == WRONG[agency][-1]


def test_the_months_counts_are_those_of_an_independent_recount(quarter):
    for turn, month in ((1, 7), (2, 8)):
        before = {(agency, row) for agency, months in WRONG.items() for row in months[turn - 1]}
        now = {(agency, row) for agency, months in WRONG.items() for row in months[turn]}
        begin, end = clock.at_start_of(date(2022, month, 1)), clock.at_start_of(date(2022, month + 1, 1))
        told = corrections.counts(quarter.office.group.id, (begin, end))
        assert (told.in_span.new, told.in_span.proved, told.open_at_end) == (
            len(now - before),
            len(before - now),
            len(now),
        )


def test_the_months_report_says_the_same(quarter):
    office = quarter.office
    with at(2022, 9, 5):
        made = reporting.make(office.account("secretariat"), office.group, "2022-09")
    told = {code: one.value for code, one in made.sheet.by_code().items()}
    still = {agency: months[2] for agency, months in WRONG.items() if months[2]}
    false = sum(len(second & WRONG[agency][2]) for agency, (_, second) in SAID.items())
    assert (told["sl.con_mo"], told["sl.khai_sai"]) == (sum(map(len, still.values())), false)
    assert told["sl.don_qua_han"] == len(quarter.approved[8][1])
