"""Backup, restore and doctor: whole or nothing, and what is wrong is said."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys

import psycopg
import pytest

from dean06.cli import backup
from dean06.cli.main import main
from harness.tables import empty_database, own_database


@pytest.fixture
def state(tmp_path, monkeypatch):
    """Make a state directory with a database in use, a read-only snapshot, a paper and a key."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    home = tmp_path / "nhà cũ"
    files = {
        "vault/registers/01/register.parquet": b"so",
        "papers/ab/cd": b"giay",
        "keys/k": b"khoa",
        "run/serve.json": b"{}",
    }
    for name, data in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(data)
    (home / "vault/registers/01/register.parquet").chmod(0o400)
    monkeypatch.setenv("DEAN06_HOME", str(home))
    with contextlib.closing(sqlite3.connect(home / "dean06.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE viec (ten TEXT)")
        database.execute("INSERT INTO viec VALUES ('một')")
        database.commit()
        yield home


def rows(home):
    with contextlib.closing(sqlite3.connect(home / "dean06.sqlite3")) as database:
        return database.execute("SELECT ten FROM viec").fetchall()


def test_what_was_saved_comes_back(state, tmp_path, monkeypatch, capsys):
    assert main(["backup", str(tmp_path / "bản sao"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"] == 4
    monkeypatch.setenv("DEAN06_HOME", str(tmp_path / "mới"))
    assert main(["restore", str(tmp_path / "bản sao")]) == 0
    new = tmp_path / "mới"
    assert rows(new) == [("một",)]
    assert (new / "papers/ab/cd").read_bytes() == b"giay"
    assert (new / "vault/registers/01/register.parquet").stat().st_mode & 0o777 == 0o400
    assert not (new / "run").exists()
    assert new.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bản sao", "mới", "nhà cũ"]


def test_the_ledger_s_head_is_never_newer_than_the_copied_database(state, tmp_path, monkeypatch):
    head = state / backup.HEAD
    head.write_text("1")
    copied = backup._copy_sqlite

    def meanwhile_an_act(source, target):
        copied(source, target)
        head.write_text("2")

    monkeypatch.setattr(backup, "_copy_sqlite", meanwhile_an_act)
    backup.save(state, tmp_path / "bản sao", lambda *_: None)
    assert (tmp_path / "bản sao" / backup.HEAD).read_text() == "1"


@pytest.mark.parametrize("harm", ["changed", "missing", "no list", "outside"])
def test_a_damaged_backup_changes_nothing(state, tmp_path, monkeypatch, capsys, harm):
    copy, new = tmp_path / "copy", tmp_path / "new"
    main(["backup", str(copy)])
    if harm == "changed":
        (copy / "papers/ab/cd").write_bytes(b"gia1")
    elif harm == "missing":
        (copy / "papers/ab/cd").unlink()
    elif harm == "no list":
        (copy / "backup.json").unlink()
    else:
        (copy / "backup.json").write_text(json.dumps({"sha256": {"../nhà cũ/keys/k": "0"}}))
    monkeypatch.setenv("DEAN06_HOME", str(new))
    assert main(["restore", str(copy)]) == 3
    assert not new.exists()
    assert not (tmp_path / "new.part").exists()
    assert "bản sao lưu" in capsys.readouterr().err.lower()


def test_nothing_is_written_over(state, tmp_path, capsys):
    assert main(["backup", str(tmp_path / "copy")]) == 0
    assert main(["backup", str(tmp_path / "copy")]) == 3
    assert main(["restore", str(tmp_path / "copy")]) == 3
    assert main(["backup", str(state / "inside")]) == 3
    assert "already holds" in capsys.readouterr().err


def test_no_state_is_no_backup(tmp_path, monkeypatch):
    monkeypatch.setenv("DEAN06_HOME", str(tmp_path / "none"))
    assert main(["backup", str(tmp_path / "copy")]) == 3
    assert list(tmp_path.iterdir()) == []


def test_doctor_finds_an_installation_in_order(tmp_path, monkeypatch, capsys):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DEAN06_HOME", str(home))
    shape = [sys.executable, "-m", "dean06.cli.shape"]
    assert subprocess.run([*shape, "--check"], check=False).returncode == 1
    subprocess.run(shape, check=True)
    assert subprocess.run([*shape, "--check"], check=False).returncode == 0
    monkeypatch.setattr("dean06.cli.doctor.ENOUGH", 0)
    assert main(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {check["name"] for check in found["checks"]} >= {"python", "home", "disk", "privacy", "sqlite", "schema"}


def test_doctor_says_what_is_wrong(state, capsys):
    state.chmod(0o755)
    for left in state.glob("dean06.sqlite3*"):
        left.unlink()
    (state / "dean06.sqlite3").write_bytes(b"not a database" * 100)
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "chmod 700" in said
    assert "SQLite bị hỏng" in said


@pytest.mark.django_db
@pytest.mark.skipif("postgresql" not in os.environ.get("DATABASE_URL", ""), reason="runs in the PostgreSQL half")
def test_a_postgresql_database_comes_back(tmp_path, monkeypatch):
    first, second = own_database()["DATABASE_URL"], empty_database()
    monkeypatch.setenv("DEAN06_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("DATABASE_URL", first)
    with psycopg.connect(first, autocommit=True) as connection:
        connection.execute("CREATE TABLE viec (ten TEXT)")
        connection.execute("INSERT INTO viec VALUES ('một')")
    assert main(["backup", str(tmp_path / "copy")]) == 0
    monkeypatch.setenv("DATABASE_URL", second)
    monkeypatch.setenv("DEAN06_HOME", str(tmp_path / "new"))
    assert main(["restore", str(tmp_path / "copy")]) == 0
    with psycopg.connect(second) as connection:
        assert connection.execute("SELECT ten FROM viec").fetchall() == [("một",)]
    assert not (tmp_path / "new" / "dean06.pgdump").exists()
