"""A register and a list, from the terminal alone: no database, no Django, the contract's JSON and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pytest

from population.registers import people, write_csv

HEADER = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Mã xã")

RUNNER = """
import sys
from dean06.cli.main import main
code = main(sys.argv[1:])
assert 'django' not in sys.modules
sys.exit(code)
"""


def dean06(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", RUNNER, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def listed(rows: int, *, wrong: bool) -> list[tuple[str, ...]]:
    found = []
    for at, (number, _, name, born, sex, unit, *_rest) in enumerate(people(rows)):
        year, month, day = born.split("-")
        commune = "19999" if wrong and at == 2 else unit
        found.append((str(at + 1), name, f"{day}/{month}/{year}", sex, number, commune))
    return found


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    file = write_csv(folder / "so dan cu.csv", people(60))
    done = dean06("register", "load", file, "--as-of", "2022-07-01", "--register", folder / "so")
    assert done.returncode == 0, done.stderr
    assert "60 người" in done.stdout
    return folder / "so"


def test_register_info(shelf):
    done = dean06("register", "info", "--register", shelf, "--json")
    assert done.returncode == 0
    (snapshot,) = json.loads(done.stdout)["snapshots"]
    assert (snapshot["rows"], snapshot["as_of"], snapshot["changed_files"]) == (60, "2022-07-01", [])
    assert "nguyên vẹn" in dean06("register", "info", "--register", shelf).stdout


def test_a_clean_list_exits_0_and_the_json_is_the_contracts(shelf, tmp_path):
    file = write_csv(tmp_path / "danh sach.csv", listed(20, wrong=False), HEADER)
    out = tmp_path / "ket qua.parquet"
    done = dean06("reconcile", file, "--source", "chung", "--out", out, "--register", shelf, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["rows"] == 20
    assert said["by_result"] == {"KHOP_HOAN_TOAN": 20}
    assert set(said["seconds"]) >= {"prepare", "reconcile", "write"}
    assert said["peak_rss_mb"] > 0
    assert said["register"]["rows"] == 60
    assert set(said["register"]) == {"rows", "as_of", "sha256"}
    assert set(said["file"]) == {"sha256", "sheets"}
    assert said["engine"] == "duckdb"
    note = json.loads((tmp_path / "ket qua.parquet.provenance.json").read_text())
    assert note["run"] == said["run"]
    assert note["file"]["sha256"] == said["file"]["sha256"]
    with duckdb.connect() as link:
        names = [row[0] for row in link.execute(f"describe select * from '{out}'").fetchall()]
    assert names[:10] == [
        "dong",
        "trang_tinh",
        "ket_qua",
        "so_dinh_danh",
        "do_tin_cay",
        "sai_truong",
        "goi_y",
        "ung_vien",
        "ly_do",
        "lop",
    ]
    assert names[10:] == [f"goc_{name}" for name in HEADER]
    assert not list(tmp_path.glob(".dean06-*"))


def test_findings_exit_1_and_every_kind_of_result_is_written(shelf, tmp_path):
    file = write_csv(tmp_path / "ds.csv", listed(20, wrong=True), HEADER)
    for kind in (".csv", ".xlsx", ".parquet"):
        out = tmp_path / f"kq{kind}"
        done = dean06("reconcile", file, "--source", "chung", "--out", out, "--register", shelf)
        assert done.returncode == 1, done.stderr
        assert "KHOP_SAI_LECH" in done.stdout
        assert out.stat().st_size > 0
    assert (tmp_path / "kq.csv").read_text(encoding="utf-8-sig").splitlines()[0].startswith("dong,trang_tinh,ket_qua")
    assert len(openpyxl.load_workbook(tmp_path / "kq.xlsx").sheetnames) >= 2


def test_threads_change_no_byte_of_any_kind(shelf, tmp_path):
    file = write_csv(tmp_path / "ds.csv", listed(30, wrong=True), HEADER)
    for kind in (".csv", ".parquet"):
        made = []
        for threads in ("1", "3"):
            out = tmp_path / f"kq{kind}"
            dean06("reconcile", file, "--source", "chung", "--out", out, "--register", shelf, "--threads", threads)
            made.append(out.read_bytes())
        assert made[0] == made[1], kind


def test_next_month_only_what_changed_is_matched_again_and_the_result_is_that_of_a_full_run(tmp_path):
    shelf, trail, everybody = tmp_path / "so", tmp_path / "bhyt.vet", people(600)

    def month(day, of_register, of_list):
        load = ["register", "load", write_csv(tmp_path / f"so-{day}.csv", of_register), "--as-of", day, "--update"]
        assert dean06(*load, "--register", shelf).returncode == 0
        file = write_csv(tmp_path / f"ds-{day}.csv", of_list, HEADER)
        asked = ["reconcile", file, "--source", "chung", "--register", shelf]
        done = dean06(*asked, "--out", tmp_path / f"kq-{day}.csv", "--carry", trail, "--json")
        assert done.returncode == 1, done.stderr
        return asked, json.loads(done.stdout)

    rows = listed(60, wrong=True)
    assert month("2022-07-01", everybody, rows)[1]["carried"] == 0
    rows = [*rows[:50], *listed(70, wrong=False)[60:]]
    asked, said = month("2022-08-01", [*everybody[:590], *people(610)[600:]], rows)
    assert 30 <= said["carried"] <= 50
    assert said["register"]["rows"] == 600
    # The second snapshot's own keys were never made.
    assert sorted(one.name for one in shelf.glob("*/prepared/*.duckdb")) == ["keys.duckdb", "updated.duckdb"]
    shown = json.loads(dean06("register", "info", "--register", shelf, "--json").stdout)
    assert [one["changed_files"] for one in shown["snapshots"]] == [[], []]
    done = dean06(*asked, "--out", tmp_path / "kq-lai.csv", "--carry", trail)
    assert "60 dòng như lần trước" in done.stdout
    assert (tmp_path / "kq-lai.csv").read_bytes() == (tmp_path / "kq-2022-08-01.csv").read_bytes()
    refused = dean06(*asked, "--out", tmp_path / "kq-hong.csv", "--carry", tmp_path / "ds-2022-07-01.csv")
    assert refused.returncode == 3
    assert "ds-2022-07-01.csv" in refused.stderr
    assert not (tmp_path / "kq-hong.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (
            ("reconcile", "khong-co.csv", "--source", "chung", "--out", "{tmp}/kq.csv", "--register", "{shelf}"),
            3,
            "khong-co",
        ),
        (("reconcile", "{file}", "--source", "la-gi", "--out", "{tmp}/kq.csv", "--register", "{shelf}"), 3, "la-gi"),
        (("reconcile", "{file}", "--source", "chung", "--out", "{tmp}/kq.doc", "--register", "{shelf}"), 2, ".parquet"),
        (
            ("reconcile", "{file}", "--source", "chung", "--out", "{tmp}/kq.csv", "--register", "{tmp}/rong"),
            3,
            "register load",
        ),
        (("register", "load", "{file}", "--as-of", "1/7/2022", "--register", "{tmp}/so"), 2, "yyyy-mm-dd"),
        (("register", "load", "{file}", "--as-of", "2022-07-01", "--register", "{tmp}/so"), 3, "so_dinh_danh"),
    ],
)
def test_bad_input_is_a_sentence_and_an_exit_code(shelf, tmp_path, arguments, code, says):
    file = write_csv(tmp_path / "ds.csv", listed(3, wrong=False), HEADER)
    filled = [text.format(tmp=tmp_path, shelf=shelf, file=file) for text in arguments]
    done = dean06(*filled)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert not (tmp_path / "kq.csv").exists()
