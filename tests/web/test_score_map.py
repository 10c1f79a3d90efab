"""The map of scores: honest cells, a bounded page for a whole province, and the very rows that fall short."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dean06.offices import service as offices
from dean06.places import service as places
from dean06.reconcile.models import Run, Score
from dean06.reconcile.service import maps, measuring, runs, scores
from dean06.reconcile.types import WHOLE
from dean06.sources import live as contracts
from dean06.sources.models import Delivery
from dean06.web.parts.scoremap import cell, state_of
from flows.conftest import SINCE, Office, at, found, kept, own
from flows.test_measures_true import DEATHS, INSURED, deliver, drawn, insured, vn
from web.neighbours import client

MONTH = "2022-06"
COMMUNES, SOURCES = 150, 20


def build(folder) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=400)
    made.load_register(MONTH)
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("ban-do"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


@pytest.fixture
def people(office) -> list[dict[str, str]]:
    living = [one for one in office.world.view(MONTH).people if one.year and one.day and 1940 < one.year < 2004]
    return [
        {
            "ho_ten": one.name,
            "ngay_sinh": f"{one.year}-{one.month:02d}-{one.day:02d}",
            "gioi_tinh": "Nam" if one.male else "Nữ",
            "so_dinh_danh": one.number,
            "thuong_tru_xa": "",
        }
        for one in living
    ]


def province(office: Office) -> list[str]:
    """Give the group a month of scores as a province has: 20 sources, 150 communes, every measure of four axes."""
    known = [unit.code for unit in places.catalogue(SINCE)]
    units = [*known, *(f"{90000 + place}" for place in range(COMMUNES))][:COMMUNES]
    codes = [code for axis in scores.AXES for code in axis.measures]
    now = datetime(2022, 7, 2, tzinfo=UTC)
    for number, source in enumerate(list(contracts.contracts())[:SOURCES]):
        delivery = Delivery.objects.create(
            group_id=office.group.id, source=source, period=MONTH, file_name=f"{source}.csv",
            file_sha256=f"{number:064d}", received_at=now, received_by=office.account("leader"), state="read",
            file_size=1, directory=f"x/{source}",
        )  # fmt: skip
        register = Run.objects.values_list("register_id", flat=True).first()
        run = Run.objects.create(
            group_id=office.group.id, delivery=delivery, register_id=register, state="done", queued_at=now,
            finished_at=now, rows=COMMUNES * 50,
        )  # fmt: skip
        Score.objects.bulk_create(
            Score(
                group_id=office.group.id, run=run, commune=commune, measure=code,
                good=45 + (number + place) % 6, total=50,
            )
            for place, commune in enumerate((WHOLE, *units))
            for code in codes
        )  # fmt: skip
    return units


def test_a_province_is_one_bounded_page(office, people):
    deliver(office, "bhyt", "BHXH", INSURED, insured(people[:40], drawn(1)).rows)
    browser, page = client(office, "leader", "PC"), f"/t/{office.group.slug}/bang-diem/ban-do/?truc=dung"
    with at(2022, 7, 3):
        browser.get(page)
        with CaptureQueriesContext(connection) as few:
            browser.get(page)
        province(office)
        with CaptureQueriesContext(connection) as many:
            shown = browser.get(page).content.decode()
    assert len(many) == len(few) <= 16
    assert shown.count('<td class="hm">') >= COMMUNES * SOURCES


def test_a_cell_says_in_words_what_its_colour_says():
    told = {
        "none": (None, "chưa đo"),
        "small": (scores.judged("C3", 10, 29), "mẫu nhỏ, không xếp hạng"),
        "below": (scores.judged("C3", 60, 100), "dưới ngưỡng"),
        "met": (scores.judged("C3", 99, 100), "đạt ngưỡng"),
        "plain": (scores.judged("C4", 99, 100), "chưa đặt ngưỡng"),
    }
    for state, (measure, word) in told.items():
        assert state_of(measure) == state
        shown = cell(measure, "")
        assert word in shown
        assert ("%" in shown) is False
        assert measure is None or re.search(r"<span>\d", shown)


def test_a_cell_shows_the_measure_furthest_below_its_threshold(office, people):
    planted = insured(people[:120], drawn(3))
    run = deliver(office, "bhyt", "BHXH", INSURED, planted.rows)
    me = offices.viewer(office.account("leader"), SINCE)
    for axis in (*scores.AXES, *scores.CRITERIA):
        month = maps.month(me, office.group.id, MONTH, axis.measures)
        by_hand = scores.by_commune(me, run) | {WHOLE: scores.of_run(me, run)}
        for commune, measured in by_hand.items():
            decides = scores.measure_of_axis(measured, axis)
            shown = month.cell("bhyt", commune)
            if decides is not None:
                assert (shown.code, shown.good, shown.total) == (decides.code, decides.good, decides.total)
    year = maps.trends(me, office.group.id, MONTH, ("C3",))
    assert [(period, one.code) for period, one in year["bhyt"]] == [(MONTH, "C3")]


def test_the_rows_behind_a_cell_are_those_that_fall_short(office, people):
    planted = insured(people[:150], drawn(5))
    run = runs.for_work(deliver(office, "bhyt", "BHXH", INSURED, planted.rows))
    lists, told = scores.lists_of(run), scores.for_work(run.id)
    for code in ("S2", "S4", "S5", "L3"):
        assert len(measuring.places_of(run, lists, code, "")) == told[code].total - told[code].good > 0
    wrong_cards = [place for place, row in enumerate(planted.rows) if row[5].startswith("HC44-")]
    assert measuring.places_of(run, lists, "D1", "") == wrong_cards
    assert measuring.places_of(run, lists, "L1", "") == []  # a delivery is late or not: no row is
    communes = {one.commune for one in Score.objects.filter(run_id=run.id, measure="L3")} - {WHOLE}
    by_commune = [place for one in communes for place in measuring.places_of(run, lists, "L3", one)]
    assert sorted(by_commune) == measuring.places_of(run, lists, "L3", "")
    browser, page = client(office, "leader", "PC"), f"/t/{office.group.slug}/doi-soat/luot/{run.id}/"
    with at(2022, 7, 3):
        browser.post(f"{page}muc-dich/?phep_do=L3", {"muc_dich": "Kiểm tra kết quả đối soát"})
        shown = browser.get(f"{page}?phep_do=L3").content.decode()
    with at(2022, 7, 3, 10):
        there = browser.get(f"{page}?phep_do=L3&xa={min(communes)}").content.decode()
    assert f"{told['L3'].total - told['L3'].good} dòng" in shown
    assert "Chỉ các dòng chưa đạt «Bản ghi được xác nhận trong thời hạn của nó» (L3)" in shown
    unit = places.unit(min(communes), SINCE)
    assert f"của {unit.name}" in there


def test_rows_of_a_late_event_are_found(office, people):
    rows = [
        [str(place), one["ho_ten"], vn(one["ngay_sinh"]), one["so_dinh_danh"], day, "15/06/2022"]
        for place, (one, day) in enumerate(zip(people[:3], ("14/06/2022", "01/06/2022", "13/06/2022"), strict=True))
    ]
    run = runs.for_work(deliver(office, "khai-tu", "GDDT", DEATHS, rows))
    assert measuring.places_of(run, scores.lists_of(run), "L2", "") == [1]
    with at(2022, 7, 3):
        shown = client(office, "leader", "PC").get(f"/t/{office.group.slug}/bang-diem/?nguon=khai-tu").content.decode()
    assert "giữa 2 ngày làm việc, 95 % trong 10 ngày" in shown
    assert "Thống nhất" in shown
    assert "đếm khi dữ liệu được chia sẻ qua nền tảng" in shown


def test_an_empty_map_says_what_comes_first(office):
    with at(2022, 7, 3):
        shown = client(office, "leader", "PC").get(f"/t/{office.group.slug}/bang-diem/ban-do/").content.decode()
    assert "Chưa có lượt đối soát nào để chấm" in shown
