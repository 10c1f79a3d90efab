"""A file of a million rows is read whole within bounded memory, whatever the machine has."""

from __future__ import annotations

import subprocess
import sys

import pytest

LIMIT_MB = 900
READ = """
import sys
from pathlib import Path
from dean06.cli.memory import peak_mb
from dean06.sources import live
batch = live.read_batch(Path(sys.argv[1]), live.contract("chung"), Path(sys.argv[2]))
print(batch.rows, peak_mb())
"""


@pytest.mark.parametrize("rows", [20_000, pytest.param(1_000_000, marks=pytest.mark.proof)])
def test_a_long_list_is_read_whole_in_bounded_memory(rows, tmp_path):
    path = tmp_path / "dai.csv"
    with path.open("w", encoding="utf-8-sig") as out:
        out.write("STT;Họ và tên;Ngày sinh;Giới tính;Số CCCD\r\n")
        for number in range(rows):
            born = f"{number % 28 + 1:02}/{number % 12 + 1:02}/{1940 + number % 80}"
            out.write(f"{number + 1};Nguyễn Văn Mẫu {number % 977};{born};Nam;044{number:09}\r\n")
    command = [sys.executable, "-c", READ, str(path), str(tmp_path / "lo")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    read, memory = map(int, done.stdout.split())
    assert read == rows
    assert memory < LIMIT_MB
