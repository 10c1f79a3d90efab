"""What a group's history needs in files, in the order of the days; light, as another process is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dean06.demo.presets import Setting
from dean06.demo.sector import NOTHING, Fix


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file: a month's register, or a source's delivery with what was corrected in it."""

    month: str
    source: str = ""
    fixed: Fix = NOTHING


@dataclass(frozen=True, slots=True)
class Supplies:
    """The files of one group, and the directories they go to."""

    place: Setting
    seed: int
    folder: Path
    shelf: Path
    wanted: tuple[Wanted, ...]
    patience: int = 0
    """How far its making stands back behind other work, as `nice` counts: later years can wait."""
    residents: Path | None = None
    """Where the people of the last month are written down for the stand-ins of services."""
