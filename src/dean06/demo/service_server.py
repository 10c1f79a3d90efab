"""The stand-ins of the services around a demonstration, on the network of this machine.

    python -m dean06.demo.service_server HOME PORT

answer for the demonstration in HOME at PORT and the next until they are told to stop; `dean06 serve` keeps them.
`dean06 demo fault` says what goes wrong: it leaves a note, which is looked at before each answer.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event

from typing_extensions import override

from dean06.demo.simulators import residents
from dean06.demo.simulators.people import Registry
from dean06.demo.simulators.standing import MOST, Fault, Faults, answering

FOLDER = Path("demo")
NOTE, PEOPLE, TROUBLE = FOLDER / "dich-vu.json", FOLDER / "dan-cu.json", FOLDER / "su-co.json"
KEY_FILE = FOLDER / "phan-mem.json"
"""Where an agency's software keeps its key: as on a machine of the agency's, not the installation's."""
OWN_CODE = "500"
"""The error code with which a service answers where it is to answer with one."""

__all__ = ["KEY_FILE", "NOTE", "PEOPLE", "TROUBLE", "Around", "noted", "registry", "trouble"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a demonstration: whose feeds lead there, from which port on, since which day."""

    group: str
    month: str
    first: date
    port: int

    def note(self, home: Path) -> None:
        """Leave it for whoever starts the demonstration."""
        told = {"group": self.group, "month": self.month, "first": self.first.isoformat(), "port": self.port}
        part = home / f"{NOTE}.part"
        part.write_text(json.dumps(told))
        part.replace(home / NOTE)


def noted(home: Path) -> Around | None:
    """Return what stands around the demonstration of a state directory; None where nothing does."""
    try:
        told = json.loads((home / NOTE).read_text())
    except FileNotFoundError:
        return None
    return Around(group=told["group"], month=told["month"], first=date.fromisoformat(told["first"]), port=told["port"])


def registry(home: Path, around: Around) -> Registry:
    """Return the people of whom the stand-ins know."""
    return Registry(residents.load(home / PEOPLE), around.month, around.first)


def trouble(home: Path, kind: Fault | None, after: int = 0, times: int = 0) -> None:
    """Say what goes wrong from now on: after so many sound answers, so many times; 0 is until it is taken back."""
    path = home / TROUBLE
    if kind is None:
        path.unlink(missing_ok=True)
        return
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"kind": kind.value, "after": after, "times": times or 1_000_000}))
    part.replace(path)


@dataclass(slots=True)
class Noted(Faults):
    """What goes wrong, as the note says it."""

    path: Path = Path(TROUBLE)
    seen: int = 0

    @override
    def take(self) -> Fault | None:
        self._look()
        return Faults.take(self)

    def _look(self) -> None:
        try:
            written = self.path.stat().st_mtime_ns
            told = json.loads(self.path.read_text()) if written != self.seen else None
        except FileNotFoundError:
            written, told = 0, {}
        if written == self.seen:
            return
        self.seen = written
        if told:
            self.set(Fault(told["kind"]), after=told["after"], times=told["times"], said=OWN_CODE)
        else:
            self.set(None)


def main(home: Path, port: int) -> None:
    """Answer until told to stop; what went wrong the last time is over."""
    around = noted(home)
    if around is None:
        return
    trouble(home, None)
    with answering(registry(home, around), Noted(path=home / TROUBLE), most=MOST, port=port):
        Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
