"""The supervisor's own manners, on children made for it: patience, a deaf child, grandchildren, a hopeless start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from dean06.cli import supervisor
from dean06.cli.supervisor import Child

RUN = """
import sys
from dean06.cli import supervisor
from dean06.cli.supervisor import Child, Supervisor
supervisor.GRACE = {grace}
child = Child("con", [sys.executable, "-c", {body!r}])
code = Supervisor(children=[child], ready=lambda: {ready}, when_ready=lambda: print("sẵn sàng", flush=True)).run()
sys.exit(code)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('điếc', flush=True); time.sleep(60)"
POLITE = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (time.sleep(0.3), print("xong", flush=True), sys.exit(0)))
print("làm", flush=True)
time.sleep(60)
"""
PARENT = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("cháu", grandchild.pid, flush=True)
time.sleep(60)
"""


def supervise(body, *, ready=True, grace=1.0):
    source = RUN.format(body=body, ready=ready, grace=grace)
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
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 0
    assert not alive(grandchild)


def test_a_child_that_finishes_in_time_is_let_finish():
    running = supervise(POLITE, grace=600.0)
    until_said(running, "làm")
    running.send_signal(signal.SIGTERM)
    assert "xong" in running.communicate(timeout=60)[0]
    assert running.returncode == 0


def test_a_second_ctrl_c_waits_for_nobody():
    running = supervise(DEAF, grace=600.0)
    until_said(running, "điếc")
    running.send_signal(signal.SIGINT)
    time.sleep(0.3)  # two at once would be one
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 0


def test_all_is_stopped_within_five_seconds():
    assert supervisor.GRACE < 5


def test_a_start_that_never_succeeds_gives_up_with_5():
    running = supervise("import sys; sys.exit(3)", ready=False)
    said = running.communicate(timeout=60)[1]
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
