"""The demonstration is there whole or not at all, and is never made over an installation."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys

import pytest

from dean06.cli import demonstration
from dean06.cli.occupancy import occupy
from dean06.clock.errors import Unavailable

MAKER = """
import os, pathlib
def build(progress):
    progress(1, 1, "xong")
    home = pathlib.Path(os.environ["DEAN06_HOME"])
    (home / "vault").mkdir()
    return [{"username": "truong", "password": "mau", "role": "Tổ trưởng", "group": "Tổ mẫu"}]
"""


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Replace the making by one that writes two files and may be cut off between them."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(demonstration, "offered", lambda: True)
    state = {"cut": False, "times": 0}

    def run(command, *, env, check):
        home = env["DEAN06_HOME"]
        state["times"] += 1
        assert os.listdir(home) == []  # noqa: PTH208  the string is what the maker is given
        os.makedirs(os.path.join(home, "vault"))  # noqa: PTH103, PTH118  the string is what the maker is given
        if state["cut"]:
            return subprocess.CompletedProcess(command, -9)
        with open(os.path.join(home, demonstration.NOTE), "w") as note:  # noqa: PTH118, PTH123  the string is what the maker is given
            json.dump({"accounts": [{"username": "truong"}]}, note)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(demonstration.subprocess, "run", run)
    return state


def ensure(home):
    held = demonstration.ensure(home)
    assert held.directory == home
    return held


def test_it_is_made_once(made, tmp_path):
    home = tmp_path / "nhà"
    with contextlib.closing(ensure(home)):
        assert demonstration.accounts(home) == [{"username": "truong"}]
    ensure(home).close()
    assert made["times"] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nhà"]


def test_a_making_that_was_cut_off_is_made_afresh(made, tmp_path):
    home = tmp_path / "home"
    made["cut"] = True
    with pytest.raises(Unavailable):
        demonstration.ensure(home)
    assert not home.exists()
    made["cut"] = False
    ensure(home).close()
    assert made["times"] == 2


def test_a_start_that_died_before_the_last_rename_is_finished(made, tmp_path):
    home = tmp_path / "home"
    ensure(home).close()
    home.rename(tmp_path / "home.part")
    ensure(home).close()
    assert made["times"] == 1


def test_an_empty_home_left_by_a_check_is_replaced(made, tmp_path):
    home = tmp_path / "home"
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "secret-key").write_text("x")
    with contextlib.closing(sqlite3.connect(home / "dean06.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
    ensure(home).close()
    assert (home / "vault").is_dir()


@pytest.mark.parametrize("kept", ["vault", "papers", "keys/ledger"])
def test_an_installation_is_never_replaced(made, tmp_path, capsys, kept):
    home = tmp_path / "home"
    (home / kept).mkdir(parents=True)
    ensure(home).close()
    assert made["times"] == 0
    assert (home / kept).is_dir()
    assert "đã là một bản cài đặt" in capsys.readouterr().out


def test_a_second_start_during_the_making_waits_for_nobody(made, tmp_path):
    home = tmp_path / "home"
    with contextlib.closing(occupy(tmp_path / "home.part")), pytest.raises(Unavailable, match="đang khởi động"):
        demonstration.ensure(home)
    assert made["times"] == 0


def test_the_lock_travels_with_the_finished_directory(made, tmp_path):
    home = tmp_path / "home"
    with contextlib.closing(ensure(home)), pytest.raises(Unavailable):
        occupy(home)
    occupy(home).close()


def test_it_is_refused_on_a_shared_database(made, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://dean06@/dean06")
    with pytest.raises(Unavailable, match="SQLite"):
        demonstration.ensure(tmp_path / "home")
    assert made["times"] == 0


@pytest.mark.proof
def test_the_maker_fills_a_migrated_home_and_the_note_comes_last(tmp_path):
    (tmp_path / "maker.py").write_text(MAKER)
    source = "import sys; from dean06.cli import demonstration as d; d.MAKER = ('maker', 'build'); sys.exit(d.make())"
    home = tmp_path / "home"
    environment = {**os.environ, "DEAN06_HOME": str(home), "PYTHONPATH": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", source], env=environment, check=True)
    assert demonstration.accounts(home)[0]["role"] == "Tổ trưởng"
    with contextlib.closing(sqlite3.connect(home / "dean06.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM django_migrations").fetchone()[0] > 0
