"""Pulls killed at random moments: no list is lost, none is delivered twice, none is half of another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness import tables

SCRIPT = Path(__file__).with_name("killed_pull.py")


def killed(home: Path, kills: int, seed: int) -> dict:
    tables.lay(home)
    paths = os.pathsep.join([str(SCRIPT.parents[1]), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(home), str(kills), str(seed)],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def sound(told: dict) -> None:
    assert told["same"]
    assert told["acts"] == told["served"]
    assert told["pulls"] == ["done"]
    assert not told["left"]
    assert told["sound"]
    assert told["taken_up"] > 0


@pytest.mark.long
def test_two_kills_lose_and_double_nothing(tmp_path):
    sound(killed(tmp_path, 2, 1))


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_a_hundred_kills_lose_and_double_nothing(tmp_path):
    told = killed(tmp_path, 100, 2)
    sound(told)
    assert told["served"] > 10
