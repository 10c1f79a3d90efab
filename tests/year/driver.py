"""Plays a script through the web layer: each deed at its hour, by the right person, on the page that offers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from dean06.clock import service as clock
from year import (
    deeds_of_conduct,
    deeds_of_meetings,
    deeds_of_money,
    deeds_of_reports,
    deeds_of_tasks,
    deeds_of_the_rest,
)
from year.deeds import Deed
from year.house import House
from year.pages import Refused

__all__ = ["Driver"]

Source = Callable[[House], Iterator[Deed]]
SOURCES: tuple[Source, ...] = (
    deeds_of_the_rest.deeds,
    deeds_of_tasks.deeds,
    deeds_of_meetings.deeds,
    deeds_of_reports.deeds,
    deeds_of_money.deeds,
    deeds_of_conduct.deeds,
)


@dataclass
class Driver:
    """What is still to be played of one or more scripts."""

    left: list[tuple[datetime, Deed]]

    @classmethod
    def of(cls, houses: Iterable[House]) -> Driver:
        listed = [deed for house in houses for source in SOURCES for deed in source(house)]
        return cls(sorted(((one.at, one) for one in listed), key=lambda pair: pair[0]))

    def until(self, moment: datetime) -> None:
        """Play everything before an instant."""
        while self.left and self.left[0][0] < moment:
            at, deed = self.left.pop(0)
            with clock.pinned(at):
                try:
                    deed.done()
                except Refused as problem:
                    raise Refused(f"{at:%d/%m %H:%M} {deed.told}: {problem}") from problem
