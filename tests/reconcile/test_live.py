"""Keys made once for a snapshot, by one process, and made again when they are not what was made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dean06.clock.errors import Unavailable
from dean06.population import live as population
from dean06.reconcile import live
from population.registers import AS_OF, people, write_csv
from reconcile.matching import read_result, write_batch

MAKER = """
import sys
from pathlib import Path
from dean06.reconcile import live
live.ensure_prepared(Path(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    return population.load_snapshot(write_csv(folder / "so.csv", people(40)), AS_OF, folder / "so")


def test_keys_are_made_once_and_sealed(snapshot):
    prepared = live.ensure_prepared(snapshot.directory)
    made = prepared.stat().st_mtime_ns
    assert live.ensure_prepared(snapshot.directory).stat().st_mtime_ns == made
    assert prepared.stat().st_mode & 0o222 == 0
    assert population.verify(snapshot) == ()


def test_a_changed_byte_of_the_keys_is_found_and_half_made_keys_are_made_again(snapshot):
    prepared = live.ensure_prepared(snapshot.directory)
    whole = prepared.read_bytes()
    prepared.chmod(0o600)
    prepared.write_bytes(whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:])
    assert population.verify(snapshot) == ("prepared/keys.duckdb",)
    prepared.write_bytes(whole[:100])
    live.ensure_prepared(snapshot.directory)
    assert population.verify(snapshot) == ()


def test_two_processes_make_the_keys_once(snapshot):
    live.ensure_prepared(snapshot.directory)
    (snapshot.prepared / "manifest.json").unlink()
    command = [sys.executable, "-c", MAKER, str(snapshot.directory)]
    both = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert population.verify(snapshot) == ()


def test_a_match_leaves_nothing_but_its_result(snapshot, tmp_path):
    number, _, name, born, *_ = people(40)[3]
    batch = write_batch(tmp_path / "in.parquet", [{"ho_ten": name, "ngay_sinh": born, "so_cccd": number}])
    out = tmp_path / "out.parquet"
    live.match(live.ensure_prepared(snapshot.directory), batch, out, live.Options())
    assert [row["ket_qua"] for row in read_result(out)] == ["KHOP_HOAN_TOAN"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def test_damaged_keys_are_one_sentence(snapshot, tmp_path):
    keys = tmp_path / "keys.duckdb"
    keys.write_bytes(b"not a database at all" * 400)
    batch = write_batch(tmp_path / "in.parquet", [{"ho_ten": "Lê Văn An"}])
    with pytest.raises(Unavailable, match="Bộ đối soát dừng"):
        live.match(keys, batch, tmp_path / "out.parquet", live.Options())
    assert not Path(tmp_path / "out.parquet").exists()
