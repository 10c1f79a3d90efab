"""A bar for work that takes over two seconds; on a terminal only, on stderr, never beside `--json`.

With `stages`, what is being done is said line by line off a terminal too: for the first start, whose log is watched.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

WIDTH = 28
PATIENCE = 2.0


@dataclass(slots=True)
class Bar:
    """Call it with how much is done, of how much, and what is being done; `close` wipes the line."""

    shown: bool = True
    stages: bool = False
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    started: float = field(default_factory=time.monotonic)
    said: str = ""
    drawn: bool = False

    def __call__(self, done: float, total: float, what: str = "") -> None:
        """Show this state."""
        if not self.shown:
            return
        if not self.stream.isatty():
            if self.stages:
                self._say(what)
        elif time.monotonic() - self.started >= PATIENCE:
            part = min(max(done / total, 0.0), 1.0) if total else 0.0
            full = round(part * WIDTH)
            self.stream.write(f"\r\033[K[{'█' * full}{'·' * (WIDTH - full)}] {part:4.0%} {what}")
            self.stream.flush()
            self.drawn = True

    def _say(self, what: str) -> None:
        if what and what != self.said and time.monotonic() - self.started >= PATIENCE:
            self.stream.write(f"  {what}\n")
            self.stream.flush()
            self.said = what

    def close(self) -> None:
        """Wipe the bar so that the next sentence starts on a clean line."""
        if self.drawn:
            self.stream.write("\r\033[K")
            self.stream.flush()
            self.drawn = False
