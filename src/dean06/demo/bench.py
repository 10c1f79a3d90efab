"""Where input files are made and read before their turn: everything that needs no permit, for one group."""

from __future__ import annotations

import gc
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from dean06.clock import service as clock
from dean06.demo.deliveries import deliver, file_name
from dean06.demo.presets import month_end
from dean06.demo.register import write_register
from dean06.demo.sector import sector
from dean06.demo.simulators import residents
from dean06.demo.supplies import Supplies, Wanted
from dean06.demo.world import World
from dean06.population import live as population
from dean06.reconcile import live as matching
from dean06.sources import service as sources


class Made(NamedTuple):
    """A file that waits for its day."""

    path: Path
    name: str


@dataclass(slots=True)
class Bench:
    """Makes the files of one group's world; keeps the world, so that each month follows from the last."""

    supplies: Supplies
    world: World
    alone: AbstractContextManager[object] = field(default_factory=nullcontext)
    """Held while the shelf of registers is written to."""

    @classmethod
    def open(cls, supplies: Supplies, alone: AbstractContextManager[object] | None = None) -> Bench:
        """People the world."""
        return cls(supplies, World(supplies.seed, preset=supplies.place), alone or nullcontext())

    def make(self, wanted: Wanted) -> Made:
        """Write a register, or what a source delivers in a month."""
        if not wanted.source:
            path = self.supplies.folder / f"so_dan_cu_{month_end(wanted.month)}.csv"
            write_register(self.world, wanted.month, path)
            if self.supplies.residents and wanted.month == self.world.months[-1]:
                residents.keep(self.world, wanted.month, self.supplies.residents)
            return Made(path, path.name)
        kept = sector(self.world, wanted.source)
        path = self.supplies.folder / file_name(kept, wanted.month, wanted.fixed)
        deliver(kept, wanted.month, path, wanted.fixed, None)
        return Made(path, path.name)

    def shelve(self, made: Made, month: str) -> None:
        """Build a register's snapshot where its flow will look for it: loading then finds it, and only records it."""
        with self.alone:
            snapshot = population.load_snapshot(made.path, month_end(month), self.supplies.shelf)
        matching.ensure_prepared(snapshot.directory)

    def read(self, delivery_id: int, at: datetime) -> None:
        """Read a delivery that was received, as the worker does while the page waits."""
        with clock.pinned(at):
            sources.read(delivery_id)


def settle_down() -> None:
    """Spare the collector a search through a world of people that holds no cycles."""
    gc.collect()
    gc.freeze()
    gc.disable()
