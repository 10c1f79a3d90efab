"""Commands that change an installation, from the terminal: in whose name, under which charter, with which exit code."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from conformance.desk import Told, dean06
from dean06.demo import service as demo
from dean06.ledger import service as ledger
from flows.conftest import at
from harness import tables

SETUP = Path(__file__).parents[1] / "flows" / "killed.py"
CLERK, MEMBER, KEEPER = "qn-secretariat-TEAM", "qn-member-BHXH", "qn-register_keeper-POL"


def report(out: Path, account: str, month: str = "2022-07", group: str = "qn", hour: int = 9) -> Told:
    words = ("report", "month", "--group", group, "--month", month, "--out", out, "--as", account)
    with at(2022, 7, 3, hour):
        return dean06(*words, "--json")


def test_a_month_s_report_is_made_and_written_out(office, tmp_path):
    office.load_register("2022-06")
    office.deliver("bhyt", "BHXH", "2022-06")
    told = report(tmp_path / "ra", CLERK)
    assert (told.code, told.err) == (0, "")
    document = told.document
    assert (document["month"], document["since"], document["version"]) == ("2022-07", "2022-06-01", 1)
    assert sorted(document["files"]) == ["docx", "pdf", "xlsx"]
    heads = {kind: Path(path).read_bytes()[:4] for kind, path in document["files"].items()}
    assert heads == {"docx": b"PK\x03\x04", "pdf": b"%PDF", "xlsx": b"PK\x03\x04"}
    assert document["facts"]
    log = ledger.verify()
    assert log.sound
    assert log.sequenced == log.entries > 0
    again = report(tmp_path / "ra", CLERK, hour=10).document
    assert sorted(path.name for path in (tmp_path / "ra").iterdir()) == [
        f"bao-cao-qn-2022-07.{kind}" for kind in ("docx", "pdf", "xlsx")
    ]
    assert again["facts"] == document["facts"]


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"account": "ai-do"}, 3, "ai-do"),
        ({"group": "khong-co"}, 3, "khong-co"),
        ({"month": "2022-13"}, 3, "2022-13"),
        ({"month": "thang-7"}, 3, "thang-7"),
        ({"account": KEEPER}, 4, "được"),
    ],
)
def test_a_report_that_cannot_be_made_says_why_and_writes_nothing(office, tmp_path, change, code, said):
    told = report(tmp_path / "ra", **{"account": CLERK, **change})
    assert told.code == code, told.err
    assert said in told.document["error"]["vi"]
    assert len(told.err.splitlines()) == 2
    assert not (tmp_path / "ra").exists()


def test_a_register_for_a_group_is_loaded_by_its_keeper_alone(office, tmp_path):
    file = tmp_path / "so.csv"
    demo.write_register(office.world, "2022-06", file)
    words = ("register", "load", file, "--as-of", "2022-06-30", "--group", "qn", "--json", "--as")
    with at(2022, 6, 30, 20):
        refused = dean06(*words, MEMBER)
        assert (refused.code, refused.document["error"]["code"]) == (4, 4)
        told = dean06(*words, KEEPER)
    assert told.code == 0, told.err
    assert told.document["group"] == "qn"
    assert told.document["as_of"] == "2022-06-30"
    assert told.document["rows"] > 400


# ---------------------------------------------------------------- the ledger, outside the installation


@pytest.fixture(scope="module")
def founded(tmp_path_factory) -> Path:
    """Give the state of an installation that was set up by a process of its own."""
    home = tmp_path_factory.mktemp("founded")
    tables.lay(home)
    paths = os.pathsep.join([str(SETUP.parents[1]), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONPATH": paths}
    subprocess.run([sys.executable, str(SETUP), str(home), "setup"], env=env, capture_output=True, check=True)
    env |= {"DEAN06_HOME": str(home), "DJANGO_SETTINGS_MODULE": "dean06.settings", "DATABASE_URL": ""}
    sequence = "import django; django.setup(); from dean06.ledger import service; service.sequence()"
    subprocess.run([sys.executable, "-c", sequence], env=env, capture_output=True, check=True)
    return home


@pytest.fixture
def copied(founded, tmp_path, monkeypatch) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return Path(shutil.copytree(founded, tmp_path / "home"))


def changed(home: Path, statement: str) -> None:
    """Change the store behind the product's back: its triggers are dropped first, as an intruder would."""
    with closing(sqlite3.connect(home / "dean06.sqlite3")) as link:
        for (name,) in link.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            link.execute(f"drop trigger {name}")
        link.execute(statement)
        link.commit()


def test_a_sound_ledger_is_0(copied):
    told = dean06("ledger", "verify", copied, "--json")
    assert told.code == 0
    assert told.document["sound"]
    assert told.document["entries"] > 10


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_entry set body = replace(body, '2022-05-20', '2022-05-21') where id = 5",
        "update ledger_entry set body = body || ' ' where id = 5",
        "update ledger_entry set actor = actor || 'x' where id = 5",
        "update ledger_entry set leaf_hash = (select leaf_hash from ledger_entry where id = 6) where id = 5",
        "delete from ledger_entry where id = 5",
    ],
)
def test_a_tampered_ledger_is_1_and_names_the_entry(copied, statement):
    changed(copied, statement)
    told = dean06("ledger", "verify", copied)
    faults = [line for line in told.out.splitlines() if line.startswith("✗")]
    assert told.code == 1
    assert faults
    assert "5" in faults[0]
    assert dean06("ledger", "verify", copied, "--json").document["sound"] is False


def test_an_export_is_verified_without_the_installation_and_a_changed_byte_found(copied, tmp_path, monkeypatch):
    monkeypatch.setenv("DEAN06_HOME", str(copied))
    out = tmp_path / "so-ghi.jsonl"
    assert dean06("ledger", "export", out).code == 0
    assert dean06("ledger", "verify", out).code == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    entry = json.loads(lines[3])
    entry["body"] = entry["body"].replace("2022", "2023", 1)
    out.write_text("\n".join([*lines[:3], json.dumps(entry, ensure_ascii=False), *lines[4:]]), encoding="utf-8")
    told = dean06("ledger", "verify", out)
    assert told.code == 1
    assert told.out.startswith("✗")


def test_a_store_that_is_no_store_is_said(copied):
    (copied / "dean06.sqlite3").write_bytes(b"khong phai co so du lieu" * 100)
    told = dean06("ledger", "verify", copied, "--json")
    assert told.code == 5
    assert "dean06.sqlite3" in told.document["error"]["vi"]
