"""What is laid out for a cluster: keys of the register once, keys of a list for the length of a run, nothing after."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from dean06.reconcile import engine
from dean06.reconcile.engine import cluster
from dean06.reconcile.engine.connection import Bench, connect
from dean06.reconcile.engine.options import Cluster, ClusterStopped, ComponentMissing
from reconcile.matching import prepare, write_batch
from reconcile.test_engine_verdicts import person, row


@pytest.fixture
def prepared(tmp_path):
    return prepare(tmp_path, [person(at) for at in range(30)])


def test_a_register_s_keys_are_written_once(prepared, tmp_path):
    link = connect(threads=1, memory_limit="400MB", temp=tmp_path / "spill")
    link.execute(f"attach '{prepared}' as reg (read_only)")
    folder = tmp_path / "cluster"
    made = cluster.export(Bench(link), prepared, folder)
    written = {path: path.stat().st_mtime_ns for path in made.rglob("*.parquet")}
    days = link.execute(f"select dob from read_parquet('{made}/person/*.parquet')").fetchall()
    assert days == sorted(days)
    assert len(days) == 30
    assert cluster.export(Bench(link), prepared, folder) == made
    assert {path: path.stat().st_mtime_ns for path in made.rglob("*.parquet")} == written
    assert [path for path in folder.iterdir() if path != made] == []
    link.close()


def test_what_a_killed_run_left_goes_with_the_next(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    host = socket.gethostname()
    left, other, elsewhere = (
        tmp_path / name
        for name in (f"list-{host}-{ended.pid}-a", f"list-{host}-{os.getpid()}-b", f"list-x{host}-{ended.pid}-c")
    )
    for folder in (left, other, elsewhere):
        folder.mkdir()
    with cluster.workplace(tmp_path, "list") as ours:
        assert {path.name for path in tmp_path.iterdir()} == {ours.name, other.name, elsewhere.name}
        assert ours.stat().st_mode & 0o777 == 0o750
    assert not ours.exists()


def test_without_the_extra_or_the_cluster_nothing_is_left(prepared, tmp_path):
    folder = tmp_path / "cluster"
    batch, out = write_batch(tmp_path / "in.parquet", [row(person(1))]), tmp_path / "out.parquet"
    where = Cluster(remote="sc://127.0.0.1:1", folder=folder)
    with pytest.raises((ComponentMissing, ClusterStopped)):
        engine.run(prepared, batch, out, engine.Options(cluster=where))
    assert not out.exists()
    assert not list(folder.glob("list-*"))
    assert not list(tmp_path.glob(".out*"))
