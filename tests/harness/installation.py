"""A whole installation as a process of its own: `dean06 serve` on a free port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody holds now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Installation:
    """A running `dean06 serve`: its address, its process and what it printed."""

    url: str
    home: Path
    process: subprocess.Popen[str]
    log: Path
    stopped: bool = field(default=False)

    def printed(self) -> str:
        return self.log.read_text()

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=2):  # noqa: S310  loopback
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"dean06 serve did not come up:\n{self.printed()}")
            time.sleep(0.1)

    def stop(self, with_signal: int = signal.SIGINT) -> int:
        self.process.send_signal(with_signal)
        return self.process.wait(timeout=15)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """Give a function that starts `dean06 serve` with these arguments and waits until it answers."""
    started: list[Installation] = []

    def start(*arguments: str, home: Path | None = None, port: int | None = None, wait: bool = True) -> Installation:
        home = home or tmp_path / "installation"
        port = port or free_port()
        log = tmp_path / f"serve-{len(started)}.log"
        environment = {**os.environ, "DEAN06_HOME": str(home), "PYTHONUNBUFFERED": "1"}
        with log.open("w") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", "dean06", "serve", "--port", str(port), *arguments],
                env=environment,
                stdout=sink,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        running = Installation(f"http://127.0.0.1:{port}", home, process, log)
        started.append(running)
        if wait:
            running.wait()
        return running

    yield start
    for running in started:
        if running.process.poll() is None:
            running.stop()
