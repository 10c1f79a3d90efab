"""The face of the demonstration data: a world of made-up people, its registers, its sectors' deliveries.

    world = World(seed=1, preset="quang-ninh-2022")           # or World(1, persons=2000)
    write_register(world, "2022-05", path)                    # the base month, then each month of deliveries
    first = write_delivery(world, "bhyt", "2022-06", path)
    write_delivery(world, "bhyt", "2022-07", path2, fixed=Fix(share=0.7, said=0.05, keys=asked))

Everything follows from setting, size, seed and what was asked to be fixed; the same gives the same bytes. Deliveries of
one source are asked for in the order of the months; a month that was skipped came with nothing corrected.
"""

from __future__ import annotations

from pathlib import Path

from dean06.demo.creation import Made, Progress, create
from dean06.demo.datasets import DATASETS, Dataset, dataset
from dean06.demo.deliveries import Delivery, deliver, file_name
from dean06.demo.document_exchange import DocumentExchange, Faults, System
from dean06.demo.kinds import KINDS, Kind
from dean06.demo.presets import SETTINGS, Setting, month_end, setting
from dean06.demo.register import COLUMNS as REGISTER_COLUMNS
from dean06.demo.register import write_register
from dean06.demo.sector import NOTHING, Fix, sector
from dean06.demo.truth import TruthRow
from dean06.demo.world import World

__all__ = [
    "DATASETS",
    "KINDS",
    "NOTHING",
    "REGISTER_COLUMNS",
    "SETTINGS",
    "Dataset",
    "Delivery",
    "DocumentExchange",
    "Faults",
    "Fix",
    "Kind",
    "Made",
    "Progress",
    "Setting",
    "System",
    "TruthRow",
    "World",
    "create",
    "dataset",
    "delivery_name",
    "month_end",
    "setting",
    "write_delivery",
    "write_register",
]


def delivery_name(world: World, source: str, month: str, fixed: Fix = NOTHING) -> str:
    """Return the customary file name of a delivery; its suffix decides whether it is written as .xlsx or .csv."""
    return file_name(sector(world, source), month, fixed)


def write_delivery(
    world: World, source: str, month: str, path: Path, *, fixed: Fix = NOTHING, truth: Path | None = None
) -> Delivery:
    """Write what a source delivers in a month, answering what it was asked to fix since the last; return the truth.

    The truth is also written to `truth` when that path is given.
    """
    return deliver(sector(world, source), month, path, fixed, truth)
