"""Killed at any step, the work comes back whole: the same rows, tasks and ledger as if nothing had happened."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harness import tables

pytestmark = pytest.mark.long

SCRIPT = Path(__file__).with_name("killed.py")
STEPS = ("doc-tep", "chuan-bi", "doi-soat", "ghi-ket-qua", "ghi-sai-lech", "giao-sua")


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(SCRIPT.parents[1]), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONPATH": paths}
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(home), *words], env=env, capture_output=True, text=True, check=False
    )


def told(done: subprocess.CompletedProcess[str]) -> dict:
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def received(tmp_path_factory) -> Path:
    """Give a state directory with one delivery received and nothing done yet."""
    home = tmp_path_factory.mktemp("received")
    tables.lay(home)
    made = run(home, "setup")
    assert made.returncode == 0, made.stderr[-2000:]
    return home


@pytest.fixture(scope="module")
def undisturbed(received, tmp_path_factory) -> dict:
    """Tell what stands after a run that nobody disturbed."""
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    shutil.copytree(received, home)
    return told(run(home, "finish"))


@pytest.mark.proof
def test_a_run_killed_at_every_step_in_turn_ends_as_if_never_disturbed(received, undisturbed, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(received, home)
    for step in STEPS:
        killed = run(home, "run", step)
        assert killed.returncode == -signal.SIGKILL, (step, killed.stderr[-500:])
    assert told(run(home, "finish")) == undisturbed
    assert undisturbed["sound"]
    assert undisturbed["tasks"]


@pytest.mark.proof
def test_a_report_killed_while_its_files_are_written_is_made_whole_the_next_time(received, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(received, home)
    assert run(home, "finish").returncode == 0
    for suffix in ("xlsx", "docx", "pdf"):
        assert run(home, "report", suffix).returncode == -signal.SIGKILL
    after = told(run(home, "report", ""))
    assert (after["papers"], after["sound"]) == (1, True)
    assert [month for month, _ in after["reports"]] == ["2022-07"]
    assert not list(home.rglob("*.part"))


@pytest.mark.proof
def test_a_hand_over_killed_in_its_middle_leaves_nothing_and_is_done_whole_the_next_time(received, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(received, home)
    before = told(run(home, "finish"))
    for part in ("work.hand_over", "numbers.close_series", "offices.end_group"):
        killed = run(home, "end", part)
        assert killed.returncode == -signal.SIGKILL, (part, killed.stderr[-800:])
        assert told(run(home, "finish"))["tasks"] == before["tasks"]
    after = told(run(home, "end", "finish"))
    assert (after["end_ended"], after["end_states"], after["sound"]) == (True, ["done"], True)
    assert len(after["tasks"]) == 2 * len(before["tasks"])
