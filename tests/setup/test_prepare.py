"""Preparing a bare machine: what is missing is named, a half-made environment never counts, a whole one is quick."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import pytest

from harness.tree import ROOT, load_tool

LOCKS = ["run", "test", "bench", "spark"]
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(\[[^]]+\])?==(\S+)", re.MULTILINE)


@pytest.fixture
def prepare(tmp_path, monkeypatch):
    """Give the script, pointed at a checkout of its own; what it would run is written to `did`."""
    tool = load_tool("prepare")
    checkout = tmp_path / "a place"
    (checkout / "requirements").mkdir(parents=True)
    (checkout / "pyproject.toml").write_text("one")
    for name in LOCKS:
        (checkout / "requirements" / f"{name}.txt").write_text(f"{name}==1 --hash=x\n")
    monkeypatch.setattr(tool, "ROOT", checkout)
    monkeypatch.setattr(tool, "VENV", checkout / ".venv")
    monkeypatch.setattr(tool, "NOTE", checkout / ".venv" / "prepared.json")
    monkeypatch.setattr(tool, "PYTHON", checkout / ".venv" / "bin" / "python")
    tool.did = []

    def run(command, **options):
        tool.did.append(" ".join(map(str, command)))
        if "venv" in command:
            (checkout / ".venv" / "bin").mkdir(parents=True)
            tool.PYTHON.write_text("")
        return SimpleNamespace(returncode=0, stdout="", stderr="")

    def run_pip(arguments, count, what):
        assert not tool.NOTE.exists()
        tool.did.append(what)

    monkeypatch.setattr(tool.subprocess, "run", run)
    monkeypatch.setattr(tool, "run_pip", run_pip)
    monkeypatch.setattr(tool, "system_packages", lambda level: [])
    return tool


def made_anew(tool):
    return any("-m venv" in act for act in tool.did)


def test_a_second_preparation_does_nothing(prepare):
    assert prepare.main("run") == 0
    assert made_anew(prepare)
    prepare.did.clear()
    assert prepare.main("run") == 0
    assert prepare.did == []


def test_a_wider_level_adds_only_what_it_lacks(prepare):
    prepare.main("run")
    prepare.did.clear()
    prepare.main("test")
    assert prepare.did == ["thư viện (test)", "dean06"]
    prepare.did.clear()
    prepare.main("run")
    assert prepare.did == []


def test_an_interrupted_one_is_made_anew(prepare, monkeypatch):
    def interrupted(arguments, count, what):
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(prepare, "run_pip", interrupted)
        assert prepare.main("run") == 130
    prepare.did.clear()
    assert prepare.main("run") == 0
    assert made_anew(prepare)


def test_an_upgrade_that_is_cut_off_is_made_anew(prepare, monkeypatch):
    def fails(arguments, count, what):
        raise prepare.Stop("mất mạng")

    prepare.main("run")
    (prepare.ROOT / "requirements" / "run.txt").write_text("run==2 --hash=y\n")
    with monkeypatch.context() as cut:
        cut.setattr(prepare, "run_pip", fails)
        assert prepare.main("run") == 5
    prepare.did.clear()
    prepare.main("run")
    assert made_anew(prepare)


def test_a_moved_checkout_gets_a_new_environment(prepare):
    prepare.main("run")
    note = json.loads(prepare.NOTE.read_text())
    prepare.NOTE.write_text(json.dumps({**note, "folder": "elsewhere"}))
    prepare.did.clear()
    prepare.main("run")
    assert made_anew(prepare)


@pytest.mark.parametrize("broken", ["", "{", "[]", "3"])
def test_a_broken_note_counts_for_nothing(prepare, broken):
    prepare.main("run")
    prepare.NOTE.write_text(broken)
    prepare.did.clear()
    prepare.main("run")
    assert made_anew(prepare)


def test_libraries_are_looked_for_by_the_loader():
    tool = load_tool("prepare")
    assert tool.has_library("libc.so.6")
    assert not tool.has_library("libnone.so.0")


def test_without_sudo_the_one_line_is_printed(prepare, monkeypatch, capsys):
    monkeypatch.setattr(prepare, "system_packages", lambda level: ["python3-venv", "chromium"])
    monkeypatch.setattr(prepare.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(prepare.shutil, "which", lambda name: None if name == "sudo" else f"/usr/bin/{name}")
    assert prepare.main("test") == 5
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "apt-get install -y --no-install-recommends python3-venv chromium" in said
    assert prepare.did == []


@pytest.mark.parametrize(("user", "first"), [(0, "env"), (1000, "sudo")])
def test_system_packages_come_with_apt(prepare, monkeypatch, user, first):
    answers = iter([["chromium"], []])
    monkeypatch.setattr(prepare, "system_packages", lambda level: next(answers))
    monkeypatch.setattr(prepare.os, "geteuid", lambda: user)
    monkeypatch.setattr(prepare.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert prepare.main("run") == 0
    assert prepare.did[0].startswith(f"{first} ")
    assert prepare.did[1].endswith("apt-get install -y --no-install-recommends chromium")


def test_what_a_level_needs_is_looked_for(monkeypatch):
    tool = load_tool("prepare")
    monkeypatch.setattr(tool.shutil, "which", lambda name: None)
    monkeypatch.setattr(tool, "find_spec", lambda name: None)
    monkeypatch.setattr(tool, "has_library", lambda name: False)
    monkeypatch.setattr(tool.Path, "glob", lambda path, pattern: iter(()))
    monkeypatch.setattr(tool.Path, "exists", lambda path: False)
    assert tool.system_packages("run") == ["python3-venv"]
    assert tool.system_packages("test") == [
        "python3-venv",
        "chromium",
        "libatomic1",
        "poppler-utils",
        "softhsm2",
        "postgresql",
        "mariadb-server",
    ]


def pins(name):
    return {found[1]: found[3] for found in PIN.finditer((ROOT / "requirements" / f"{name}.txt").read_text())}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_exact_and_hashed(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 20
    assert all(PIN.match(entry) and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_the_locks_agree():
    assert pins("run").items() <= pins("test").items()
    assert pins("run").items() <= pins("bench").items()
    assert pins("run").items() <= pins("spark").items()
    assert all(pins("test").get(name, version) == version for name, version in pins("spark").items())
