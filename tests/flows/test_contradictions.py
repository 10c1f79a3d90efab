"""What two datasets must not say of one person: dead in one and paid in another, one number on two people."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from dean06.corrections.models import Finding
from dean06.demo import service as demo
from dean06.flows import disputing, ordering
from dean06.offices import service as offices
from dean06.reconcile.service import contradictions, scores
from dean06.work.models import Task
from flows.conftest import Office, at, found, kept, own
from web.neighbours import client

pytestmark = pytest.mark.either_database  # counted by the engine over files

ALLOWANCE = "STT,Mã đối tượng,Họ và tên,Ngày sinh,Số CCCD,Khoản điểm,Ngày thôi hưởng"
PENSION = "STT,Mã số BHXH,Họ và tên,Ngày sinh,Số CCCD,Chế độ"
DEATHS = "STT,Số đăng ký,Họ tên người chết,Ngày sinh,Số định danh người chết,Ngày chết"


def deliver(office: Office, source: str, month: int, head: str, rows: Sequence[Sequence[str]]) -> int:
    agency = "BHXH" if source == "bhxh" else "GDDT"
    path = office.folder / f"{source}-{month}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head.split(","), *([str(number), *row] for number, row in enumerate(rows, 1))])
    return office.hand_in(source, agency, f"2022-{month:02d}", path, complete=True)


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=200)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhxh")
    for month in ("2022-06", "2022-07"):
        made.load_register(month)
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("lien-nganh"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


@pytest.fixture
def people(office) -> list[tuple[str, str, str]]:
    """Give living people of the register: name, birth date, number."""
    path = office.folder / "so.csv"
    demo.write_register(office.world, "2022-06", path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["tinh_trang"] == "song" and len(row["ngay_sinh"]) == 10]
    told = [(row["ho_ten"], "/".join(reversed(row["ngay_sinh"].split("-"))), row["so_dinh_danh"]) for row in rows]
    assert len(told) >= 6
    return told[:6]


def standing(source: str) -> dict[tuple[str, int], str]:
    codes = {rule.code for rule in contradictions.rules()}
    found = Finding.objects.filter(source=source, rule__in=codes)
    return {(one.rule, one.dong): one.status for one in found}


def allowance(code: str, person: Sequence[str], group: str = "5a", ended: str = "") -> list[str]:
    return [code, *person, group, ended]


def test_the_dead_of_one_list_who_are_paid_by_another(office, people):
    first, second, third, *_ = people
    deliver(office, "khai-tu", 6, DEATHS, [["12", *first, "01/06/2022"], ["13", *second, "02/06/2022"]])
    paid = [allowance("A1", first), allowance("A2", second, ended="05/06/2022"), allowance("A3", third)]
    run = deliver(office, "bao-tro-xa-hoi", 6, ALLOWANCE, paid)
    assert standing("bao-tro-xa-hoi") == {("lien_khai_tu_huong", 2): "open"}
    measured = scores.for_work(run)["S3"]
    assert (measured.good, measured.total) == (1, 2)  # two stand in both lists; the third in one alone
    shown = scores.for_work(run)["L4"]
    assert (shown.good, shown.total) == (1, 2)  # of two known deaths the list shows one: its payment ended
    deliver(office, "bao-tro-xa-hoi", 7, ALLOWANCE, [allowance("A1", first, ended="01/07/2022"), *paid[1:]])
    assert standing("bao-tro-xa-hoi") == {("lien_khai_tu_huong", 2): "proved"}


def test_a_death_is_shown_too_by_taking_the_row_out(office, people):
    first, second, *_ = people
    deliver(office, "bao-tro-xa-hoi", 6, ALLOWANCE, [allowance("A1", first), allowance("A2", second)])
    deliver(office, "khai-tu", 6, DEATHS, [["12", *first, "01/06/2022"]])
    run = deliver(office, "bao-tro-xa-hoi", 7, ALLOWANCE, [allowance("A2", second)])
    shown = scores.for_work(run)["L4"]
    assert (shown.good, shown.total) == (1, 1)
    assert not standing("bao-tro-xa-hoi")


def test_a_pension_and_the_allowance_that_excludes_it(office, people):
    first, second, *_ = people
    deliver(office, "bhxh", 6, PENSION, [["4420000001", *first, "Hưu trí"], ["4420000002", *second, "Tử tuất"]])
    deliver(office, "bao-tro-xa-hoi", 6, ALLOWANCE, [allowance("A1", first, "5b"), allowance("A2", second, "5b")])
    assert standing("bao-tro-xa-hoi") == {("lien_luong_tro_cap", 2): "open"}
    assert not standing("bhxh")


def test_one_number_written_for_two_people(office, people):
    first, second, third, fourth, *_ = people
    deliver(office, "bao-tro-xa-hoi", 6, ALLOWANCE, [allowance("A1", first), allowance("A2", second)])
    wrong = [third[0], third[1], first[2]]  # somebody else's number: the matcher may take either; here the name decides
    run = deliver(office, "bhxh", 6, PENSION, [["4420000003", *wrong, ""], ["4420000004", *fourth, ""]])
    told = standing("bhxh")
    named = Finding.objects.filter(source="bhxh", rule="KHOP_SAI_LECH", field="so_dinh_danh", dong=2).exists()
    assert told == ({("lien_so_hai_nguoi", 2): "open"} if named else {})
    assert "S3" in scores.for_work(run)


def test_without_another_list_nothing_is_tested_and_nothing_proved(office, people):
    first, *_ = people
    run = deliver(office, "bao-tro-xa-hoi", 6, ALLOWANCE, [allowance("A1", first)])
    assert not standing("bao-tro-xa-hoi")
    assert "S3" not in scores.for_work(run)


def test_the_page_of_findings_says_the_sentence_and_an_order_opens(office, people):
    first, second, *_ = people
    deliver(office, "khai-tu", 6, DEATHS, [["12", *first, "01/06/2022"]])
    deliver(office, "bhxh", 6, PENSION, [["4420000001", *first, "Hưu trí"], ["4420000002", *second, "Hưu trí"]])
    assert standing("bhxh") == {("lien_khai_tu_huong", 2): "open"}
    assert "Danh sách của ngành khác nói ngược lại" in " ".join(task.title for task in Task.objects.all())
    with at(2022, 7, 1):
        shown = client(office).get(f"/t/{office.group.slug}/sai-lech/?nguon=bhxh").content.decode()
    assert "Người đã đăng ký khai tử còn trong danh sách hưởng chế độ" in shown
    assert first[0] not in shown


def test_a_contradiction_that_is_said_to_be_wrong_rests_as_any_rule(office, people):
    """While it rests nothing is opened by it, what it found waits, no measure counts it; then it works again."""
    first, second, third, *_ = people
    pair = ("lien_khai_tu_huong", "ho_so")
    deliver(office, "khai-tu", 6, DEATHS, [["12", *first, "01/06/2022"], ["13", *second, "02/06/2022"]])
    deliver(office, "bao-tro-xa-hoi", 6, ALLOWANCE, [allowance("A1", first), allowance("A3", third)])
    assert standing("bao-tro-xa-hoi") == {(pair[0], 2): "open"}
    member = offices.viewer(office.account("secretariat"), date(2022, 7, 2))
    with at(2022, 7, 2):
        page = client(office, "leader").get("/t/qn/sai-lech/").content.decode()
        assert "luat=lien_khai_tu_huong.ho_so" in page
        told = disputing.dispute(member, office.group, "bao-tro-xa-hoi", pair, "Trợ cấp mai táng trả sau khi chết")
    with at(2022, 7, 3):
        owner = offices.viewer(office.account("standing_deputy"), date(2022, 7, 3))
        disputing.decide(owner, office.group, told, date(2022, 8, 15), "Chờ sửa luật")
    rows = [allowance("A1", first), allowance("A2", second), allowance("A3", third)]
    run = deliver(office, "bao-tro-xa-hoi", 7, ALLOWANCE, rows)
    assert standing("bao-tro-xa-hoi") == {(pair[0], 2): "open"}
    measured = scores.for_work(run)
    assert "L4" not in measured or measured["L4"].total == 0
    assert "S3" not in measured or (measured["S3"].good == measured["S3"].total)
    with at(2022, 7, 31):
        assert disputing.resting(office.group)["bao-tro-xa-hoi"] == {pair}
    with at(2022, 8, 16):
        assert "bao-tro-xa-hoi" not in disputing.resting(office.group)


def test_a_list_is_not_asked_about_a_contradiction_of_others(office):
    assert ("lien_luong_tro_cap", "ho_so") not in disputing.rules_of(office.group, "bhyt")
    assert ("lien_so_hai_nguoi", "ho_so") in disputing.rules_of(office.group, "bhyt")
