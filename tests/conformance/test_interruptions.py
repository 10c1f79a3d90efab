"""Killed, stopped, on a full disk, or two at once: nothing is lost or half-written, and the next run is whole."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from conformance.desk import DAY, Told, dean06, read_parquet, reconcile, write_list, write_register
from conformance.people import person, written

SCRIPT = Path(__file__).with_name("interrupted.py")
LOADING = (
    "dean06.population.reading:read",
    "dean06.population.twin:build",
    "dean06.population.snapshot:seal",
    "dean06.reconcile.live:_record",
)
MATCHING = (
    "dean06.sources.shelf:put",
    "dean06.reconcile.engine.batch:read",
    "dean06.reconcile.engine.output:write",
    "dean06.reconcile.result_csv:_write_body",
    "dean06.cli.reconcile_job:say",
)


def interrupted(what: str, place: object, *words: object) -> Told:
    command = [sys.executable, str(SCRIPT), what, str(place), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "TZ": "UTC"})
    return Told(done.returncode, done.stdout, done.stderr)


def snapshots(directory: Path) -> list[tuple[str, int, list[str]]]:
    told = dean06("register", "info", "--register", directory, "--json").document["snapshots"]
    return [(one["as_of"], one["rows"], one["changed_files"]) for one in told]


def left(folder: Path) -> list[str]:
    """Return what lies about that a finished command would have taken away."""
    return sorted(path.name for path in folder.rglob(".*") if path.name != ".lock")


@pytest.fixture
def register(tmp_path) -> Path:
    """Give a register directory that already holds an earlier snapshot."""
    file = write_register(tmp_path / "cu.csv", [person(at) for at in range(30)])
    assert dean06("register", "load", file, "--as-of", "2025-06-30", "--register", tmp_path / "so").code == 0
    return tmp_path / "so"


@pytest.fixture
def newer(tmp_path) -> Sequence[object]:
    """Give the words of a load of a newer snapshot."""
    file = write_register(tmp_path / "moi.csv", [person(at) for at in range(40)])
    return ("register", "load", file, "--as-of", DAY, "--register", tmp_path / "so")


@pytest.fixture
def sector(tmp_path) -> Path:
    (tmp_path / "viec").mkdir()
    return write_list(tmp_path / "viec" / "ds.csv", [written(person(at)) for at in range(20)])


def test_a_load_killed_at_every_step_in_turn_leaves_the_old_register_or_the_whole_new_one(register, newer):
    old, new = ("2025-06-30", 30, []), (DAY, 40, [])
    for place in LOADING:
        assert interrupted("kill", place, *newer).code == -signal.SIGKILL
        assert snapshots(register) in ([old], [old, new])
    assert dean06(*newer).code == 0
    assert snapshots(register) == [old, new]
    assert left(register) == []


def test_a_run_killed_at_every_step_in_turn_leaves_the_result_that_was_there(register, sector):
    out = sector.with_name("ra.csv")
    assert reconcile(register, sector, out).code == 0
    write_list(sector, [written(person(at), gioi_tinh="Nam") for at in range(25)])
    words = ("reconcile", sector, "--source", "chung", "--register", register, "--out", out)
    before = out.read_bytes()
    for place in MATCHING[:-1]:
        assert interrupted("kill", place, *words).code == -signal.SIGKILL
        assert out.read_bytes() == before
    assert interrupted("kill", MATCHING[-1], *words).code == -signal.SIGKILL
    assert out.read_bytes() != before
    whole = out.read_bytes()
    assert dean06(*words).code == 1
    assert out.read_bytes() == whole
    assert sorted(path.name for path in sector.parent.iterdir()) == ["ds.csv", "ra.csv", "ra.csv.provenance.json"]


def test_ctrl_c_stops_cleanly(register, sector, newer):
    told = interrupted(
        "stop",
        MATCHING[2],
        "reconcile",
        sector,
        "--source",
        "chung",
        "--register",
        register,
        "--out",
        sector.with_name("ra.csv"),
    )
    assert (told.code, told.err) == (130, "Đã dừng theo yêu cầu.\nStopped.\n")
    assert [path.name for path in sector.parent.iterdir()] == ["ds.csv"]
    assert interrupted("stop", LOADING[2], *newer).code == 130
    assert snapshots(register) == [("2025-06-30", 30, [])]
    assert left(register) == []


@pytest.mark.parametrize("most", [0, 20_000])
def test_a_full_disk_is_said_and_leaves_what_was_there(register, sector, newer, most):
    out = sector.with_name("ra.xlsx")
    assert reconcile(register, sector, out).code == 0
    before = {path.name: path.read_bytes() for path in sector.parent.iterdir()}
    for words in (newer, ("reconcile", sector, "--source", "chung", "--register", register, "--out", out)):
        told = interrupted("limit", most, *words)
        if told.code in (0, 1):  # it fitted
            continue
        assert told.code == 5, told.err
        assert len(told.err.splitlines()) == 2
        assert left(register) == left(sector.parent) == []
    assert snapshots(register)[0] == ("2025-06-30", 30, [])
    if most == 0:
        assert len(snapshots(register)) == 1
        assert {path.name: path.read_bytes() for path in sector.parent.iterdir()} == before
    assert dean06(*newer).code == 0


def test_two_loads_at_once_take_turns(register, newer):
    holder = os.open(register / ".lock", os.O_RDWR)
    fcntl.flock(holder, fcntl.LOCK_EX)
    try:
        told = dean06(*newer)
    finally:
        os.close(holder)
    assert told.code == 5
    assert "chờ xong rồi chạy lại" in told.err
    assert dean06(*newer).code == 0


def test_two_runs_at_once_write_the_same_whole_file(register, sector):
    for path in register.glob("*/prepared/*"):
        path.unlink()  # both must also make the keys
    out = sector.with_name("ra.parquet")
    command = [
        sys.executable,
        "-m",
        "dean06",
        "reconcile",
        sector,
        "--source",
        "chung",
        "--register",
        register,
        "--out",
        out,
    ]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    assert [one.communicate()[1] for one in both] == [b"", b""]
    assert [one.returncode for one in both] == [0, 0]
    assert len(read_parquet(out)) == 20
    assert sorted(path.name for path in sector.parent.iterdir()) == [
        "ds.csv",
        "ra.parquet",
        "ra.parquet.provenance.json",
    ]


def test_a_run_beside_another_keeps_off_its_work(register, sector):
    living = sector.with_name(f".dean06-{os.getpid()}-x")
    living.mkdir()
    dead = sector.with_name(".dean06-999999999-x")
    dead.mkdir()
    assert reconcile(register, sector, sector.with_name("ra.csv")).code == 0
    assert living.is_dir()
    assert not dead.exists()


@pytest.mark.proof
def test_a_million_rows_are_matched_and_more_than_a_sheet_holds_are_refused(register, tmp_path):
    rows = 1_000_000
    lines = [",".join(written(person(at)).values()) for at in range(1000)]
    file = tmp_path / "trieu.csv"
    head = "Họ và tên,Ngày sinh,Giới tính,Số CCCD/CMND,Mã xã"
    with file.open("w", encoding="utf-8") as handle:
        handle.write(f"{head}\n")
        for _ in range(rows // 1000):
            handle.write("\n".join(lines) + "\n")
    told = reconcile(register, file, tmp_path / "ra.parquet", "--json").document
    assert told["rows"] == rows
    assert told["by_result"]["TRUNG"] == 30 * 999
    with file.open("a", encoding="utf-8") as handle:
        for _ in range(49):
            handle.write("\n".join(lines) + "\n")
    refused = reconcile(register, file, tmp_path / "nua.parquet")
    assert refused.code == 3
    assert "1.048.576 dòng" in refused.err
    assert not (tmp_path / "nua.parquet").exists()
