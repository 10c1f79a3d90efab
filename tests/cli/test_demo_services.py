"""`dean06 demo services`: the stand-ins answer in a terminal until told to stop."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harness.installation import free_port
from harness.tree import ROOT


def run(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dean06", "demo", "services", *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_stand_ins_answer_until_told_to_stop(tmp_path: Path):
    port = free_port()
    with run("--port", str(port), "--persons", "300", "--lists", str(tmp_path)) as going:
        try:
            told = [line.rstrip("\n") for line in iter(going.stdout.readline, "Đang trả lời; Ctrl-C để dừng.\n")]
            going.send_signal(signal.SIGINT)
            assert going.wait(20) == 0
        finally:
            going.kill()
    heads = [line for line in told if not line.startswith(" ")]
    assert [head.split()[0] for head in heads] == [
        "khai-sinh",
        "khai-tu",
        "ket-hon",
        "doanh-nghiep",
        "ly-lich-tu-phap",
        "bhxh",
        "chung",
    ]
    assert told.count(f"  dia_chi = http://127.0.0.1:{port}") == 6
    assert (tmp_path / "bhxh.csv").read_text().startswith("Mã số BHXH\n44")


@pytest.mark.parametrize("wrong", [["--port", "80"], ["--persons", "1"], ["--fail", "lua-chay"], ["--after", "-1"]])
def test_what_cannot_be_is_refused(wrong):
    with run(*wrong) as going:
        _, said = going.communicate(timeout=60)
    assert going.returncode == 2
    assert wrong[0] in said
