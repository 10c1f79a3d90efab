"""How often a service is asked: so many a second and a day, over all lines and processes of this machine.

The count of the day and the moment of the next question stand in one small file, locked while it is read and written.
A turn is counted before its question is put, so a kill can waste one and never overdraw.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from dean06.clock import service as clock
from dean06.clock.errors import Unavailable

SLACK = 1.1  # questions do not all take the same time to arrive: keep a little more than the distance asked for

__all__ = ["DayFull", "Pace"]


class DayFull(Unavailable):
    """The questions of the day are used up; `again_at` is when the next day begins."""

    def __init__(self, per_day: int, again_at: datetime) -> None:
        super().__init__(
            f"Đã hỏi đủ {per_day:,} câu của hôm nay: hỏi tiếp từ {again_at:%H:%M %d/%m/%Y}.".replace(",", "."),
            f"The {per_day:,} questions of today are used up: go on from {again_at:%d/%m/%Y %H:%M}.",
        )
        self.again_at = again_at


@dataclass(slots=True)
class Pace:
    """The turns of one service and account."""

    file: Path
    per_second: float
    per_day: int

    def turn(self) -> float:
        """Take a turn, to be used at once, and return 0; or return the seconds after which to try again.

        Raises DayFull when the day has no more. A turn is given when it is due and not beforehand: whoever wakes late
        would meet the next one.
        """
        now, today = time.time(), clock.today()
        with _Locked(self.file) as held:
            day, count, free_at = held.read()
            used = count if day == today.isoformat() else 0
            if used >= self.per_day:
                raise DayFull(self.per_day, clock.at_start_of(today + timedelta(days=1)))
            if free_at > now:
                return free_at - now
            held.write(today.isoformat(), used + 1, now + SLACK / self.per_second)
        return 0.0

    def hold(self, seconds: float) -> None:
        """Let nobody ask for some time."""
        with _Locked(self.file) as held:
            day, count, free_at = held.read()
            held.write(day, count, max(free_at, time.time() + seconds))

    def used(self) -> int:
        """Return how many turns of today were taken."""
        with _Locked(self.file) as held:
            day, count, _free_at = held.read()
        return count if day == clock.today().isoformat() else 0


class _Locked:
    def __init__(self, file: Path) -> None:
        self._file = file
        self._handle = -1

    def __enter__(self) -> Self:
        self._handle = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        return self

    def __exit__(self, *_problem: object) -> None:
        os.close(self._handle)

    def read(self) -> tuple[str, int, float]:
        text = os.pread(self._handle, 200, 0)
        try:
            told = json.loads(text) if text else {}
            return str(told.get("day", "")), int(told.get("count", 0)), float(told.get("free_at", 0))
        except (ValueError, AttributeError, TypeError):
            raise Unavailable(
                f"Tệp đếm hạn mức {self._file.name} hỏng: xóa tệp này nếu hôm nay chưa hỏi, hoặc chờ sang ngày.",
                f"The quota file {self._file.name} is damaged: delete it if nothing was asked today, or wait a day.",
            ) from None

    def write(self, day: str, count: int, free_at: float) -> None:
        text = json.dumps({"day": day, "count": count, "free_at": round(free_at, 3)}).encode().ljust(120)
        os.pwrite(self._handle, text, 0)
