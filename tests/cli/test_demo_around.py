"""What stands around a demonstration: services that fail when they are told to, feeds that find them, software."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dean06.cli import demonstration, serve_commands
from dean06.demo import service_server
from dean06.demo.service import World
from dean06.demo.service_server import Around, Noted
from dean06.demo.simulators import residents
from dean06.demo.simulators.people import Registry
from dean06.demo.simulators.provincial import FIXED
from dean06.demo.simulators.standing import answering, described, numbers
from harness.tree import ROOT

MONTH, FIRST = "2026-07", date(2026, 7, 1)
AROUND = Around(group="ninh-chau", month=MONTH, first=FIRST, port=8610)


def dean06(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dean06", "demo", *words]
    environment = {"DEAN06_HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A demonstration with its people written down, and nothing else."""
    residents.keep(World(3, 300, "ninh-chau-2026"), MONTH, tmp_path / service_server.PEOPLE)
    AROUND.note(tmp_path)
    return tmp_path


def births(url: str) -> int:
    """Ask the civil-status stand-in for one day; returns the status it answers with."""
    body = json.dumps({"module": "KS", "ngayCapNhat": f"{FIRST:%d/%m/%Y}"}).encode()
    headers = {"Authorization": f"Bearer {FIXED}", "Content-Type": "application/json"}
    try:
        asked = urllib.request.Request(f"{url}/apiHoTichTuPhap/dsHoSoDangKy", body, headers)  # noqa: S310  loopback
        with urllib.request.urlopen(asked) as told:  # noqa: S310  loopback
            return told.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


def test_people_who_were_written_down_are_those_of_the_world(home):
    world = World(3, 300, "ninh-chau-2026")
    kept = service_server.registry(home, AROUND)
    there = Registry(world, MONTH, FIRST)
    assert kept.view == world.view(MONTH)
    assert kept.address(kept.living[0]) == there.address(there.living[0])
    assert numbers(kept, 50) == numbers(there, 50)
    assert described(kept, "a", "b") == described(there, "a", "b")


def test_a_trouble_is_switched_on_and_off_while_they_answer(home):
    people = service_server.registry(home, AROUND)
    with answering(people, Noted(path=home / service_server.TROUBLE), most=20) as (url, _):
        assert births(url) == 200
        assert "sự cố down" in dean06(home, "fault", "down", "--after", "1", "--times", "2").stdout
        assert [births(url) for _ in range(4)] == [200, 503, 503, 200]
        service_server.trouble(home, service_server.Fault.DOWN)
        assert births(url) == 503
        assert dean06(home, "fault", "none").returncode == 0
        assert births(url) == 200


@pytest.mark.parametrize(
    ("words", "code"), [(["fault", "lua-chay"], 2), (["fault", "down", "--after", "-1"], 2), (["software"], 5)]
)
def test_what_cannot_be_is_refused(home, words, code):
    assert dean06(home, *words).returncode == code


def test_without_a_demonstration_there_is_nothing_to_trouble(tmp_path):
    told = dean06(tmp_path, "fault", "down")
    assert (told.returncode, "không có dịch vụ giả lập" in told.stderr) == (5, True)
    assert serve_commands.stand_ins(tmp_path, {}) == []


def test_feeds_are_led_to_free_ports_where_somebody_holds_their_own(home, monkeypatch):
    led: list[int] = []
    monkeypatch.setattr(demonstration, "lead_to", lambda _home, port, _environment: led.append(port))
    with taken() as port:
        replace(AROUND, port=port).note(home)
        environment = {"DEAN06_FEEDS": "10.0.0.5"}
        (child,) = serve_commands.stand_ins(home, environment)
    (other,) = led
    assert other != port
    assert child.command[-2:] == [str(home), str(other)]
    assert environment["DEAN06_FEEDS"] == f"10.0.0.5,127.0.0.1:{other},127.0.0.1:{other + 1}"


@contextmanager
def taken() -> Iterator[int]:
    """Hold a port, as another program does."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
