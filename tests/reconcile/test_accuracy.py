"""Lists made by another hand keep the bars of precision and recall: small at every change, whole in the proof."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def ran(script: str, register: int, rows: int) -> str:
    command = [sys.executable, str(BENCHMARKS / script), "--register", str(register), "--rows", str(rows)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize(
    ("register", "rows"),
    [(4_000, 2_000), pytest.param(100_000, 20_000, marks=pytest.mark.proof)],
)
def test_persons_named_are_the_right_ones(register, rows):
    assert "no identity number" in ran("bench_accuracy.py", register, rows)


@pytest.mark.parametrize(
    ("register", "rows"),
    [(4_000, 500), pytest.param(100_000, 10_000, marks=pytest.mark.proof)],
)
def test_twins_namesakes_fathers_and_borrowed_numbers_are_not_merged_silently(register, rows):
    assert "a spouse's number" in ran("bench_dangers.py", register, rows)
