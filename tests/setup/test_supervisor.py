"""The supervisor's own manners, on children made for it: patience, a deaf child, grandchildren, a hopeless start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from dean06.cli.supervisor import Child

RUN = """
import sys
from dean06.cli.supervisor import Child, Supervisor
child = Child("con", [sys.executable, "-c", {body!r}])
code = Supervisor(children=[child], ready=lambda: {ready}, when_ready=lambda: print("sẵn sàng", flush=True)).run()
sys.exit(code)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('điếc', flush=True); time.sleep(60)"
PARENT = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("cháu", grandchild.pid, flush=True)
time.sleep(60)
"""


def supervise(body, *, ready=True):
    source = RUN.format(body=body, ready=ready)
    return subprocess.Popen(
        [sys.executable, "-c", source],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


def alive(number):
    try:
        with open(f"/proc/{number}/stat") as stat:  # noqa: PTH123  a kernel file, read once
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until_said(running, word):
    for line in running.stdout:
        if word in line:
            return line
    raise AssertionError(running.stderr.read())


def test_a_child_that_does_not_listen_is_ended_with_its_children():
    running = supervise(PARENT)
    grandchild = int(until_said(running, "cháu").split()[1])
    asked = time.monotonic()
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=20)
    assert running.returncode == 0
    assert not alive(grandchild)
    assert time.monotonic() - asked > 3, "a child is given time to finish"


def test_a_second_ctrl_c_waits_for_nobody():
    running = supervise(DEAF)
    until_said(running, "điếc")
    asked = time.monotonic()
    running.send_signal(signal.SIGINT)
    time.sleep(0.3)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=20)
    assert running.returncode == 0
    assert time.monotonic() - asked < 3.5


def test_a_start_that_never_succeeds_gives_up_with_5():
    running = supervise("import sys; sys.exit(3)", ready=False)
    said = running.communicate(timeout=20)[1]
    assert running.returncode == 5
    assert said.count("mã 3") == 3
    assert "con không khởi động được" in said


def test_the_pause_doubles_and_is_forgiven_after_a_long_life(monkeypatch):
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    child = Child("con", ["true"], started=now)
    assert [child.rest() for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    child.started = now - 61
    assert child.rest() == pytest.approx(0.5)
