"""A whole installation as a process of its own: `dean06 serve` on a free port."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness import tables


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody holds now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True, kw_only=True)
class Installation:
    """A `dean06 serve` of its own: its address, its state, its process and what it printed."""

    url: str
    home: Path
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)

    def begin(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start it in a process group of its own, as a terminal would."""
        with self.log.open("wb") as sink:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dean06", *arguments],
                env={
                    **os.environ,
                    "DEAN06_WORKERS": "1",
                    **environment,
                    "DEAN06_HOME": str(self.home),
                    "PYTHONUNBUFFERED": "1",
                },
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

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

    def wait(self, seconds: float = 120) -> None:
        """Wait until it answers and has told its address."""
        end = time.monotonic() + seconds
        while not (self.answers() and self.url in self.printed()):
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"dean06 serve did not come up:\n{self.printed()}")
            time.sleep(0.1)

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Stop it as a person or the system would, and return its exit code."""
        self.process.send_signal(how)
        return self.process.wait(timeout=60)

    def family(self) -> dict[int, str]:
        """Return the living processes that hold this state directory in their environment, by id."""
        mark = f"DEAN06_HOME={self.home}".encode()
        found = {}
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and mark in (entry / "environ").read_bytes().split(b"\0"):
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        return found

    def end(self) -> None:
        """Stop it if it still runs, and whatever it left."""
        if self.process.poll() is None:
            self.stop()
        for number in self.family():
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Callable[..., Installation]]:
    """Give a function that starts `dean06 serve` with these arguments and waits until it answers.

    Its tables are there already, in the home that it takes by itself; in another home `serve` makes them.
    """
    started: list[Installation] = []
    database = tables.own_database()
    if not database:
        (tmp_path / "installation").mkdir()
        tables.lay(tmp_path / "installation")

    def start(
        *arguments: str, home: Path | None = None, port: int | None = None, wait: bool = True, **environment: str
    ) -> Installation:
        port = port or free_port()
        running = Installation(
            url=f"http://127.0.0.1:{port}",
            home=home or tmp_path / "installation",
            log=tmp_path / f"serve-{len(started)}.log",
        )
        running.begin(["serve", "--port", str(port), *arguments], {**database, **environment})
        started.append(running)
        if wait:
            running.wait()
        return running

    yield start
    for running in started:
        running.end()
