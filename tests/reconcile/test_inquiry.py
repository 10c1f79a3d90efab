"""Without a register: the command asks the service row by row, and its result is the contract's."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dean06.cli.main import main
from dean06.demo.simulators.population import API_KEY, SECRET
from dean06.demo.simulators.serving import Fault
from reconcile.asking import PURPOSE, desk, register, row, service, written

RESULT = (
    *("dong", "trang_tinh", "ket_qua", "so_dinh_danh", "do_tin_cay"),
    *("sai_truong", "goi_y", "ung_vien", "ly_do", "lop"),
)
NAMED = ("KHOP_HOAN_TOAN", "KHOP_CHUAN_HOA", "KHOP_SAI_LECH", "TRUNG")


def whole(population):
    return [one for one in population.people if one.day and one.day != 15]


@pytest.mark.parametrize("how", ["xac-thuc", "tra-cuu"])
def test_a_sound_list_reads_as_it_does_with_the_snapshot(tmp_path, how):
    population = service()
    rows = [row(one, at, ma_xa="") for at, one in enumerate(population.people, 1)]
    rows += [rows[3], row(whole(population)[5], ma_xa="", ho_ten=whole(population)[5].name.upper())]
    file = written(tmp_path / "danh-sach.csv", rows)
    out = tmp_path / "so.parquet"
    words = ["reconcile", file, "--source", "chung", "--out", out, "--register", register(tmp_path)]
    assert main([*map(str, words)]) == 1
    with desk(population, tmp_path, cach_hoi=how, cung_luc=4) as at:
        told = at.told(file, code=1)
        columns = "dong, trang_tinh, ket_qua, so_dinh_danh"
        with duckdb.connect() as link:
            assert at.rows(columns) == link.execute(f"select {columns} from '{out}'").fetchall()
            names = [one[0] for one in link.execute(f"describe select * from '{out}'").fetchall()]
            kinds = link.execute(f"describe select * from '{at.folder / at.out}'").fetchall()
            assert [one[:2] for one in kinds] == [
                one[:2] for one in link.execute(f"describe select * from '{out}'").fetchall()
            ]
    assert tuple(names[:10]) == RESULT
    assert told["rows"] == len(rows)
    assert told["inquiry"]["ended"] == "xong"
    assert told["inquiry"]["calls"] == len(population.people), "a row that stands twice is asked about once"
    assert set(told["by_result"]) <= set(NAMED)


def test_what_the_service_cannot_decide_says_so(tmp_path):
    population = service(60)
    one, other, third, born = whole(population)[:4]
    rows = [
        row(one),
        row(other, ho_ten="Trần Văn Không Ai"),
        row(third, so_cccd=""),
        row(third, ngay_sinh=""),
        row(born, ngay_sinh=f"15/{born.month:02d}/{born.year}"),
        row(third, so_cccd="", so_cmnd=third.old_card) if third.old_card else row(third, so_cccd="abc"),
        row(one, ho_ten="nguyen van khong dau", so_cccd="123"),
    ]
    file = written(tmp_path / "danh-sach.csv", rows)
    with desk(population, tmp_path) as at:
        at.told(file, code=1)
        found = at.rows("ket_qua", "sai_truong", "ly_do", "lop")
    assert [one[0] for one in found[:5]] == [
        "KHOP_HOAN_TOAN",
        "KHONG_TIM_THAY",
        "SAI_DINH_DANG",
        "SAI_DINH_DANG",
        "KHOP_SAI_LECH",
    ]
    assert "trả lời không" in found[1][2]
    assert "thiếu số định danh" in found[2][2]
    assert "thiếu ngày sinh" in found[3][2]
    assert found[4][1] == "ngay_sinh"
    assert "sai ngày hoặc tháng" in found[4][2]
    assert [one[3] for one in found[1:4]] == ["hoi", "chua_hoi", "chua_hoi"]


def test_a_look_up_tells_what_is_right(tmp_path):
    population = service(60)
    one, other = whole(population)[:2]
    rows = [row(one, ngay_sinh=f"15/{one.month:02d}/{one.year}"), row(other, gioi_tinh="Nữ" if other.male else "Nam")]
    file = written(tmp_path / "danh-sach.csv", [(*one[:6], "") for one in rows])
    with desk(population, tmp_path, cach_hoi="tra-cuu") as at:
        at.told(file, code=1)
        found = at.rows("ket_qua", "so_dinh_danh", "sai_truong", "goi_y")
    assert [one[0] for one in found] == ["KHOP_SAI_LECH", "KHOP_SAI_LECH"]
    assert [one[2] for one in found] == ["ngay_sinh", "gioi_tinh"]
    assert json.loads(found[0][3]) == {"ngay_sinh": one.born}


def test_fields_that_disagree_are_named_and_left_to_a_person(tmp_path):
    population = service(60, detailed=True)
    file = written(tmp_path / "danh-sach.csv", [row(whole(population)[0], ho_ten="Tên Khác Hẳn")])
    with desk(population, tmp_path) as at:
        told = at.told(file, code=1)
        ((result, reason),) = at.rows("ket_qua", "ly_do")
    assert (result, told["inquiry"]["rows"]["khac_truong"]) == ("NGHI_VAN", 1)
    assert "khác ở họ tên" in reason


def test_the_quota_of_a_day_ends_the_run_and_the_next_day_goes_on(tmp_path):
    population = service(30)
    population.quotas.in_all = 12
    file = written(tmp_path / "danh-sach.csv", [row(one, at) for at, one in enumerate(population.people, 1)])
    with desk(population, tmp_path, moi_ngay=10, cung_luc=3) as at:
        told = at.told(file, code=5)
        assert population.quotas.turned_away == 0, "the service never had to say so"
        assert len(population.asked) == 10
        assert told["inquiry"]["rows"]["chua_hoi"] == 20
        assert told["inquiry"]["ended"] == "het_han_muc"
        assert told["inquiry"]["again_at"].endswith("T00:00:00+07:00")
        assert told["error"]["code"] == 5
        assert "chạy lại đúng lệnh này" in told["error"]["vi"]
        unasked = [one for one in at.rows("ket_qua", "lop", "ly_do") if one[1] == "chua_hoi"]
        assert {one[0] for one in unasked} == {"NGHI_VAN"}, "never as not found"
        assert all("hết số câu hỏi được phép trong ngày" in one[2] for one in unasked)
        again = at.told(file, code=5)
        assert again["inquiry"]["calls"] == 0
        at.settings["moi_ngay"] = 1000  # the agreement was changed: as good as another day
        population.quotas.in_all = None
        done = at.told(file, code=0)
    assert done["inquiry"]["calls"] == 20
    assert len({one.number for one in population.asked}) == len(population.asked) == 30


@pytest.mark.parametrize("fault", [Fault.DOWN, Fault.REVOKED])
def test_a_service_that_fails_ends_the_run_with_what_was_answered(tmp_path, fault):
    population = service(12)
    population.faults.set(fault, after=5)
    file = written(tmp_path / "danh-sach.csv", [row(one, at) for at, one in enumerate(population.people, 1)])
    with desk(population, tmp_path, so_lan_thu=2) as at:
        told = at.told(file, code=5)
        assert told["inquiry"]["ended"] == {Fault.DOWN: "gian_doan", Fault.REVOKED: "bi_tu_choi"}[fault]
        assert told["by_result"] == {"KHOP_HOAN_TOAN": 5, "NGHI_VAN": 7}
        assert told["inquiry"]["open_rows"] == 7
        population.faults.set(None)
        assert at.told(file)["by_result"] == {"KHOP_HOAN_TOAN": 12}
    assert len({one.number for one in population.asked}) == len(population.asked) == 12


def test_the_record_says_who_was_read_when_and_for_what_and_holds_no_value(tmp_path):
    population = service(8)
    people = [replace(one) for one in population.people]
    file = written(tmp_path / "danh-sach.csv", [row(one, at) for at, one in enumerate(people, 1)])
    with desk(population, tmp_path) as at:
        at.told(file)
        record = at.provenance
        kept = b"".join(path.read_bytes() for path in sorted(at.home.rglob("*")) if path.is_file())
        modes = {path.stat().st_mode & 0o077 for path in at.home.rglob("*")}
    assert [(one["row"], one["outcome"]) for one in record["calls"]] == [(at, "found") for at in range(2, 10)]
    assert {one["request"] for one in record["calls"]} == {one.request for one in population.asked}
    assert record["inquiry"]["purpose"]["case"] == PURPOSE["ho_so"]
    assert record["result"]["sha256"]
    told = json.dumps(record, ensure_ascii=False) + kept.decode(errors="replace")
    secrets = [SECRET, API_KEY, PURPOSE["can_bo"], *(one.number for one in people), *(one.name for one in people)]
    assert not [one for one in secrets if one in told]
    assert modes == {0}


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--register", "."], 2, "Chọn một trong"),
        (["--purpose", "khong-co.yaml"], 2, "Không có tệp"),
    ],
)
def test_the_command_is_refused_in_a_sentence(tmp_path, more, code, said):
    population = service(8)
    file = written(tmp_path / "danh-sach.csv", [row(population.people[0])])
    with desk(population, tmp_path) as at:
        done = at.ask(file, *more)
    assert done.returncode == code
    assert said in done.stderr


@pytest.mark.parametrize("lack", ["can_bo", "ho_so", "can_cu", "thu_tuc", "don_vi", "tai_khoan"])
def test_a_purpose_that_is_not_whole_asks_nothing(tmp_path, lack):
    population = service(8)
    file = written(tmp_path / "danh-sach.csv", [row(population.people[0])])
    with desk(population, tmp_path) as at:
        del at.purpose[lack]
        done = at.ask(file)
    assert done.returncode == 3
    assert lack in done.stderr
    assert not Path(at.folder / at.out).exists()
    assert population.faults.asked == 0


def test_an_account_that_others_can_read_is_not_taken(tmp_path):
    population = service(8)
    file = written(tmp_path / "danh-sach.csv", [row(population.people[0])])
    with desk(population, tmp_path) as at:
        at.account.chmod(0o640)
        done = at.ask(file)
    assert done.returncode == 5
    assert "0600" in done.stderr
