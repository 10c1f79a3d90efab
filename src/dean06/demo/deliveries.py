"""One delivery of one sector: the file as it arrives, and its truth."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from dean06.demo.csv_files import write_csv
from dean06.demo.datasets import Dataset
from dean06.demo.entries import Entry
from dean06.demo.pages import Address, closing, getters, heading, sheets
from dean06.demo.sector import Fix, Sector
from dean06.demo.truth import Judge, TruthRow, write_truth
from dean06.demo.workbooks import Workbook
from dean06.demo.world import World

LARGE = 20_000
"""Rows above which an early delivery is a CSV."""
TOO_LARGE = 30_000
"""Rows above which a typed list is a CSV whatever the month."""


class Delivery(NamedTuple):
    """A delivery that was written."""

    path: Path
    rows: int
    truth: list[TruthRow]


def file_name(sector: Sector, month: str, fix: Fix) -> str:
    """Return the name a delivery has by custom.

    A system's export is a CSV, its last one a workbook where it is small; a typed list is a workbook, its early
    deliveries a CSV where they are large.
    """
    last = sector.turn(month) == len(sector.world.delivery_months) - 1
    rows = len(sector.rows(month, fix))
    small = rows <= LARGE or (last and not sector.dataset.exported and rows <= TOO_LARGE)
    workbook = small and (last or not sector.dataset.exported)
    return f"{sector.dataset.code}_{month}.{'xlsx' if workbook else 'csv'}"


def deliver(sector: Sector, month: str, path: Path, fix: Fix, truth: Path | None) -> Delivery:
    """Write the delivery of a month as its suffix says, and its truth file."""
    world, dataset = sector.world, sector.dataset
    entries = sector.rows(month, fix)
    columns = dataset.layout(sector.turn(month))
    judge = Judge(world.view(month), unit_codes=any(column.role == "ma_xa" for column in columns))
    rows = _workbook if path.suffix == ".xlsx" else _text
    found = rows(world, dataset, month, path, entries, judge)
    if truth is not None:
        write_truth(found, truth)
    return Delivery(path, len(entries), found)


def _workbook(
    world: World, dataset: Dataset, month: str, path: Path, entries: list[Entry], judge: Judge
) -> list[TruthRow]:
    turn = world.delivery_months.index(month)
    columns = dataset.layout(turn)
    address = Address(world.geography)
    pages = Workbook(path, columns, getters(columns, dataset, address), judge)
    above = list(heading(dataset, world.geography, world.setting, month))
    for at, sheet in enumerate(sheets(dataset, world.geography, entries, turn)):
        total, place, signer = closing(dataset, world.geography, month, len(sheet.entries))
        below = [total, place, "NGƯỜI LẬP BIỂU", signer, "(Ký, ghi rõ họ tên)"]
        pages.add(sheet, above, below, numbered=dataset.sheet == "hamlet", date_cells=at % 3 == 1)
    return pages.close()


def _text(world: World, dataset: Dataset, month: str, path: Path, entries: list[Entry], judge: Judge) -> list[TruthRow]:
    turn = world.delivery_months.index(month)
    columns = dataset.layout(turn)
    cells = getters(columns, dataset, Address(world.geography))
    heads = [column.heads[-1] for column in columns]
    damages = dataset.damages[min(turn, len(dataset.damages) - 1)]
    damage = damages[0] if dataset.sheet == "one" else ""
    bare = dataset.exported and turn % 2 == 0
    above = [] if bare else [[line] for line in heading(dataset, world.geography, world.setting, month)]
    below = [] if bare else [[closing(dataset, world.geography, month, len(entries))[0]]]
    encoding = dataset.encodings[min(turn, len(dataset.encodings) - 1)]
    if encoding == "cp1258" and damage:
        encoding = "utf-8-sig"
    return write_csv(path, encoding, damage, (above, heads, below), (entries, cells), judge)
