"""Keep a few processes running: start, restart with patience, stop all at once and leave no orphan.

Each child leads a process group of its own, so a Ctrl-C reaches the supervisor alone, and what a child leaves behind
can be ended with it. A child is told to stop by the kernel when the supervisor dies.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

PR_SET_PDEATHSIG = 1
TICK = 0.1
GRACE = 4.0
LONGEST_PAUSE = 30.0
SETTLED = 60.0
HOPELESS = 3


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(slots=True)
class Child:
    """One process to keep: how to start it, and how it has fared."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    failures: int = 0

    def start(self, environment: Mapping[str, str]) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  a fixed command of this package
            self.command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  the supervisor has one thread
        )

    def check(self) -> int | None:
        """Return the exit code of a child that has just died, after ending what it left behind."""
        if self.process is None or self.process.poll() is None:
            return None
        code = self.process.returncode
        self.kill()
        self.process = None
        return code

    def rest(self) -> float:
        """Note a death and return how long to wait before the next start: half a second, doubling to thirty."""
        now = time.monotonic()
        self.failures = 1 if now - self.started > SETTLED else self.failures + 1
        pause = min(0.5 * 2.0 ** (self.failures - 1), LONGEST_PAUSE)
        self.due = now + pause
        return pause

    def tell(self, what: signal.Signals) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(what)

    def kill(self) -> None:
        """End the child and its whole group."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass(slots=True)
class Supervisor:
    """Runs the children until a signal; `ready` says when the whole thing answers."""

    children: Sequence[Child]
    ready: Callable[[], bool]
    when_ready: Callable[[], None]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    asked: int = 0
    is_ready: bool = False

    def run(self) -> int:
        """Keep everything running; return 0 after a clean stop, 5 when it never came up."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)
        try:
            return self._keep()
        finally:
            self._stop()

    def _ask(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  the shape signal wants
        self.asked += 1

    def _keep(self) -> int:
        for child in self.children:
            child.start(self.environment)
        while not self.asked:
            if not self.is_ready and self.ready():
                self.is_ready = True
                self.when_ready()
            for child in self.children:
                self._tend(child)
                if child.failures >= HOPELESS and not self.is_ready:
                    _say(f"{child.name} không khởi động được; xem các dòng trên. ({child.name} does not start.)")
                    return 5
            time.sleep(TICK)
        return 0

    def _tend(self, child: Child) -> None:
        code = child.check()
        if code is not None:
            pause = child.rest()
            _say(f"{child.name} đã dừng (mã {code}), chạy lại sau {pause:g} giây. ({child.name} died; restarting.)")
        elif child.process is None and time.monotonic() >= child.due:
            child.start(self.environment)

    def _stop(self) -> None:
        """Tell every child to stop, wait, and end those that do not listen; a second Ctrl-C waits for nobody."""
        before = self.asked
        for child in self.children:
            child.tell(signal.SIGTERM)
        end = time.monotonic() + GRACE
        while any(child.process is not None and child.process.poll() is None for child in self.children):
            if time.monotonic() > end or self.asked > before:
                break
            time.sleep(TICK / 2)
        for child in self.children:
            child.kill()


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
