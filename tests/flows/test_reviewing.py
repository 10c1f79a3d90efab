"""The desk through its flows: who gets which row, what two readers and a third come to, a step back, what is told."""

from __future__ import annotations

import csv
from dataclasses import replace

import duckdb
import pytest

from dean06.charter.errors import Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import looking, reviewing
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from dean06.reconcile.errors import NotYours
from dean06.reconcile.models import DeskDecision, DeskRow, Look
from dean06.reconcile.service import desk_reading, desk_tallies, desks, diagnosis, runs
from dean06.reconcile.service.desk_reading import NONE_OF_THEM, SKIPPED, Wanted
from flows.conftest import Office, at, found, kept, own
from flows.doubts import doubted
from flows.strangers import write_strangers

PAIRS = 8
WHY = "duyệt dòng nghi vấn"


def build(folder) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=60)
    made.delivered["run"] = doubted(made, PAIRS)
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("ban-duyet"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path):
    with at(2022, 7, 4):
        yield own(made, tmp_path)


def viewer(office: Office, role: str, agency: str = ""):
    return offices.viewer(office.account(role, agency), clock.today())


def run_of(office: Office) -> int:
    return office.delivered["run"]


def readers(office: Office):
    return [viewer(office, *one) for one in (("secretariat",), ("member", "BHXH"), ("member", "GDDT"))]


def reads(seen, run: int, choice: str, *, hour: int = 9) -> int:
    """Take the reader's next row, look at it and decide it."""
    with at(2022, 7, 4, hour):
        stt = desk_reading.take(seen, run, Wanted())
        reviewing.read(seen, run, stt, purpose=WHY)
        reviewing.decide(seen, run, stt, choice, purpose=WHY)
    return stt


def row(run: int, stt: int) -> DeskRow:
    return DeskRow.objects.get(desk__run_id=run, stt=stt)


def test_a_desk_is_opened_once_by_lot_and_half_of_a_small_one_is_read_twice(office):
    first, second, _ = readers(office)
    run = run_of(office)
    told = reviewing.open_desk(first, run, purpose=WHY)
    assert (told.rows, told.double, told.settled) == (PAIRS, PAIRS // 2, 0)
    order = list(DeskRow.objects.order_by("place").values_list("stt", flat=True))
    assert sorted(order) != order
    assert reviewing.open_desk(second, run, purpose=WHY) == told
    assert Entry.objects.filter(object_id=f"L{run}:ban-duyet").count() == 1


def test_every_term_of_a_candidate_adds_up_to_its_probability(office):
    seen, *_ = readers(office)
    run = run_of(office)
    reviewing.open_desk(seen, run, purpose=WHY)
    told = reviewing.read(seen, run, desk_reading.take(seen, run, Wanted()), purpose=WHY)
    assert len(told.candidates) >= 2
    whole = 1 + sum(2 ** (one.score / 1000) for one in told.candidates)
    for one in told.candidates:
        assert sum(one.terms.values()) == one.score
        assert one.posterior == pytest.approx(2 ** (one.score / 1000) / whole, abs=0.01)
        assert one.registered["so_dinh_danh"] == one.number


def test_two_readers_never_hold_one_row_and_a_hold_runs_out(office):
    first, second, _ = readers(office)
    run = run_of(office)
    reviewing.open_desk(first, run, purpose=WHY)
    mine = desk_reading.take(first, run, Wanted())
    assert desk_reading.take(first, run, Wanted()) == mine
    theirs = desk_reading.take(second, run, Wanted())
    assert theirs != mine
    with pytest.raises(BadInput):
        reviewing.decide(second, run, mine, "1", purpose=WHY)
    with at(2022, 7, 4, 10):
        assert desk_reading.take(second, run, Wanted()) in {mine, theirs}
        assert {desk_reading.take(one, run, Wanted()) for one in (first, second)} == {mine, theirs}


@pytest.mark.parametrize(
    ("said", "result"),
    [(("1", "1"), "1"), (("1", "2"), ""), (("1", "2", "2"), "2"), (("0", "1", "2"), "2"), (("0", "0"), "0")],
)
def test_what_two_readers_and_a_third_come_to(office, said, result):
    run, everyone = run_of(office), readers(office)
    reviewing.open_desk(everyone[0], run, purpose=WHY)
    stt = DeskRow.objects.filter(double=True).order_by("place").first().stt
    DeskRow.objects.exclude(stt=stt).update(result=NONE_OF_THEM)
    for seen, choice in zip(everyone, said, strict=False):
        assert reads(seen, run, choice) == stt
    assert row(run, stt).result == result
    if result:
        assert [desk_reading.take(seen, run, Wanted()) for seen in everyone] == [None] * 3


def test_a_step_back_is_a_record_of_its_own_and_brings_the_row_again(office):
    seen, other, _ = readers(office)
    run = run_of(office)
    reviewing.open_desk(seen, run, purpose=WHY)
    first, second = reads(seen, run, "1"), reads(seen, run, "2")
    assert reviewing.undo(seen, run, purpose=WHY) == second
    assert desk_reading.take(seen, run, Wanted()) == second
    assert row(run, second).told == 0
    assert DeskDecision.objects.filter(undoes__isnull=False).count() == 1
    reviewing.decide(seen, run, second, "0", purpose=WHY)
    reviewing.undo(seen, run, purpose=WHY)
    assert reviewing.undo(seen, run, purpose=WHY) == first
    with pytest.raises(BadInput, match="hoàn tác"):
        reviewing.undo(seen, run, purpose=WHY)
    assert other.account != seen.account


def test_what_another_has_read_since_is_not_taken_back(office):
    first, second, _ = readers(office)
    run = run_of(office)
    reviewing.open_desk(first, run, purpose=WHY)
    DeskRow.objects.filter(double=False).update(result=NONE_OF_THEM)
    stt = reads(first, run, "1")
    assert reads(second, run, "2") == stt
    with pytest.raises(BadInput, match="Người khác đã đọc tiếp"):
        reviewing.undo(first, run, purpose=WHY)


def test_what_is_left_for_later_comes_last_and_counts_for_nothing(office):
    seen, *_ = readers(office)
    run = run_of(office)
    reviewing.open_desk(seen, run, purpose=WHY)
    left = reads(seen, run, SKIPPED)
    rest = [reads(seen, run, "1") for _ in range(PAIRS - 1)]
    assert left not in rest
    assert desk_reading.take(seen, run, Wanted()) == left
    assert row(run, left).told == 0


def test_rows_are_asked_for_by_commune_and_probability(office):
    seen, *_ = readers(office)
    run = run_of(office)
    reviewing.open_desk(seen, run, purpose=WHY)
    counts = {code: desk_reading.left_for(seen, run, Wanted(band=code)) for code in desk_reading.BANDS}
    assert sum(counts.values()) == PAIRS
    places = desk_reading.desk_communes(seen, run)
    assert sum(desk_reading.left_for(seen, run, Wanted(commune=one)) for one in places) == PAIRS


def test_each_look_and_each_decision_is_recorded_and_none_holds_a_value(office):
    seen, *_ = readers(office)
    run = run_of(office)
    reviewing.open_desk(seen, run, purpose=WHY)
    before = Entry.objects.count()
    stt = desk_reading.take(seen, run, Wanted())
    told = reviewing.read(seen, run, stt, purpose=WHY)
    reviewing.decide(seen, run, stt, "1", purpose=WHY)
    assert Entry.objects.count() == before + 2
    look = Look.objects.get(stts=[stt])
    assert (look.purpose, look.rows, look.action) == (WHY, 1, "person.read")
    kept_of_it = str(DeskRow.objects.filter(stt=stt).values_list()) + str(DeskDecision.objects.values_list())
    assert told.candidates[0].number not in kept_of_it
    assert told.delivered["ho_ten"] not in kept_of_it


def test_whoever_was_shown_as_a_candidate_learns_who_looked(office):
    seen, *_ = readers(office)
    run = run_of(office)
    reviewing.open_desk(seen, run, purpose=WHY)
    stt = desk_reading.take(seen, run, Wanted())
    shown = [one.number for one in reviewing.read(seen, run, stt, purpose=WHY).candidates]
    assert len(shown) > 1
    for number in shown:
        told = looking.who_read(seen, office.group, number, purpose="Công dân hỏi")
        assert [look.purpose for asked, looks in told if asked.id == run for look in looks] == [WHY]


def test_without_a_purpose_or_the_right_seat_nothing_is_decided(office):
    seen, run = viewer(office, "secretariat"), run_of(office)
    with pytest.raises(Refused):
        reviewing.open_desk(seen, run, purpose="")
    with pytest.raises(Refused):
        reviewing.open_desk(viewer(office, "clerk"), run, purpose=WHY)
    reviewing.open_desk(seen, run, purpose=WHY)
    with pytest.raises(NotYours):
        reviewing.read(seen, run, 0, purpose=WHY)
    stt = desk_reading.take(seen, run, Wanted())
    with pytest.raises(BadInput):
        reviewing.decide(seen, run, stt, "3", purpose=WHY)
    assert not DeskDecision.objects.exists()


def test_rows_an_hour_agreement_and_estimates_come_of_the_readings(office):
    first, second, _ = readers(office)
    run = run_of(office)
    reviewing.open_desk(first, run, purpose=WHY)
    empty = diagnosis.examined(first, run)
    assert (empty.top.total, empty.curve, empty.agreement.value) == (0, (), None)
    assert (empty.recall.value, empty.precision.value) == (None, None)
    for place in range(PAIRS):
        with clock.pinned(clock.at_start_of(clock.today()).replace(hour=3, minute=place)):
            stt = desk_reading.take(first, run, Wanted())
            reviewing.decide(first, run, stt, "1" if place % 2 else "0", purpose=WHY)
    for _ in range(PAIRS // 2):
        reads(second, run, "1")
    mine = desk_tallies.mine(first, run)
    assert (mine.today, mine.per_hour) == (PAIRS, 60)
    told = diagnosis.examined(first, run)
    assert told.agreement.pairs == PAIRS // 2
    assert told.desk.settled + told.desk.apart == PAIRS
    assert told.top.total == told.desk.settled == sum(one.found.total for one in told.curve)
    assert told.recall_reviewed.high >= told.recall.high
    said = diagnosis.as_json(told)
    assert said["precision"]["named"]["share"] is None
    assert said["largest_blocks"] == []
    assert sum(said["by_pass"].values()) == told.run.rows


def test_blocks_over_the_budget_of_pairs_are_told_by_kind_and_size(office, made, monkeypatch):
    read_as = runs.read_as
    monkeypatch.setattr(runs, "read_as", lambda row, on: replace(read_as(row, on), budget=1))
    with (made.folder / "so-doi-2022-06.csv").open(encoding="utf-8", newline="") as file:
        somebody = next(
            one for one in csv.DictReader(file) if len(one["ngay_sinh"]) == 10 and one["ngay_sinh"][5:] != "01-01"
        )
    born = "/".join(reversed(somebody["ngay_sinh"].split("-")))
    run = office.hand_in("bhyt", "BHXH", "2022-07", write_strangers(office, "2022-06", 3, born))
    with at(2022, 8, 4):
        [told] = diagnosis.examined(viewer(office, "secretariat"), run).blocks
    assert (told.step, told.key) == ("4", "ngay_sinh")
    assert told.pairs > 1
    assert min(told.rows, told.people) > 0


def test_the_reviewed_file_adds_columns_at_the_end_and_changes_none(office, tmp_path):
    seen, *_ = readers(office)
    run = run_of(office)
    reviewing.open_desk(seen, run, purpose=WHY)
    DeskRow.objects.update(double=False)
    chosen, nobody = reads(seen, run, "2"), reads(seen, run, NONE_OF_THEM)
    with reviewing.reviewed_file(seen, run, tmp_path, purpose=WHY) as path, duckdb.connect() as link:
        cursor = link.execute(f"select * from read_parquet('{path}')")
        names = [one[0] for one in cursor.description]
        rows = [dict(zip(names, one, strict=True)) for one in cursor.fetchall()]
    assert names[:3] == ["dong", "trang_tinh", "ket_qua"]
    assert tuple(names[-4:]) == ("duyet", "duyet_so_dinh_danh", "duyet_so_nguoi", "duyet_tu_luot")
    assert rows[chosen]["duyet"] == "CHON"
    assert rows[chosen]["duyet_so_dinh_danh"] in rows[chosen]["ung_vien"]
    assert rows[chosen]["ket_qua"] == "NGHI_VAN"
    assert (rows[nobody]["duyet"], rows[nobody]["duyet_so_dinh_danh"]) == ("KHONG_AI", None)
    assert sum(one["duyet"] == "CHO_DUYET" for one in rows) == PAIRS - 2
    taken = Look.objects.get(run_id=run, action="result.export")
    assert (taken.stts, taken.purpose) == (None, WHY)


def test_the_same_row_of_the_next_delivery_takes_its_answer_from_the_desk_before(office, made):
    seen, *_ = readers(office)
    run = run_of(office)
    reviewing.open_desk(seen, run, purpose=WHY)
    DeskRow.objects.update(double=False)
    first, second = reads(seen, run, "2"), reads(seen, run, NONE_OF_THEM)
    again = office.hand_in("bhyt", "BHXH", "2022-07", made.folder / "bhyt_2022-06-nghi.csv")
    with at(2022, 8, 4):
        told = reviewing.open_desk(viewer(office, "secretariat"), again, purpose=WHY)
        assert (told.rows, told.carried, told.settled) == (PAIRS, 2, 2)
        assert {one.result for one in DeskRow.objects.filter(desk__run_id=again).exclude(result="")} == {"2", "0"}
        assert diagnosis.examined(viewer(office, "secretariat"), again).top.total == 0
    assert first != second


def test_another_group_sees_no_desk(office):
    run = run_of(office)
    reviewing.open_desk(viewer(office, "secretariat"), run, purpose=WHY)
    stranger = offices.viewer("00000000-0000-4000-8000-00000000ffff", clock.today())
    assert desks.desk(stranger, run) is None
    assert desk_reading.take(stranger, run, Wanted()) is None
    with pytest.raises(NotYours):
        diagnosis.examined(stranger, run)
