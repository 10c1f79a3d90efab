"""`dean06 serve`: comes up, refuses a second start, mends itself, and one Ctrl-C leaves nothing behind."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dean06.cli.main import main
from dean06.demo.pki import make
from dean06.papers.service import signatures
from harness.own_thread import in_own_thread

pytestmark = pytest.mark.long


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def command_with(running, name: str) -> str:
    return next((command for command in running.family().values() if name in command), "")


def open_at(address: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", urlsplit(address).port)) == 0


def worker_of(running):
    return next((number for number, command in running.family().items() if "worker_process" in command), None)


def test_it_serves_refuses_a_second_start_and_stops_cleanly(installation):
    first = installation()
    assert first.url in first.printed()

    second = installation(home=first.home, wait=False)
    assert second.process.wait(timeout=60) == 5
    assert first.url in second.printed()
    assert str(first.process.pid) in second.printed()
    assert first.answers()

    assert first.stop(signal.SIGINT) == 0
    assert first.family() == {}
    assert "Traceback" not in first.printed()


def test_a_dead_worker_comes_back_and_the_pages_never_stop(installation):
    running = installation()
    until(lambda: worker_of(running))
    before = worker_of(running)
    os.kill(before, signal.SIGKILL)
    until(lambda: worker_of(running) not in (None, before))
    assert running.answers()
    assert "Tiến trình nền đã dừng" in running.printed()
    assert running.stop(signal.SIGTERM) == 0
    assert running.family() == {}


@pytest.mark.proof
@pytest.mark.either_database
def test_a_demonstration_has_its_time_stamps_for_as_long_as_it_runs(installation, tmp_path):
    home = tmp_path / "trinh-dien"
    make(home, (), ())
    running = installation(home=home)
    until(lambda: command_with(running, "pki_server"))
    address = f"http://127.0.0.1:{command_with(running, 'pki_server').split()[-1]}/tsa"
    until(lambda: open_at(address))
    stamp = signatures.time_stamps(address).async_timestamp(hashlib.sha256(b"tep").digest(), "sha256")
    told = in_own_thread(lambda: asyncio.run(stamp))
    assert told["content_type"].native == "signed_data"
    pages = next(number for number, command in running.family().items() if "granian" in command)
    assert f"DEAN06_TSA={address}".encode() in Path(f"/proc/{pages}/environ").read_bytes().split(b"\0")
    assert running.stop(signal.SIGINT) == 0
    assert running.family() == {}


@pytest.mark.proof
@pytest.mark.either_database
def test_nothing_outlives_a_supervisor_that_is_killed(installation):
    running = installation()
    running.process.kill()
    running.process.wait()
    until(lambda: running.family() == {})
    again = installation(home=running.home)
    assert again.answers()
    assert again.stop() == 0


@pytest.mark.parametrize("given", ["0", "nhiều", "65"])
def test_a_number_of_workers_that_is_none_is_said(given, monkeypatch, capsys):
    monkeypatch.setenv("DEAN06_WORKERS", given)
    assert main(["serve"]) == 2
    assert f"DEAN06_WORKERS phải từ 1 đến 64, không phải “{given}”" in capsys.readouterr().err


@pytest.mark.either_database
def test_a_port_held_by_another_program_is_refused(installation):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = installation(port=port, wait=False)
        assert refused.process.wait(timeout=60) == 5
    assert f"Cổng {port}" in refused.printed()
    assert refused.family() == {}


@pytest.mark.either_database
def test_a_home_that_is_no_directory_is_said(installation, tmp_path):
    (tmp_path / "file").write_text("")
    refused = installation(home=tmp_path / "file" / "home", wait=False)
    assert refused.process.wait(timeout=60) == 5
    assert "DEAN06_HOME" in refused.printed()


def test_a_database_that_cannot_be_reached_is_said(installation, tmp_path):
    refused = installation(wait=False, DATABASE_URL=f"postgresql://dean06@/none?host={tmp_path}")
    assert refused.process.wait(timeout=60) == 5
    assert "DATABASE_URL" in refused.printed()
    assert "Traceback" not in refused.printed()
