"""Every measure equals a truth that was planted and is counted again here, in plain Python, within 0.1 point."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median_low

import pytest

from dean06.clock.service.working_days import vietnam_calendar
from dean06.demo import service as demo
from dean06.flows import ordering, scoring
from dean06.reconcile.models import Score
from dean06.reconcile.service import runs, scores
from dean06.reconcile.types import WHOLE, Counted, Measure
from flows.conftest import Office, at, found, kept, own

pytestmark = pytest.mark.either_database  # counted by the engine over files

PEOPLE = 2500
NAMED = {"KHOP_HOAN_TOAN", "KHOP_CHUAN_HOA", "KHOP_SAI_LECH", "TRUNG", "DA_CHET", "DA_CHUYEN_DI"}
DAY = date(2022, 6, 30)
POINT = 0.001


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=PEOPLE)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
    made.load_register("2022-06")
    demo.write_register(made.world, "2022-06", folder / "so.csv")
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("su-that"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


@pytest.fixture
def register(made) -> list[dict[str, str]]:
    with (made.folder / "so.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def people(register) -> list[dict[str, str]]:
    """Give living people whose birth date is known whole, each name and date once, so that nobody is mistaken."""
    once: dict[tuple[str, str], dict[str, str]] = {}
    for row in register:
        if row["tinh_trang"] == "song" and len(row["ngay_sinh"]) == 10 and "1930" < row["ngay_sinh"] < "2004":
            once.setdefault((row["ho_ten"], row["ngay_sinh"]), row)
    return list(once.values())


def drawn(seed: int) -> Random:
    return Random(seed)  # noqa: S311  which rows are spoilt; the same every time


def vn(day: str | date) -> str:
    return "/".join(reversed(str(day).split("-")))


def deliver(office: Office, source: str, agency: str, head: str, rows: Sequence[Sequence[str]]) -> int:
    path = office.folder / f"{source}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head.split(","), *([str(number), *row] for number, row in enumerate(rows, 1))])
    return office.hand_in(source, agency, "2022-06", path)


def told(run: int) -> dict[str, Measure]:
    return scores.for_work(run)


def require(measured: dict[str, Measure], code: str, good: int, total: int) -> None:
    """Require a share within 0.1 point of the truth, of as many things as there are."""
    assert total, f"nothing was planted for {code}"
    one = measured[code]
    assert one.total == total, (code, one.good, one.total, good, total)
    assert one.share is not None
    assert abs(one.share - good / total) <= POINT, (code, one.good, one.total, good, total)


# ------------------------------------------------------------ the generator's own dirt


def test_what_the_generator_spoilt_is_measured_as_its_truth_says(office, register):
    path, truth = office.folder / "bhyt.csv", office.folder / "that.csv"
    demo.write_delivery(office.world, "bhyt", "2022-06", path, truth=truth)
    run = office.hand_in("bhyt", "BHXH", "2022-06", path)
    with truth.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    assert len(rows) == len(cells) > 2000
    measured = told(run)
    named = [place for place, row in enumerate(rows) if row["ket_qua"] in NAMED]
    require(measured, "C3", len(named), len(rows))
    require(measured, "S1", sum(row["ket_qua"] != "TRUNG" for row in rows), len(rows))
    wrong = sum(len([one for one in rows[place]["sai_truong"].split(";") if one]) for place in named)
    number, sex, birth, name, unit = (heading(cells[0], word) for word in ("CCCD", "Giới", "sinh", "Họ", "Mã xã"))
    filled = sum(bool(cells[place][column].strip()) for place in named for column in (number, sex, birth, name, unit))
    require(measured, "D2", filled - wrong, filled)
    living = {row["so_dinh_danh"] for row in register if row["tinh_trang"] == "song"}
    listed = {rows[place]["so_dinh_danh"] for place in named}
    require(measured, "C4", len(living & listed), len(living))
    blank = [sum(not row[column].strip() for column in (name,)) for row in cells]
    require(measured, "C1", len(cells) - sum(blank), len(cells))
    require(measured, "C2", sum(not one for one in blank), len(cells))


def heading(row: dict[str, str], word: str) -> str:
    return next(name for name in row if word in name)


# ------------------------------------------------------------ values, rules, codes, writing, validity, time of delivery


@dataclass
class Planted:
    """What one list was spoilt with, counted while it is written."""

    rows: list[list[str]] = field(default_factory=list)
    bad_card: int = 0
    bad_span: int = 0
    bad_unit: int = 0
    apart: int = 0
    expired: int = 0


INSURED = "STT,Mã số BHXH,Họ và tên,Ngày sinh,Giới tính,Số CCCD,Mã thẻ BHYT,Từ ngày,Đến ngày,Mã xã"


def insured(people: Sequence[dict[str, str]], rng: Random) -> Planted:
    planted = Planted()
    for place, one in enumerate(people):
        card, since, until, name, unit = (
            f"HC4{4420000000 + place:012d}",
            "01/01/2022",
            "31/12/2022",
            one["ho_ten"],
            one["thuong_tru_xa"],
        )
        match rng.randrange(12):
            case 0:
                card, planted.bad_card = f"HC44-{place}", planted.bad_card + 1
            case 1:
                since, planted.bad_span = "01/01/2023", planted.bad_span + 1
            case 2:
                unit, planted.bad_unit = "99999", planted.bad_unit + 1
            case 3:
                spelt = unicodedata.normalize("NFD", name)
                planted.apart += spelt != name
                name = spelt
            case 4:
                until, planted.expired = "29/06/2022", planted.expired + 1
        sex = "1" if one["gioi_tinh"] == "Nam" else "2"
        planted.rows.append(
            [f"{4420000000 + place}", name, vn(one["ngay_sinh"]), sex, one["so_dinh_danh"], card, since, until, unit]
        )
    return planted


def test_planted_values_rules_codes_and_terms(office, people):
    planted = insured(people[:900], drawn(6))
    run = deliver(office, "bhyt", "BHXH", INSURED, planted.rows)
    count, measured = len(planted.rows), told(run)
    assert min(planted.bad_card, planted.bad_span, planted.bad_unit, planted.apart, planted.expired) > 30
    # Promised of each row: number of insurance, card, both days, birth, sex; and the structure of the personal number.
    require(measured, "D1", 7 * count - planted.bad_card, 7 * count)
    require(measured, "S2", count - planted.bad_span, count)
    require(measured, "S4", count - planted.bad_unit, count)
    require(measured, "S5", count - planted.apart, count)
    require(measured, "L3", count - planted.expired, count)
    require(measured, "L1", 1, 1)
    assert "L2" not in measured  # a list of cards tells of no event
    assert not {"D3", "D4", "L5", "G1"} & set(measured)  # nobody read, checked, called or shared


# ------------------------------------------------------------ events


DEATHS = "STT,Số đăng ký,Họ tên người chết,Ngày sinh,Số định danh người chết,Ngày chết,Ngày đăng ký"


def test_days_from_event_to_entry(office, people):
    rng, calendar = drawn(8), vietnam_calendar(range(2020, 2023))
    rows, days = [], []
    for place, one in enumerate(people[:400]):
        entered = date(2022, 6, 1) + timedelta(days=rng.randrange(30))
        event = entered - timedelta(days=rng.choice((0, 1, 2, 3, 4, 5, 7, 9, 30, 400)))
        kind = rng.randrange(10)
        written, put = vn(event), vn(entered)
        if kind == 0:
            written = f"{event:%m/%Y}"  # known in part: tells no day
        elif kind == 1:
            put = vn(entered - timedelta(days=60))  # of another month's list
        elif kind == 2 and event < entered:
            written, put = put, written  # entered before it happened: a fault, no time
        else:
            days.append(calendar.working_days_between(event, entered))
        rows.append([str(place), one["ho_ten"], vn(one["ngay_sinh"]), one["so_dinh_danh"], written, put])
    run = deliver(office, "khai-tu", "GDDT", DEATHS, rows)
    measured = told(run)
    require(measured, "L2", sum(day <= 3 for day in days), len(days))
    days.sort()
    assert measured["L2"].detail == {"median": median_low(days), "p95": days[-(-len(days) * 95 // 100) - 1]}
    assert measured["L2"].below == (measured["L2"].detail["p95"] > 3)
    of_communes = Score.objects.filter(run_id=run, measure="L2").exclude(commune="")
    assert sum(one.total for one in of_communes) == len(days)


# ------------------------------------------------------------ lists beside each other


ALLOWANCE = "STT,Mã đối tượng,Họ và tên,Ngày sinh,Giới tính,Số CCCD,Khoản điểm,Ngày thôi hưởng"
PENSION = "STT,Mã số BHXH,Họ và tên,Ngày sinh,Giới tính,Số CCCD,Chế độ"


def test_lists_that_agree_and_contradict(office, people):
    rng = drawn(9)
    both, alone, dead = people[:500], people[500:700], people[700:800]
    deaths = [
        [str(place), one["ho_ten"], vn(one["ngay_sinh"]), one["so_dinh_danh"], "01/06/2022", "02/06/2022"]
        for place, one in enumerate([*dead, *both[:50]])
    ]
    deliver(office, "khai-tu", "GDDT", DEATHS, deaths)
    pensions, differs = [], 0
    for place, one in enumerate(both):
        birth, sex = vn(one["ngay_sinh"]), one["gioi_tinh"]
        if place >= 50 and rng.randrange(5) == 0:
            birth, differs = f"{birth[:6]}{int(birth[6:]) + 1}", differs + 1
        elif place >= 50 and rng.randrange(6) == 0:
            sex, differs = ("Nữ" if sex == "Nam" else "Nam"), differs + 1
        elif rng.randrange(6) == 0:
            birth = birth[6:]  # the year alone agrees with what it may be
        pensions.append([f"{4420000000 + place}", one["ho_ten"], birth, sex, one["so_dinh_danh"], "Mất sức lao động"])
    deliver(office, "bhxh", "BHXH", PENSION, pensions)
    paid, still = [], 0
    for place, one in enumerate([*both, *alone]):
        ended = "05/06/2022" if place < 50 and rng.randrange(2) else ""
        still += place < 50 and not ended
        paid.append(
            [f"A{place}", one["ho_ten"], vn(one["ngay_sinh"]), one["gioi_tinh"], one["so_dinh_danh"], "5a", ended]
        )
    run = deliver(office, "bao-tro-xa-hoi", "GDDT", ALLOWANCE, paid)
    measured = told(run)
    require(measured, "S3", len(both) - still, len(both))
    require(measured, "L4", 50 - still, 50)
    # Name, birth, sex and number beside the pension; the fifty dead are beside the list of deaths too.
    require(measured, "T1", 4 * len(both) - differs, 4 * len(both))
    uniform = next(one for one in scores.CRITERIA if one.code == "thong_nhat")
    assert uniform.measures == ("T1",)
    assert all("T1" not in axis.measures for axis in scores.AXES)


# ------------------------------------------------------------ what others count


def test_what_others_counted_outlives_a_new_measuring(office, people):
    planted = insured(people[:40], drawn(6))
    run = runs.for_work(deliver(office, "bhyt", "BHXH", INSURED, planted.rows))
    scores.give(run.id, "L5", [Counted(commune=WHOLE, code="L5", good=995, total=1000)])
    require(told(run.id), "L5", 995, 1000)
    scores.record(run.id)
    require(told(run.id), "L5", 995, 1000)
    scoring.measure(run)  # nothing feeds this source: nobody called
    assert "L5" not in told(run.id)
    with pytest.raises(ValueError, match="measured by the run itself"):
        scores.give(run.id, "C3", [])


def test_a_measure_of_a_sample_is_judged_by_its_lower_bound():
    good = scores.judged("D3", 100, 100, {})
    assert (good.share, good.below) == (1.0, True)  # a hundred of a hundred: the interval begins at 96.3 %
    enough = scores.judged("D3", 1000, 1000, {})
    assert (enough.below, enough.by_low) == (False, True)
    assert scores.judged("C3", 100, 100).below is False
    assert scores.judged("D3", 100, 100, {}, {scores.EVERY_ROW: 1}).below is False  # the list whole is no sample
