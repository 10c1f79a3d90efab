"""A group's input files, in the order of their days: made ahead by a process of its own where they are large."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Lock
from typing import Protocol

from dean06.clock.errors import Unavailable
from dean06.demo import apart
from dean06.demo.bench import Bench, Made
from dean06.demo.supplies import Supplies, Wanted

LARGE = 5_000
"""People from which a group's files are made apart."""
AHEAD = 8
"""Files that may wait for their day."""


@dataclass(frozen=True, slots=True)
class Making:
    """Please make this file."""

    ticket: int
    wanted: Wanted

    @property
    def order(self) -> tuple[bool, int]:
        """Return its place among wishes: it may wait for those that somebody waits for."""
        return (True, self.ticket)

    def do(self, bench: Bench) -> Made:
        """Make it; of a register the snapshot too."""
        made = bench.make(self.wanted)
        if not self.wanted.source:
            bench.shelve(made, self.wanted.month)
        return made


@dataclass(frozen=True, slots=True)
class Reading:
    """Please read this delivery."""

    ticket: int
    delivery: int
    at: datetime

    @property
    def order(self) -> tuple[bool, int]:
        """Return its place among wishes: it comes first."""
        return (False, self.ticket)

    def do(self, bench: Bench) -> None:
        """Read it."""
        bench.read(self.delivery, self.at)


class Workshop(Protocol):
    """Where a group's files come from."""

    def file(self) -> Made:
        """Return the next file in order."""
        ...

    def done(self, made: Made) -> None:
        """Throw a file away; the vault has its own copy."""
        ...

    def read(self, delivery: int, at: datetime) -> int:
        """Have a delivery read some time before it is matched; returns a ticket."""
        ...

    def wait(self, ticket: int) -> None:
        """Wait until it is read."""
        ...

    def alone(self) -> AbstractContextManager[object]:
        """Hold the shelf of registers: two loads at once are refused."""
        ...


class InHouse:
    """Everything here and now: for small groups."""

    def __init__(self, supplies: Supplies) -> None:
        self._bench = Bench.open(supplies)
        self._left = iter(supplies.wanted)

    def file(self) -> Made:
        """Make the next file."""
        return self._bench.make(next(self._left))

    def done(self, made: Made) -> None:
        """Throw it away."""
        made.path.unlink(missing_ok=True)

    def read(self, _delivery: int, _at: datetime) -> int:
        """Leave the reading to the flow."""
        return 0

    def wait(self, _ticket: int) -> None:
        """Nothing was put off."""

    def alone(self) -> AbstractContextManager[object]:
        """Nobody else is there."""
        return nullcontext()


class Apart:
    """The same in another process, some files ahead."""

    def __init__(self, supplies: Supplies, caller: Connection, process: int, lock: Lock) -> None:
        self.process = process
        self._lock = lock
        self._tickets = count(1)
        self._caller = caller
        self._answers: dict[int, Made | None] = {}
        self._left = iter(supplies.wanted)
        self._files: list[int] = []
        for _ in range(AHEAD):
            self._ask_next()

    def _ask_next(self) -> None:
        wanted = next(self._left, None)
        if wanted is not None:
            self._files.append(self._ask(Making(next(self._tickets), wanted)))

    def _ask(self, wish: Making | Reading) -> int:
        try:
            self._caller.send(wish)
        except OSError:
            raise _lost("") from None
        return wish.ticket

    def _answer(self, ticket: int) -> Made | None:
        while ticket not in self._answers:
            try:
                told, made, problem = self._caller.recv()
            except (EOFError, OSError):
                raise _lost("") from None
            if problem:
                raise _lost(problem)
            self._answers[told] = made
        return self._answers.pop(ticket)

    def file(self) -> Made:
        """Return the next file, made by now or soon."""
        made = self._answer(self._files.pop(0))
        if made is None:
            raise _lost("")
        return made

    def done(self, made: Made) -> None:
        """Throw it away and ask for another."""
        made.path.unlink(missing_ok=True)
        self._ask_next()

    def read(self, delivery: int, at: datetime) -> int:
        """Have a delivery read over there."""
        return self._ask(Reading(next(self._tickets), delivery, at))

    def wait(self, ticket: int) -> None:
        """Wait until it is read."""
        self._answer(ticket)

    def alone(self) -> AbstractContextManager[object]:
        """Wait until no snapshot is being built over there, and keep it so."""
        return self._lock


def _lost(problem: str) -> Unavailable:
    why = f" ({problem})" if problem else ""
    return Unavailable(
        f"Tiến trình tạo tệp trình diễn đã dừng giữa chừng{why}; kiểm tra bộ nhớ và đĩa rồi chạy lại.",
        f"The process that makes the demonstration's files stopped{why}; check memory and disk, then run again.",
    )


@contextmanager
def opened(supplies: Supplies) -> Iterator[Workshop]:
    """Give a group's workshop; its process, if it has one, is over when this ends, however it ends."""
    supplies.folder.mkdir(parents=True, exist_ok=True)
    if supplies.place.persons < LARGE:
        yield InHouse(supplies)
        return
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe()
    lock = spawning.Lock()
    process: BaseProcess = spawning.Process(target=apart.serve, args=(there, supplies, lock), daemon=True)
    process.start()
    there.close()
    try:
        yield Apart(supplies, here, process.pid or 0, lock)
    finally:
        here.close()
        process.join(timeout=1)
        if process.is_alive():
            process.terminate()
            process.join(timeout=5)
